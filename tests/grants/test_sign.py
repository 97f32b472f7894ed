"""Two signatures: the first reserves, the second promises, a refusal releases; never by the same person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from grants.ask.actions import submit, withdraw
from grants.decide.actions import award, decline
from grants.models import Application, Decision, Grant, Letter, Proposal, Scheme
from grants.models.next_edition import publish
from grants.sign.actions import propose, refuse_to_sign, sign
from ledger.access import may as may_with_money
from ledger.models import Budget
from tests import make
from tests.conftest import SignedIn
from web.amounts import euro
from web.models import Deed, Funder, Person, Seat

Status = Application.Status


@pytest.fixture
def large(funder: Funder, resident: Person, decider: Person) -> Application:
    """6,000 euro, judged, where two sign above 5,000."""
    scheme = make.scheme(funder, title="Groeipot", money=10_000, second_signature_above=make.money(5_000))
    made = make.application(scheme, resident, asked=6_000)
    make.judgement(made, by=decider)
    return made


@pytest.fixture
def proposed(large: Application, decider: Person) -> Proposal:
    return propose(large, amount=euro(6_000), by=decider)


def cards() -> tuple[int, int, int]:
    """Available, reserved, promised."""
    now = Budget.objects.get().cards()
    return int(now.available.amount), int(now.reserved.amount), int(now.promised.amount)


def fresh() -> Application:
    return Application.objects.get()


def test_the_first_reserves_and_the_residents_hear_nothing(proposed: Proposal, decider: Person) -> None:
    assert cards() == (4_000, 6_000, 0)
    assert fresh().status == Status.JUDGED
    assert not Letter.objects.exists()
    assert not Decision.objects.exists()
    assert Deed.objects.get(verb="propose").by == decider


def test_the_residents_see_no_first_signature(
    as_: SignedIn, proposed: Proposal, resident: Person, chief: Person
) -> None:
    page, file = (reverse(f"grants:{name}", args=[proposed.application_id]) for name in ("track", "application"))
    assert "signed first" in as_(chief).get(file).text
    track = as_(resident).get(page)
    assert track.status_code == 200
    assert "signed first" not in track.text
    assert "6.000</dd>" in track.text, "what they asked stands there; that it was proposed doesn't"
    assert "You get" not in track.text


def test_the_second_promises_and_the_residents_hear(proposed: Proposal, chief: Person, decider: Person) -> None:
    grant = sign(proposed, by=chief)
    assert cards() == (4_000, 0, 6_000)
    assert (grant.commitment.decided_by, grant.commitment.decided_with) == (chief, decider)
    assert fresh().status == Status.GRANTED
    assert Letter.objects.get().event == "decide/granted"
    assert Decision.objects.get().by == chief
    call_command("ledger_verify", "--no-chain", verbosity=0)


def test_a_refusal_releases_with_a_reason(proposed: Proposal, chief: Person) -> None:
    with pytest.raises(ValidationError, match="Write why not"):
        refuse_to_sign(proposed, reason=" ", by=chief)
    refuse_to_sign(proposed, reason="Te duur.", by=chief)
    assert cards() == (10_000, 0, 0)
    assert fresh().status == Status.JUDGED
    assert not Letter.objects.exists()
    call_command("ledger_verify", "--no-chain", verbosity=0)


def test_nobody_signs_twice(proposed: Proposal, decider: Person) -> None:
    with pytest.raises(PermissionDenied, match="Somebody else has to sign"):
        sign(proposed, by=decider)
    with pytest.raises(IntegrityError, match="a_second_signature_is_anothers"), transaction.atomic():
        Proposal.objects.update(ended_at=proposed.at, ended_by=decider)
    assert not Grant.objects.exists()


def test_the_second_mandate_reaches_as_far(proposed: Proposal, officer: Person, treasurer: Person) -> None:
    with pytest.raises(ValidationError, match="mandate doesn't reach"):
        sign(proposed, by=officer)
    with pytest.raises(PermissionDenied):
        sign(proposed, by=treasurer)
    assert cards() == (4_000, 6_000, 0)


@pytest.mark.parametrize("second", [sign, lambda proposal, by: refuse_to_sign(proposal, reason="Nee.", by=by)])
def test_of_two_at_once_one_counts(proposed: Proposal, chief: Person, second: Callable[..., object]) -> None:
    on_another_screen = Proposal.objects.get()
    sign(proposed, by=chief)
    with pytest.raises(ValidationError):
        second(on_another_screen, by=chief)
    assert cards() == (4_000, 0, 6_000)


def test_one_signature_is_too_little_above_the_amount_and_enough_below(large: Application, decider: Person) -> None:
    with pytest.raises(ValidationError, match="a colleague signs too"):
        award(large, amount=euro(6_000), by=decider)
    with pytest.raises(ValidationError, match="One signature is enough"):
        propose(large, amount=euro(5_000), reason="Minder.", by=decider)
    award(fresh(), amount=euro(5_000), reason="Minder.", by=decider)
    assert cards() == (5_000, 0, 5_000)


def test_it_is_proposed_once(proposed: Proposal, chief: Person) -> None:
    with pytest.raises(ValidationError, match="proposed this already"):
        propose(fresh(), amount=euro(5_500), reason="Minder.", by=chief)
    assert cards() == (4_000, 6_000, 0)


def test_what_is_proposed_is_not_declined_meanwhile(proposed: Proposal, chief: Person) -> None:
    application = fresh()
    words: dict[str, Any] = {"reason": "Nee.", "possible": "Kleiner."}
    with pytest.raises(ValidationError, match="has proposed"):
        decline(application, grounds=application.edition.criteria.all()[:1], by=chief, about_them=False, **words)


def test_a_withdrawn_plan_frees_what_was_reserved(proposed: Proposal, resident: Person, chief: Person) -> None:
    withdraw(fresh(), by=resident)
    assert cards() == (10_000, 0, 0)
    with pytest.raises(ValidationError):
        sign(proposed, by=chief)


def test_neither_of_the_two_pays_it(proposed: Proposal, chief: Person, decider: Person, funder: Funder) -> None:
    payment = sign(proposed, by=chief).commitment.payments.get()
    for person in (chief, decider):
        make.seat(person, funder, Seat.Role.TREASURER)
        assert not may_with_money(person, "put_on_its_way", payment)


def test_the_pages_lead_from_one_to_the_other(
    as_: SignedIn, large: Application, decider: Person, chief: Person, outsider: Person
) -> None:
    page = reverse("grants:application", args=[large.pk])
    propose_page, sign_page = (reverse(f"grants:{name}", args=[large.pk]) for name in ("propose", "sign"))
    first, second = as_(decider), as_(chief)
    assert propose_page in first.get(reverse("grants:decide", args=[large.pk])).text
    assert "more than they ask" in first.post(propose_page, {"amount": "6001"}).text
    first.post(propose_page, {"amount": "6000", "reason": ""})
    assert sign_page in second.get(page).text
    assert "You signed first." in first.get(sign_page).text
    assert "Sign, and grant the money" not in first.get(sign_page).text
    assert first.post(sign_page, {"seen": Proposal.objects.get().pk}).status_code == 403
    assert (
        "Write why not" in second.post(sign_page, {"refuse": "1", "reason": "", "seen": Proposal.objects.get().pk}).text
    )
    second.post(sign_page, {"seen": Proposal.objects.get().pk})
    assert Grant.objects.exists()
    assert second.get(sign_page)["Location"] == page
    assert as_(outsider).get(sign_page).status_code == 404


def test_the_first_ticks_costs_and_the_second_reads_which(
    as_: SignedIn, funder: Funder, resident: Person, decider: Person, chief: Person
) -> None:
    """The same form as of an award by one person: the amount follows from the costs, another one is asked back."""
    scheme = make.scheme(funder, title="Groeipot", published_at=None, second_signature_above=make.money(5_000))
    make.obligation(scheme.editions.get(), "Bewaar de bonnen")
    publish(scheme.editions.get(), by=Person.system())
    made = make.draft(Scheme.objects.get(pk=scheme.pk), resident, asked=9_100)
    make.line(made.plan, "Speeltoestel", 6_000)
    make.line(made.plan, "Feest", 3_000)
    make.judgement(submit(made, by=resident), by=decider)
    first, page = as_(decider), reverse("grants:propose", args=[made.pk])
    obligation = made.edition.obligations.get()
    ticked = {"lines": ["0", "1"], "reason": "Geen feest.", "obligations": [obligation.pk]}
    assert "Only some of the costs?" in first.get(page).text
    back = first.post(page, ticked | {"amount": "6000"}).text
    assert "The costs you ticked are € 6.100." in back.replace("\u00a0", " ")
    assert "Geen feest." in back
    first.post(page, ticked | {"amount": "9100"})
    proposal = Proposal.objects.get()
    assert (proposal.amount, proposal.lines) == (euro(6_100), [0, 1])
    read = as_(chief).get(reverse("grants:sign", args=[made.pk])).text
    assert "For: Tegels, Speeltoestel</p>" in read
    assert "Agreed: Bewaar de bonnen</p>" in read
    sign(proposal, by=chief)
    assert [line.what for line in Decision.objects.get().granted_lines] == ["Tegels", "Speeltoestel"]
    assert "Speeltoestel" in Letter.objects.get(event="decide/partly").text


def test_what_is_left_stands_in_the_first_signature_with_its_reason(
    as_: SignedIn, large: Application, decider: Person
) -> None:
    Budget.objects.get().set_to(euro(5_500), by=Person.system())
    page = as_(decider).get(reverse("grants:propose", args=[large.pk])).text
    assert 'value="5.500"' in page
    assert "Er is nog € 5.500 over." in page.replace("\u00a0", " ")
