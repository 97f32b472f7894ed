"""What the public register counts: refusals of which none is small, and lists as quick for many rows as for few."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.disclose import views
from grants.models import Application, Completion, Decision, Grant, Plan, Scheme, register
from grants.models.register import Chosen, Sums, figures, refusals, returned
from tests import make
from tests.grants.test_disclose import REGISTER, award, file_rows, refuse, text_of
from web import clock
from web.amounts import euro
from web.models import Funder, Person


def test_refusals_are_counted_per_criterion_from_five_on(scheme: Scheme, officer: Person) -> None:
    refuse(scheme, officer, times=4)
    assert refusals(Chosen()) == []
    refuse(scheme, officer, times=1)
    refuse(scheme, officer, times=4, ground="Geen winst")
    assert [(each.criterion.title, each.count) for each in refusals(Chosen())] == [("Voor de buurt", 5)]
    text = text_of()
    assert "less than 5 refusals" in text
    assert "Geen winst" not in text
    assert "No profit" not in text


def test_no_choice_of_the_reader_makes_a_smaller_cell_of_refusals(scheme: Scheme, officer: Person) -> None:
    """Narrowing leaves cells out or in, whole: nothing can be found by subtracting one page from another."""
    refuse(scheme, officer, times=6)
    year, everything = clock.today().year, refusals(Chosen())
    assert [each.count for each in everything] == [6]
    assert refusals(Chosen(area="BU99990001")) == everything
    assert refusals(Chosen(funder="waterveen", scheme=scheme.slug)) == everything
    assert refusals(Chosen(year=(clock.today() - timedelta(days=1)).year)) == everything
    assert refusals(Chosen(year=year + 3)) == []


def test_refusals_of_two_years_are_never_added_up(scheme: Scheme, officer: Person) -> None:
    refuse(scheme, officer, times=6)
    newest = Decision.objects.order_by("-pk")[:3].values_list("pk", flat=True)
    Decision.objects.filter(pk__in=list(newest)).update(year=2020)
    assert refusals(Chosen()) == []


def test_a_criterion_keeps_its_count_from_edition_to_edition(scheme: Scheme, officer: Person) -> None:
    refuse(scheme, officer, times=3)
    with make.changing(scheme) as edition:
        edition.criteria.filter(title="Voor de buurt").update(title="Voor de hele buurt")
    refuse(Scheme.objects.get(pk=scheme.pk), officer, times=3, ground="Voor de hele buurt")
    assert [(each.criterion.title, each.count) for each in refusals(Chosen())] == [("Voor de hele buurt", 6)]


def send_back(scheme: Scheme, officer: Person, *, times: int) -> None:
    for _time in range(times):
        make.returned(make.application(scheme, make.person()), by=officer)


def test_plans_sent_back_are_counted_from_five_on(scheme: Scheme, officer: Person) -> None:
    send_back(scheme, officer, times=4)
    assert returned(Chosen()) == {"once": 0, "twice": 0}
    assert "Sent back to complete" not in text_of()
    send_back(scheme, officer, times=1)
    Completion.objects.filter(pk__in=list(Completion.objects.values_list("pk", flat=True)[:4])).update(
        number=2, reason="Nog eens."
    )
    assert returned(Chosen()) == {"once": 5, "twice": 0}
    assert "of which a second time" not in text_of()
    Completion.objects.update(number=2, reason="Nog eens.")
    assert returned(Chosen()) == {"once": 5, "twice": 5}
    assert "of which a second time: 5" in text_of()
    assert returned(Chosen(year=2001)) == {"once": 0, "twice": 0}
    assert returned(Chosen(scheme="anders")) == {"once": 0, "twice": 0}


def test_how_few_came_back_once_alone_is_no_difference_of_two_numbers(scheme: Scheme, officer: Person) -> None:
    send_back(scheme, officer, times=7)
    newest = list(Completion.objects.order_by("pk").values_list("pk", flat=True))
    Completion.objects.filter(pk__in=newest[:6]).update(number=2, reason="Nog eens.")
    assert returned(Chosen()) == {"once": 7, "twice": 0}, "seven less six would tell of the one"
    Completion.objects.update(number=2, reason="Nog eens.")
    assert returned(Chosen()) == {"once": 7, "twice": 7}


def test_no_choice_of_the_reader_makes_a_small_number_sent_back(
    scheme: Scheme, other_funder: Funder, officer: Person
) -> None:
    """Six here and two there are six, not eight: eight less six would tell of the two."""
    send_back(scheme, officer, times=6)
    make.seat(officer, other_funder, "officer")  # type: ignore[arg-type]  # a role by its word
    send_back(make.scheme(other_funder), officer, times=2)
    assert returned(Chosen()) == {"once": 6, "twice": 0} == returned(Chosen(funder=scheme.funder.slug))
    assert returned(Chosen(funder=other_funder.slug)) == {"once": 0, "twice": 0}


def test_a_stranger_asks_so_much_and_no_more(
    scheme: Scheme, officer: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    award(scheme, officer)
    monkeypatch.setattr(views, "RATES", {"register": "2/m/ip", "register_csv": "2/m/ip"})
    for address in (REGISTER, f"{REGISTER}register.csv"):
        assert [client.get(address).status_code for _time in range(3)] == [200, 200, 429]


def test_the_file_is_made_once_in_some_minutes_for_each_choice(scheme: Scheme, officer: Person, client: Client) -> None:
    award(scheme, officer)
    address = f"{REGISTER}register.csv"
    first = client.get(address).content
    Grant.objects.update(public_title="Iets anders")
    assert client.get(address).content == first
    assert b"Iets anders" in client.get(address, {"regeling": scheme.slug}).content
    assert b"Recipient" in client.get(address, headers={"accept-language": "en"}).content
    cache.clear()
    assert b"Iets anders" in client.get(address).content


def test_the_reader_narrows_it(scheme: Scheme, officer: Person) -> None:
    here, there = award(scheme, officer, asked=100, title="Hier"), award(scheme, officer, asked=200, title="Daar")
    area = make.area("De Bongerd")
    Plan.objects.filter(pk=here.application.plan_id).update(area=area)
    Grant.objects.filter(pk=there.pk).update(awarded_on=date(2020, 2, 2))
    for asked, titles in (
        ({"buurt": area.code}, {"Hier"}),
        ({"jaar": "2020"}, {"Daar"}),
        ({"geldgever": "waterveen", "regeling": scheme.slug}, {"Hier", "Daar"}),
    ):
        assert {row[4] for row in file_rows(**asked)[1:]} == titles, asked
    assert figures(Chosen(year=2020).grants()) == (1, euro(200))


@pytest.mark.parametrize(
    "asked", [{"jaar": "x"}, {"regeling": "' OR 1=1"}, {"buurt": "\x00"}, {"after": "2026-13-45_1"}, {"after": "²"}]
)
def test_a_link_that_was_broken_gives_a_page_all_the_same(
    scheme: Scheme, officer: Person, asked: dict[str, str]
) -> None:
    award(scheme, officer)
    assert "Geveltuinen" in text_of(**asked)
    assert len(file_rows(**asked)) == 2


def test_sixty_awards_come_on_two_pages_the_latest_first_each_once(scheme: Scheme, officer: Person) -> None:
    many(scheme, officer, 60)
    first = Client().get(REGISTER)
    second = Client().get(REGISTER, {"after": first.context["after"]})
    shown = [entry.number for page in (first, second) for entry in page.context["entries"]]
    assert len(first.context["entries"]) == 50
    assert second.context["after"] == ""
    by_date = Grant.objects.order_by("-awarded_on", "-pk").select_related("decision")
    assert shown == [grant.decision.number for grant in by_date if grant.decision]


def many(scheme: Scheme, officer: Person, count: int) -> None:
    """Awards on different days, and refusals besides."""
    for number in range(count):
        made = award(scheme, officer, asked=50)
        Grant.objects.filter(pk=made.pk).update(awarded_on=date(2020, 1, 1) + timedelta(days=number % 20))


def queries_of_public(address: str) -> int:
    """Of the page itself: not those of the limit and of the kept file, which are in one table."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200
    return len([each for each in queries if "web_cache" not in each["sql"] and "SAVEPOINT" not in each["sql"]])


def test_the_register_takes_as_many_queries_for_few_as_for_many(scheme: Scheme, officer: Person) -> None:
    many(scheme, officer, 3)
    refuse(scheme, officer, times=5)
    few, few_in_file = queries_of_public(REGISTER), queries_of_public(f"{REGISTER}register.csv")
    many(scheme, officer, 52)
    refuse(scheme, officer, times=5, ground="Geen winst")
    # Schemes, the first and the last day, and areas to choose from; figures; rows and their members; refusals, their
    # criteria and schemes; plans sent back.
    assert queries_of_public(REGISTER) == few == 11
    # The same choices; rows and their members.
    assert queries_of_public(f"{REGISTER}register.csv") == few_in_file == 6


def test_the_sums_of_much_are_kept_for_some_minutes(
    scheme: Scheme, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(scheme, officer, 3)
    assert Sums.of(Chosen()).count == 3
    award(scheme, officer, asked=50)
    assert Sums.of(Chosen()).count == 4, "of so few nothing is kept"
    monkeypatch.setattr(register, "MUCH", 3)
    assert Sums.of(Chosen()).count == 4
    award(scheme, officer, asked=50)
    assert Sums.of(Chosen()).count == 4
    assert Sums.of(Chosen(scheme=scheme.slug)).count == 5, "of another choice nothing was kept"
    with clock.at(clock.now() + timedelta(days=1)):
        assert Sums.of(Chosen()).count == 5


def test_the_list_is_read_by_an_index(scheme: Scheme) -> None:
    rows = Grant.objects.public().order_by("-awarded_on", "-pk")[:51]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "register_by_date" in rows.explain()


def test_drafts_and_what_waits_stand_nowhere(scheme: Scheme) -> None:
    make.draft(scheme, make.person(), title="Nog niets")
    make.application(scheme, make.person(), title="Wacht nog")
    assert not Application.objects.filter(grant__isnull=False).exists()
    text = text_of()
    assert "Nog niets" not in text
    assert "Wacht nog" not in text
