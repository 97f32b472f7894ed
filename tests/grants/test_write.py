"""Writing: one question at a time, two windows, a page that stood open too long, and the room on the page."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.models import Application, BudgetLine, Scheme
from grants.models.questions import steps_for
from grants.resume import actions as resume
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.typed import answers, lines, plan_as_typed
from web.amounts import euro
from web.models import Deed, Funder, Person

IN_KIND = BudgetLine.Kind.IN_KIND


def begin(client: Visitor, scheme: Scheme, asked: str = "1200") -> Application:
    """The first step: how much."""
    first = reverse("grants:ask", args=[scheme.slug]) + "?wijze=stap"
    assert "Step 1" in client.get(first).text
    client.post(first, {"asked": asked, "title": ""})
    return Application.objects.latest("pk")


def page(draft: Application, number: int) -> str:
    return reverse("grants:step", args=[draft.pk, number])


def seen_on(client: Visitor, address: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(address).text)
    assert found, "every page of a draft carries the mark of what it shows"
    return found[1]


def test_one_question_at_a_time_ends_at_the_check_page(client: Visitor, scheme: Scheme) -> None:
    draft = begin(client, scheme)
    for number, step in enumerate(steps_for(asks_little=False), 1):
        shown = client.get(page(draft, number)).text
        assert f"Step {number} of 10" in shown
        typed = answers() | lines("costs", [("Planten", "1200")]) | lines("others", []) | lines("in_kind", [])
        of_this_step = {"seen": seen_on(client, page(draft, number)), "asked": "1200", "own_money": ""}
        of_this_step |= {name: text for name, text in typed.items() if name.split("-")[0] in step.fields}
        response = client.post(page(draft, number), of_this_step)
    assert response.headers["Location"] == reverse("grants:send", args=[draft.pk])
    assert Application.objects.get(pk=draft.pk).plan.neighbours == answers()["neighbours"]


def test_the_short_form_has_five_steps(client: Visitor, scheme: Scheme) -> None:
    draft = begin(client, scheme, asked="400")
    assert "Step 2 of 5" in client.get(page(draft, 2)).text
    assert client.get(page(draft, 5)).status_code == 404


def test_step_by_step_the_short_form_has_a_list_of_costs_too(client: Visitor, scheme: Scheme) -> None:
    draft = begin(client, scheme, asked="400")
    assert "Add a list of what it costs" in client.get(page(draft, 4)).text
    assert "Add a list of what it costs" not in client.get(page(draft, 3)).text
    costs = client.post(page(draft, 4), {"where_when": "In mei.", "list": "1"})["Location"]
    assert costs == f"{page(draft, 5)}?kosten=1"
    assert "Step 5 of 6" in client.get(costs).text
    assert client.post(costs, lines("costs", []) | {"save": "1"})["Location"] == costs, "the list stays open"
    assert client.post(costs, lines("costs", [("Verf", "60")]))["Location"] == f"{draft.form_url}?check=1"
    assert "Step 5 of 6" in client.get(page(draft, 5)).text, "from now on it is one of the steps"
    assert "Add a list of what it costs" not in client.get(page(draft, 4)).text


def test_a_step_changes_its_own_answer_alone(client: Visitor, scheme: Scheme) -> None:
    draft = begin(client, scheme, asked="400")
    client.post(draft.form_url, plan_as_typed(costs=[("Verf", "60")]) | {"save": "1"})
    client.post(page(draft, 2), {"what": "Een bank op het plein."})
    plan = Application.objects.get(pk=draft.pk).plan
    assert (plan.what, plan.who_joins) == ("Een bank op het plein.", answers()["who_joins"])
    assert [line.what for line in plan.lines.all()] == ["Verf"]


def test_what_is_missing_is_asked_back_on_the_page(client: Visitor, scheme: Scheme) -> None:
    draft = begin(client, scheme, asked="400")
    response = client.post(page(draft, 4), {"where_when": "In mei."}, follow=True)
    assert response.redirect_chain == [(f"{draft.form_url}?check=1", 302)]
    assert "Write what you are going to do." in response.text


def test_two_windows_never_overwrite_each_other_silently(client: Visitor, scheme: Scheme) -> None:
    draft = begin(client, scheme, asked="400")
    seen = seen_on(client, draft.form_url)
    client.post(draft.form_url, plan_as_typed(what="In het ene venster.", seen=seen))
    other = client.post(draft.form_url, plan_as_typed(what="In het andere venster.", seen=seen))
    assert "You changed this in another window too." in other.text
    assert "In het andere venster." in other.text
    assert Application.objects.get(pk=draft.pk).plan.what == "In het ene venster."
    again = re.search(r'name="seen" value="(\w+)"', other.text)
    assert again
    client.post(draft.form_url, plan_as_typed(what="In het andere venster.", seen=again[1]))
    assert Application.objects.get(pk=draft.pk).plan.what == "In het andere venster."


def test_two_windows_on_other_questions_dont_hinder_each_other(client: Visitor, scheme: Scheme) -> None:
    draft = begin(client, scheme, asked="400")
    seen = {number: seen_on(client, page(draft, number)) for number in (2, 3)}
    client.post(page(draft, 2), {"what": "Een bank.", "seen": seen[2]})
    client.post(page(draft, 3), {"who_joins": "De hele straat.", "seen": seen[3]})
    plan = Application.objects.get(pk=draft.pk).plan
    assert (plan.what, plan.who_joins) == ("Een bank.", "De hele straat.")


def test_a_page_that_stood_open_too_long_loses_nothing(client: Visitor, scheme: Scheme) -> None:
    draft = begin(client, scheme, asked="400")
    seen = seen_on(client, f"{draft.form_url}?kosten=1")
    client.session.flush()
    client.cookies.clear()
    typed = plan_as_typed(what="Dit mag niet weg.", costs=[("Verf", "60")], seen=seen)
    door = client.post(draft.form_url, typed | {"save": "1"})
    assert door.status_code == 404
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', door.text))
    assert kept["what"] == "Dit mag niet weg."
    wrong = client.post(draft.form_url, kept | {"code": "1-ACEFH-ACEFH"})
    assert "We can&#x27;t find this plan." in wrong.text
    assert "Dit mag niet weg." in wrong.text
    client.post(draft.form_url, kept | {"code": draft.plan.code})
    plan = Application.objects.get(pk=draft.pk).plan
    assert plan.what == "Dit mag niet weg."
    assert [line.amount for line in plan.lines.all()] == [euro(60)]


def test_the_draft_of_who_can_sign_in_has_no_code(scheme: Scheme, resident: Person, as_: SignedIn) -> None:
    signed_in = as_(resident)
    draft = begin(signed_in, scheme, asked="400")
    assert draft.plan.code not in signed_in.get(draft.form_url).text
    stranger = Visitor()
    answer = stranger.post(reverse("grants:go_on"), {"code": draft.plan.code})
    assert answer.status_code == 200
    assert stranger.get(draft.form_url).status_code == 404


def test_a_draft_goes_along_when_its_code_is_typed_by_who_signed_in(
    client: Visitor, scheme: Scheme, resident: Person, as_: SignedIn
) -> None:
    draft = begin(client, scheme, asked="400")
    signed_in = as_(resident)
    signed_in.post(reverse("grants:go_on"), {"code": draft.plan.code})
    assert signed_in.get(draft.form_url).status_code == 200
    assert draft.plan.members.get().person == resident


def test_hours_and_rooms_are_written_down_without_an_amount(client: Visitor, scheme: Scheme) -> None:
    draft = begin(client, scheme)
    given: dict[str, Any] = {"in_kind-TOTAL_FORMS": 3, "in_kind-INITIAL_FORMS": 0}
    given |= {"in_kind-0-what": "40 uur graven", "in_kind-0-who": "de buren", "own_money": "50"}
    typed = plan_as_typed(costs=[("Planten", "600")], others=[("De bakker", "25")], asked="", **answers()) | given
    client.post(draft.form_url, typed)
    plan = Application.objects.get(pk=draft.pk).plan
    assert [line.kind for line in plan.lines.all()] == ["cost", "own", "others", "in_kind"]
    assert (plan.page.cost, plan.page.paid_by_others, plan.page.needed) == (euro(600), euro(75), euro(525))
    assert ("What is given without money?", "40 uur graven (de buren)") in plan.answers()


def test_an_amount_left_empty_follows_from_the_list(client: Visitor, scheme: Scheme) -> None:
    draft = begin(client, scheme)
    typed = plan_as_typed(costs=[("Planten", "600")], others=[("De bakker", "25,50")], **answers(), asked="")
    client.post(draft.form_url, typed)
    assert Application.objects.get(pk=draft.pk).asked == euro("574.50")


def test_what_isnt_paid_for_is_said_beside_the_line_and_stops_nobody(client: Visitor, scheme: Scheme) -> None:
    with make.changing(scheme) as edition:
        edition.exclusions.update(text="Alcohol.", words="bier, wijn")
    draft = begin(client, scheme, asked="400")
    costs = [("Bier en fris", "80"), ("Wijnvaten als plantenbak", "40")]
    client.post(draft.form_url, plan_as_typed(costs=costs) | {"save": "1"})
    page = client.get(draft.form_url)
    notes = [line.note for line in page.context["form"].lists["costs"]]
    assert notes == ["Alcohol.", "", "", "", ""]
    assert page.text.count("We don&#x27;t pay for this:") + page.text.count("We don't pay for this:") == 1


def test_the_room_on_the_page_is_measured_and_nothing_is_kept(client: Visitor, scheme: Scheme) -> None:
    address = reverse("grants:room", args=[scheme.slug])
    little = client.post(address, plan_as_typed(what="Een bank."))
    assert re.fullmatch(r"Your plan fills \d+% of the page.", little.text)
    much = client.post(address, plan_as_typed(what="Een heel lang verhaal. " * 500))
    assert much.text == "Your page is full. The rest goes on an extra sheet. That is fine."
    assert not Application.objects.exists()


@pytest.mark.parametrize("amount", ["", "400", "1200", "1.25"])
def test_the_form_can_be_printed_empty(client: Visitor, scheme: Scheme, amount: str) -> None:
    shown = client.get(reverse("grants:empty_form", args=[scheme.slug]), {"bedrag": amount}).text
    assert "What are you going to do?" in shown
    assert ("Why is this good" in shown) == (amount == "1200")


@pytest.mark.parametrize(("address", "where"), [("", "Call Waterveen"), ("Markt 1", "send it to: Waterveen, Markt 1.")])
def test_the_empty_form_says_where_to_bring_it(client: Visitor, scheme: Scheme, address: str, where: str) -> None:
    Funder.objects.filter(pk=scheme.funder_id).update(address=address)
    shown = client.get(reverse("grants:empty_form", args=[scheme.slug])).text
    assert where.replace("Waterveen", scheme.funder.name) in shown


def test_a_draft_page_asks_the_same_number_of_questions_of_the_database(
    client: Visitor, scheme: Scheme, django_assert_num_queries: Any
) -> None:
    draft = begin(client, scheme)
    # session, holder, draft with its plan and scheme; members, lines, sheets, applications, tracks, criteria,
    # exclusions, extra questions
    with django_assert_num_queries(11):
        client.get(draft.form_url)


# A device is not a person


def sign_in_here(client: Visitor, person: Person) -> Visitor:
    """The same browser, in which somebody now signs in by code."""
    client.force_login(make.user(person), by="code")
    return client


def test_two_residents_at_one_computer_hold_a_plan_each(client: Visitor, scheme: Scheme) -> None:
    first = begin(client, scheme, asked="400")
    second = begin(client, scheme, asked="300")
    assert first.plan.first_contact != second.plan.first_contact
    assert client.get(first.form_url).status_code == 404
    at_home = Visitor()
    at_home.post(reverse("grants:go_on"), {"code": first.plan.code})
    assert at_home.get(first.form_url).status_code == 200
    assert at_home.get(second.form_url).status_code == 404


def test_who_signs_in_next_gets_nothing_unasked(client: Visitor, scheme: Scheme, neighbour: Person) -> None:
    draft = begin(client, scheme, asked="400")
    sign_in_here(client, neighbour)
    assert client.get(draft.form_url).status_code == 404
    assert "There is a plan on this device" in client.get(reverse("grants:my_plans")).text
    client.post(reverse("grants:not_mine"))
    assert "There is a plan on this device" not in client.get(reverse("grants:my_plans")).text
    at_home = Visitor()
    at_home.post(reverse("grants:go_on"), {"code": draft.plan.code})
    assert at_home.get(draft.form_url).status_code == 200


def test_who_wrote_it_takes_it_along_by_saying_so(client: Visitor, scheme: Scheme, resident: Person) -> None:
    draft = begin(client, scheme, asked="400")
    sign_in_here(client, resident)
    assert client.post(reverse("grants:claim")).headers["Location"] == draft.form_url
    assert client.get(draft.form_url).status_code == 200
    assert Deed.objects.about(draft).get().verb == "claim_draft"


def test_nothing_that_was_sent_can_be_taken_along(
    client: Visitor, scheme: Scheme, resident: Person, neighbour: Person
) -> None:
    sent = make.application(scheme, Person.objects.create())
    session = client.session
    session["holder"] = sent.plan.first_contact.pk
    session.save()
    sign_in_here(client, neighbour)
    assert client.post(reverse("grants:claim")).status_code == 404
    with pytest.raises(ValidationError, match="has been sent already"):
        resume.claim_draft(sent, by=neighbour)
    make.user(resident)
    with pytest.raises(PermissionDenied, match="belongs to somebody else"):
        resume.claim_draft(make.draft(scheme, resident), by=neighbour)


def test_an_officer_who_types_a_residents_code_takes_nothing_over(
    client: Visitor, scheme: Scheme, officer: Person, as_: SignedIn
) -> None:
    draft = begin(client, scheme, asked="400")
    answer = as_(officer).post(reverse("grants:go_on"), {"code": draft.plan.code})
    assert answer.status_code == 403
    assert draft.plan.members.get().person != officer
    assert client.get(draft.form_url).status_code == 200


def test_the_short_form_has_a_list_of_costs_for_who_wants_one(client: Visitor, scheme: Scheme) -> None:
    """PRODUCT: ten fields at most. The button keeps what was typed and opens the list; lines that are there stay."""
    ask = f"{reverse('grants:ask', args=[scheme.slug])}?bedrag=400"
    assert 'name="costs-0-what"' not in client.get(ask).text
    opened = client.post(ask, {"asked": "400", "what": "Een bank.", "list": "1"})
    draft = Application.objects.get()
    assert opened["Location"].partition("#")[0] == f"{draft.form_url}?kosten=1"
    shown = client.get(opened["Location"]).text
    assert "Een bank." in shown
    assert 'name="costs-0-what"' in shown
    assert 'name="list"' not in shown
    client.post(f"{draft.form_url}?kosten=1", plan_as_typed(costs=[("Verf", "60")]) | {"save": "1"})
    assert 'value="Verf"' in client.get(draft.form_url).text


def test_enter_in_a_field_goes_on_to_check(client: Visitor, scheme: Scheme) -> None:
    """A browser presses a form's first button then: that isn't the one for photos, though it stands higher up."""
    ask = reverse("grants:ask", args=[scheme.slug])
    first = re.search(r'<button(?![^>]*type="button")[^>]*name="(\w+)"', client.get(ask).text.partition("<main")[2])
    assert first
    assert first[1] == "enter"
    client.post(ask, plan_as_typed() | {"enter": "1"})
    draft = Application.objects.get()
    checked = client.post(draft.form_url, plan_as_typed() | {"enter": "1"})
    assert checked["Location"] == reverse("grants:send", args=[draft.pk])
