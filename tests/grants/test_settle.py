"""One screen for a small plan, drafts of a judgement, and who steps aside from it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.decide.actions import award, settle
from grants.models import Application, Aside, DraftReview, Grant, Helper, Judgement, Letter, Partner, Review, Scheme
from grants.review import actions as review
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import DOOR, queries_of
from web.amounts import euro
from web.models import Deed, Person

Status, Verdict = Application.Status, Judgement.Verdict


def in_order(application: Application, **changed: Any) -> dict[str, Any]:
    """What the screen posts as it opens: everything in order, all that was asked."""
    yes = {"k": "yes", "w": "enough"}
    verdicts = {f"verdict_{each.pk}": yes[each.kind] for each in application.edition.criteria.all()}
    return verdicts | {"street": "no", "strong": "", "amount": "450", "reason": "", "send": "1"} | changed


def address(application: Application) -> str:
    return reverse("grants:settle", args=[application.pk])


def test_open_grant_and_send_are_two_clicks(as_: SignedIn, application: Application, officer: Person) -> None:
    """From the application's page: the screen, and its one button."""
    visitor = as_(officer)
    assert address(application) in visitor.get(reverse("grants:application", args=[application.pk])).text
    page = visitor.get(address(application))
    assert application.plan.what in page.text
    assert "U krijgt € 450 voor uw plan" in page.text, "the letter stands there as it will be sent"
    assert page.text.count("checked") == application.edition.criteria.count(), "in order, but for the street"
    visitor.post(address(application), in_order(application))
    assert Grant.objects.get().commitment.promised == euro(450)
    assert {each.verdict for each in Judgement.objects.all()} == {Verdict.YES, Verdict.ENOUGH}
    assert Letter.objects.get().event == "decide/granted"
    assert {"settle", "award"} <= set(Deed.objects.values_list("verb", flat=True))


def test_a_no_asks_a_reason_and_then_refuses_to_grant(as_: SignedIn, application: Application, officer: Person) -> None:
    visitor, criterion = as_(officer), application.edition.criteria.filter(kind="k")[0]
    no = in_order(application, **{f"verdict_{criterion.pk}": "no"})
    assert "Write why, in words" in visitor.post(address(application), no).text
    page = visitor.post(address(application), no | {f"reason_{criterion.pk}": "Het is in een andere stad."})
    assert "this can&#x27;t be granted" in page.text
    assert "andere stad" in page.text
    assert not Review.objects.exists()
    assert not Grant.objects.exists()


def test_the_letter_follows_the_amount_before_anything_is_kept(
    as_: SignedIn, application: Application, officer: Person
) -> None:
    typed = in_order(application, amount="400", reason="De tegels zijn er al.", letter="1")
    del typed["send"]
    page = as_(officer).post(address(application), typed)
    assert "U krijgt € 400" in page.text
    assert page.text.count("De tegels zijn er al.") == 2, "in its field and in the letter"
    assert not Letter.objects.exists()


def test_a_larger_plan_is_judged_at_length(as_: SignedIn, scheme: Scheme, resident: Person, officer: Person) -> None:
    made = make.application(scheme, resident, asked=2_000)
    assert as_(officer).get(address(made))["Location"] == reverse("grants:judge", args=[made.pk])


def test_of_two_screens_one_grants(application: Application, officer: Person, decider: Person) -> None:
    on_another_screen = Application.objects.get()
    settle(application, verdicts=make.verdicts(application), amount=euro(450), by=officer)
    with pytest.raises(ValidationError):
        settle(on_another_screen, verdicts=make.verdicts(application), amount=euro(450), by=decider)
    assert Grant.objects.count() == 1


def test_what_the_screen_reads_does_not_grow(as_: SignedIn, application: Application, officer: Person) -> None:
    """The door; the plan with people, lines, criteria, budgets, sheets 6; three rules; the draft; for the letter the
    last number, and whether it follows an earlier decision; what can be agreed, the fund's own words; the reading that
    is noted. What other funds give is one more, once the residents let funds see it.
    """
    queries = queries_of(as_(officer), address(application))
    for _each in range(3):
        make.grant(make.application(application.scheme, make.person()), by=officer)
    assert queries_of(as_(officer), address(application)) == queries == DOOR + 15


# Kept unfinished


def kept(visitor: Any, application: Application, page: str = "grants:judge", **typed: Any) -> Any:
    return visitor.post(reverse(page, args=[application.pk]), typed)


def test_what_was_typed_is_never_lost(as_: SignedIn, application: Application, officer: Person) -> None:
    criterion, judge = application.edition.criteria.all()[0], reverse("grants:judge", args=[application.pk])
    typed = {f"verdict_{criterion.pk}": "no", f"reason_{criterion.pk}": "Nog niet klaar met"}
    visitor = as_(officer)
    assert kept(visitor, application, keep="here", **typed)["Location"] == judge
    assert "Nog niet klaar met" in as_(officer).get(judge).text
    assert kept(visitor, application, keep="quietly", strong="Later getypt").status_code == 204
    assert "Later getypt" in visitor.get(judge).text
    assert Application.objects.get().status == Status.SUBMITTED
    assert not Deed.objects.exists()


def test_only_who_typed_it_reads_it(
    as_: SignedIn, application: Application, officer: Person, decider: Person, treasurer: Person
) -> None:
    kept(as_(officer), application, keep="here", strong="Alleen voor mij")
    for person in (decider, treasurer):
        for page in ("grants:judge", "grants:application"):
            assert "Alleen voor mij" not in as_(person).get(reverse(page, args=[application.pk])).text
    assert kept(as_(treasurer), application, keep="here", strong="x").status_code == 403


def test_the_small_screen_keeps_its_amount_too(as_: SignedIn, application: Application, officer: Person) -> None:
    visitor = as_(officer)
    page = visitor.post(address(application), in_order(application, amount="€ 312", keep="quick"), follow=True)
    assert "€ 312" in page.text
    assert page.redirect_chain[-1][0] == address(application)


def test_a_given_judgement_ends_the_draft(as_: SignedIn, application: Application, officer: Person) -> None:
    kept(as_(officer), application, keep="here", strong="Half")
    make.judgement(application, by=officer)
    assert not DraftReview.objects.exists()


# Who steps aside


def test_who_lives_in_the_street_steps_aside(
    as_: SignedIn, application: Application, officer: Person, decider: Person
) -> None:
    review.take_up(application, by=officer)
    page = as_(officer).post(address(application), in_order(application, street="yes"), follow=True)
    assert "A colleague judges this plan." in page.text
    assert Aside.objects.get().person == officer
    assert Application.objects.get().officer is None
    assert not Grant.objects.exists()
    with pytest.raises(PermissionDenied, match="live in its street"):
        make.judgement(application, by=officer)
    with pytest.raises(PermissionDenied, match="live in its street"):
        award(application, amount=euro(450), by=officer)
    make.grant(application, by=decider)
    assert Grant.objects.exists()


def test_the_street_is_asked(as_: SignedIn, application: Application, officer: Person) -> None:
    typed = in_order(application)
    del typed["street"]
    for page in (address(application), reverse("grants:judge", args=[application.pk])):
        assert "Say if you live in this street." in as_(officer).post(page, typed).text
    assert not Review.objects.exists()


def test_nobody_judges_what_their_own_organisation_helps_with(
    application: Application, officer: Person, helper: Person
) -> None:
    """Also who worked there before: the helper and the officer know each other."""
    make.consent(application.plan, helper)
    colleague = Helper.objects.create(person=officer, organisation=make.organisation(), invited_by=Person.system())
    with pytest.raises(PermissionDenied):
        make.judgement(application, by=officer)
    colleague.delete()
    assert make.judgement(application, by=officer).by == officer


def test_nobody_judges_a_plan_in_which_they_are_the_partner(application: Application, officer: Person) -> None:
    Partner.objects.create(plan=application.plan, organisation="School", kind="school", brings="Plein", contact=officer)
    with pytest.raises(PermissionDenied):
        make.judgement(application, by=officer)
