"""More time for an answer: told once, in time, with a day and a reason (Awb 4:14)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from grants.enquire.actions import answer_enquiry, enquire
from grants.extend.actions import extend
from grants.models import Application, Extension, Letter, Scheme
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import queries_of
from web.models import Deed, Person

WHY = "De tuinman van de gemeente is ziek."
LATER = date(2026, 4, 6)  # Easter Monday


def on_day(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day} 12:00", tick=False)


@pytest.fixture
def small(scheme: Scheme, resident: Person) -> Application:
    """Sent on Monday 2 March: an answer in three weeks, by the 23rd."""
    with on_day("2026-03-02"):
        return make.application(scheme, resident, asked=2_000)


@pytest.fixture
def longer(small: Application, officer: Person) -> Extension:
    with on_day("2026-03-09"):
        return extend(small, until=LATER, reason=WHY, by=officer)


def test_the_residents_read_the_new_day_and_why(longer: Extension, officer: Person) -> None:
    """A day on which nobody works becomes the one after it."""
    assert Application.objects.get().answer_by == longer.until == date(2026, 4, 7)
    text = Letter.objects.get(event="extend/longer").text
    for part in ("7 april 2026", "23 maart 2026", WHY, "4:14", officer.name):
        assert part in text
    assert Deed.objects.get(verb="extend").by == officer


def test_a_second_time_is_refused(longer: Extension, officer: Person) -> None:
    with on_day("2026-03-10"), pytest.raises(ValidationError, match="promise must hold"):
        extend(Application.objects.get(), until=date(2026, 4, 20), reason=WHY, by=officer)
    assert Letter.objects.filter(event="extend/longer").count() == 1


@pytest.mark.parametrize("until", [date(2026, 3, 23), date(2026, 3, 20), date(2026, 5, 19)])
def test_the_new_day_is_later_and_not_much_later(small: Application, officer: Person, until: date) -> None:
    with on_day("2026-03-09"), pytest.raises(ValidationError, match="at most 8 weeks"):
        extend(small, until=until, reason=WHY, by=officer)
    assert Application.objects.get().answer_by == date(2026, 3, 23)


def test_a_reason_is_needed(small: Application, officer: Person) -> None:
    with on_day("2026-03-09"), pytest.raises(ValidationError, match="Write why"):
        extend(small, until=LATER, reason=" ", by=officer)


def test_on_the_last_day_it_can_and_the_day_after_it_is_too_late(small: Application, officer: Person) -> None:
    with on_day("2026-03-24"), pytest.raises(ValidationError, match="too late"):
        extend(small, until=LATER, reason=WHY, by=officer)
    with on_day("2026-03-23"):
        extend(small, until=LATER, reason=WHY, by=officer)
    assert Extension.objects.count() == 1


def test_not_while_the_clock_stands_still(small: Application, officer: Person) -> None:
    with on_day("2026-03-03"):
        enquire(small, question="Wie?", until=date(2026, 3, 10), needed=True, by=officer)
        with pytest.raises(ValidationError, match="stands still"):
            extend(small, until=LATER, reason=WHY, by=officer)


def test_the_clock_can_stand_still_after_it(longer: Extension, officer: Person, resident: Person) -> None:
    """From 7 April on: asked on Thursday 2 April, answered on the 6th: three days didn't count, so Friday the 10th."""
    with on_day("2026-04-02"):
        application = Application.objects.get()
        enquiry = enquire(application, question="Wie?", until=date(2026, 4, 16), needed=True, by=officer)
    with on_day("2026-04-06"):
        answer_enquiry(enquiry, answer="Bram.", by=resident)
    assert Application.objects.get().answer_by == date(2026, 4, 10)


def test_of_two_officers_at_once_one_tells_it(small: Application, officer: Person, decider: Person) -> None:
    on_another_screen = Application.objects.get()
    with on_day("2026-03-09"):
        extend(small, until=LATER, reason=WHY, by=officer)
        with pytest.raises(ValidationError):
            extend(on_another_screen, until=date(2026, 4, 8), reason=WHY, by=decider)


def test_what_is_decided_needs_no_time(granted: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="decided already"):
        extend(granted, until=LATER, reason=WHY, by=officer)


def test_only_its_officers_tell_it(small: Application, treasurer: Person, resident: Person, outsider: Person) -> None:
    for person in (treasurer, resident, outsider):
        with pytest.raises(PermissionDenied):
            extend(small, until=LATER, reason=WHY, by=person)


@pytest.mark.parametrize("change", [{"until": date(2026, 3, 1)}, {"told_on": date(2026, 3, 24)}, {"reason": ""}])
def test_the_database_refuses_what_the_law_does(longer: Extension, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.update(**change)


def test_the_button_is_gone_once_it_is_too_late(as_: SignedIn, small: Application, officer: Person) -> None:
    address, page = reverse("grants:extend", args=[small.pk]), reverse("grants:application", args=[small.pk])
    for day, stands_there in (("2026-03-23", True), ("2026-03-24", False)):
        with on_day(day):
            assert (address in as_(officer).get(page).text) is stands_there


def test_the_page_keeps_what_was_typed_and_then_sends_it(
    as_: SignedIn, small: Application, officer: Person, outsider: Person, treasurer: Person
) -> None:
    address = reverse("grants:extend", args=[small.pk])
    with on_day("2026-03-09"):
        visitor = as_(officer)
        page = visitor.post(address, {"until": "01-03-2026", "reason": WHY})
        assert "Choose a day after" in page.text
        assert WHY in page.text
        assert queries_of(visitor, address) == 9  # the door's 3; the plan, people and lines 3; two rules; the reading
        sent = visitor.post(address, {"until": "30-03-2026", "reason": WHY})
        assert sent["Location"] == reverse("grants:application", args=[small.pk])
        assert "30 March 2026" in visitor.get(sent["Location"]).text
        assert as_(outsider).get(address).status_code == 404
        assert as_(treasurer).get(address).status_code == 403
