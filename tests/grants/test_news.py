"""The database keeps with an application when its residents did something last: what is new is read off that."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from grants.models import Application
from grants.models.news import NEWS, UNREAD, news_of, open_by
from tests import make
from tests.grants.test_attend import DONE, on_the_desk  # noqa: F401  # a fixture
from web import clock
from web.models import Deed, Funder, Person


def deed(of: Application, verb: str, at: datetime, *, strand: int | None = None, by: Person) -> Deed:
    """In bulk, as nothing but a database sees it."""
    thing = {"thing": "grants.application", "thing_id": str(of.pk), "thread": of.plan_id, "strand": strand}
    return Deed.objects.bulk_create([Deed(verb=verb, at=at, by=by, **thing)])[0]


def news_at(of: Application) -> datetime | None:
    return Application.objects.get(pk=of.pk).news_at


@pytest.mark.parametrize("verb", NEWS)
def test_each_of_these_deeds_is_kept_with_the_application(
    application: Application, resident: Person, verb: str
) -> None:
    assert news_at(application) is None
    made = deed(application, verb, clock.now(), by=resident)
    assert news_at(application) == made.at


def test_no_other_deed_is(application: Application, officer: Person) -> None:
    deed(application, "judge", clock.now(), by=officer)
    assert news_at(application) is None


def test_the_last_one_is_kept_in_whatever_order_they_come(application: Application, resident: Person) -> None:
    last = deed(application, "complete", clock.now(), by=resident)
    deed(application, "complete", last.at - timedelta(days=1), by=resident)
    assert news_at(application) == last.at


def test_one_strand_of_a_plan_has_no_news_of_another(
    application: Application, resident: Person, other_funder: Funder
) -> None:
    elsewhere = make.application(make.scheme(other_funder), resident)
    Application.objects.filter(pk=elsewhere.pk).update(plan=application.plan)
    deed(application, "withdraw", clock.now(), strand=application.pk, by=resident)
    assert (news_at(application) is None, news_at(elsewhere) is None) == (False, True)
    deed(application, "tell_story", clock.now(), by=resident)
    assert news_at(elsewhere), "what is done for the whole plan is news to both"


@pytest.mark.parametrize("do", DONE, ids=lambda do: do.__name__)
def test_what_the_index_finds_is_what_the_deeds_say(
    on_the_desk: Application,  # noqa: F811  # the fixture
    resident: Person,
    officer: Person,
    do: Callable[..., None],
) -> None:
    def found() -> tuple[bool, bool]:
        fresh = Application.objects.get(pk=on_the_desk.pk)
        by_index = Application.objects.filter(UNREAD, pk=fresh.pk).exists()
        return by_index, bool(news_of(fresh, Deed.objects.on_strand(fresh.thread, fresh.strand)))

    assert found() == (False, False)
    do(on_the_desk, resident, officer)
    assert found() == (True, True)
    open_by(Application.objects.get(pk=on_the_desk.pk), officer)
    assert found() == (False, False)
