"""One plan before two funds: written once, divided, and each fund reads its own application alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.ask.actions import complete, submit, withdraw
from grants.decide.actions import award, decline
from grants.divide.actions import ask_also, keep_apart, let_them_see
from grants.enclose.actions import add_sheets, remove_sheets
from grants.erase.actions import erase_person
from grants.models import Application, BudgetLine, Member, Scheme
from grants.models.draft import KEPT, erase_old_drafts, kept_lines
from grants.models.elsewhere import (
    asked_or_given,
    asks_more_than_it_costs,
    fixed_words,
    others_of,
    others_shown_to_funds,
    still_needed,
    too_much,
    too_much_with,
)
from grants.papers.plan import on_paper
from grants.report.actions import close, tell_story
from grants.write.actions import save_draft
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import queries_of
from tests.ledger.make_money import paid
from web import clock
from web.amounts import euro
from web.models import Deed, Funder, Person

# Written once


def test_the_second_fund_asks_only_what_is_not_answered_yet(as_: SignedIn, both: Application, resident: Person) -> None:
    page = as_(resident).get(both.form_url)
    asked = set(page.context["form"].fields)
    assert asked == {"asked", "why_good", "own_input", "neighbours", "own_money", "permission"}
    assert "Bomen" in page.text  # what stands already is there to read
    assert not page.context["form"].lists["costs"].initial


def test_one_question_at_a_time_skips_what_stands_already(as_: SignedIn, both: Application, resident: Person) -> None:
    visitor, seen = as_(resident), []
    for number in range(1, 20):
        page = visitor.get(reverse("grants:step", args=[both.pk, number]))
        if page.status_code == 404:
            break
        seen += list(page.context["form"].fields)
    assert seen == ["asked", "why_good", "own_input", "neighbours", "own_money", "permission"]


def test_what_a_fund_reads_stays_as_it_is(both: Application, resident: Person) -> None:
    with pytest.raises(ValidationError, match="your answers stay as they are"):
        save_draft(both, by=resident, what="Iets heel anders.")
    both.plan.refresh_from_db()
    assert both.plan.what == make.ANSWERS["what"]


def test_what_is_added_for_the_second_fund_changes_nothing_for_the_first(
    as_: SignedIn, first: Application, both: Application, resident: Person, officer: Person
) -> None:
    before = on_paper(Application.objects.for_application_page().get(pk=first.pk))
    save_draft(both, by=resident, why_good="Het wordt groener.", costs=[{"what": "Een bank", "amount": euro(600)}])
    fresh = Application.objects.for_application_page().get(pk=first.pk)
    assert on_paper(fresh) == before
    page = as_(officer).get(reverse("grants:application", args=[first.pk]))
    assert "Een bank" not in page.text
    assert "Het wordt groener." not in page.text
    assert [line.what for line in both.plan.lines.all()] == ["Bomen", "Een bank"]
    assert [line["what"] for line in kept_lines(both, BudgetLine.Kind.COST)] == ["Een bank"]


def test_photos_that_a_fund_looks_at_stay(both: Application, resident: Person) -> None:
    for action in (add_sheets, remove_sheets):
        with pytest.raises(ValidationError, match="its photos and documents stay"):
            action(both, [], by=resident)


def test_lines_that_were_added_can_be_taken_off_again(both: Application, resident: Person) -> None:
    save_draft(both, by=resident, costs=[{"what": "Een bank", "amount": euro(600)}], own_money=euro(20))
    save_draft(both, by=resident, costs=[])
    assert [line.what for line in both.plan.lines.all()] == ["Bomen", "Own money"]


def test_a_plan_that_came_back_can_be_changed(first: Application, both: Application, resident: Person) -> None:
    Application.objects.filter(pk=first.pk).update(status=Application.Status.RETURNED)
    assert not fixed_words(Application.objects.get(pk=both.pk).plan)


def test_a_fund_reads_what_was_completed_for_it(first: Application, officer: Person, resident: Person) -> None:
    make.returned(first, "where", by=officer)
    back = Application.objects.get(pk=first.pk)
    save_draft(back, by=resident, where_when="Bij de molen, in juni.")
    complete(Application.objects.get(pk=first.pk), by=resident)
    assert Application.objects.get(pk=first.pk).page.words["where_when"] == "Bij de molen, in juni."


def test_the_plan_is_sent_to_each_with_its_own_clock(first: Application, sent: Application) -> None:
    assert sent.status == first.status == Application.Status.SUBMITTED
    assert sent.duties is not None
    assert first.duties is not None
    assert (first.duties.kind, sent.duties.kind) == ("snel", "klein")
    assert sent.answer_by != first.answer_by


# Divided


def test_what_is_still_needed_is_what_nobody_pays_yet(first: Application, both: Application, resident: Person) -> None:
    plan = both.plan
    assert still_needed(plan, [first]) == euro(2_000)
    assert still_needed(plan, [first, both]) == euro(0)
    assert asked_or_given([first, both]) == euro(2_400)
    withdraw(first, by=resident)
    assert still_needed(plan, [first, both]) == euro(400)


def test_asking_more_than_it_costs_together_is_said_and_allowed(
    as_: SignedIn, both: Application, resident: Person
) -> None:
    assert not asks_more_than_it_costs(both)
    save_draft(both, by=resident, asked=euro(2_100), **make.MORE_ANSWERS)
    page = as_(resident).get(reverse("grants:send", args=[both.pk]))
    assert "You ask more than it costs in your list." in page.text
    assert submit(Application.objects.get(pk=both.pk), by=resident).status == Application.Status.SUBMITTED


def test_a_draft_is_divided_before_anything_is_sent(
    as_: SignedIn, scheme: Scheme, second: Scheme, resident: Person
) -> None:
    draft = make.draft(scheme, resident, asked=6_000)
    make.line(draft.plan, "Bomen", 5_900)
    visitor, address = as_(resident), reverse("grants:ask_also", args=[draft.plan_id])
    form = visitor.get(address).context["form"]
    assert form.initial["asked"] is None, "all of it is asked already"
    typed = {"scheme": second.pk, "asked": "2000", f"asked_{draft.pk}": "4000"}
    answer = visitor.post(address, typed)
    draft.refresh_from_db()
    other = Application.objects.get(scheme=second)
    assert (draft.asked, other.asked) == (euro(4_000), euro(2_000))
    assert answer["Location"] == reverse("grants:send", args=[other.pk]), "nothing more to ask: on to the check page"


def test_too_much_for_a_fund_is_said_at_the_field(
    as_: SignedIn, first: Application, other_funder: Funder, resident: Person
) -> None:
    small = make.scheme(other_funder, maximum=500)
    visitor, address = as_(resident), reverse("grants:ask_also", args=[first.plan_id])
    assert visitor.get(address).context["form"].initial["asked"] == euro(2_000)
    page = visitor.post(address, {"scheme": small.pk, "asked": "2000"})
    assert "at most" in str(page.context["form"].errors["asked"])
    assert not Application.objects.filter(scheme=small).exists()


def test_two_clicks_make_one_draft(first: Application, second: Scheme, resident: Person) -> None:
    once = ask_also(first.plan, scheme=second, asked=euro(100), by=resident)
    twice = ask_also(first.plan, scheme=second, asked=euro(150), by=resident)
    assert once == twice
    assert twice.asked == euro(150)
    assert Deed.objects.filter(verb="ask_also").count() == 1


def test_a_fund_that_has_it_is_not_asked_again(sent: Application, resident: Person) -> None:
    with pytest.raises(ValidationError, match="before this fund already"):
        ask_also(sent.plan, scheme=sent.scheme, asked=euro(100), by=resident)
    sent.refresh_from_db()
    assert sent.asked == euro(2_000)


def test_only_the_first_contact_asks_elsewhere_or_lets_funds_see(
    first: Application, second: Scheme, neighbour: Person, officer: Person
) -> None:
    Member.objects.create(plan=first.plan, person=neighbour)
    for person in (neighbour, officer):
        with pytest.raises(PermissionDenied):
            ask_also(first.plan, scheme=second, asked=euro(100), by=person)
        for action in (let_them_see, keep_apart):
            with pytest.raises(PermissionDenied):
                action(first.plan, by=person)


def test_pages_of_another_group_are_not_there(
    as_: SignedIn, first: Application, neighbour: Person, officer: Person
) -> None:
    for person in (neighbour, officer):
        assert as_(person).get(reverse("grants:ask_also", args=[first.plan_id])).status_code == 404
        assert as_(person).post(reverse("grants:let_them_see", args=[first.plan_id])).status_code == 404
    Member.objects.create(plan=first.plan, person=neighbour)
    assert as_(neighbour).get(reverse("grants:ask_also", args=[first.plan_id])).status_code == 403


# More than it costs


def test_more_than_it_costs_is_said_to_who_may_know(
    as_: SignedIn, busy: Application, outsider: Person, neighbour: Person
) -> None:
    Application.objects.filter(pk=busy.pk).update(asked=2_200)
    make.judgement(Application.objects.get(pk=busy.pk), by=outsider)
    visitor, address = as_(outsider), reverse("grants:decide", args=[busy.pk])
    assert "more than it costs" not in visitor.get(address).text
    let_them_see(busy.plan, by=neighbour)
    fresh = Application.objects.get(pk=busy.pk)
    assert too_much_with(fresh, others_shown_to_funds(fresh)) == euro(150)
    assert "more than it costs" in visitor.get(address).text
    with make.while_ago():
        award(Application.objects.get(pk=busy.pk), amount=euro(2_200), by=outsider)  # a sentence, never a lock
    keep_apart(busy.plan, by=neighbour)
    assert "Together you get" in as_(neighbour).get(busy.get_absolute_url()).text


def test_the_screen_of_a_small_plan_says_it_too(
    as_: SignedIn, first: Application, sent: Application, officer: Person, outsider: Person, resident: Person
) -> None:
    """With one query more once funds may see it: what the others give."""
    make.judgement(sent, by=outsider)
    with make.while_ago():
        award(Application.objects.get(pk=sent.pk), amount=euro(2_000), by=outsider)
    Application.objects.filter(pk=first.pk).update(asked=450)
    visitor, address = as_(officer), reverse("grants:settle", args=[first.pk])
    before = queries_of(visitor, address)
    assert "more than it costs" not in visitor.get(address).text
    let_them_see(first.plan, by=resident)
    assert "this is € 50 more than it costs" in visitor.get(address).text.replace("\xa0", " ")
    assert queries_of(visitor, address) == before + 1


def test_a_fund_reads_nothing_of_what_is_kept_for_another(
    as_: SignedIn, first: Application, sent: Application, officer: Person, outsider: Person, resident: Person
) -> None:
    """The first fund sent the plan back. What the residents keep for it is not on the page of the second."""
    let_them_see(sent.plan, by=resident)
    page = reverse("grants:application", args=[sent.pk])
    before = as_(outsider).get(page)
    make.returned(first, "when", by=officer)
    again = Application.objects.for_writing().get(pk=first.pk)
    save_draft(again, others=[{"what": "Loterij", "amount": euro(9_000)}], by=resident)
    after = as_(outsider).get(page)
    assert "Loterij" not in after.text
    assert after.context["too_much"] == before.context["too_much"]
    second = Application.objects.get(pk=sent.pk)
    assert second.page.lines != second.plan.page.lines
    assert too_much(second, euro(1)) != too_much(second.plan, euro(1)), "it reckons with what it reads"


def test_nothing_is_too_much_without_a_list_of_costs(first: Application) -> None:
    assert too_much(first.plan, euro(2_400)) is None
    assert too_much(first.plan, euro(2_500)) == euro(100)
    first.plan.lines.all().delete()
    assert too_much(first.plan, euro(9_999)) is None


# One leaves the other


def test_withdrawing_at_one_fund_leaves_the_other(first: Application, sent: Application, resident: Person) -> None:
    withdraw(first, by=resident)
    sent.refresh_from_db()
    assert sent.status == Application.Status.SUBMITTED


def test_a_no_of_one_fund_leaves_the_other(first: Application, sent: Application, officer: Person) -> None:
    make.judgement(first, by=officer)
    grounds = first.edition.criteria.all()[:1]
    decline(first, grounds=grounds, reason="Te klein.", possible="Samen met anderen.", by=officer)
    sent.refresh_from_db()
    assert sent.status == Application.Status.SUBMITTED


def test_one_story_and_one_cash_book_for_both(
    busy: Application, first: Application, officer: Person, outsider: Person, neighbour: Person
) -> None:
    make.grant(busy, by=outsider)
    paid(busy.grant.commitment, by=neighbour)
    first.plan.refresh_from_db()
    assert first.plan.purse is not None
    assert first.plan.purse.received == euro(2_350)
    tell_story(Application.objects.get(pk=first.pk), worked="yes", by=neighbour)
    for application, by in ((first, officer), (busy, outsider)):
        assert close(Application.objects.get(pk=application.pk), by=by).status == Application.Status.CLOSED


def test_a_plan_that_is_done_asks_nobody_else(busy: Application, second: Scheme, neighbour: Person) -> None:
    tell_story(busy.plan.applications.order_by("pk")[0], worked="yes", by=neighbour)
    third = make.scheme(second.funder)
    with pytest.raises(ValidationError, match="This plan is done"):
        ask_also(busy.plan, scheme=third, asked=euro(100), by=neighbour)


def test_my_plans_and_both_tracks_lead_to_each_other(
    as_: SignedIn, first: Application, sent: Application, resident: Person
) -> None:
    visitor = as_(resident)
    mine = visitor.get("/mijn-plannen/").text
    for one, other in ((first, sent), (sent, first)):
        assert one.get_absolute_url() in mine
        assert other.get_absolute_url() in visitor.get(one.get_absolute_url()).text
    assert others_of(Application.objects.for_application_page().get(pk=first.pk)) == [sent]


def test_who_can_ask_no_other_fund_reads_no_empty_heading(as_: SignedIn, first: Application, resident: Person) -> None:
    other = make.person("Lotte Lavendel")
    Member.objects.create(plan=first.plan, person=other)
    heading = "Money from other funds"
    assert heading in as_(resident).get(first.get_absolute_url()).text
    assert heading not in as_(other).get(first.get_absolute_url()).text


def test_a_second_draft_that_nobody_touched_goes_and_the_plan_stays(first: Application, both: Application) -> None:
    with clock.at(clock.now() + KEPT - timedelta(days=1)):
        erase_old_drafts()
        assert Application.objects.filter(pk=both.pk).exists()
    with clock.at(clock.now() + KEPT + timedelta(days=1)):
        erase_old_drafts()
    assert list(first.plan.applications.all()) == [first]


def test_the_code_of_a_divided_draft_opens_it(client: Any, scheme: Scheme, second: Scheme) -> None:
    holder = Person.objects.create()
    draft = make.draft(scheme, holder)
    ask_also(draft.plan, scheme=second, asked=euro(100), by=holder)
    assert client.post("/plan/verder/", {"code": draft.plan.code})["Location"] == draft.form_url


def test_the_page_takes_as_many_queries_with_more_funds(
    as_: SignedIn, first: Application, other_funder: Funder, resident: Person, django_assert_num_queries: Any
) -> None:
    visitor, address = as_(resident), reverse("grants:ask_also", args=[first.plan_id])
    visitor.get(address)
    for _more in range(2):
        make.scheme(other_funder)
        # The session; the user with their person; their seats; the plan;
        # members, applications, and their schemes' funders (3), lines; whether one is the first contact; the schemes;
        # their tracks, rounds, areas; neighbourhoods at the postcode; what answers took, kept or counted (2).
        with django_assert_num_queries(17):
            assert visitor.get(address).status_code == 200


def test_what_was_sent_is_forgotten_with_its_writer(
    application: Application, other_funder: Funder, resident: Person
) -> None:
    withdraw(application, by=resident)
    Application.objects.filter(pk=application.pk).update(frozen_page={"words": {"what": "Geheim."}, "lines": []})
    erase_person(resident, by=Person.system())
    application.refresh_from_db()
    assert application.frozen_page is None
    assert "Geheim." not in str(application.page.answers())
