"""One person with a seat in the panel and one as officer: of a plan they look at one side alone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grants.access import may
from grants.advise.actions import advise
from grants.assign.actions import assign
from grants.models import Application
from grants.review.actions import judge, take_up
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import queries_of
from web.models import Funder, Person, Seat

PANEL = "/advies/"


@pytest.fixture
def both(funder: Funder) -> Person:
    """Sits in the panel, and answers residents too."""
    person = make.person("Twan Tweezaam")
    make.seat(person, funder, Seat.Role.PANEL)
    make.seat(person, funder, Seat.Role.OFFICER, mandate=10_000)
    return person


@pytest.fixture
def heard(funder: Funder, resident: Person) -> Application:
    """4,000 euro: the panel is heard from 2,500 on."""
    scheme = make.scheme(funder, title="Wijkpot", panel_from=make.money(2_500))
    return make.application(scheme, resident, asked=4_000)


def test_they_advise_on_what_they_do_not_handle(as_: SignedIn, heard: Application, both: Person) -> None:
    assert str(heard.plan) in as_(both).get(PANEL).text
    assert advise(heard, verdicts=make.verdicts(heard), by=both).by == both
    assert advise(heard, verdicts=make.verdicts(heard), by=both).by == both, "and change it"


def test_who_has_it_does_not_advise_on_it(as_: SignedIn, heard: Application, both: Person) -> None:
    take_up(heard, by=both)
    assert str(heard.plan) not in as_(both).get(PANEL).text
    assert as_(both).get(reverse("grants:advise", args=[heard.pk])).status_code == 403
    with pytest.raises(PermissionDenied, match="or handle it"):
        advise(heard, verdicts=make.verdicts(heard), by=both)


def test_who_judged_it_does_not_advise_on_it_for_a_colleague(heard: Application, both: Person, decider: Person) -> None:
    judge(heard, strong="", verdicts=make.verdicts(heard), by=both)
    assign({heard: both.pk}, to=decider, by=both)
    with pytest.raises(PermissionDenied, match="or handle it"):
        advise(heard, verdicts=make.verdicts(heard), by=both)


def test_who_advised_does_not_handle_it(heard: Application, both: Person, officer: Person) -> None:
    advise(heard, verdicts=make.verdicts(heard), by=both)
    for deed in ("take_up", "judge", "settle", "award", "decline", "propose", "sign"):
        assert not may(both, deed, heard), deed
        assert may(officer, deed, heard), deed
    with pytest.raises(PermissionDenied, match="advised on it"):
        take_up(heard, by=both)


def test_the_officer_reads_what_the_panel_advises(
    as_: SignedIn, heard: Application, both: Person, officer: Person
) -> None:
    page = reverse("grants:application", args=[heard.pk])
    assert "What the panel advises" not in as_(officer).get(page).text
    advise(heard, verdicts=make.verdicts(heard), by=both)
    text = as_(officer).get(page).text
    assert "What the panel advises" in text
    assert "In favour: 1. Against: 0." in text
    assert both.name not in text.partition("What the panel advises")[2].partition("</section>")[0]


def test_the_officers_page_stays_within_twenty_queries(
    as_: SignedIn, heard: Application, both: Person, decider: Person
) -> None:
    """One more than without a panel, whoever advised."""
    advise(heard, verdicts=make.verdicts(heard), by=both)
    make.grant(heard, by=decider)
    page = reverse("grants:application", args=[heard.pk])
    assert queries_of(as_(decider), page) == 19
