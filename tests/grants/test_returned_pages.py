"""The pages of a plan that is sent back: the officer's list, the residents' form and check page, and what both see."""

from datetime import timedelta

import pytest
from django.urls import reverse

from grants.ask.actions import submit
from grants.models import Application, Completion, Scheme
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.test_overview import DOOR, queries_of
from web import clock
from web.clock import add_weeks, today
from web.models import Person

Status = Application.Status


def page(name: str, application: Application) -> str:
    return reverse(f"grants:{name}", args=[application.pk])


def a_plan(**changed: str) -> dict[str, str]:
    """The page of a Quick plan as its residents send it."""
    typed = make.ANSWERS | {"asked": "450", "costs-TOTAL_FORMS": "1", "costs-INITIAL_FORMS": "0"}
    return typed | {"costs-0-what": "Tegels", "costs-0-amount": "100", "send": "1"} | changed


@pytest.fixture
def returned(application: Application, officer: Person) -> Completion:
    return make.returned(application, "when", "costs", by=officer)


# The officer


def test_an_officer_sends_the_list(as_: SignedIn, application: Application, officer: Person) -> None:
    visitor, address = as_(officer), page("send_back", application)
    assert address in visitor.get(page("application", application)).text
    shown = visitor.get(address)
    assert "When it is" in shown.text
    assert "If permission is needed" not in shown.text, "never more than the form asked"
    until = add_weeks(today(), 2).strftime("%d-%m-%Y")
    assert f'value="{until}"' in shown.text
    refused = visitor.post(address, {"explanation": "Welke zaterdag?", "until": until})
    assert refused.status_code == 200
    assert "Welke zaterdag?" in refused.text
    assert visitor.post(address, {"missing": ["when"], "until": until}).status_code == 302
    application.refresh_from_db()
    assert application.status == Status.RETURNED


def test_what_was_judged_does_not_go_back(as_: SignedIn, judged: Application, officer: Person) -> None:
    answer = as_(officer).get(page("send_back", judged), follow=True)
    assert "Only a plan that was just sent can go back." in answer.text


def test_the_second_time_the_page_asks_why(as_: SignedIn, returned: Completion, officer: Person) -> None:
    application = returned.wait.application
    Application.objects.update(status=Status.SUBMITTED)
    returned.wait.end()
    visitor, address = as_(officer), page("send_back", application)
    typed = {"missing": ["what"], "until": add_weeks(today(), 2).isoformat()}
    assert "Write why it goes back again." in visitor.post(address, typed).text
    assert visitor.post(address, typed | {"reason": "De straat stond er niet."}).status_code == 302


@pytest.mark.parametrize("who", ["resident", "outsider", "auditor", "treasurer"])
@pytest.mark.parametrize("name", ["send_back", "go_on_as_it_stands"])
def test_the_officers_pages_are_theirs(
    request: pytest.FixtureRequest, as_: SignedIn, application: Application, who: str, name: str
) -> None:
    visitor = as_(request.getfixturevalue(who))
    answer = visitor.post(page(name, application), {"missing": ["what"]})
    assert answer.status_code == (404 if who == "outsider" else 403)


def test_the_officers_page_shows_what_was_changed(
    as_: SignedIn, returned: Completion, officer: Person, resident: Person
) -> None:
    application, residents = returned.wait.application, as_(resident)
    residents.post(page("complete", application), a_plan(where_when="Op 9 mei."))
    residents.post(page("send_again", application))
    shown = as_(officer).get(page("application", application)).text
    assert "<del>In de Lindestraat, in mei.</del>" in shown
    assert "<ins>Op 9 mei.</ins>" in shown


def test_going_on_is_offered_when_the_last_day_has_passed(as_: SignedIn, returned: Completion, officer: Person) -> None:
    application, visitor = returned.wait.application, as_(officer)
    go_on = page("go_on_as_it_stands", application)
    assert go_on not in visitor.get(page("application", application)).text
    with clock.at(clock.now() + timedelta(days=15)):
        assert go_on in visitor.get(page("application", application)).text
        assert visitor.post(go_on).status_code == 302
        shown = visitor.get(page("application", application)).text
    assert page("settle", application) in shown
    assert visitor.get(go_on).status_code == 405


# The residents


def test_the_residents_see_one_list_and_complete_it(as_: SignedIn, returned: Completion, resident: Person) -> None:
    application, visitor = returned.wait.application, as_(resident)
    track = visitor.get(page("track", application)).text
    assert "When it is" in track
    assert page("complete", application) in track
    form = visitor.get(page("complete", application)).text
    assert form.index('name="where_when"') < form.index("The rest of your plan") < form.index('name="what"')
    answer = visitor.post(page("complete", application), a_plan(where_when="Op 9 mei."))
    assert answer["Location"] == page("send_again", application)
    assert "Op 9 mei." in visitor.get(answer["Location"]).text
    assert visitor.post(page("send_again", application))["Location"] == page("track", application)
    application.refresh_from_db()
    assert application.status == Status.SUBMITTED


def test_keeping_sends_nothing(as_: SignedIn, returned: Completion, resident: Person) -> None:
    application, visitor = returned.wait.application, as_(resident)
    typed = a_plan(where_when="Ergens") | {"save": "1"}
    del typed["send"]
    assert visitor.post(page("complete", application), typed)["Location"] == page("complete", application)
    application.refresh_from_db()
    assert application.status == Status.RETURNED
    assert Application.objects.get().plan.where_when == "Ergens"


def test_what_is_empty_is_said_at_its_field(as_: SignedIn, returned: Completion, resident: Person) -> None:
    application, visitor = returned.wait.application, as_(resident)
    answer = visitor.post(page("complete", application), a_plan(what=""))
    assert answer["Location"].endswith("?check=1")
    assert "Write what you are going to do." in visitor.get(answer["Location"]).text


def test_a_change_in_another_window_is_not_lost(as_: SignedIn, returned: Completion, resident: Person) -> None:
    application, visitor = returned.wait.application, as_(resident)
    seen = visitor.get(page("complete", application)).context["seen"]
    visitor.post(page("complete", application), a_plan(what="Eerst", seen=seen))
    again = visitor.post(page("complete", application), a_plan(what="Daarna", seen=seen))
    assert "another window" in again.text
    assert "Daarna" in again.text
    assert Application.objects.get().plan.what == "Eerst"


def test_what_was_typed_too_late_is_refused_with_a_sentence(
    as_: SignedIn, returned: Completion, resident: Person
) -> None:
    application, visitor = returned.wait.application, as_(resident)
    visitor.post(page("send_again", application))
    late = visitor.post(page("complete", application), a_plan(what="Nog één ding"))
    assert "This plan has been sent, so it can&#x27;t be changed any more." in late.text
    assert Application.objects.get().plan.what == make.ANSWERS["what"]
    assert ">\nNog één ding</textarea>" in late.text, "and nobody types it twice"


@pytest.mark.parametrize("name", ["edit", "step"])
def test_what_another_member_types_while_a_draft_is_sent_is_not_lost(
    as_: SignedIn, scheme: Scheme, resident: Person, neighbour: Person, name: str
) -> None:
    draft = make.draft(scheme, resident, neighbour)
    submit(draft, by=resident)
    address = reverse("grants:step", args=[draft.pk, 1]) if name == "step" else draft.form_url
    late = as_(neighbour).post(address, a_plan(what="Nog één ding"))
    assert late.status_code == 409
    assert "Somebody of your group sent it" in late.text
    assert ">\nNog één ding</textarea>" in late.text
    assert draft.get_absolute_url() in late.text
    assert Visitor().post(address, a_plan(what="Iets")).status_code == 404, "nobody else learns that it was sent"


def test_another_member_writes_along_and_the_first_contact_sends(
    as_: SignedIn, scheme: Scheme, resident: Person, neighbour: Person, officer: Person
) -> None:
    application = make.application(scheme, resident, neighbour)
    make.returned(application, by=officer)
    visitor = as_(neighbour)
    assert visitor.post(page("complete", application), a_plan(what="Van Bram")).status_code == 302
    assert '<button class="button">' not in visitor.get(page("send_again", application)).text
    assert visitor.post(page("send_again", application)).status_code == 403
    assert Application.objects.get().plan.what == "Van Bram"


@pytest.mark.parametrize("who", ["neighbour", "helper", "officer", "outsider"])
@pytest.mark.parametrize("name", ["complete", "send_again"])
def test_the_residents_pages_are_the_groups_alone(
    request: pytest.FixtureRequest, as_: SignedIn, returned: Completion, who: str, name: str
) -> None:
    visitor = as_(request.getfixturevalue(who))
    assert visitor.get(page(name, returned.wait.application)).status_code == 404
    assert visitor.post(page(name, returned.wait.application), a_plan()).status_code == 404


@pytest.mark.parametrize("name", ["complete", "send_again"])
def test_a_plan_that_did_not_come_back_leads_to_its_own_page(
    as_: SignedIn, application: Application, resident: Person, name: str
) -> None:
    visitor = as_(resident)
    assert visitor.get(page(name, application))["Location"] == page("track", application)
    visitor.post(page(name, application), a_plan(what="Anders"))
    assert Application.objects.get().plan.what == make.ANSWERS["what"]


def test_the_scheme_counts_second_returns_in_public_from_five_on(
    as_: SignedIn, returned: Completion, resident: Person, officer: Person
) -> None:
    """The same cells as in the register: with a smaller one here, those hidden there could be subtracted."""
    scheme = returned.wait.application.scheme
    for _each in range(3):
        make.returned(make.application(scheme, make.person()), by=officer)
    Completion.objects.update(number=2, reason="De straat ontbrak.")
    page = as_(resident).get(scheme.get_absolute_url()).text
    assert "We tell how many came back twice once there are five or more." in page
    last = make.returned(make.application(scheme, make.person()), by=officer)
    Completion.objects.filter(pk=last.pk).update(number=2, reason="De straat ontbrak.")
    assert "Plans sent back twice: 5." in as_(resident).get(scheme.get_absolute_url()).text


def test_these_pages_take_few_queries(
    as_: SignedIn, returned: Completion, resident: Person, officer: Person, scheme: Scheme
) -> None:
    visitor, application = as_(resident), returned.wait.application
    # The application with plan and scheme; members; lines; tracks, now and when it was sent; the list; exclusions, for
    # the form and its half with the costs; sheets; the plan elsewhere; whether one leads the group, who sends it.
    assert queries_of(visitor, page("complete", application)) == DOOR + 11
    # The application; members; lines; the list; the plan, its lines and sheets as they are now; whether one leads
    # the group.
    assert queries_of(visitor, page("send_again", application)) == DOOR + 8
    other = make.application(scheme, make.person())
    # The application; members; lines; sheets; whether one is an officer, and impartial; whether it was back before;
    # the reading that is noted.
    assert queries_of(as_(officer), page("send_back", other)) == DOOR + 8
