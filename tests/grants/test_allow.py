"""Residents let helpers in and out: on their own page, with a code they say, and through an officer who is called."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from grants.allow import actions
from grants.models import Application, Consent, Invitation, Letter
from tests import make
from tests.conftest import SignedIn, Visitor
from web.models import Deed, Mail, Person
from web.sign_in.adopt import HOLDER


def sees(person: Person) -> bool:
    return Application.objects.visible_to(person).exists()


@pytest.fixture
def colleague(helper: Person) -> Person:
    person = make.person("Ineke Iris", email="ineke@waterveen.example")
    make.helper(person, helper.helps.get().organisation)
    return person


def test_residents_let_a_helper_in_on_their_own_page(
    as_: SignedIn, application: Application, resident: Person, helper: Person
) -> None:
    page = f"/plan/{application.plan_id}/hulp/"
    assert "Hanneke Hulst, Buurtwerk Waterveen (paid by de gemeente)" in as_(resident).get(page).text
    day = timezone.localdate() + timedelta(days=7)
    typed = {"helper": helper.helps.get().pk, "until": f"{day:%d-%m-%Y}"}
    assert as_(resident).post(page, typed).status_code == 302
    consent = Consent.objects.get()
    assert (consent.how, consent.until, consent.until_bank_details) == ("page", day, False)
    assert sees(helper)
    assert "Samira Lindeboom" in Mail.objects.get(to=helper).subject


def test_a_day_that_can_not_be_is_asked_back(
    as_: SignedIn, application: Application, resident: Person, helper: Person
) -> None:
    page = f"/plan/{application.plan_id}/hulp/"
    answer = as_(resident).post(page, {"helper": helper.helps.get().pk, "until": "01-01-2020"})
    assert "at most a year away" in answer.text
    assert "01-01-2020" in answer.text
    assert as_(resident).post(page, {"helper": "999"}).status_code == 200
    assert not Consent.objects.exists()


def test_everybody_of_the_group_ends_it_at_once(
    as_: SignedIn, application: Application, helper: Person, neighbour: Person, resident: Person
) -> None:
    make.consent(application.plan, helper)
    application.plan.members.create(person=neighbour)
    consent = Consent.objects.get()
    end = f"/plan/{application.plan_id}/hulp/{consent.pk}/stoppen/"
    assert as_(helper).post(end).status_code == 404
    assert sees(helper)
    assert as_(neighbour).post(end).status_code == 302
    assert not sees(helper)
    as_(resident).post(end)
    assert Consent.objects.get().ended_by == neighbour
    assert Deed.objects.filter(verb="end_consent").count() == 1


def test_only_the_first_contact_lets_somebody_in(
    as_: SignedIn, application: Application, helper: Person, neighbour: Person, outsider: Person
) -> None:
    application.plan.members.create(person=neighbour)
    page = f"/plan/{application.plan_id}/hulp/"
    typed = {"helper": helper.helps.get().pk}
    assert as_(neighbour).get(page).status_code == 200
    assert as_(neighbour).post(page, typed).status_code == 403
    assert as_(neighbour).post(f"{page}code/").status_code == 403
    for person in (helper, outsider):
        assert as_(person).get(page).status_code == 404
        assert as_(person).post(page, typed).status_code == 404
    assert Visitor().get(page).status_code == 302


def test_who_has_no_account_ends_it_on_their_own_device(
    client: Visitor, application: Application, helper: Person
) -> None:
    holder = Person.objects.create(name="Kees")
    application.plan.members.create(person=holder)
    consent = make.consent(application.plan, helper)
    session = client.session
    session[HOLDER] = holder.pk
    session.save()
    assert client.post(f"/plan/{application.plan_id}/hulp/{consent.pk}/stoppen/").status_code == 302
    assert not sees(helper)


def test_a_spoken_code_renews_what_was_over(
    as_: SignedIn, application: Application, helper: Person, resident: Person
) -> None:
    consent = make.consent(application.plan, helper, until=timezone.localdate())
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        assert not sees(helper)
        made = as_(resident).post(f"/plan/{application.plan_id}/hulp/code/")
        code = made.context["code"]
        assert code in made.text
        assert as_(helper).post("/hulp/code/", {"code": code}).status_code == 302
        assert sees(helper)
        consent.refresh_from_db()
        assert (consent.how, consent.renewed_at is None, consent.until_bank_details) == ("code", False, True)
        deed = Deed.objects.get(verb="renew_consent")
        assert (deed.by, deed.on_behalf_of) == (helper, resident)
        again = as_(helper).post("/hulp/code/", {"code": code})
        assert "has been used" in again.text
    assert "Hanneke Hulst" in Letter.objects.get(event="allow/changed").subject


def test_a_code_that_was_said_before_it_ended_lets_nobody_in_again(
    application: Application, helper: Person, resident: Person
) -> None:
    """Residents end it at once: the helper may have written a code down."""
    consent = make.consent(application.plan, helper)
    actions.make_help_code(application.plan, by=resident)
    actions.end_consent(consent, by=resident)
    with pytest.raises(PermissionDenied):
        actions.use_help_code(Invitation.objects.get(), by=helper)
    assert not sees(helper)


def test_a_resident_moves_to_a_colleague_with_a_code(
    application: Application, helper: Person, colleague: Person, resident: Person
) -> None:
    make.consent(application.plan, helper)
    actions.make_help_code(application.plan, by=resident)
    actions.use_help_code(Invitation.objects.get(), by=colleague)
    assert sees(colleague)
    assert not sees(helper)
    assert list(Deed.objects.order_by("pk").values_list("verb", flat=True)[1:]) == ["end_consent", "move_consent"]


def test_a_code_lets_nobody_of_another_organisation_in(
    as_: SignedIn, application: Application, helper: Person, resident: Person
) -> None:
    make.consent(application.plan, helper)
    other = make.person("Bas Berk")
    make.helper(other, make.organisation("De Bieb"))
    code = actions.make_help_code(application.plan, by=resident)
    page = as_(other).post("/hulp/code/", {"code": code}).text
    assert "helped by Buurtwerk Waterveen" in page
    assert not sees(other)
    assert Invitation.objects.open().exists(), "it isn't used up"


def test_of_two_helpers_with_one_code_the_first_comes_in(
    application: Application, helper: Person, colleague: Person, resident: Person
) -> None:
    actions.make_help_code(application.plan, by=resident)
    on_another_screen = Invitation.objects.get()
    actions.use_help_code(Invitation.objects.get(), by=helper)
    with pytest.raises(ValidationError, match="just been used"):
        actions.use_help_code(on_another_screen, by=colleague)
    assert not sees(colleague)


def test_guessing_is_limited_and_only_for_helpers(
    as_: SignedIn, application: Application, helper: Person, resident: Person
) -> None:
    code = actions.make_help_code(application.plan, by=resident)
    assert as_(resident).post("/hulp/code/", {"code": code}).status_code == 404
    for _try in range(10):
        as_(helper).post("/hulp/code/", {"code": f"{application.plan_id}-AAAAA-AAAAA"})
    assert "many tries" in as_(helper).post("/hulp/code/", {"code": code}).text
    assert not sees(helper)


def test_an_officer_ends_it_for_who_calls_and_says_why(
    as_: SignedIn, application: Application, helper: Person, officer: Person, treasurer: Person, outsider: Person
) -> None:
    consent = make.consent(application.plan, helper)
    page = f"/werk/{application.pk}/hulp/stoppen/"
    typed = {"consent": consent.pk, "note": "Samira belde op maandag."}
    assert as_(outsider).post(page, typed).status_code == 404
    assert as_(treasurer).post(page, typed).status_code == 403
    assert sees(helper)
    assert as_(officer).post(page, {"consent": consent.pk}).status_code == 200
    assert as_(officer).post(page, typed).status_code == 302
    assert not sees(helper)
    letter = Letter.objects.get(event="allow/ended")
    assert "Fatima van Wilgen" in letter.text
    assert Deed.objects.get(verb="end_consent_with_note").detail.values["note"] == "Samira belde op maandag."


def test_an_officer_ends_nothing_of_another_plan(application: Application, helper: Person, officer: Person) -> None:
    other = make.draft(application.scheme, make.person())
    consent = make.consent(other.plan, helper)
    with pytest.raises(ValidationError, match="of this plan"):
        actions.end_consent_with_note(application, consent=consent, note="x", by=officer)
    assert sees(helper)
