"""What an award is for and what is agreed with it: some of the costs, obligations, and the rest of the money."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from grants.ask.actions import submit
from grants.decide.actions import award, settle
from grants.models import Application, Decision, Letter, Obligation, Scheme
from grants.models.next_edition import publish
from grants.sign.actions import propose, sign
from grants.typed import AwardForm
from tests import make
from tests.conftest import SignedIn
from web.amounts import euro
from web.models import Funder, Person, Seat


@pytest.fixture
def pot(funder: Funder) -> Scheme:
    """With two obligations, and 10,000 euro."""
    scheme = make.scheme(funder, title="Buurtpot", published_at=None)
    draft = scheme.editions.get()
    for title in ("Vertel hoe het ging", "Bewaar de bonnen"):
        make.obligation(draft, title)
    publish(draft, by=Person.system())
    return Scheme.objects.get(pk=scheme.pk)


@pytest.fixture
def of_lines(pot: Scheme, resident: Person, officer: Person) -> Application:
    """600 euro for tiles (100), plants (300) and a party (200); judged."""
    made = make.draft(pot, resident, asked=600)
    make.line(made.plan, "Planten", 300)
    make.line(made.plan, "Feest", 200)
    submit(made, by=resident)
    make.judgement(made, by=officer)
    return made


def form(application: Application, **typed: Any) -> AwardForm:
    return AwardForm({"amount": "600", "reason": "Het feest past niet."} | typed, application=application)


# Some of the costs


def test_the_amount_follows_from_the_costs_that_are_granted(of_lines: Application, officer: Person) -> None:
    filled_in = form(of_lines, lines=["0", "1"])
    assert filled_in.run(award, of_lines, by=officer)
    decision = Decision.objects.get()
    assert (decision.outcome, decision.amount) == ("partly", euro(400))
    assert [line.what for line in decision.granted_lines] == ["Tegels", "Planten"]
    letter = Letter.objects.get(event="decide/partly").text
    assert "voor: Tegels (€\u00a0100), Planten (€\u00a0300)." in letter
    assert "Feest (" not in letter


def test_another_amount_beside_the_ticked_costs_is_asked_back(of_lines: Application) -> None:
    filled_in = form(of_lines, lines=["0", "1"], amount="500")
    assert not filled_in.is_valid()
    assert "€\u00a0400" in filled_in.errors["amount"][0]


def test_a_sum_will_do_as_well(of_lines: Application, officer: Person) -> None:
    assert form(of_lines, amount="250").run(award, of_lines, by=officer)
    assert Decision.objects.get().granted_lines == []


@pytest.mark.parametrize("place", [3, 99])
def test_only_costs_of_the_plan_are_granted(of_lines: Application, officer: Person, place: int) -> None:
    with pytest.raises(ValidationError, match="lines of costs"):
        award(of_lines, amount=euro(100), reason="Minder.", lines=[place], by=officer)


def test_with_one_cost_nothing_is_ticked(judged: Application) -> None:
    assert "lines" not in AwardForm(application=judged).fields


# What is agreed


def test_what_is_agreed_was_published_and_stands_in_the_letter(of_lines: Application, officer: Person) -> None:
    told = Obligation.objects.get(title="Vertel hoe het ging")
    award(of_lines, amount=euro(600), obligations=[told], by=officer)
    assert list(Decision.objects.get().obligations.all()) == [told]
    letter = Letter.objects.get(event="decide/granted").text
    assert "- Vertel hoe het ging. Vertel hoe het ging. Dat doet u kort." in letter
    assert "Bewaar de bonnen" not in letter


def test_who_chooses_nothing_agrees_on_all_that_was_published(of_lines: Application, officer: Person) -> None:
    award(of_lines, amount=euro(600), by=officer)
    assert Decision.objects.get().obligations.count() == 2


def test_nothing_else_can_be_agreed(of_lines: Application, officer: Person, funder: Funder) -> None:
    elsewhere = make.scheme(funder, published_at=None)
    other = make.obligation(elsewhere.editions.get(), "Zet ons logo op de flyer")
    with pytest.raises(ValidationError, match="published with this scheme"):
        award(of_lines, amount=euro(600), obligations=[other], by=officer)
    assert not form(of_lines, obligations=[str(other.pk)]).is_valid()


def test_all_that_was_published_stands_ticked(of_lines: Application, officer: Person, as_: SignedIn) -> None:
    page = as_(officer).get(reverse("grants:decide", args=[of_lines.pk])).text
    assert page.count('name="obligations"') == page.count("checked") == 2


def test_two_who_sign_agree_what_the_first_proposed(funder: Funder, decider: Person) -> None:
    chief = make.person("Carla Chief")
    make.seat(chief, funder, Seat.Role.DECIDER, mandate=10_000)
    scheme = make.scheme(funder, second_signature_above=make.money(500), published_at=None)
    told = make.obligation(scheme.editions.get())
    publish(scheme.editions.get(), by=Person.system())
    plan = make.application(Scheme.objects.get(pk=scheme.pk), make.person(), asked=600)
    make.judgement(plan, by=decider)
    sign(propose(plan, amount=euro(600), obligations=[told], by=decider), by=chief)
    assert list(Decision.objects.get().obligations.all()) == [told]


def test_on_one_screen_too(pot: Scheme, resident: Person, officer: Person, as_: SignedIn) -> None:
    quick = make.application(pot, resident)
    page = as_(officer).get(reverse("grants:settle", args=[quick.pk])).text
    assert "What do we agree?" in page
    told = Obligation.objects.filter(title="Vertel hoe het ging")
    settle(quick, verdicts=make.verdicts(quick), amount=euro(450), obligations=told, by=officer)
    assert list(Decision.objects.get().obligations.all()) == list(told)


def test_it_stands_in_the_file(of_lines: Application, officer: Person, as_: SignedIn) -> None:
    assert form(of_lines, lines=["1"]).run(award, of_lines, by=officer)
    page = as_(officer).get(reverse("grants:application", args=[of_lines.pk])).text
    assert "For: Planten" in page


# Too little


def test_what_is_left_is_offered_and_filled_in(funder: Funder, officer: Person, as_: SignedIn) -> None:
    scarce = make.scheme(funder, money=5_000, ceiling=make.money(800))
    first, second = (make.application(scarce, make.person(), asked=500) for _each in range(2))
    make.grant(first, by=officer)
    make.judgement(second, by=officer)
    visitor, address = as_(officer), reverse("grants:decide", args=[second.pk])
    page = visitor.get(address)
    assert page.context["award"].initial["amount"] == euro(300)
    assert "There is €\u00a0300 left" in page.text
    refused = visitor.post(address, {"amount": "500", "award": "1"})
    assert "The ceiling leaves €\u00a0300" in refused.text
    assert "Fill it in again" in refused.text
    offered = page.context["award"].initial
    visitor.post(address, {"amount": "300", "reason": offered["reason"], "award": "1"})
    assert "Er is nog €\u00a0300 over" in Letter.objects.get(event="decide/partly").text


def test_with_enough_nothing_is_offered(judged: Application, officer: Person, as_: SignedIn) -> None:
    page = as_(officer).get(reverse("grants:decide", args=[judged.pk]))
    assert page.context["rest"] is None
    assert "reason" not in page.context["award"].initial
