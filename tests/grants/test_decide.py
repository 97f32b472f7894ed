"""Deciding: never more than asked, than there is, than a mandate; and a no that says what would be possible."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from grants.decide.actions import award, decline
from grants.models import Application, Decision, Grant, Judgement, Letter, Scheme
from grants.review import actions as review
from ledger.models import Budget, Commitment, Posting
from tests import make
from tests.conftest import SignedIn
from web.amounts import euro
from web.models import Deed, Mail, Person, Seat

Status = Application.Status
NO: dict[str, Any] = {"reason": "Iemand verdient eraan.", "possible": "Zonder winst kan het wel."}


def test_an_award_promises_the_money_and_tells_the_group(judged: Application, officer: Person) -> None:
    grant = award(judged, amount=euro(450), by=officer)
    assert judged.status == Status.GRANTED
    assert judged.granted == euro(450)
    assert grant.commitment.promised == euro(450)
    assert grant.commitment.decided_by == officer
    assert grant.commitment.fixed_at_once
    assert Budget.objects.get().available == euro(9_550)
    assert judged.plan.purse is not None
    letter = Letter.objects.get(event="decide/granted")
    assert "450" in letter.text
    assert Mail.objects.get(subject=letter.subject).address == judged.plan.first_contact.email
    deed = Deed.objects.get(verb="award")
    assert (deed.by, deed.thread, deed.funder) == (officer, judged.plan_id, judged.scheme.funder)


def test_only_the_first_of_two_awards_counts(judged: Application, officer: Person) -> None:
    on_another_screen = Application.objects.get()
    award(judged, amount=euro(450), by=officer)
    with pytest.raises(ValidationError, match="Someone else"):
        award(on_another_screen, amount=euro(450), by=officer)
    assert Commitment.objects.count() == Grant.objects.count() == 1
    assert Budget.objects.get().available == euro(9_550)


def test_more_than_was_asked_is_refused(judged: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="more than they ask"):
        award(judged, amount=euro("450.01"), by=officer)
    assert not Grant.objects.exists()


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_nothing_is_not_an_award(judged: Application, officer: Person, amount: str) -> None:
    with pytest.raises(ValidationError):
        award(judged, amount=euro(amount), reason="Niets.", by=officer)
    judged = Application.objects.get()
    assert judged.status == Status.JUDGED
    assert not Grant.objects.exists()


def test_more_than_there_is_is_refused_and_nothing_is_left_half_done(
    scheme: Scheme, resident: Person, decider: Person
) -> None:
    Budget.objects.get().set_to(euro(300), by=decider)
    application = make.application(scheme, resident, asked=450)
    make.judgement(application, by=decider)
    with pytest.raises(ValidationError, match=r"There is €.+300 left"):
        award(application, amount=euro(450), by=decider)
    assert Application.objects.get().status == Status.JUDGED
    assert not Decision.objects.exists()
    assert not Letter.objects.exists()
    assert not Posting.objects.filter(kind="promise").exists()
    assert not Deed.objects.filter(verb="award").exists()


def test_without_a_budget_for_this_year_nothing_is_promised(judged: Application, officer: Person) -> None:
    judged.scheme.budgets.clear()
    with pytest.raises(ValidationError, match="no budget for this year"):
        award(Application.objects.get(), amount=euro(450), by=officer)


def test_a_part_needs_a_reason(judged: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="Write why"):
        award(judged, amount=euro(400), reason="  ", by=officer)
    award(Application.objects.get(), amount=euro(400), reason="Het feest mag zonder band.", by=officer)
    assert Decision.objects.get().outcome == Decision.Outcome.PARTLY
    assert "Het feest mag zonder band." in Letter.objects.get(event="decide/partly").text


def test_a_mandate_reaches_to_its_amount(scheme: Scheme, resident: Person, officer: Person, decider: Person) -> None:
    application = make.application(scheme, resident, asked=2_600)
    make.judgement(application, by=officer)
    with pytest.raises(ValidationError, match="Your mandate doesn't reach"):
        award(application, amount=euro(2_600), by=officer)
    with pytest.raises(ValidationError, match="Your mandate doesn't reach"):
        decline(application, grounds=application.edition.criteria.all()[:1], by=officer, **NO)
    award(application, amount=euro(2_600), by=decider)
    assert application.status == Status.GRANTED


def test_without_a_mandate_nobody_decides(
    judged: Application, resident: Person, treasurer: Person, auditor: Person, outsider: Person, fund_admin: Person
) -> None:
    for person in (resident, treasurer, auditor, outsider, fund_admin):
        with pytest.raises(PermissionDenied, match="mandate"):
            award(judged, amount=euro(450), by=person)
        with pytest.raises(PermissionDenied, match="mandate"):
            decline(judged, grounds=judged.edition.criteria.all()[:1], by=person, **NO)


def test_an_officer_without_mandate_does_not_decide(judged: Application, officer: Person) -> None:
    Seat.objects.filter(person=officer).update(mandate=None)
    with pytest.raises(PermissionDenied, match="mandate"):
        award(judged, amount=euro(450), by=officer)


def test_nobody_decides_on_their_own_plan(scheme: Scheme, resident: Person, officer: Person, decider: Person) -> None:
    application = make.application(scheme, resident, officer)
    make.judgement(application, by=decider)
    with pytest.raises(PermissionDenied, match="You are in this group yourself"):
        award(application, amount=euro(450), by=officer)


def test_what_was_not_judged_is_not_decided(application: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="can't become"):
        award(application, amount=euro(450), by=officer)


def test_a_decline_names_a_criterion_of_this_scheme(judged: Application, officer: Person) -> None:
    elsewhere = make.scheme(judged.scheme.funder).edition.criteria.all()[:1]
    for grounds in ((), elsewhere):
        with pytest.raises(ValidationError, match="at least one criterion of this scheme"):
            decline(judged, grounds=grounds, by=officer, **NO)
    assert Application.objects.get().status == Status.JUDGED


def test_a_decline_says_what_would_be_possible(judged: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="what would be possible"):
        decline(judged, grounds=judged.edition.criteria.all()[:1], reason="Nee.", possible=" ", by=officer)


def test_a_decline_tells_why_and_what_would_be_possible(judged: Application, officer: Person) -> None:
    decision = decline(judged, grounds=judged.edition.criteria.filter(title="Geen winst"), by=officer, **NO)
    assert judged.status == Status.DECLINED
    assert [each.title for each in decision.grounds.all()] == ["Geen winst"]
    text = Letter.objects.get(event="decide/declined").text
    for part in ("Geen winst", NO["reason"], NO["possible"], judged.scheme.funder.phone, decision.number):
        assert part in text
    assert Budget.objects.get().available == euro(10_000)


def test_the_database_refuses_a_decline_without_what_is_possible(judged: Application, officer: Person) -> None:
    decline(judged, grounds=judged.edition.criteria.all()[:1], by=officer, **NO)
    with pytest.raises(IntegrityError, match="declining_says_what_would_be_possible"), transaction.atomic():
        Decision.objects.update(possible="")


def test_only_one_of_two_declines_counts(judged: Application, officer: Person) -> None:
    on_another_screen = Application.objects.get()
    decline(judged, grounds=judged.edition.criteria.all()[:1], by=officer, **NO)
    with pytest.raises(ValidationError, match="Someone else"):
        award(on_another_screen, amount=euro(450), by=officer)
    assert not Grant.objects.exists()


def test_decisions_are_numbered_without_gaps_per_funder(
    scheme: Scheme, officer: Person, outsider: Person, other_funder: Any
) -> None:
    elsewhere = make.scheme(other_funder)
    for _each in range(3):
        make.grant(make.application(scheme, make.person()), by=officer)
    make.grant(make.application(elsewhere, make.person()), by=outsider)
    refused = make.application(scheme, make.person())
    with pytest.raises(ValidationError):
        award(refused, amount=euro(450), by=officer)
    make.grant(refused, by=officer)
    numbers = Decision.objects.filter(funder=scheme.funder).order_by("pk").values_list("sequence", flat=True)
    assert list(numbers) == [1, 2, 3, 4]
    assert Decision.objects.get(funder=other_funder).sequence == 1


def test_growth_is_awarded_first_and_fixed_later(scheme: Scheme, resident: Person, decider: Person) -> None:
    grant = make.grant(make.application(scheme, resident, asked=9_000), by=decider)
    assert not grant.fixed_at_once
    purse = grant.application.plan.purse
    assert purse is not None
    assert purse.asked


def test_a_quick_grant_asks_no_cash_book(granted: Application) -> None:
    assert granted.plan.purse is not None
    assert not granted.plan.purse.asked


def test_whoever_wants_post_gets_no_mail(scheme: Scheme, officer: Person) -> None:
    by_post = make.person("Piet Post", reached_by=Person.ReachedBy.POST)
    make.grant(make.application(scheme, by_post), by=officer)
    assert Letter.objects.filter(to=by_post).count() == 1
    assert not Mail.objects.exists()


def test_an_english_reader_gets_an_english_letter(scheme: Scheme, officer: Person) -> None:
    reader = make.person("Rose", language="en")
    make.grant(make.application(scheme, reader), by=officer)
    letter = Letter.objects.get()
    assert letter.text.startswith("Dear Rose")
    assert "U kunt" not in letter.text


# The page


def test_the_page_grants(as_: SignedIn, judged: Application, officer: Person) -> None:
    visitor, address = as_(officer), reverse("grants:decide", args=[judged.pk])
    assert "450" in visitor.get(address).text
    response = visitor.post(address, {"amount": "€ 450,-", "reason": ""})
    assert response["Location"] == reverse("grants:application", args=[judged.pk])
    assert Grant.objects.get().commitment.promised == euro(450)


def test_the_page_declines(as_: SignedIn, judged: Application, officer: Person) -> None:
    criterion = judged.edition.criteria.all()[0]
    typed = {"decline": "1", "no-grounds": [criterion.pk], "no-reason": NO["reason"], "no-possible": NO["possible"]}
    as_(officer).post(reverse("grants:decide", args=[judged.pk]), typed)
    assert Application.objects.get().status == Status.DECLINED


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"amount": "451", "reason": "Meer."}, "amount", "That is more than they ask"),
        ({"amount": "400", "reason": ""}, "reason", "Write why: the residents read it"),
        ({"amount": "1.25", "reason": "Dit typte ik."}, "amount", "Do you mean 1 euro and 25 cents"),
        ({"decline": "1", "no-reason": "Dit typte ik.", "no-possible": "Half."}, "grounds", "at least one criterion"),
    ],
)
def test_what_is_refused_stands_at_its_field_with_everything_typed(
    as_: SignedIn, judged: Application, officer: Person, typed: dict[str, str], field: str, sentence: str
) -> None:
    page = as_(officer).post(reverse("grants:decide", args=[judged.pk]), typed)
    assert page.status_code == 200
    assert sentence in page.text
    form = page.context["decline" if "decline" in typed else "award"]
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
    for value in typed.values():
        assert value in page.text
    assert Application.objects.get().status == Status.JUDGED


def test_outsiders_get_404_and_other_roles_403(
    as_: SignedIn, judged: Application, outsider: Person, treasurer: Person, auditor: Person, resident: Person
) -> None:
    address = reverse("grants:decide", args=[judged.pk])
    assert as_(outsider).get(address).status_code == 404
    for person in (treasurer, auditor, resident):
        assert as_(person).get(address).status_code == 403
        assert as_(person).post(address, {"amount": "450"}).status_code == 403
    assert not Grant.objects.exists()


def test_what_was_judged_a_no_stands_ticked(application: Application, officer: Person, as_: SignedIn) -> None:
    verdicts = make.verdicts(application, weighed=Judgement.Verdict.NOT_YET)
    review.judge(application, strong="", verdicts=verdicts, by=officer)
    page = as_(officer).get(reverse("grants:decide", args=[application.pk]))
    against = [criterion.pk for criterion, verdict, _reason in verdicts if verdict == "not_yet"]
    assert against
    assert page.context["decline"].initial["grounds"] == against
