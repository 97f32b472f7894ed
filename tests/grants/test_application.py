"""An application's own rules: the only steps there are, who sees it, and what the database itself refuses."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from grants.models import Application, Scheme, Track
from grants.models.sieve import Sieve, counted
from grants.models.status import NEXT, Status
from tests import make
from web.amounts import euro
from web.clock import today
from web.models import Funder, Person, Seat


def test_every_step_not_in_the_table_is_refused(application: Application) -> None:
    with pytest.raises(ValidationError, match="can't become"):
        application.move_to(Status.GRANTED)
    application.refresh_from_db()
    assert application.status == Status.SUBMITTED


def test_only_the_first_of_two_steps_at_once_counts(application: Application) -> None:
    on_another_screen = Application.objects.get()
    application.move_to(Status.COMPLETE)
    with pytest.raises(ValidationError, match="Someone else"):
        on_another_screen.move_to(Status.RETURNED)
    application.refresh_from_db()
    assert application.status == Status.COMPLETE


def test_no_status_leads_back_to_a_draft() -> None:
    assert all(Status.DRAFT not in following for following in NEXT.values())
    assert set(NEXT) == set(Status)


def test_the_database_refuses_more_than_was_asked(application: Application) -> None:
    with pytest.raises(IntegrityError, match="never_more_than_asked"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(granted=euro(451))
    Application.objects.filter(pk=application.pk).update(granted=euro(450))


def test_the_database_refuses_something_sent_without_an_amount(scheme: Scheme, resident: Person) -> None:
    draft = make.draft(scheme, resident, asked=None)
    with pytest.raises(IntegrityError, match="sent_with_an_amount_and_a_date"), transaction.atomic():
        Application.objects.filter(pk=draft.pk).update(
            status=Status.SUBMITTED, received_on=today(), frozen_edition=draft.edition
        )


def test_a_plan_asks_a_scheme_once(application: Application) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(plan=application.plan, scheme=application.scheme)


def test_members_and_readers_of_the_funder_see_it_and_nobody_else(
    application: Application,
    resident: Person,
    neighbour: Person,
    officer: Person,
    auditor: Person,
    treasurer: Person,
    outsider: Person,
) -> None:
    def sees(person: Person | None) -> bool:
        return Application.objects.visible_to(person).filter(pk=application.pk).exists()

    assert all(map(sees, [resident, officer, auditor, treasurer]))
    assert not any(map(sees, [neighbour, outsider, None]))


def test_a_draft_is_seen_by_its_members_alone(scheme: Scheme, resident: Person, officer: Person) -> None:
    make.draft(scheme, resident)
    assert Application.objects.visible_to(resident).count() == 1
    assert Application.objects.visible_to(officer).count() == 0
    assert Application.objects.sent_to_funder_of(officer).count() == 0


def test_a_seat_that_ended_sees_nothing(application: Application, funder: Funder) -> None:
    gone = make.person("Gerda Gegaan")
    make.seat(gone, funder, Seat.Role.OFFICER, ends_on=today() - timedelta(days=1))
    assert not Application.objects.visible_to(gone).exists()


def test_duties_stand_still_once_the_plan_is_sent(application: Application) -> None:
    before = application.duties
    with make.changing(application.scheme) as edition:
        edition.tracks.update(answer_within=1, questions=8, fixed_at_once=False)
    again = Application.objects.get(pk=application.pk)
    assert before is not None
    assert again.duties == before
    assert again.duties.fixed_at_once


def test_a_draft_follows_its_track(scheme: Scheme, resident: Person) -> None:
    draft = make.draft(scheme, resident, asked=450)
    with make.changing(scheme) as edition:
        edition.tracks.filter(kind=Track.Kind.QUICK).update(answer_within=9)
    again = Application.objects.get(pk=draft.pk)
    assert again.duties is not None
    assert again.duties.answer_within == 9


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (50, "snel"),
        (500, "snel"),
        (501, "klein"),
        (2_500, "klein"),
        (5_000, "middel"),
        (5_001, "groei"),
        (10_000, "groei"),
    ],
)
def test_the_amount_sets_the_track(scheme: Scheme, asked: int, kind: str) -> None:
    track = scheme.edition.track_for(euro(asked))
    assert track is not None
    assert track.kind == kind


def test_above_the_largest_track_there_is_none(scheme: Scheme) -> None:
    assert scheme.edition.track_for(euro(10_001)) is None


def test_working_days_and_weeks_set_the_latest_day_of_an_answer(scheme: Scheme) -> None:
    quick, growth = scheme.edition.track_for(euro(100)), scheme.edition.track_for(euro(9_000))
    assert quick is not None
    assert growth is not None
    friday = date(2026, 4, 24)  # King's Day is Monday 27 April
    assert quick.duties.answer_by(friday) == date(2026, 5, 4)
    assert growth.duties.answer_by(friday) == friday + timedelta(weeks=8)


def test_the_sum_asked_is_exact_to_the_cent(scheme: Scheme) -> None:
    for cents in ("100.10", "100.20"):
        made = make.application(scheme, make.person())
        Application.objects.filter(pk=made.pk).update(asked=euro(cents))
    assert Application.objects.all().asked_in_total() == euro("200.30")
    assert Application.objects.none().asked_in_total() == euro(0)


def test_late_and_due_this_week_are_counted(scheme: Scheme) -> None:
    for days in (-3, 0, 7, 8):
        made = make.application(scheme, make.person())
        Application.objects.filter(pk=made.pk).update(answer_by=today() + timedelta(days=days))
    assert counted(Application.objects.all(), [Sieve(), Sieve("late")], []) == [4, 1, 2]
