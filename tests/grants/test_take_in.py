"""What came on paper, by mail, by phone or at the desk is taken in as if the residents had sent it that day."""

import uuid
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from grants.ask.actions import submit
from grants.decide.actions import award
from grants.models import Application, Intake, Letter, Plan, Scheme, Sheet
from grants.models.intake import Came
from grants.take_in.actions import take_in
from tests import make
from tests.conftest import SignedIn
from tests.hostile import pdf
from web import clock
from web.amounts import euro
from web.models import Deed, Funder, Mail, Person, Seat

PAGE = "/werk/inboeken/"
LAST_YEAR = f"1-1-{clock.today().year - 1}"
WORDS = {"title": "Bankje", "what": "Een bankje bij de vijver.", "where_when": "Vijverpad, in mei."}
TYPED = WORDS | {
    "came_by": "paper",
    "yes": "signed",
    "name": "Kees Kastanje",
    "postcode": "1234ef",
    "house_number": "41",
    "reached_by": "post",
    "asked": "450",
}
WEDNESDAY = datetime(2026, 3, 11, 16, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def kees(**reach: str) -> Person:
    about = {"name": "Kees Kastanje", "postcode": "1234 EF", "house_number": "41", "reached_by": "post"}
    return Person(**about | reach)


def taken_in(scheme: Scheme, by: Person, **other: Any) -> Application:
    on, why_later = other.pop("on", clock.today()), other.pop("why_later", "Het lag bij de post.")
    came = Came("paper", on, "signed", why_later, outside=other.pop("outside", False))
    facts: dict[str, Any] = {"resident": kees(), "words": WORDS, "asked": euro(450), "came": came, "key": uuid.uuid4()}
    return take_in(scheme, by=by, **facts | other)


def typed(**other: Any) -> dict[str, Any]:
    today = clock.today().strftime("%d-%m-%Y")
    return TYPED | {"received_on": today, "key": str(uuid.uuid4())} | other


def at(scheme: Scheme) -> str:
    """The page for this scheme."""
    return f"{PAGE}?regeling={scheme.pk}"


def test_what_came_today_is_a_plan_like_any_other(scheme: Scheme, officer: Person) -> None:
    application = taken_in(scheme, officer)
    assert (application.status, application.received_on) == ("submitted", clock.today())
    assert application.frozen_edition == scheme.current
    assert application.duties is not None
    assert application.answer_by == application.duties.answer_by(clock.today())
    assert application.complete_at == application.submitted_at
    assert application.page.words["what"] == "Een bankje bij de vijver."
    assert application.officer is None
    assert Deed.objects.get(verb="take_in").by == officer


def test_the_clock_and_the_order_begin_on_the_day_it_came(funder: Funder, resident: Person) -> None:
    """Five working days from Monday; and before what was sent here on Tuesday, whoever was typed first."""
    with clock.at(WEDNESDAY - timedelta(days=9)):
        scheme, officer = make.scheme(funder), make.person("Els Es")
        make.seat(officer, funder, Seat.Role.DECIDER, mandate=10_000)
    with clock.at(WEDNESDAY - timedelta(days=1)):
        online = submit(make.draft(scheme, resident, asked=9_800), by=resident)
    with clock.at(WEDNESDAY):
        application = taken_in(scheme, officer, on=date(2026, 3, 9))
        assert (application.received_on, application.answer_by) == (date(2026, 3, 9), date(2026, 3, 16))
        assert application.complete_at == datetime(2026, 3, 9, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
        make.judgement(online, by=officer)
        with pytest.raises(ValidationError, match=f"complete earlier.*{application.number}"):
            award(online, amount=euro(9_800), by=officer)


def test_the_rules_of_that_day_hold(scheme: Scheme, officer: Person) -> None:
    """The maximum was 10,000 then, and is 300 now."""
    before = scheme.edition
    make.changed(scheme, maximum=euro(300))
    scheme.refresh_from_db()
    with pytest.raises(ValidationError, match="at most"):
        taken_in(scheme, officer)
    then = taken_in(scheme, officer, on=clock.today() - timedelta(days=3))
    assert then.frozen_edition == before
    assert not Plan.objects.exclude(pk=then.plan_id).exists()


def test_what_came_too_long_ago_has_an_answer_due_already(scheme: Scheme, officer: Person) -> None:
    application = taken_in(scheme, officer, on=clock.today() - timedelta(days=20))
    assert application.is_overdue
    assert "should have had an answer" not in Letter.objects.get().text  # it is in Dutch
    assert "al antwoord moeten hebben" in Letter.objects.get().text


def test_a_day_has_its_rules(scheme: Scheme, officer: Person) -> None:
    late = {"on": clock.today() - timedelta(days=2), "why_later": " "}
    with pytest.raises(ValidationError, match="Write why"):
        taken_in(scheme, officer, **late)
    with pytest.raises(ValidationError, match="later than today"):
        taken_in(scheme, officer, on=clock.today() + timedelta(days=1))
    with pytest.raises(ValidationError, match="took no plans on"):
        taken_in(scheme, officer, on=clock.today() - timedelta(days=60))
    make.changed(scheme, closes_on=clock.today() - timedelta(days=1))
    with pytest.raises(ValidationError, match=r"took no plans on .*send the plan on to another fund"):
        taken_in(scheme, officer)
    assert not Plan.objects.exists()
    assert not Person.objects.filter(name="Kees Kastanje").exists()


def test_what_came_in_a_round_is_answered_with_it(scheme: Scheme, officer: Person) -> None:
    day = clock.today()
    with make.changing(scheme, in_rounds=True) as edition:
        edition.rounds.create(
            opens_on=day - timedelta(days=9), closes_on=day + timedelta(days=1), answer_by=day + timedelta(days=40)
        )
    assert taken_in(scheme, officer).answer_by == day + timedelta(days=40)


@pytest.mark.parametrize(("came_by", "yes"), [("phone", "signed"), ("phone", "address"), ("desk", "address")])
def test_nobody_signs_over_the_phone(scheme: Scheme, officer: Person, came_by: str, yes: str) -> None:
    with pytest.raises(ValidationError, match="can't be for what came this way"):
        taken_in(scheme, officer, came=Came(came_by, clock.today(), yes))
    kept = taken_in(scheme, officer).intake
    with pytest.raises(IntegrityError):
        Intake.objects.filter(pk=kept.pk).update(came_by=came_by, yes=yes)


@pytest.mark.parametrize("who", ["treasurer", "auditor", "fund_admin", "outsider", "resident", "helper"])
def test_only_who_answers_for_the_funder_takes_in(request: pytest.FixtureRequest, scheme: Scheme, who: str) -> None:
    with pytest.raises(PermissionDenied):
        taken_in(scheme, request.getfixturevalue(who))
    assert not Application.objects.exists()


def test_a_double_click_is_one_request(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    visitor, sent = as_(officer), typed()
    first, second = visitor.post(PAGE, sent), visitor.post(PAGE, sent)
    application = Application.objects.get()
    assert first["Location"] == second["Location"] == reverse("grants:application", args=[application.pk])
    assert Letter.objects.count() == Deed.objects.filter(verb="take_in").count() == 1


def test_who_wants_post_gets_the_receipt_in_the_tray(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    as_(officer).post(PAGE, typed())
    letter = Letter.objects.to_post().of_officer(officer).get()
    assert letter.event == "take_in/received"
    assert "Een bankje bij de vijver." in letter.text
    assert "1234 EF 41" in letter.text
    assert not Mail.objects.exists()


def test_who_gave_an_address_gets_a_mail_and_finds_the_plan(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    mailed = typed(came_by="mail", yes="address", reached_by="mail", email="Kees@Waterveen.example")
    as_(officer).post(PAGE, mailed)
    application = Application.objects.get()
    assert Mail.objects.get().address == "kees@waterveen.example"
    assert application.plan.members.get().joined_at is not None


def test_a_scan_is_the_plan(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    scan = SimpleUploadedFile("brief.pdf", pdf(), "application/pdf")
    page = as_(officer).post(PAGE, typed(what="", asked="2.000", sheets=scan), follow=True).text
    application = Application.objects.get()
    assert application.asked == euro(2_000)
    assert Sheet.objects.get() == application.scans.get()
    assert "This came on paper. Fatima van Wilgen took it in" in page
    assert "their signature is under it" in page


def test_a_hostile_scan_is_refused_and_what_was_typed_stays(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    bad = SimpleUploadedFile("brief.jpg", b"<script>alert(1)</script>", "image/jpeg")
    page = as_(officer).post(PAGE, typed(sheets=bad)).text
    assert "can&#x27;t open this" in page
    assert "Een bankje bij de vijver." in page
    assert 'value="Kees Kastanje"' in page
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"what": ""}, "Type over what they want"),
        ({"asked": ""}, "Fill this in."),
        ({"asked": "20.000"}, "You can ask at most"),
        ({"where_when": ""}, "Fill this in."),
        ({"reached_by": "mail"}, "Write the address to mail to"),
        ({"reached_by": "phone"}, "Write the number to call"),
        ({"received_on": LAST_YEAR}, "Write why it is taken in later"),
        ({"received_on": LAST_YEAR, "why_later": "Laat."}, "took no plans on"),
        ({"received_on": "1-1-1999", "why_later": "Laat.", "outside": "on"}, "Look at the year again"),
        ({"received_on": "1-1-0026", "why_later": "Laat.", "outside": "on"}, "Look at the year again"),
        ({"received_on": "morgen"}, "Write the day like"),
        ({"came_by": "phone"}, "be for what came this way"),
    ],
)
def test_a_refusal_stands_at_its_field_and_nothing_is_kept(
    as_: SignedIn, scheme: Scheme, officer: Person, wrong: dict[str, str], sentence: str
) -> None:
    scan = SimpleUploadedFile("brief.jpg", make.drawing(), "image/jpeg") if wrong.get("what") is None else None
    page = as_(officer).post(PAGE, typed(**wrong) | ({"sheets": scan} if scan else {})).text
    assert sentence in page
    assert 'value="Kees Kastanje"' in page
    assert ("Choose the scan once more" in page) is bool(scan)
    assert not Plan.objects.exists()
    assert not Person.objects.filter(name="Kees Kastanje").exists()


def test_a_scan_of_what_was_refused_is_kept_nowhere(
    as_: SignedIn, scheme: Scheme, officer: Person, settings: Any, tmp_path: Path
) -> None:
    """It is of somebody, and no erasure would find it."""
    settings.MEDIA_ROOT = tmp_path
    scan = SimpleUploadedFile("brief.jpg", make.drawing(), "image/jpeg")
    assert "You can ask at most" in as_(officer).post(PAGE, typed(asked="20.000", sheets=scan)).text
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def test_many_files_at_once_are_not_opened(as_: SignedIn, scheme: Scheme, officer: Person, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"send_files": "1/m/ip"}
    visitor = as_(officer)
    for _ in range(2):
        scan = SimpleUploadedFile("brief.jpg", make.drawing(), "image/jpeg")
        page = visitor.post(PAGE, typed(sheets=scan))
    assert "Many files are sent from here" in page.text
    assert Application.objects.count() == 1


def test_only_ones_own_schemes_are_offered(
    as_: SignedIn, scheme: Scheme, funder: Funder, officer: Person, other_funder: Funder
) -> None:
    theirs, groenpot = make.scheme(other_funder, title="Samenpot"), make.scheme(funder, title="Groenpot")
    visitor = as_(officer)
    choice = visitor.get(PAGE).text
    assert all(f"?regeling={each.pk}" in choice for each in (scheme, groenpot))
    assert "Samenpot" not in choice
    for wrong in (theirs.pk, "x", "", 10**30):
        assert visitor.post(f"{PAGE}?regeling={wrong}", typed()).status_code == 404
    assert "Where do they ask?" in visitor.post(PAGE, typed()).text, "nothing before it was chosen"
    assert not Application.objects.exists()
    visitor.post(at(groenpot), typed())
    assert Application.objects.get().scheme == groenpot
    assert visitor.get("/werk/").text.count(PAGE) == 1


def test_the_only_scheme_needs_no_choice_and_its_form_holds_to_it(
    as_: SignedIn, scheme: Scheme, funder: Funder, officer: Person
) -> None:
    page = as_(officer).get(PAGE).text
    assert f'action="?regeling={scheme.pk}"' in page, "one that is published meanwhile changes nothing"
    assert "Another scheme" not in page
    make.scheme(funder)
    assert "Another scheme" in as_(officer).get(at(scheme)).text


def test_the_page_asks_little_of_the_database(
    as_: SignedIn, scheme: Scheme, officer: Person, django_assert_num_queries: Any
) -> None:
    visitor = as_(officer)
    with django_assert_num_queries(5):  # session, user with person, their seats; the schemes, what one asks besides
        visitor.get(PAGE)
