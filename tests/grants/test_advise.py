"""The panel of residents: what its members read, when they advise, and what that asks of who judges."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from grants.advise.actions import advise, leave_to_others
from grants.decide.actions import award, decline, settle
from grants.erase.actions import erase_person
from grants.models import Advice, AdvicePoint, Application, BudgetLine, DraftReview, Judgement, Scheme
from grants.models.advice import advise_until, forget_advice, opinions_of
from grants.review.actions import judge
from grants.support.actions import open_support
from tests import make
from tests.conftest import SignedIn
from tests.grants.neighbours import WORRY, speak
from tests.grants.test_overview import queries_of
from web.amounts import euro
from web.models import Deed, Funder, Person, Seat

PANEL = reverse("grants:panel")
Verdict = Judgement.Verdict


def on_day(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day} 12:00", tick=False)


@pytest.fixture
def panel(funder: Funder) -> list[Person]:
    """Ria, Mo and Els advise for Waterveen."""
    people = [make.person(name) for name in ("Ria Roos", "Mo Madelief", "Els Els")]
    for each in people:
        make.seat(each, funder, Seat.Role.PANEL)
    return people


@pytest.fixture
def heard(funder: Funder, resident: Person) -> Application:
    """Asks 2,000 euro where the panel is heard from 1,000; sent on Monday 2 March, to be answered by the 23rd."""
    scheme = make.scheme(funder, title="Panelpot", panel_from=euro(1_000))
    with on_day("2026-03-02"):
        return make.application(scheme, resident, asked=2_000)


def verdicts(of: Application, verdict: str = "", reason: str = "") -> list[Any]:
    """In favour of everything; of the last criterion what is named."""
    made = [(criterion, kind, "") for criterion, kind, _reason in make.verdicts(of)]
    return [*made[:-1], (made[-1][0], verdict or Verdict.GOOD, reason)]


def against(application: Application, *panel: Person) -> None:
    for each in panel:
        advise(application, verdicts=verdicts(application, Verdict.NOT_YET, "Te duur voor de buurt."), by=each)


def typed(application: Application, **changed: str) -> dict[str, Any]:
    said = {"street": "no", "strong": ""}
    for criterion, verdict, reason in verdicts(application):
        said |= {f"verdict_{criterion.pk}": verdict, f"reason_{criterion.pk}": reason}
    return said | changed


def last_of(application: Application) -> Any:
    return application.edition.criteria.all().last()


def page_of(application: Application) -> str:
    return reverse("grants:advise", args=[application.pk])


def told(application: Application, *, by: Person) -> None:
    """Granted, and its letter has left."""
    assert application.asked is not None
    award(application, amount=application.asked, by=by)


def test_the_plan_is_there_without_contact_data(
    as_: SignedIn, heard: Application, resident: Person, panel: list[Person]
) -> None:
    line = {"kind": BudgetLine.Kind.IN_KIND, "what": "Planten", "who": "Kweker Klimop"}
    BudgetLine.objects.create(plan=heard.plan, order=2, **line)
    Application.objects.filter(pk=heard.pk).update(frozen_page=heard.plan.page.as_json())
    speak(open_support(heard.plan, by=resident), **WORRY)
    with on_day("2026-03-05"):
        page = as_(panel[0]).get(page_of(heard)).text
    assert "We planten geveltuinen" in page
    assert "Planten" in page
    assert "Names can stand in the plan" in page
    for hidden in (resident.name, resident.phone, resident.email, "1234 AB", "Kweker Klimop", "Joke", "parkeren"):
        assert hidden not in page


def test_the_list_has_what_the_panel_is_asked_about(
    as_: SignedIn, heard: Application, scheme: Scheme, resident: Person, officer: Person, panel: list[Person]
) -> None:
    small = make.application(heard.scheme, resident, asked=999, title="Te klein")
    without = make.application(scheme, resident, asked=2_000, title="Zonder groep")
    incomplete = make.application(heard.scheme, resident, asked=2_000, title="Onvolledig")
    make.returned(incomplete, by=officer)
    own = make.application(heard.scheme, resident, panel[0], asked=2_000, title="Van Ria zelf")
    visitor = as_(panel[0])
    with on_day("2026-03-05"):
        page = visitor.get(PANEL).text
        assert "Geveltuinen" in page
        for title in ("Te klein", "Zonder groep", "Onvolledig", "Van Ria zelf"):
            assert title not in page
        assert queries_of(visitor, PANEL) == 7  # the door's 3; the seat; to advise on; advised; decided
    for hidden in (small, without, incomplete):
        assert visitor.get(page_of(hidden)).status_code == 404
    assert visitor.get(page_of(own)).status_code == 403


def test_advice_is_given_kept_and_changed(as_: SignedIn, heard: Application, panel: list[Person]) -> None:
    visitor, criterion = as_(panel[0]), last_of(heard)
    with on_day("2026-03-05"):
        refused = visitor.post(page_of(heard), typed(heard, **{f"verdict_{criterion.pk}": "not_yet"}))
        assert "Write why. Who decides weighs your reason." in refused.text
        visitor.post(page_of(heard), typed(heard))
        reason = {f"verdict_{criterion.pk}": "not_yet", f"reason_{criterion.pk}": "Te duur."}
        answer = visitor.post(page_of(heard), typed(heard, **reason))
        assert answer["Location"] == PANEL
        assert "Te duur." in visitor.get(page_of(heard)).text
    assert Advice.objects.count() == 1
    assert AdvicePoint.objects.count() == 3
    assert Deed.objects.filter(verb="advise").count() == 2


def test_what_still_waits_for_their_advice_stands_first(
    as_: SignedIn, heard: Application, resident: Person, panel: list[Person]
) -> None:
    with on_day("2026-03-03"):
        make.application(heard.scheme, resident, asked=2_000, title="Bankje")
    visitor = as_(panel[0])
    with on_day("2026-03-05"):
        visitor.post(page_of(heard), typed(heard))
        page = visitor.get(PANEL).text
        assert page.index("Bankje") < page.index("You advised on these.") < page.index("Geveltuinen")
        Application.objects.filter(plan__title="Bankje").update(status="withdrawn")
        page = visitor.get(PANEL).text
        assert "You advised on every plan. Thank you!" in page
        assert "There is no plan to advise on now." not in page
        assert "You advised on these." not in as_(panel[1]).get(PANEL).text


def test_the_rules_are_one_step_away(as_: SignedIn, heard: Application, panel: list[Person]) -> None:
    visitor, rules = as_(panel[0]), heard.scheme.get_absolute_url()
    with on_day("2026-03-05"):
        assert rules in visitor.get(page_of(heard)).text
        assert visitor.get(rules).status_code == 200


def test_the_last_day_is_a_week_before_the_answer(heard: Application, panel: list[Person]) -> None:
    assert heard.answer_by == date(2026, 3, 23)
    assert advise_until(heard) == date(2026, 3, 16)
    with on_day("2026-03-16"):
        advise(heard, verdicts=verdicts(heard), by=panel[0])
    with on_day("2026-03-17"), pytest.raises(ValidationError, match="could advise until"):
        advise(heard, verdicts=verdicts(heard), by=panel[1])


def test_on_a_short_track_the_last_day_is_halfway(heard: Application) -> None:
    heard.answer_by = date(2026, 3, 6)
    assert advise_until(heard) == date(2026, 3, 4)


def test_nobody_advises_on_what_is_decided(heard: Application, officer: Person, panel: list[Person]) -> None:
    with on_day("2026-03-05"):
        make.grant(heard, by=officer)
        with pytest.raises(ValidationError, match="not asked about this plan"):
            advise(heard, verdicts=verdicts(heard), by=panel[0])


def test_every_criterion_and_no_other(heard: Application, panel: list[Person]) -> None:
    with on_day("2026-03-05"), pytest.raises(ValidationError, match="Advise on every criterion"):
        advise(heard, verdicts=verdicts(heard)[:-1], by=panel[0])


def test_only_the_panel_of_this_funder_advises(
    heard: Application, other_funder: Funder, officer: Person, auditor: Person, resident: Person
) -> None:
    elsewhere = make.person()
    make.seat(elsewhere, other_funder, Seat.Role.PANEL)
    for person in (elsewhere, officer, auditor, resident):
        for deed, said in ((advise, {"verdicts": verdicts(heard)}), (leave_to_others, {})):
            with pytest.raises(PermissionDenied, match="panel"):
                deed(heard, by=person, **said)


def test_who_lives_in_the_street_leaves_it_to_the_others(
    as_: SignedIn, heard: Application, panel: list[Person]
) -> None:
    visitor = as_(panel[0])
    with on_day("2026-03-05"):
        against(heard, panel[0])
        visitor.post(page_of(heard), {"street": "yes"})
        assert not Advice.objects.exists()
        assert visitor.get(page_of(heard)).status_code == 403
        assert "Geveltuinen" not in visitor.get(PANEL).text
        with pytest.raises(PermissionDenied, match="live in its street"):
            against(heard, panel[0])


def test_the_officer_reads_the_advice_without_names(
    as_: SignedIn, heard: Application, officer: Person, panel: list[Person]
) -> None:
    with on_day("2026-03-05"):
        against(heard, *panel[:2])
        advise(heard, verdicts=verdicts(heard), by=panel[2])
        pages = [reverse(f"grants:{name}", args=[heard.pk]) for name in ("judge", "decide")]
        for address in pages:
            page = as_(officer).get(address).text
            assert "In favour: 1. Against: 2." in page
            assert "Te duur voor de buurt." in page
            assert panel[0].name not in page


def test_who_judges_otherwise_says_why(as_: SignedIn, heard: Application, officer: Person, panel: list[Person]) -> None:
    field = f"reason_{last_of(heard).pk}"
    address = reverse("grants:judge", args=[heard.pk])
    with on_day("2026-03-05"):
        against(heard, *panel[:2])
        with pytest.raises(ValidationError, match="The panel thinks otherwise about"):
            judge(heard, strong="", verdicts=verdicts(heard), by=officer)
        page = as_(officer).post(address, typed(heard, strong="Mooi plan."))
        assert page.context["form"].errors == {field: ["The panel thinks otherwise. Write why you don't follow it."]}
        assert "Mooi plan." in page.text
        as_(officer).post(address, typed(heard, **{field: "De prijs is gewoon."}))
    heard.refresh_from_db()
    assert heard.status == Application.Status.JUDGED


def test_a_divided_panel_and_other_words_for_yes_ask_no_reason(
    heard: Application, officer: Person, panel: list[Person]
) -> None:
    with on_day("2026-03-05"):
        against(heard, panel[0])
        advise(heard, verdicts=verdicts(heard, Verdict.ENOUGH), by=panel[1])
        judge(heard, strong="", verdicts=verdicts(heard), by=officer)
        advise(heard, verdicts=verdicts(heard), by=panel[0])
        judge(heard, strong="", verdicts=verdicts(heard, Verdict.ENOUGH), by=officer)
    assert heard.reviews.count() == 2


def test_what_the_panel_says_after_the_judgement_counts_too(
    heard: Application, officer: Person, panel: list[Person]
) -> None:
    with on_day("2026-03-05"):
        judge(heard, strong="", verdicts=verdicts(heard), by=officer)
        against(heard, *panel)
        with pytest.raises(ValidationError, match="The panel thinks otherwise about"):
            told(heard, by=officer)
        judge(heard, strong="", verdicts=verdicts(heard, reason="De prijs is gewoon."), by=officer)
        told(heard, by=officer)
    assert heard.status == Application.Status.GRANTED


def test_declining_on_what_the_panel_thinks_well_of_is_judged_with_a_reason_first(
    heard: Application, officer: Person, panel: list[Person]
) -> None:
    ground, possible = last_of(heard), "Een kleiner plan."
    with on_day("2026-03-05"):
        advise(heard, verdicts=verdicts(heard), by=panel[0])
        judge(heard, strong="", verdicts=verdicts(heard), by=officer)
        with pytest.raises(ValidationError, match="The panel thinks otherwise about: Fijner wonen"):
            decline(heard, grounds=[ground], reason="Te duur.", possible=possible, by=officer)
        judge(heard, strong="", verdicts=verdicts(heard, Verdict.NOT_YET, "Te duur voor de pot."), by=officer)
        decline(heard, grounds=[ground], reason="Te duur.", possible=possible, by=officer)
    assert heard.status == Application.Status.DECLINED


def test_a_small_plan_is_not_settled_against_the_panel_in_silence(
    funder: Funder, resident: Person, officer: Person, panel: list[Person]
) -> None:
    quick = make.application(make.scheme(funder, panel_from=euro(100)), resident, asked=400)
    against(quick, *panel)
    with pytest.raises(ValidationError, match="The panel thinks otherwise about"):
        settle(quick, verdicts=verdicts(quick), amount=euro(400), by=officer)


def test_afterwards_the_panel_reads_the_decision_and_why(
    as_: SignedIn, heard: Application, resident: Person, officer: Person, panel: list[Person]
) -> None:
    visitor = as_(panel[0])
    with on_day("2026-03-05"):
        against(heard, *panel[:2])
        judge(heard, strong="", verdicts=verdicts(heard, reason="De prijs is gewoon."), by=officer)
        told(heard, by=officer)
        before = visitor.get(page_of(heard)).text
        assert "De prijs is gewoon." not in before  # it can still be taken back
        assert "Give my advice" in before, "as if nothing had been decided"
    with on_day("2026-03-06"):
        page = visitor.get(page_of(heard)).text
        assert page_of(heard) in visitor.get(PANEL).text
    for part in ("Granted", "De prijs is gewoon.", "The panel was not followed here.", "Te duur voor de buurt."):
        assert part in page
    assert resident.name not in page
    assert officer.name not in page


def test_what_was_typed_is_kept_for_that_member_alone(
    as_: SignedIn, heard: Application, panel: list[Person], officer: Person
) -> None:
    visitor, reason = as_(panel[0]), f"reason_{last_of(heard).pk}"
    with on_day("2026-03-05"):
        kept = visitor.post(page_of(heard), {"keep": "quietly", "street": "yes", reason: "Alleen voor mij"})
        assert (kept.status_code, kept.content) == (204, b"")
        assert not Advice.objects.exists()
        assert not Deed.objects.filter(verb="advise").exists()
        page = visitor.get(page_of(heard)).text
        assert "You began this before" in page
        assert "Alleen voor mij" in page
        assert "Alleen voor mij" not in as_(panel[1]).get(page_of(heard)).text
        assert "Alleen voor mij" not in as_(officer).get(reverse("grants:judge", args=[heard.pk])).text
        assert as_(officer).post(page_of(heard), {"keep": "quietly", reason: "x"}).status_code == 403


def test_a_given_advice_ends_the_draft(as_: SignedIn, heard: Application, panel: list[Person]) -> None:
    visitor, reason = as_(panel[0]), f"reason_{last_of(heard).pk}"
    with on_day("2026-03-05"):
        visitor.post(page_of(heard), {"keep": "quietly", reason: "Half"})
        visitor.post(page_of(heard), typed(heard))
        assert Advice.objects.get().by == panel[0]
        assert not DraftReview.objects.exists()


def test_who_lives_there_leaves_no_draft_behind(as_: SignedIn, heard: Application, panel: list[Person]) -> None:
    visitor, reason = as_(panel[0]), f"reason_{last_of(heard).pk}"
    with on_day("2026-03-05"):
        visitor.post(page_of(heard), {"keep": "quietly", reason: "Half"})
        visitor.post(page_of(heard), {"street": "yes"})
        assert not DraftReview.objects.exists()


def test_what_was_typed_is_erased_with_who_typed_it(heard: Application, panel: list[Person]) -> None:
    DraftReview.keep(heard, by=panel[0], answers={"reason_1": "Half"})
    forget_advice(people=[panel[0]])
    assert DraftReview.objects.get().answers == {}


def test_the_number_of_queries_stays_the_same(
    as_: SignedIn, heard: Application, resident: Person, officer: Person, panel: list[Person]
) -> None:
    visitor = as_(panel[0])
    with on_day("2026-03-05"):
        before = queries_of(visitor, page_of(heard))
        against(heard, *panel)
        assert queries_of(visitor, page_of(heard)) == before + 1  # the points of their own advice
        judge_page = reverse("grants:judge", args=[heard.pk])
        of_three = queries_of(as_(officer), judge_page)
        for each in panel[1:]:
            Advice.take_away(heard, by=each)
        assert queries_of(as_(officer), judge_page) == of_three


def test_a_photo_opens_for_the_panel_while_it_reads_the_plan(
    as_: SignedIn, heard: Application, application: Application, panel: list[Person], officer: Person
) -> None:
    sheet, other = make.sheet(heard.plan), make.sheet(application.plan)
    visitor = as_(panel[0])
    with on_day("2026-03-05"):
        address = reverse("grants:panel_sheet", args=[heard.pk, sheet.pk])
        assert address in visitor.get(page_of(heard)).text
        assert visitor.get(address).status_code == 200
        assert visitor.get(reverse("grants:panel_sheet", args=[heard.pk, other.pk])).status_code == 404
        assert visitor.get(sheet.get_absolute_url()).status_code == 404
        leave_to_others(heard, by=panel[0])
        assert visitor.get(address).status_code == 404


def test_a_no_without_a_reason_is_refused_by_the_database(heard: Application, panel: list[Person]) -> None:
    with on_day("2026-03-05"):
        against(heard, panel[0])
    with pytest.raises(IntegrityError, match="an_advised_no_has_a_reason"), transaction.atomic():
        AdvicePoint.objects.filter(verdict="not_yet").update(reason="")


def test_where_no_panel_is_asked_nothing_is_read(application: Application, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert opinions_of(application) == []


def test_a_members_words_go_with_them(heard: Application, panel: list[Person]) -> None:
    with on_day("2026-03-05"):
        against(heard, panel[0], panel[1])
        Seat.objects.filter(person=panel[0]).delete()
        erase_person(panel[0], by=Person.system())
    left = AdvicePoint.objects.filter(verdict="not_yet")
    assert {point.advice.by_id: point.reason for point in left} == {
        panel[0].pk: "–",
        panel[1].pk: "Te duur voor de buurt.",
    }
