"""Reviewing: who takes an application up, and judging it against the published criteria alone."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from grants.models import Application, Judgement, Review, Scheme
from grants.review import actions
from tests import make
from tests.conftest import SignedIn
from web.models import Deed, Person, Seat

Status, Verdict = Application.Status, Judgement.Verdict


def judged_as_typed(application: Application, **changed: str) -> dict[str, Any]:
    typed = {"strong": "Veel buren doen mee.", "street": "no"}
    for criterion, verdict, _reason in make.verdicts(application):
        typed |= {f"verdict_{criterion.pk}": verdict, f"reason_{criterion.pk}": ""}
    return typed | changed


def test_taking_up_puts_the_officers_name_with_it(application: Application, officer: Person) -> None:
    actions.take_up(application, by=officer)
    application.refresh_from_db()
    assert application.officer == officer
    assert Deed.objects.get().verb == "take_up"


def test_of_two_who_take_it_up_the_first_has_it(application: Application, officer: Person, decider: Person) -> None:
    on_another_screen = Application.objects.get()
    actions.take_up(application, by=officer)
    actions.take_up(application, by=officer)
    with pytest.raises(ValidationError, match="already on the desk of Fatima"):
        actions.take_up(on_another_screen, by=decider)
    application.refresh_from_db()
    assert application.officer == officer
    assert not Deed.objects.filter(by=decider).exists()


def test_what_has_been_decided_is_not_taken_up(granted: Application, officer: Person, decider: Person) -> None:
    with pytest.raises(ValidationError, match="decided already"):
        actions.take_up(granted, by=decider)


def test_judging_makes_it_complete_and_judged_and_leaves_a_deed(application: Application, officer: Person) -> None:
    review = make.judgement(application, by=officer)
    assert application.status == Status.JUDGED
    assert application.complete_at is not None
    assert application.officer == officer
    assert review.judgements.count() == application.edition.criteria.count()
    assert Deed.objects.get(verb="judge").detail.values == {"strong": "Veel buren doen mee."}


def test_judging_again_adds_a_review_and_the_latest_counts(judged: Application, decider: Person) -> None:
    actions.judge(judged, strong="Nog een keer gelezen.", verdicts=make.verdicts(judged), by=decider)
    latest = judged.reviews.first()
    assert latest is not None
    assert latest.strong == "Nog een keer gelezen."
    assert judged.reviews.count() == 2


def test_a_criterion_passed_over_is_refused(application: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="Judge every criterion"):
        actions.judge(application, strong="", verdicts=make.verdicts(application)[:-1], by=officer)
    assert application.status == Status.SUBMITTED


def test_a_criterion_of_another_scheme_is_refused(application: Application, officer: Person, scheme: Scheme) -> None:
    other = make.scheme(scheme.funder).edition.criteria.first()
    assert other is not None
    verdicts = [*make.verdicts(application), (other, Verdict.YES, "")]
    with pytest.raises(ValidationError, match="no other"):
        actions.judge(application, strong="", verdicts=verdicts, by=officer)


def test_a_no_without_a_reason_is_refused_by_the_database(judged: Application) -> None:
    judgement = Judgement.objects.filter(criterion__kind="k")[0]
    with pytest.raises(IntegrityError, match="a_no_has_a_reason"), transaction.atomic():
        Judgement.objects.filter(pk=judgement.pk).update(verdict=Verdict.NO, reason="")


def test_what_has_been_decided_is_not_judged_again(granted: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="can't become"):
        make.judgement(granted, by=officer)
    assert Review.objects.count() == 1


@pytest.mark.parametrize("deed", [actions.take_up, actions.judge])
def test_only_an_officer_of_this_funder_reviews(
    application: Application, deed: Any, outsider: Person, treasurer: Person, auditor: Person, resident: Person
) -> None:
    extra = {} if deed is actions.take_up else {"strong": "", "verdicts": make.verdicts(application)}
    for person in (outsider, treasurer, auditor, resident):
        with pytest.raises(PermissionDenied, match="Only an officer"):
            deed(application, by=person, **extra)


def test_nobody_judges_their_own_plan(scheme: Scheme, officer: Person, resident: Person) -> None:
    application = make.application(scheme, resident, officer)
    with pytest.raises(PermissionDenied, match="You are in this group yourself"):
        make.judgement(application, by=officer)


def test_the_page_shows_the_plan_beside_its_criteria(as_: SignedIn, application: Application, officer: Person) -> None:
    page = as_(officer).get(reverse("grants:judge", args=[application.pk]))
    assert application.plan.what in page.text
    for criterion in application.edition.criteria.all():
        assert criterion.title in page.text


def test_the_form_asks_a_reason_for_a_no_and_keeps_what_was_typed(
    as_: SignedIn, application: Application, officer: Person
) -> None:
    criterion = application.edition.criteria.all()[0]
    typed = judged_as_typed(application, **{f"verdict_{criterion.pk}": "no"})
    page = as_(officer).post(reverse("grants:judge", args=[application.pk]), typed)
    assert "Write why, in words the residents understand." in page.text
    assert "Veel buren doen mee." in page.text
    assert not Review.objects.exists()


def test_the_form_judges(as_: SignedIn, application: Application, officer: Person) -> None:
    visitor = as_(officer)
    response = visitor.post(reverse("grants:judge", args=[application.pk]), judged_as_typed(application))
    assert response["Location"] == reverse("grants:application", args=[application.pk])
    application.refresh_from_db()
    assert application.status == Status.JUDGED
    again = visitor.get(reverse("grants:judge", args=[application.pk]))
    assert "Veel buren doen mee." in again.text


def test_the_button_takes_up_and_says_so(as_: SignedIn, application: Application, officer: Person) -> None:
    page = as_(officer).post(reverse("grants:take_up", args=[application.pk]), follow=True)
    assert "It is on your desk" in page.text
    application.refresh_from_db()
    assert application.officer == officer


def test_outsiders_get_404_and_other_roles_403(
    as_: SignedIn, application: Application, outsider: Person, treasurer: Person, auditor: Person
) -> None:
    address = reverse("grants:judge", args=[application.pk])
    assert as_(outsider).get(address).status_code == 404
    for person in (treasurer, auditor):
        assert as_(person).get(address).status_code == 403
        assert as_(person).post(address, judged_as_typed(application)).status_code == 403
        assert as_(person).post(reverse("grants:take_up", args=[application.pk])).status_code == 403
    assert as_(outsider).post(reverse("grants:take_up", args=[application.pk])).status_code == 404
    assert not Review.objects.exists()


def test_a_seat_that_ended_judges_no_more(application: Application, officer: Person) -> None:
    Seat.objects.filter(person=officer).update(starts_on="2020-01-01", ends_on="2020-12-31")
    with pytest.raises(PermissionDenied):
        make.judgement(application, by=officer)


def test_a_draft_is_not_taken_up(scheme: Scheme, resident: Person, officer: Person) -> None:
    draft = make.draft(scheme, resident)
    with pytest.raises(ValidationError):
        actions.take_up(draft, by=officer)
