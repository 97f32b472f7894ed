"""A consent opens one plan to one helper, until a day or until the bank details are in, and not a moment longer."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from grants.access import MAY, may
from grants.models import Application, Consent, Helper, Scheme
from ledger.models import Payee
from tests import make
from tests.conftest import SignedIn
from web.models import Person, Seat

IBAN = "NL91ABNA0417164300"


@pytest.fixture
def draft(scheme: Scheme, resident: Person) -> Application:
    return make.draft(scheme, resident)


def sees(person: Person) -> bool:
    seen = Application.objects.visible_to(person).exists()
    assert Application.objects.helped_by(person).exists() == seen
    return seen


def test_a_helper_sees_a_plan_only_while_the_residents_let_them_in(draft: Application, helper: Person) -> None:
    assert not sees(helper)
    consent = make.consent(draft.plan, helper)
    assert sees(helper)
    consent.end(by=draft.plan.first_contact)
    assert not sees(helper)


def test_a_day_that_is_past_closes_the_plan(as_: SignedIn, draft: Application, helper: Person) -> None:
    make.consent(draft.plan, helper, until=timezone.localdate() + timedelta(days=3))
    assert as_(helper).get(draft.form_url).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert as_(helper).get(draft.form_url).status_code == 404
        assert draft.form_url not in as_(helper).get("/hulp/").text


def test_bank_details_close_it_unless_a_day_was_chosen(
    application: Application, officer: Person, helper: Person, resident: Person
) -> None:
    consent = make.consent(application.plan, helper)
    grant = make.grant(application, by=officer)
    assert sees(helper)
    Payee.take_down(grant.commitment, kind="me", name="S", iban=IBAN, bank="", by=resident)
    assert not sees(helper)
    chosen, renewed = Consent.give(
        application.plan, consent.helper, how="page", given_by=resident, until=timezone.localdate()
    )
    assert (chosen, renewed) == (consent, True)
    assert sees(helper)


def test_a_helper_who_stops_or_gets_a_seat_sees_nothing(
    draft: Application, helper: Person, scheme: Scheme, resident: Person
) -> None:
    make.consent(draft.plan, helper)
    seat = make.seat(helper, scheme.funder, Seat.Role.PANEL)
    assert not sees(helper)
    seat.delete()
    assert sees(helper)
    Helper.objects.update(ended_at=timezone.now())
    assert not sees(helper)


def test_a_consent_opens_one_plan_to_one_helper(draft: Application, helper: Person, neighbour: Person) -> None:
    colleague = make.person("Ineke")
    make.helper(colleague, helper.helps.get().organisation)
    other = make.draft(draft.scheme, neighbour)
    make.consent(draft.plan, helper)
    assert not sees(colleague)
    assert list(Application.objects.visible_to(helper)) == [draft]
    assert other not in Application.objects.helped_by(helper)


def test_a_helper_writes_and_does_nothing_else(application: Application, draft: Application, helper: Person) -> None:
    make.consent(draft.plan, helper)
    about_plans = set(MAY) - {"answer_on_this_device"}  # that one asks that somebody is not in the group
    for_the_group = {
        deed for deed in about_plans if {rule.asks.__name__ for rule in MAY[deed]} & {"is_member", "is_first_contact"}
    }
    assert {"submit", "withdraw", "invite", "tell_story"} <= for_the_group
    assert {deed for deed in for_the_group if may(helper, deed, draft)} == set()
    assert may(helper, "save_draft", draft)


def test_letters_are_not_for_helpers(as_: SignedIn, granted: Application, helper: Person) -> None:
    make.consent(granted.plan, helper)
    letter = granted.letters.get()
    assert as_(helper).get(reverse("grants:letter", args=[letter.pk])).status_code == 404
    assert as_(helper).get(reverse("ledger:bank_details", args=[granted.grant.commitment.pk])).status_code == 404
    assert as_(helper).get(granted.get_absolute_url()).status_code == 404


def test_who_helped_a_group_does_not_judge_it(application: Application, officer: Person) -> None:
    assert may(officer, "judge", application)
    place = make.helper(officer)
    Consent.give(application.plan, place, how="spoken", given_by=application.plan.first_contact)[0].end(by=officer)
    assert not may(officer, "judge", application)


def test_a_day_is_from_today_to_a_year_away(draft: Application, helper: Person) -> None:
    today = timezone.localdate()
    for until in (today - timedelta(days=1), today + timedelta(days=366), date.max):
        with pytest.raises(ValidationError, match="at most a year"):
            make.consent(draft.plan, helper, until=until)
    assert make.consent(draft.plan, helper).until == today + timedelta(days=365)


def test_who_is_in_the_group_needs_no_consent(scheme: Scheme, resident: Person, helper: Person) -> None:
    draft = make.draft(scheme, resident, helper)
    with pytest.raises(ValidationError, match="in the group already"):
        make.consent(draft.plan, helper)


def test_an_ended_consent_is_ended_once_and_keeps_by_whom(draft: Application, helper: Person, resident: Person) -> None:
    consent = make.consent(draft.plan, helper)
    other_screen = Consent.objects.get()
    consent.end(by=resident)
    with pytest.raises(ValidationError, match="ended already"):
        other_screen.end(by=helper)
    assert Consent.objects.get().ended_by == resident
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.update(ended_by=None)


def test_a_helper_saves_a_draft_and_a_stranger_does_not(draft: Application, helper: Person, neighbour: Person) -> None:
    from grants.write.actions import save_draft

    make.consent(draft.plan, helper)
    save_draft(draft, by=helper, what="Opgeschreven door Hanneke.")
    draft.plan.refresh_from_db()
    assert draft.plan.what == "Opgeschreven door Hanneke."
    with pytest.raises(PermissionDenied, match="a helper they let in"):
        save_draft(draft, by=neighbour, what="Niet van mij.")
