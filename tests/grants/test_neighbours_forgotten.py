"""Neighbours are forgotten when the answer is final: six weeks after the decision. The counts stay."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection

from grants.ask.actions import withdraw
from grants.erase.actions import erase_person
from grants.models import Application, Decision, Scheme, Support, SupportPage
from grants.models.draft import erase_old_drafts
from grants.models.final import last_decided_day
from grants.models.support import forget_neighbours
from grants.support import actions
from tests import make
from tests.conftest import Visitor
from tests.grants.neighbours import speak
from web import clock
from web.models import Mail, Person


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def decided(application: Application, *, by: Person, on: date) -> None:
    """Declined on that day: an answer that can be fought for six weeks."""
    with clock.at(at(on)):
        Decision.take(application, outcome=Decision.Outcome.DECLINED, by=by, possible="Volgend jaar.")
        Application.objects.filter(pk=application.pk).update(status=Application.Status.DECLINED)


@pytest.mark.parametrize(
    ("on", "last_day"),
    [
        (date(2026, 3, 2), date(2026, 4, 13)),  # a Monday
        (date(2026, 3, 6), date(2026, 4, 17)),  # a Friday
        (date(2026, 3, 7), date(2026, 4, 20)),  # ends on a Saturday: until Monday
        (date(2026, 2, 23), date(2026, 4, 7)),  # ends on Easter Monday
    ],
)
def test_neighbours_are_known_until_the_answer_is_final(
    worry: Support, officer: Person, on: date, last_day: date
) -> None:
    decided(Application.objects.get(), by=officer, on=on)
    with clock.at(at(last_day)):
        assert (forget_neighbours(), last_decided_day() < on) == (0, True)
    with clock.at(at(last_day + timedelta(days=1))):
        assert (forget_neighbours(), forget_neighbours()) == (1, 0)
    worry.refresh_from_db()
    assert worry.erased_at


def test_what_is_forgotten_is_gone_everywhere_and_still_counts(
    worry: Support, resident: Person, officer: Person, client: Visitor
) -> None:
    support_page = worry.page
    speak(support_page, first_name="Ali", kind="joins", message="Ik heb een schep.", reach="06 12 34 56 78")
    actions.answer_worry(worry, answer="Joke, we laten plek vrij.", by=resident)
    decided(Application.objects.get(), by=officer, on=clock.today() - timedelta(weeks=8))
    assert len(where_it_says("joke", "schep", "plek vrij")) >= 5
    call_command("tick")
    support_page.refresh_from_db()
    assert (
        support_page.counts.joins,
        support_page.counts.worries,
        support_page.counts.answered,
        support_page.is_open,
    ) == (1, 1, 1, False)
    assert not Mail.objects.filter(to=worry.neighbour).exists()
    assert where_it_says("joke", "ali", "schep", "parkeren", "plek vrij", "12 34 56", "1234 ab") <= {
        "web_person.postcode"  # Samira's own
    }
    assert b"plek vrij" not in client.get(support_page.get_absolute_url()).content


def where_it_says(*words: str) -> set[str]:
    """Every column of ours in which one of these words stands somewhere."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall() if table.startswith(("grants_", "web_")) else ():
                pairs = zip(columns, (str(value).lower() for value in row), strict=True)
                found |= {f"{table}.{column}" for column, text in pairs if any(word in text for word in words)}
    return found - {"grants_criterion.title", "grants_criterion.text"}


def test_nothing_is_forgotten_while_another_fund_still_reads(
    worry: Support, officer: Person, other_funder: object
) -> None:
    first = Application.objects.get()
    decided(first, by=officer, on=clock.today() - timedelta(weeks=9))
    scheme = make.scheme(first.scheme.funder)
    second = Application.objects.create(plan=first.plan, scheme=scheme, asked=first.asked, received_on=clock.today())
    Application.objects.filter(pk=second.pk).update(
        status=Application.Status.COMPLETE, frozen_edition=second.scheme.edition
    )
    assert forget_neighbours() == 0
    decided(second, by=officer, on=clock.today() - timedelta(weeks=1))
    assert forget_neighbours() == 0
    Decision.objects.filter(application=second).update(at=clock.now() - timedelta(weeks=8))
    assert forget_neighbours() == 1


def test_a_later_fixing_keeps_nobody_known_longer(worry: Support, officer: Person) -> None:
    application = Application.objects.get()
    decided(application, by=officer, on=clock.today() - timedelta(weeks=8))
    Decision.take(application, outcome=Decision.Outcome.FIXED, by=officer)
    assert forget_neighbours() == 1


def test_a_withdrawn_plan_counts_from_the_day_it_was_withdrawn(worry: Support, resident: Person) -> None:
    withdraw(Application.objects.get(), by=resident)
    with clock.at(at(clock.today() + timedelta(weeks=6))):
        assert forget_neighbours() == 0
    with clock.at(at(clock.today() + timedelta(weeks=7))):
        assert forget_neighbours() == 1


def test_a_page_does_not_open_when_the_answer_is_final(worry: Support, resident: Person, officer: Person) -> None:
    decided(Application.objects.get(), by=officer, on=clock.today() - timedelta(weeks=8))
    forget_neighbours()
    with pytest.raises(ValidationError, match="final"):
        actions.open_support(worry.plan, by=resident)
    worry.page.refresh_from_db()
    assert not worry.page.is_open


def test_a_draft_that_nobody_sends_takes_what_was_said_with_it(scheme: Scheme, resident: Person) -> None:
    draft = make.draft(scheme, resident)
    said = speak(actions.open_support(draft.plan, by=resident))
    with clock.at(clock.now() + timedelta(days=91)):
        assert forget_neighbours() == 0
        assert erase_old_drafts() == 1
    assert not Support.objects.exists()
    assert not SupportPage.objects.exists()
    said.neighbour.refresh_from_db()
    assert (said.neighbour.name, bool(said.neighbour.erased_at)) == ("", True)


def test_whoever_is_erased_is_erased_as_a_neighbour_too(worry: Support, resident: Person) -> None:
    actions.answer_worry(worry, answer="Joke, er blijft plek.", by=resident)
    on_another_phone = speak(worry.page, device="another", reach="joke@waterveen.example")
    ali = speak(worry.page, first_name="Ali")
    erase_person(worry.neighbour, by=Person.system())
    for each in (worry, on_another_phone, ali):
        each.refresh_from_db()
    assert (worry.message, worry.answer, worry.mark, bool(worry.erased_at)) == ("", "", "", True)
    assert (on_another_phone.neighbour.email, bool(on_another_phone.erased_at)) == ("", True)
    assert (ali.neighbour.name, ali.erased_at) == ("Ali", None)
    assert (worry.page.counts.worries, worry.page.counts.good) == (1, 2)


def test_with_its_last_member_a_plan_loses_what_neighbours_said(worry: Support, resident: Person) -> None:
    withdraw(Application.objects.get(), by=resident)
    erase_person(resident, by=Person.system())
    worry.refresh_from_db()
    assert (worry.message, worry.neighbour.name, worry.page.is_open) == ("", "", False)
    assert worry.page.counts.worries == 1
