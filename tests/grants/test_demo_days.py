"""The demo's town can be built on any day: in January its budgets are of two years, and weekends are no trouble."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from grants.models import Clearance, Place, Promise, Reaction, Wait
from ledger.models import Budget
from tests.grants.test_demo_town import build
from web.clock import now, today
from web.models import Deed


@pytest.mark.wide
@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2027, 1, 12), date(2028, 2, 29), date(2027, 8, 1)])
def test_it_can_be_built_on_any_day_of_the_year(day: date) -> None:
    with time_machine.travel(datetime(day.year, day.month, day.day, 7, tzinfo=UTC), tick=False):
        build()
        years = {(now() - timedelta(days=200)).year, day.year}
        assert set(Budget.objects.values_list("year", flat=True)) == years
        assert not Deed.objects.filter(at__gt=now()).exists()
        assert Clearance.objects.open().filter(due_on__lt=today()).exists()
        assert Clearance.objects.open().filter(due_on__gte=today()).exists()
        assert [each.until >= today() for each in Promise.objects.open()] == [True]
        assert [each.until >= today() for each in Wait.objects.open()] == [True, True]
        assert [each.answer_by > today() for each in Reaction.objects.open()] == [True]
        assert Place.objects.count() == 5
