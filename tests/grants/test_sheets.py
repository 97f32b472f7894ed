"""A photo, a drawing or a document is the plan, or a part of it: sent on the form, kept private, shown on paper."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grants.ask.actions import submit, withdraw
from grants.enclose import actions as enclose
from grants.erase.actions import erase_person
from grants.models import Application, Invitation, Letter, Scheme, Sheet
from grants.models.draft import KEPT, erase_old_drafts
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.typed import plan_as_typed
from web import clock
from web.models import Funder, Mail, Person
from web.uploads import Made


def sent(content: bytes | None = None, name: str = "tekening.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make.drawing() if content is None else content)


def draft_of(client: Visitor, scheme: Scheme, *sheets: SimpleUploadedFile, **typed: Any) -> Application:
    """A draft, written on this device, with these files."""
    client.post(reverse("grants:ask", args=[scheme.slug]), plan_as_typed(**typed) | {"save": "1"})
    draft = Application.objects.latest("pk")
    if sheets:
        add(client, draft, *sheets)
    return draft


def page_of(application: Application) -> str:
    return reverse("grants:sheets", args=[application.pk])


def add(client: Visitor, application: Application, *sheets: SimpleUploadedFile, **chosen: Any) -> Any:
    """On the page of its own."""
    return client.post(page_of(application), {"sheets": sheets, **chosen})


@pytest.fixture
def draft(client: Visitor, scheme: Scheme) -> Application:
    return draft_of(client, scheme)


def is_on_disk(sheet: Sheet) -> bool:
    return bool(sheet.picture.storage.exists(str(sheet.picture)))


def test_the_page_for_photos_keeps_what_was_typed_first(client: Visitor, scheme: Scheme) -> None:
    """Of a new plan, of a draft, and of one question of it. The form itself takes no files."""
    ask = reverse("grants:ask", args=[scheme.slug])
    assert 'type="file"' not in client.get(ask).text
    first = client.post(ask, plan_as_typed(what="Een vlag", sheets="1"))
    draft = Application.objects.get()
    assert first["Location"] == page_of(draft)
    assert draft.plan.what == "Een vlag"
    again = client.post(draft.form_url, plan_as_typed(what="Een bank", sheets="1"))
    assert again["Location"] == page_of(draft)
    step = reverse("grants:step", args=[draft.pk, 2])
    by_step = client.post(step, {"what": "Een boom", "sheets": "1"})
    assert by_step["Location"] == f"{page_of(draft)}?stap=2"
    draft.plan.refresh_from_db()
    assert draft.plan.what == "Een boom"
    assert f'href="{step}"' in client.get(by_step["Location"]).text
    assert f'href="{draft.form_url}"' in client.get(f"{page_of(draft)}?stap=²").text


def test_what_cant_be_read_is_asked_back_before_the_page_for_photos(client: Visitor, draft: Application) -> None:
    page = client.post(draft.form_url, plan_as_typed(sheets="1", asked="1.25", what="Een vlag"))
    assert page.context["form"].errors["asked"]
    assert "Een vlag" in page.text


def test_a_drawing_comes_with_a_draft(client: Visitor, scheme: Scheme) -> None:
    draft = draft_of(client, scheme, sent())
    sheet = draft.plan.sheets.get()
    assert (sheet.width, sheet.height, sheet.page, sheet.is_document) == (600, 400, 1, False)
    for page in (draft.form_url, page_of(draft), reverse("grants:step", args=[draft.pk, 2])):
        shown = client.get(page).text
        assert f'src="/plan/blad/{sheet.pk}.jpg?klein"' in shown
        assert 'alt="Photo or drawing (1 of 1)"' in shown


def test_several_files_come_along_at_once_and_one_is_taken_away_again(client: Visitor, draft: Application) -> None:
    files = [sent(make.drawing(colour=colour)) for colour in ("red", "blue")]
    add(client, draft, *files)
    red, blue = draft.plan.sheets.all()
    add(client, draft, remove=[red.file])
    assert draft.plan.sheets.get() == blue


def test_the_first_question_takes_a_drawing_for_an_answer(client: Visitor, draft: Application) -> None:
    assert 'name="sheets"' in client.get(reverse("grants:step", args=[draft.pk, 2])).text
    assert 'name="sheets"' not in client.get(reverse("grants:step", args=[draft.pk, 3])).text


def test_the_same_file_is_with_the_plan_once(client: Visitor, draft: Application) -> None:
    for _click in range(2):
        add(client, draft, sent(), sent())
    assert draft.plan.sheets.count() == 1


def test_a_refused_file_is_named(client: Visitor, draft: Application) -> None:
    page = add(client, draft, sent(b"<script>", "a\n<b>" + "c" * 90), sent())
    assert "a&lt;b&gt;ccc" in page.text
    assert "c" * 40 not in page.text
    assert "We can&#x27;t open this. Send a photo" in page.text


def test_four_files_and_ten_pages_are_the_most(client: Visitor, draft: Application, resident: Person) -> None:
    five = [sent(make.drawing(colour=colour)) for colour in ("red", "blue", "pink", "gold", "navy")]
    assert "You can add 4 files." in add(client, draft, *five).text
    for more in (five[:3], five[3:]):
        for each in more:
            each.seek(0)
        page = add(client, draft, *more)
    assert "You can add 4 files. Take one away first." in page.text
    assert draft.plan.sheets.count() == 3
    plan = make.plan(resident)
    make.sheet(plan, pages=10, is_document=True)
    with pytest.raises(ValidationError, match="You can add 10 pages"):
        make.sheet(plan)


def test_a_plan_that_was_sent_gets_no_more_sheets(application: Application, resident: Person) -> None:
    sheet = make.sheet(application.plan)
    with pytest.raises(ValidationError, match="has been sent"):
        enclose.add_sheets(application, [Made("x", ())], by=resident)
    with pytest.raises(ValidationError, match="has been sent"):
        enclose.remove_sheets(application, [sheet.file], by=resident)


def test_many_files_at_once_are_asked_to_wait(client: Visitor, draft: Application, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"send_files": "1/m/ip"}
    add(client, draft, sent())
    page = add(client, draft, sent(make.drawing(colour="red")))
    assert "Many files are sent from here right now." in page.text
    assert draft.plan.sheets.count() == 1


def test_a_page_that_stood_open_too_long_asks_who_it_is(client: Visitor, draft: Application) -> None:
    client.session.flush()
    client.cookies.clear()
    page = reverse("grants:sheets", args=[draft.pk])
    assert client.get(page)["Location"].startswith("/aanmelden/?next=")
    assert add(client, draft, sent()).status_code == 404
    assert not Sheet.objects.exists()


def test_the_page_for_photos_asks_few_things_of_the_database(
    client: Visitor, draft: Application, django_assert_num_queries: Any
) -> None:
    """Session, holder, draft with plan and scheme; members, lines, sheets, applications, tracks."""
    make.sheet(draft.plan, pages=3, is_document=True)
    with django_assert_num_queries(9):
        client.get(page_of(draft))


# In the place of words


def test_a_photo_may_be_the_plan(client: Visitor, scheme: Scheme) -> None:
    draft = draft_of(client, scheme, sent(), what="", who_joins="")
    assert list(Application.objects.get().still_missing()) == ["what"]
    shown = client.get(f"{draft.form_url}?check=1").text
    assert "Write in a few words what it is. The rest is on your photo or document." in shown
    client.post(draft.form_url, plan_as_typed(what="Een bank", who_joins=""))
    assert Application.objects.get().still_missing() == {}
    assert str(Application.objects.get().plan) == "Een bank"


def test_a_document_answers_the_open_questions_never_where_and_how_much(scheme: Scheme, resident: Person) -> None:
    draft = make.draft(scheme, resident, asked=6_000, title="Geveltuinen", answers={})
    assert len(draft.still_missing()) == 7
    make.sheet(draft.plan, pages=3, is_document=True)
    assert set(Application.objects.get().still_missing()) == {"where_when", "permission"}
    draft.plan.lines.all().delete()
    assert "costs" in Application.objects.get().still_missing()


# Who sees it


def test_only_its_people_and_who_has_it_to_read_see_a_sheet(
    as_: SignedIn, scheme: Scheme, request: pytest.FixtureRequest, resident: Person
) -> None:
    draft = make.draft(scheme, resident)
    address = make.sheet(draft.plan).get_absolute_url()
    cast = ("neighbour", "helper", "outsider", "officer", "decider", "treasurer", "fund_admin", "auditor")
    people = {name: request.getfixturevalue(name) for name in cast}
    assert as_(resident).get(address).status_code == 200
    assert {name for name, person in people.items() if as_(person).get(address).status_code != 404} == set()
    make_it_sent = make.application(scheme, resident)
    Sheet.objects.update(plan=make_it_sent.plan)
    seen = {name for name, person in people.items() if as_(person).get(address).status_code == 200}
    assert seen == {"officer", "decider", "treasurer", "fund_admin", "auditor"}
    assert Visitor().get(address).status_code == 404


def test_a_sheet_is_handed_out_as_a_picture_and_nothing_else(client: Visitor, scheme: Scheme) -> None:
    sheet = draft_of(client, scheme, sent(make.drawing((1600, 1200)))).plan.sheets.get()
    whole, small = (client.get(sheet.get_absolute_url() + query) for query in ("", "?klein"))
    assert len(small.content) < len(whole.content)
    for response in (whole, small):
        assert response.content.startswith(b"\xff\xd8")
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]


def test_the_officer_and_the_check_page_show_it(
    client: Visitor, as_: SignedIn, scheme: Scheme, officer: Person, resident: Person
) -> None:
    draft = draft_of(client, scheme, sent())
    assert "/plan/blad/" in client.get(reverse("grants:send", args=[draft.pk])).text
    application = make.application(scheme, resident)
    sheet = make.sheet(application.plan, pages=2, is_document=True)
    page = as_(officer).get(reverse("grants:application", args=[application.pk])).text
    assert f'src="/plan/blad/{sheet.pk}.jpg?klein" alt="Page 1 of a document (1 of 2)"' in page


# And when it goes


def test_sheets_leave_the_disk_with_the_draft(
    client: Visitor, scheme: Scheme, django_capture_on_commit_callbacks: Any
) -> None:
    sheet = draft_of(client, scheme, sent()).plan.sheets.get()
    assert is_on_disk(sheet)
    with django_capture_on_commit_callbacks(execute=True), clock.at(clock.now() + 2 * KEPT):
        assert erase_old_drafts() == 1
    assert not Sheet.objects.exists()
    assert not is_on_disk(sheet)


def test_a_file_that_is_taken_away_leaves_the_disk(
    client: Visitor, draft: Application, django_capture_on_commit_callbacks: Any
) -> None:
    sheet = make.sheet(draft.plan)
    with django_capture_on_commit_callbacks(execute=True):
        add(client, draft, remove=[sheet.file])
    assert not is_on_disk(sheet)


def test_the_meter_counts_with_it(client: Visitor, draft: Application) -> None:
    room = reverse("grants:room", args=[draft.scheme.slug])
    without = client.post(f"{room}?plan={draft.plan_id}", plan_as_typed()).text
    make.sheet(draft.plan)
    assert client.post(f"{room}?plan={draft.plan_id}", plan_as_typed()).text != without
    assert Visitor().post(f"{room}?plan={draft.plan_id}", plan_as_typed()).text == without, "a stranger's meter"
    assert client.post(f"{room}?plan=²{'9' * 90}", plan_as_typed()).text == without


def test_sheets_go_when_the_last_of_the_group_is_erased(
    scheme: Scheme, resident: Person, neighbour: Person, django_capture_on_commit_callbacks: Any
) -> None:
    application = make.application(scheme, resident, neighbour)
    withdraw(application, by=resident)
    sheet = make.sheet(application.plan)
    for person, stays in ((resident, True), (neighbour, False)):
        with django_capture_on_commit_callbacks(execute=True):
            erase_person(person, by=Person.system())
        assert Sheet.objects.exists() == is_on_disk(sheet) == stays


def test_a_helper_sees_and_adds_sheets_while_the_residents_let_them_in(
    as_: SignedIn, scheme: Scheme, resident: Person, helper: Person
) -> None:
    draft = make.draft(scheme, resident)
    sheet = make.sheet(draft.plan)
    consent = make.consent(draft.plan, helper)
    assert as_(helper).get(sheet.get_absolute_url()).status_code == 200
    add(as_(helper), draft, sent())
    assert draft.plan.sheets.count() == 2
    consent.end(by=resident)
    assert as_(helper).get(sheet.get_absolute_url()).status_code == 404
    assert add(as_(helper), draft, sent(make.drawing(colour="red"))).status_code == 404


def test_a_plan_that_came_back_takes_a_drawing_too(
    as_: SignedIn, application: Application, resident: Person, officer: Person
) -> None:
    make.returned(application, by=officer)
    address = reverse("grants:complete", args=[application.pk])
    assert 'name="sheets"' in as_(resident).get(address).text
    opened = as_(resident).post(address, plan_as_typed(sheets="1", what="Een vlag op het plein."))
    assert opened["Location"] == page_of(application)
    add(as_(resident), application, sent())
    assert application.plan.sheets.count() == 1
    assert f'href="{address}"' in as_(resident).get(page_of(application)).text
    application.plan.refresh_from_db()
    assert application.plan.what == "Een vlag op het plein."


def test_what_a_fund_looks_at_is_not_taken_away(
    as_: SignedIn, scheme: Scheme, funder: Funder, resident: Person
) -> None:
    plan = make.application(scheme, resident).plan
    sheet = make.sheet(plan)
    draft = Application.objects.create(plan=plan, scheme=make.scheme(funder), asked=make.money(100))
    assert 'name="sheets"' not in as_(resident).get(draft.form_url).text
    shown = as_(resident).get(page_of(draft)).text
    assert sheet.get_absolute_url() in shown
    assert "<form" not in shown.partition("<main")[2].partition("</main>")[0]
    page = add(as_(resident), draft, remove=[sheet.file])
    assert "its photos and documents stay as they are" in page.text
    assert plan.sheets.get() == sheet


def test_who_reads_a_plan_by_a_link_sees_its_sheets_while_that_link_opens_it(
    client: Visitor, as_: SignedIn, scheme: Scheme, resident: Person, helper: Person
) -> None:
    draft, other = make.draft(scheme, resident), make.sheet(make.plan(resident))
    sheet = make.sheet(draft.plan)
    make.consent(draft.plan, helper)
    as_(helper).post(reverse("grants:ask_to_confirm", args=[draft.pk]))
    link = re.search(r"/ja/[\w-]+/", Mail.objects.filter(to=resident).latest("pk").text)
    assert link
    address = f"{link[0]}blad/{sheet.pk}.jpg"
    assert f'src="{address}?klein"' in client.get(link[0]).text
    assert client.get(address)["Content-Type"] == "image/jpeg"
    assert client.get(f"{link[0]}blad/{other.pk}.jpg").status_code == 404
    Invitation.objects.update(expires_at=clock.now())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("language", "photo", "document"),
    [
        ("nl", "- foto of tekening", "- document, bladzijden: 2"),
        ("en", "- photo or drawing", "- document, pages: 2"),
    ],
)
def test_the_receipt_names_what_was_sent_with_the_plan(
    scheme: Scheme, resident: Person, language: str, photo: str, document: str
) -> None:
    """Awb 2:17: a copy of what was sent."""
    Person.objects.filter(pk=resident.pk).update(language=language)
    resident.refresh_from_db()
    draft = make.draft(scheme, resident)
    make.sheet(draft.plan)
    make.sheet(draft.plan, pages=2, is_document=True)
    submit(draft, by=resident)
    text = Letter.objects.get().text
    assert text.count(photo) == 1
    assert text.count(document) == 1


def test_the_receipt_of_a_plan_without_files_speaks_of_none(scheme: Scheme, resident: Person) -> None:
    submit(make.draft(scheme, resident), by=resident)
    assert "bij uw plan:" not in Letter.objects.get().text


def test_after_a_session_ended_they_hear_that_nothing_was_kept_and_come_back(client: Visitor, scheme: Scheme) -> None:
    """Who writes without an account comes back with their code; a browser sends a file once."""
    client.post(reverse("grants:ask", args=[scheme.slug]), {"asked": "450", "what": "Een vlag.", "sheets": "1"})
    draft = Application.objects.get()
    page = reverse("grants:sheets", args=[draft.pk])
    client.session.flush()
    client.cookies.clear()
    door = client.post(page, {"sheets": SimpleUploadedFile("vlag.jpg", make.drawing(), "image/jpeg")})
    assert door.status_code == 404
    assert "What you chose isn't kept." in door.text
    assert f"?next={page.replace('/', '%2F')}" in door.text, "who signs in comes back to this page"
    assert "find this plan" in client.post(page, {"code": f"{draft.plan_id}-AAAAA-AAAAA"}).text
    back = client.post(page, {"code": draft.plan.code}, follow=True)
    assert back.redirect_chain == [(page, 302)]
    assert "Choose your photo or document once more." in back.text
    client.post(page, {"sheets": SimpleUploadedFile("vlag.jpg", make.drawing(), "image/jpeg")})
    assert Sheet.objects.count() == 1


def test_guessing_the_code_on_the_photo_page_ends_after_a_few_tries(client: Visitor, scheme: Scheme) -> None:
    draft = make.draft(scheme, Person.objects.create())
    page = reverse("grants:sheets", args=[draft.pk])
    for _try in range(30):
        client.post(page, {"code": f"{draft.plan_id}-AAAAA-AAAAA"})
    assert "many tries" in client.post(page, {"code": draft.plan.code}).text
