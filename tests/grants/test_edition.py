"""An edition: frozen once published, copied for a change; a plan keeps the one that held when it was sent."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from grants.ask.actions import submit
from grants.decide.actions import decline
from grants.guards import GUARDS, PARTS
from grants.models import Application, Edition, Round, Scheme, Waiver
from grants.models.completion import may_be_missing
from grants.models.next_edition import draft_of, publish
from grants.review.actions import judge
from tests import make
from web import clock, guards
from web.amounts import euro
from web.models import Funder, Person


@pytest.fixture
def full(scheme: Scheme) -> Edition:
    """Published, with one of everything that belongs to an edition."""
    with make.changing(scheme) as edition:
        make.obligation(edition)
        edition.areas.add(make.area("Lindebuurt"))
        edition.extra_questions.create(order=1, text="Wie heeft sleutels?", purpose="contact", reason="Dan bellen wij")
        make.check(edition)
        edition.waivers.create(rule=Waiver.Rule.MEMBERS, reason="Proef", until=date(2099, 1, 1))
        day = clock.today()
        edition.rounds.create(opens_on=day, closes_on=day + timedelta(9), answer_by=day + timedelta(30))
    return edition


# The next edition


def test_a_copy_holds_everything_and_shares_no_row(full: Edition) -> None:
    copy = draft_of(full, by=Person.system())
    assert (copy.number, copy.is_frozen, copy.maximum) == (full.number + 1, False, full.maximum)
    for part in Edition.PARTS:
        before, after = list(getattr(full, part).all()), list(getattr(copy, part).all())
        assert before, f"nothing of {part} was made"
        assert [each.key for each in after] == [each.key for each in before]
        assert not {each.pk for each in after} & {each.pk for each in before}
    assert list(copy.areas.all()) == list(full.areas.all())


def test_a_scheme_has_one_draft_at_a_time(scheme: Scheme) -> None:
    draft_of(scheme.edition, by=Person.system())
    with pytest.raises(IntegrityError), transaction.atomic():
        draft_of(scheme.edition, by=Person.system())


def test_residents_see_a_change_only_once_it_is_published(scheme: Scheme) -> None:
    draft = draft_of(scheme.edition, of=scheme, by=Person.system(), maximum=euro(700))
    assert Scheme.objects.get().edition.maximum == euro(10_000)
    publish(draft, by=Person.system())
    assert Scheme.objects.get().edition.maximum == euro(700)
    with pytest.raises(ValidationError, match="published already"):
        publish(draft, by=Person.system())


# What the database refuses


def test_every_guard_is_in_the_database(scheme: Scheme) -> None:
    assert guards.missing() == []
    assert {guard.table for guard in GUARDS} >= {*PARTS, "grants_edition"}


@pytest.mark.parametrize("part", [*Edition.PARTS])
def test_nothing_of_a_published_edition_is_added_changed_or_taken_away(full: Edition, part: str) -> None:
    draft, rows = draft_of(full, by=Person.system()), getattr(full, part)
    with pytest.raises(IntegrityError, match="frozen_update"), transaction.atomic():
        rows.update(edition=draft)
    with pytest.raises(IntegrityError, match="frozen_update"), transaction.atomic():
        getattr(draft, part).update(edition=full)
    with pytest.raises(IntegrityError, match="frozen_delete"), transaction.atomic():
        rows.all().delete()
    row = rows.get() if rows.count() == 1 else rows.all()[0]
    row.pk = row._state.adding = None
    with pytest.raises(IntegrityError, match="frozen_insert"), transaction.atomic():
        type(row).objects.bulk_create([row])
    getattr(draft, part).all().delete()  # of a draft all of it may


def test_areas_are_frozen_too(full: Edition) -> None:
    for change in (full.areas.clear, lambda: full.areas.add(make.area("Singelbuurt"))):
        with pytest.raises(IntegrityError, match="areas_is_frozen"), transaction.atomic():
            change()


def test_a_published_edition_itself_stays(scheme: Scheme) -> None:
    published = Edition.objects.filter(pk=scheme.edition.pk)
    for change in ({"maximum": 1}, {"published_at": None, "published_by": None}, {"opens_on": date(2020, 1, 1)}):
        with pytest.raises(IntegrityError, match="a_published_edition_stays"), transaction.atomic():
            published.update(**change)


def test_a_scheme_shows_only_what_it_published_itself(scheme: Scheme, funder: Funder) -> None:
    draft = draft_of(scheme.edition, by=Person.system())
    for wrong in (draft, make.scheme(funder).edition):
        with pytest.raises(IntegrityError, match="of_its_own"), transaction.atomic():
            Scheme.objects.filter(pk=scheme.pk).update(current=wrong)


def test_a_plan_keeps_the_edition_it_was_sent_under(application: Application, scheme: Scheme) -> None:
    newer = make.changed(scheme, maximum=euro(600))
    for wrong, sentence in ((newer, "keeps_its_edition"), (None, "keeps_its_edition")):
        with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(frozen_edition=wrong)
    draft = make.draft(scheme, make.person())
    for wrong in (make.scheme(scheme.funder).edition, draft_of(newer, by=Person.system())):
        with pytest.raises(IntegrityError, match="sent_under_an_edition"), transaction.atomic():
            Application.objects.filter(pk=draft.pk).update(frozen_edition=wrong)


def test_nothing_is_sent_without_an_edition(scheme: Scheme, resident: Person) -> None:
    draft = make.draft(scheme, resident)
    with pytest.raises(IntegrityError, match="sent_under_an_edition"), transaction.atomic():
        Application.objects.filter(pk=draft.pk).update(status="submitted", received_on=clock.today())


def test_tables_of_what_was_published_are_not_emptied(full: Edition) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE; its DELETE is refused row by row")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked forbids emptying by itself
    for table in (*PARTS, "grants_edition"):
        with pytest.raises(IntegrityError, match="truncated"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")


# Judged by what held when it was sent


def test_a_plan_is_judged_and_declined_by_the_edition_of_its_submission(
    application: Application, scheme: Scheme, officer: Person
) -> None:
    with make.changing(scheme) as newer:
        make.criterion(newer, title="Nieuw bedacht")
    application = Application.objects.get(pk=application.pk)
    assert application.edition != newer
    new = newer.criteria.get(title="Nieuw bedacht")
    with pytest.raises(ValidationError, match="no other"):
        judge(application, strong="", verdicts=[*make.verdicts(application), (new, "good", "")], by=officer)
    make.judgement(application, by=officer)
    with pytest.raises(ValidationError, match="criterion of this scheme"):
        decline(application, grounds=[new], reason="Nee.", possible="Volgend jaar.", by=officer)


def test_a_draft_follows_what_holds_now(scheme: Scheme, resident: Person) -> None:
    draft = make.draft(scheme, resident, asked=900)
    make.changed(scheme, maximum=euro(600))
    draft = Application.objects.get(pk=draft.pk)
    with pytest.raises(ValidationError, match=r"at most €.+600"):
        submit(draft, by=resident)


# Rounds, the fixed list, and rules that don't hold for a while


def in_rounds(scheme: Scheme) -> None:
    with make.changing(scheme, in_rounds=True, division=Edition.Division.RANKING, opens_on=date(2026, 1, 1)) as edition:
        for month in (3, 9):
            Round.objects.create(
                edition=edition,
                opens_on=date(2026, month, 1),
                closes_on=date(2026, month, 20),
                answer_by=date(2026, month + 1, 15),
            )


@pytest.mark.parametrize(("day", "is_open"), [(1, True), (20, True), (21, False)])
def test_a_scheme_in_rounds_is_open_in_a_round_alone(scheme: Scheme, day: int, *, is_open: bool) -> None:
    in_rounds(scheme)
    with time_machine.travel(f"2026-03-{day:02}T12:00:00+01:00", tick=False):
        assert Scheme.objects.get().is_open is is_open
        assert Scheme.objects.open_now().exists() is is_open


def test_who_sends_in_a_round_hears_on_its_day(scheme: Scheme, resident: Person) -> None:
    in_rounds(scheme)
    with time_machine.travel("2026-03-10T12:00:00+01:00", tick=False):
        sent = submit(make.draft(scheme, resident), by=resident)
    assert sent.answer_by == date(2026, 4, 15)


def test_ranking_needs_rounds(scheme: Scheme) -> None:
    with pytest.raises(IntegrityError, match="ranking_is_done_in_rounds"), transaction.atomic():
        draft_of(scheme.edition, by=Person.system(), division=Edition.Division.RANKING)


def test_a_scheme_chooses_what_may_be_missing(scheme: Scheme, application: Application) -> None:
    edition = make.changed(scheme, may_be_missing=["when", "permission"])
    assert [name for name, _text in may_be_missing(edition, application.duties)] == ["when"]


@pytest.mark.parametrize(("until", "alone"), [(timedelta(0), True), (timedelta(-1), False)])
def test_a_waived_rule_holds_again_after_its_last_day(
    scheme: Scheme, resident: Person, until: timedelta, *, alone: bool
) -> None:
    with make.changing(scheme, members_at_least=3, different_addresses=True) as edition:
        edition.waivers.create(rule=Waiver.Rule.MEMBERS, reason="Proef", until=clock.today() + until)
    assert ("group" not in make.draft(scheme, resident).still_missing()) is alone


def test_a_waived_overview_is_not_asked_afterwards(scheme: Scheme, resident: Person) -> None:
    with make.changing(scheme) as edition:
        edition.waivers.create(rule=Waiver.Rule.OVERVIEW, reason="Proef", until=clock.today())
    sent = submit(make.draft(scheme, resident, asked=4_000), by=resident)
    assert sent.duties is not None
    assert not sent.duties.asks_overview


def test_an_exclusion_that_is_switched_off_is_not_shown(scheme: Scheme) -> None:
    with make.changing(scheme) as edition:
        make.exclusion(edition, "Eten", holds=False)
    assert [each.text for each in scheme.edition.excluded] == ["Alcohol"]
    assert scheme.edition.exclusions.count() == 2
