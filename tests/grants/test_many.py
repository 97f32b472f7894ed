"""A page asks as many questions of the database at 10,000 applications as it does at 100."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.models import Application, figures, pace, register
from ledger.models import Purse
from tests import busy
from tests.conftest import Visitor


def queries(visitor: Visitor, address: str, *, by_post: bool = False) -> int:
    """The second visit counts: the first one fills the caches of content types and the like."""
    ask = visitor.post if by_post else visitor.get
    assert ask(address).status_code == 200, address
    with CaptureQueriesContext(connection) as asked:
        ask(address)
    return len(asked)


def counts(town: busy.Town, visitors: dict[str, Visitor], purse: Purse) -> dict[str, int]:
    """Of every list, and of what is made of many rows or stands beside them."""
    granted = town.scheme.applications.filter(status=Application.Status.GRANTED, grant__isnull=False).latest("pk")
    asked = {name: queries(visitors[role], address) for name, (role, address) in busy.lists(town).items()}
    officer, treasurer, keeper = (visitors[role] for role in ("officer", "treasurer", "panel"))
    return asked | {
        "application": queries(officer, reverse("grants:application", args=[granted.pk])),
        "overview": queries(officer, reverse("grants:oversee")),
        "cash book": queries(keeper, reverse("ledger:purse", args=[purse.pk])),
        "export": queries(treasurer, reverse("grants:workbook", args=["waterveen"]), by_post=True),
    }


@pytest.mark.wide
def test_pages_ask_as_much_at_10000_applications_as_at_100(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for counted in (figures, register, pace):
        monkeypatch.setattr(counted, "MUCH", 1_000_000)  # so that they count at each visit
    town = busy.build()
    town.fill(100)
    purse = Purse.objects.filter(expenses__isnull=False).first() or Purse.objects.latest("pk")
    purse.keepers.add(town.people["panel"])
    visitors = town.visitors()
    at_100 = counts(town, visitors, purse)
    town.fill(9_900, seed=3)
    assert Application.objects.exclude(scheme=town.in_rounds).count() >= 10_000
    assert counts(town, visitors, purse) == at_100
    assert all(taken <= 12 for page, taken in at_100.items() if page.startswith(("inbox", "search"))), at_100
    assert at_100["overview"] <= 25
    monkeypatch.undo()
    assert queries(visitors["officer"], reverse("grants:oversee")) < at_100["overview"], "kept, as it mostly comes"
    assert at_100["application"] <= 20
    assert at_100["export"] <= 15
    assert all(taken <= 25 for taken in at_100.values()), at_100
