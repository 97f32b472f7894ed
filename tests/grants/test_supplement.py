"""A plan that went back and is completed on paper or by phone: written down by an officer, from its own day."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grants.ask.actions import complete
from grants.models import Application, Completion, Letter, Scheme, Sheet, Wait
from grants.models.written import forget_what_was_written
from grants.review.actions import go_on_as_it_stands, send_back
from grants.supplement.actions import note_completion
from grants.write.actions import save_draft
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import DOOR, queries_of
from web import clock
from web.amounts import euro
from web.models import Deed, Person
from web.uploads import Made

TOLD = "De tegels kosten 300 euro."
WHY = "Het lag bij de post."


def on_day(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day} 15:00", tick=False)


@pytest.fixture
def returned(scheme: Scheme, resident: Person, officer: Person) -> Completion:
    """Sent on Monday 2 March 2026, an answer due on the 9th; back with the residents on Wednesday until the 25th."""
    with on_day("2026-03-02"):
        made = make.application(scheme, resident)
    with on_day("2026-03-04"):
        return make.returned(made, "costs", "where", by=officer, weeks=3)


def written_down(completion: Completion, by: Person, **other: Any) -> Application:
    fresh = Completion.objects.get(pk=completion.pk)
    member = fresh.wait.application.plan.members.get()
    came: dict[str, Any] = {"told": TOLD, "member": member, "came_by": "paper", "received_on": clock.today()}
    return note_completion(fresh, by=by, **came | {"why_later": WHY} | other)


def test_the_clock_runs_on_from_the_day_it_came(returned: Completion, officer: Person) -> None:
    """Whether it is typed that day, or a week later: it stood still on the 5th until the 9th (Awb 4:15)."""
    with on_day("2026-03-16"):
        application = written_down(returned, officer, received_on=date(2026, 3, 9))
    assert application.status == Application.Status.SUBMITTED
    assert Wait.objects.get().ended_on == date(2026, 3, 9)
    assert application.answer_by == Wait.objects.get().latest(date(2026, 3, 9))
    assert application.answer_by == date(2026, 3, 11)
    noon = clock.now().replace(2026, 3, 9, 12, 0, 0, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert application.complete_at == noon
    with on_day("2026-03-16"), pytest.raises(ValidationError, match="just answered"):
        written_down(returned, officer, received_on=date(2026, 3, 9))


def test_it_stands_with_the_plan_and_they_get_a_copy(
    as_: SignedIn, returned: Completion, officer: Person, resident: Person
) -> None:
    application = written_down(returned, officer, came_by="phone")
    for person, name in ((officer, "application"), (resident, "track")):
        page = as_(person).get(reverse(f"grants:{name}", args=[application.pk])).text
        assert TOLD in page
        assert "It came by phone, noted by Fatima van Wilgen." in page
        assert "Completed by Samira" in page
    letter = Letter.objects.get(event="supplement/noted")
    assert all(part in letter.text for part in (TOLD, "aan de telefoon", "- Wat het kost", "Klopt dit niet?"))
    deed = Deed.objects.get(verb="note_completion")
    assert (deed.by, deed.on_behalf_of) == (officer, resident)


def test_a_scan_is_kept_with_the_plan(as_: SignedIn, returned: Completion, officer: Person) -> None:
    application, visitor = returned.wait.application, as_(officer)
    scan = SimpleUploadedFile("brief.jpg", make.drawing(), "image/jpeg")
    answers = {"member": application.plan.members.get().pk, "came_by": "paper", "received_on": "31-12-2020"}
    answers["asked"] = returned.wait_id
    page = reverse("grants:note_completion", args=[application.pk])
    wrong = visitor.post(page, answers | {"sheets": scan})
    assert "It came after we asked" in wrong.text
    assert "Choose the scan once more" in wrong.text
    answers["received_on"] = clock.today().strftime("%d-%m-%Y")
    assert "or add a scan of it" in visitor.post(page, answers).text
    scan.seek(0)
    assert visitor.post(page, answers | {"sheets": scan}).status_code == 302
    assert application.scans.count() == 1
    assert "Wij bewaren een scan bij uw plan." in Letter.objects.get(event="supplement/noted").text
    assert visitor.get(page).status_code == 302, "it isn't with the residents any more"


def test_an_answer_to_an_earlier_list_is_looked_at_again(
    as_: SignedIn, returned: Completion, officer: Person, resident: Person
) -> None:
    """Meanwhile they sent it again themselves, and it went back with another list."""
    application, visitor = returned.wait.application, as_(officer)
    page = reverse("grants:note_completion", args=[application.pk])
    assert f'name="asked" value="{returned.wait_id}"' in visitor.get(page).text
    answers = {"member": application.plan.members.get().pk, "came_by": "phone", "told": TOLD, "asked": returned.wait_id}
    answers["received_on"] = clock.today().strftime("%d-%m-%Y")
    complete(Application.objects.get(), by=resident)
    about: dict[str, Any] = {"until": clock.add_weeks(clock.today(), 2), "reason": "Er is meer.", "by": officer}
    again = send_back(Application.objects.get(), missing=["where"], **about)
    shown = visitor.post(page, answers)
    assert "They were asked something else meanwhile" in shown.text
    assert TOLD in shown.text, "what was typed stays"
    assert f'name="asked" value="{again.wait_id}"' in shown.text
    assert Application.objects.get().status == Application.Status.RETURNED
    assert visitor.post(page, answers | {"asked": again.wait_id}).status_code == 302
    assert Completion.objects.get(pk=again.pk).told == TOLD


def test_another_fund_reads_no_scan_that_came_here(first: Application, sent: Application, officer: Person) -> None:
    completion = make.returned(first, by=officer)
    written_down(completion, officer, sheets=[Made("x", (ContentFile(make.drawing(), name="x.jpg"),))])
    assert Application.objects.get(pk=first.pk).status == Application.Status.SUBMITTED
    assert list(first.scans.all()) == list(Sheet.objects.all())
    assert not sent.scans.exists()


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"told": " "}, "told"),
        ({"received_on": date(2026, 3, 3)}, "received_on"),
        ({"received_on": date(2026, 3, 11)}, "received_on"),
    ],
)
def test_it_says_something_and_came_after_we_asked(
    returned: Completion, officer: Person, other: dict[str, Any], field: str
) -> None:
    with on_day("2026-03-10"), pytest.raises(ValidationError) as refused:
        written_down(returned, officer, **other)
    assert refused.value.message_dict.keys() == {field}
    assert Application.objects.get().status == Application.Status.RETURNED


def test_an_earlier_day_needs_its_reason(as_: SignedIn, returned: Completion, officer: Person) -> None:
    """It moves the plan up in the order. The reason stands with the plan until its words are forgotten."""
    with on_day("2026-03-10"):
        with pytest.raises(ValidationError) as refused:
            written_down(returned, officer, received_on=date(2026, 3, 9), why_later=" ")
        assert refused.value.message_dict.keys() == {"why_later"}
        written_down(returned, officer, received_on=date(2026, 3, 9))
    application = Application.objects.get()
    assert f"Noted later: {WHY}" in as_(officer).get(reverse("grants:application", args=[application.pk])).text
    forget_what_was_written([application.plan_id])
    assert Completion.objects.get().why_later == ""


def test_what_came_today_needs_no_reason(returned: Completion, officer: Person) -> None:
    with on_day("2026-03-10"):
        assert written_down(returned, officer, why_later="").status == Application.Status.SUBMITTED


def test_it_is_of_the_group(returned: Completion, scheme: Scheme, officer: Person) -> None:
    stranger = make.application(scheme, make.person()).plan.members.get()
    with pytest.raises(ValidationError, match="somebody of this group"):
        written_down(returned, officer, member=stranger)


@pytest.mark.parametrize("who", ["resident", "treasurer", "auditor", "fund_admin", "outsider"])
def test_only_officers_of_this_funder_write_it_down(
    request: pytest.FixtureRequest, returned: Completion, who: str
) -> None:
    with pytest.raises(PermissionDenied):
        written_down(returned, request.getfixturevalue(who))


def test_whoever_is_first_counts(returned: Completion, officer: Person, resident: Person) -> None:
    """They sent it again themselves; or it was read on as it was."""
    with on_day("2026-03-10"):
        complete(Application.objects.get(), by=resident)
        with pytest.raises(ValidationError, match="just answered"):
            written_down(returned, officer)


def test_after_the_last_day_it_still_counts_unless_we_went_on(returned: Completion, officer: Person) -> None:
    with on_day("2026-03-27"):
        late = written_down(returned, officer, received_on=date(2026, 3, 26))
        assert late.answer_by == Wait.objects.get().latest(), "the clock stood still until their day"


def test_we_went_on(returned: Completion, officer: Person) -> None:
    with on_day("2026-03-27"):
        go_on_as_it_stands(Application.objects.get(), by=officer)
        with pytest.raises(ValidationError, match="just answered"):
            written_down(returned, officer)


def test_what_they_changed_here_meanwhile_is_read_too(returned: Completion, officer: Person, resident: Person) -> None:
    with on_day("2026-03-05"):
        save_draft(Application.objects.get(), by=resident, where_when="Bij de school.")
    with on_day("2026-03-06"):
        application = written_down(returned, officer)
    assert application.sent_page.words["where_when"] == "Bij de school."
    assert [each.new for each in Completion.objects.get().changes] == ["Bij de school."]


def test_what_a_helper_wrote_and_nobody_confirmed_is_not(returned: Completion, officer: Person, helper: Person) -> None:
    application = Application.objects.get()
    make.consent(application.plan, helper)
    with on_day("2026-03-05"):
        save_draft(application, by=helper, where_when="Bij de school.")
    with on_day("2026-03-06"):
        assert written_down(returned, officer).sent_page.words["where_when"] == "In de Lindestraat, in mei."


def test_the_page_is_found_and_asks_as_much_for_more_people(
    as_: SignedIn, returned: Completion, officer: Person
) -> None:
    pk, visitor = returned.wait.application_id, as_(officer)
    page = reverse("grants:note_completion", args=[pk])
    assert page in visitor.get(reverse("grants:application", args=[pk])).text
    assert "What it costs, in a short list" in visitor.get(page).text
    one = queries_of(visitor, page)
    assert one == DOOR + 8  # the application, its people and lines; three rules; what was asked; the group
    returned.wait.application.plan.members.create(person=make.person())
    assert queries_of(visitor, page) == one


def test_the_day_it_is_asked_is_a_day_it_may_come(returned: Completion, officer: Person) -> None:
    with on_day("2026-03-04"):
        assert written_down(returned, officer).answer_by == date(2026, 3, 9)


@pytest.mark.parametrize("typed", [9_900, 100, None])
def test_an_amount_that_they_did_not_send_is_not_asked(
    returned: Completion, officer: Person, resident: Person, typed: int | None
) -> None:
    """Another amount may belong to another track, or be more than can be asked: that is looked at when they send it."""
    before = Application.objects.get()
    save_draft(Application.objects.get(), by=resident, asked=typed and euro(typed), where_when="Bij de brug.")
    with on_day("2026-03-06"):
        written_down(returned, officer)
    now = Application.objects.get()
    assert (now.asked, now.duties) == (before.asked, before.duties)
    assert now.sent_page.words["where_when"] == "Bij de brug."
    completion = Completion.objects.get()
    assert completion.after["asked"] == completion.before["asked"]


def test_going_on_without_an_answer_asks_what_was_sent(returned: Completion, officer: Person, resident: Person) -> None:
    save_draft(Application.objects.get(), by=resident, asked=euro(9_900))
    with on_day("2026-04-06"):
        go_on_as_it_stands(Application.objects.get(), by=officer)
    assert Application.objects.get().asked == euro(450)


def test_a_letter_that_is_late_says_so(returned: Completion, officer: Person) -> None:
    with on_day("2026-04-20"):
        written_down(returned, officer, received_on=date(2026, 3, 9))
    assert "U had op 11 maart 2026 al antwoord moeten hebben." in Letter.objects.get(event="supplement/noted").text
