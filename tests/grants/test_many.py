"""A page asks as many questions of the database at 10,000 applications as it does at 100."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.models import Application, Scheme
from ledger.models import Purse
from tests.conftest import SignedIn, Visitor
from web.models import Person

Page = Callable[[], object]


def queries(visitor: Visitor, address: str, *, by_post: bool = False) -> int:
    """The second visit counts: the first one fills the caches of content types and the like."""
    ask = visitor.post if by_post else visitor.get
    assert ask(address).status_code == 200, address
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask(address)
    return len(asked)


def counts(scheme: Scheme, officer: Visitor, treasurer: Visitor, keeper: Visitor, purse: Purse) -> dict[str, int]:
    granted = Application.objects.filter(status=Application.Status.GRANTED, grant__isnull=False).latest("pk")
    inbox = reverse("grants:inbox")
    return {
        "inbox": queries(officer, inbox),
        "inbox, granted": queries(officer, f"{inbox}?lijst=granted"),
        "inbox, all": queries(officer, f"{inbox}?lijst=all"),
        "inbox, late": queries(officer, f"{inbox}?lijst=late"),
        "search": queries(officer, f"{inbox}?zoek={granted.plan.first_contact.name.split()[0]}"),
        "search for a number": queries(officer, f"{inbox}?zoek={granted.number}"),
        "application": queries(officer, reverse("grants:application", args=[granted.pk])),
        "overview": queries(officer, reverse("grants:oversee")),
        "scheme": queries(Visitor(), reverse("grants:scheme", args=[scheme.slug])),
        "catalogue": queries(Visitor(), "/"),
        "cash book": queries(keeper, reverse("ledger:purse", args=[purse.pk])),
        "budgets": queries(treasurer, reverse("ledger:budgets")),
        "payments": queries(treasurer, reverse("ledger:payments")),
        "export": queries(treasurer, reverse("grants:workbook", args=[scheme.funder.slug]), by_post=True),
    }


@pytest.mark.wide
def test_pages_ask_as_much_at_10000_applications_as_at_100(
    scheme: Scheme, officer: Person, treasurer: Person, resident: Person, as_: SignedIn
) -> None:
    call_command("fill", applications=100, stdout=StringIO())
    purse = Purse.objects.filter(expenses__isnull=False).first() or Purse.objects.latest("pk")
    purse.keepers.add(resident)
    visitors = (as_(officer), as_(treasurer), as_(resident))
    at_100 = counts(scheme, *visitors, purse)
    call_command("fill", applications=9_900, seed=2, stdout=StringIO())
    assert Application.objects.count() == 10_000
    assert counts(scheme, *visitors, purse) == at_100
    assert all(taken <= 12 for page, taken in at_100.items() if page.startswith(("inbox", "search"))), at_100
    assert at_100["overview"] <= 25
    assert at_100["application"] <= 20
    assert at_100["export"] <= 15
