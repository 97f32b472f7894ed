"""Each list of the inbox can be read by an index: asked of PostgreSQL itself.

At a few hundred rows a database reads a whole table by choice: that is quicker. So it is told not to here
(`enable_seqscan = off`): a scan that is left is one for which there is no index. For the lists it is told not to sort
either: then their index gives the order too, so that fifty rows are read and not all. How long it takes at 100,000
applications is measured by `make bench`.
"""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.models import Application, Letter, Scheme
from grants.models.applications import ApplicationQuerySet
from grants.models.figures import Figures
from grants.models.period import Period
from grants.models.sieve import Sieve, counted
from tests import make
from web.clock import today
from web.models import Person, Seat

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite says it in other words."),
]


@pytest.fixture
def sent(scheme: Scheme, officer: Person) -> ApplicationQuerySet:
    """What Fatima reads, of 200 applications at two funders; no table may be read from end to end."""
    make.scheme(make.funder("Samen Sterk", slug="samen-sterk"), title="Bloempot", slug="bloempot")
    call_command("fill", applications=200, stdout=StringIO())
    Seat.keep(officer)
    with connection.cursor() as cursor:
        for text in ("plans_by_words", "people_by_words"):  # what a vacuum does: new words wait beside the index
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [text])
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL enable_seqscan = off")
    return Application.objects.sent_to_funder_of(officer)


def plan_of(rows: Any) -> str:
    return str(rows.explain())


def explained(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())


LISTS = {
    "todo": "due_first",
    "mine": "due_first",
    "nobody": "due_first",
    "late": "due_first",
    "granted": "grants_application_pkey",
    "all": "grants_application_pkey",
}


@pytest.mark.parametrize("which", LISTS)
def test_each_list_is_read_by_an_index(sent: ApplicationQuerySet, officer: Person, which: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_incremental_sort = off")
    sieve = Sieve(which)
    rows = sieve.of(sent, [officer.pk]).values("pk")
    said = plan_of(rows.order_by(*(("answer_by", "pk") if sieve.is_by_date else ("-pk",)))[:51])
    assert "Seq Scan on grants_application" not in said, said
    assert LISTS[which] in said, said
    assert "Sort" not in said, said


@pytest.mark.parametrize("which", LISTS)
def test_what_a_list_shows_is_read_for_its_page_alone(sent: ApplicationQuerySet, officer: Person, which: str) -> None:
    sieve = Sieve(which)
    with CaptureQueriesContext(connection) as asked:
        sieve.page(sieve.of(sent, [officer.pk]), "")
    (said,) = (explained(query["sql"]) for query in asked)
    for table in ("grants_application", "grants_plan", "web_person"):
        assert f"Seq Scan on {table}" not in said, said


@pytest.mark.parametrize("typed", ["doornbos", "tuin", "roos tuin", "153"])
def test_search_is_read_by_the_index_of_each_text(sent: ApplicationQuerySet, officer: Person, typed: str) -> None:
    said = plan_of(Sieve("all", words=typed).of(sent, [officer.pk]).order_by("-pk").values("pk")[:51])
    assert "people_by_words" in said, said
    assert "plans_by_words" in said, said
    for table in ("grants_plan", "web_person", "grants_member", "grants_application"):
        assert f"Seq Scan on {table}" not in said, said


@pytest.mark.parametrize(
    ("typed", "index"), [("2026-12", "grants_application_pkey"), ("B2026-0012", "by_decision_number")]
)
def test_a_number_is_read_by_its_own_index_and_not_among_words(
    sent: ApplicationQuerySet, officer: Person, typed: str, index: str
) -> None:
    said = plan_of(Sieve("all", words=typed).of(sent, [officer.pk]).order_by("-pk").values("pk")[:51])
    assert index in said, said
    assert "by_case_number" in said or typed.startswith("B"), said
    assert "_by_words" not in said, said
    assert "Seq Scan on grants_" not in said.replace("Seq Scan on grants_scheme", ""), said


LARGE = ("application", "decision", "decision_grounds", "grant", "member", "plan", "wait", "completion")


def test_every_figure_of_the_overview_is_read_by_indexes(sent: ApplicationQuerySet, scheme: Scheme) -> None:
    with CaptureQueriesContext(connection) as asked:
        period = Period.this_year(scheme.funder)
        counted = Figures.now(period)
        period.money_left()
    assert counted.outcome.received > 50
    assert len(asked) >= 11
    for query in asked:
        said = explained(query["sql"])
        read = [table for table in LARGE if f"Seq Scan on grants_{table} " in said]
        assert not read, f"{query['sql']}\n{said}"
        assert "Seq Scan on ledger_payment" not in said, said


def test_what_came_in_in_a_period_is_read_by_its_index(sent: ApplicationQuerySet, scheme: Scheme) -> None:
    said = plan_of(Period(scheme.funder, today(), today()).applications().values("pk"))
    assert "received_in_a_period" in said, said


def test_the_news_is_read_by_an_index(sent: ApplicationQuerySet, officer: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
    said = plan_of(sent.for_inbox().news_for([officer.pk])[:10])
    assert "with_news" in said, said
    assert "web_deed" not in said, said


def test_the_neighbours_of_a_plan_are_read_by_an_index(sent: ApplicationQuerySet, officer: Person) -> None:
    sieve = Sieve("todo")
    shown = sieve.marking_neighbours(sent, sieve.of(sent, [officer.pk])).filter(pk=sent.earliest("pk").pk)
    said = plan_of(shown)
    assert said.count("due_first") == 2, said
    assert "Seq Scan on grants_application" not in said, said


def test_the_counts_are_read_by_an_index(sent: ApplicationQuerySet, officer: Person) -> None:
    assert counted(sent, [Sieve()], [officer.pk])[0] == sent.undecided().count()
    said = plan_of(sent.undecided())
    assert "Seq Scan on grants_application" not in said, said


def test_the_letters_to_post_are_read_by_an_index(sent: ApplicationQuerySet, officer: Person) -> None:
    waiting = Letter.objects.to_post().of_officer(officer).for_tray()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
    assert "letters_to_post" in plan_of(waiting[:51])
    assert "came_back_first" in plan_of(waiting.order_by("by_post", "written_at")[:51]), "as the inbox reads them"


def test_a_list_without_an_index_is_found(sent: ApplicationQuerySet) -> None:
    said = plan_of(Application.objects.filter(import_key__contains="x").order_by("granted"))
    assert "Seq Scan on grants_application" in said, "this test can say no"
