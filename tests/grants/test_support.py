"""Neighbours say what they think of a plan, are heard, and are forgotten when the answer is final."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from grants.ask.actions import withdraw
from grants.erase.actions import erase_person
from grants.models import Application, Criterion, Decision, Scheme, Support, SupportPage
from grants.models.draft import erase_old_drafts
from grants.models.final import last_decided_day
from grants.models.support import forget_neighbours
from grants.support import actions
from grants.support.forms import AnswerForm, SpeakForm
from tests import make
from tests.conftest import SignedIn, Visitor
from web import clock
from web.models import Deed, Mail, Person, Seat

SAID = {"kind": "good", "first_name": "Joke", "postcode": "1234ab"}
WORRY = SAID | {"kind": "worry", "message": "Waar parkeren wij dan?", "reach": "joke@waterveen.example"}


@pytest.fixture
def page(application: Application, resident: Person) -> SupportPage:
    return actions.open_support(application.plan, by=resident)


def speak(page: SupportPage, *, device: str = "phone", **said: str) -> Support:
    """As the form hands it on."""
    form = SpeakForm(SAID | said)
    assert form.run(actions.speak, page, device=device, by=Person.system()), form.errors
    outcome: Support = form.outcome
    return outcome


@pytest.fixture
def worry(page: SupportPage) -> Support:
    return speak(page, **WORRY)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


# The page


def test_a_page_has_an_address_that_nobody_guesses(page: SupportPage) -> None:
    assert re.fullmatch(r"([A-Z0-9]{4}-){3}[A-Z0-9]{4}", page.address)
    assert len(page.token) == 16
    assert SupportPage.objects.at(page.address.lower().replace("-", "")).get() == page


def test_opening_again_keeps_the_address_so_that_a_poster_stays_right(page: SupportPage, resident: Person) -> None:
    actions.close_support(page, by=resident)
    actions.close_support(page, by=resident)
    again = actions.open_support(page.plan, by=resident)
    assert (again.token, again.is_open) == (page.token, True)
    actions.open_support(page.plan, by=resident)
    verbs = Deed.objects.about(page).order_by("pk").values_list("verb", "thread", "funder")
    said = (page.plan_id, page.funder_id)
    assert list(verbs) == [(verb, *said) for verb in ("open_support", "close_support", "open_support")]


@pytest.mark.parametrize("who", ["neighbour", "officer", "outsider", "auditor"])
def test_only_the_group_opens_closes_and_answers(request: pytest.FixtureRequest, worry: Support, who: str) -> None:
    by = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied, match="Only the group"):
        actions.open_support(worry.plan, by=by)
    with pytest.raises(PermissionDenied, match="Only the group"):
        actions.close_support(worry.page, by=by)
    with pytest.raises(PermissionDenied, match="Only the group"):
        actions.answer_worry(worry, answer="Nee", by=by)


def test_a_plan_that_asks_nobody_yet_has_nobody_responsible_and_no_page(resident: Person) -> None:
    with pytest.raises(ValidationError, match="Choose first where you ask money"):
        actions.open_support(make.plan(resident), by=resident)


# Speaking


def test_a_neighbour_is_kept_as_a_person_of_their_own(page: SupportPage) -> None:
    with translation.override("nl"):
        said = speak(page, reach="Joke@Waterveen.example", first_name=" Joke ")
    assert (said.kind, said.neighbour.name, said.neighbour.postcode) == ("good", "Joke", "1234 AB")
    assert (said.neighbour.email, said.neighbour.phone) == ("joke@waterveen.example", "")
    assert (said.neighbour.reached_by, said.neighbour.language) == ("mail", "nl")


def test_a_phone_number_is_a_way_to_be_reached_too(page: SupportPage) -> None:
    said = speak(page, reach="06 - 12 34 56 78")
    assert (said.neighbour.email, said.neighbour.phone, said.neighbour.reached_by) == ("", "06 - 12 34 56 78", "phone")


def test_what_a_neighbour_did_hangs_on_no_plan(page: SupportPage) -> None:
    said = speak(page)
    deed = Deed.objects.about(said).get()
    assert (deed.by, deed.verb, deed.thread, deed.funder) == (said.neighbour, "speak", None, None)
    assert deed.detail.values == {"kind": "good"}


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "Choose one"),
        ({"kind": "hate"}, "kind", "Select a valid choice"),
        ({"first_name": " "}, "first_name", "Fill this in"),
        ({"postcode": "0234 AB"}, "postcode", "four digits and two letters"),
        ({"kind": "worry"}, "message", "what your worry is"),
        ({"reach": "joke@"}, "reach", "like name@example.nl"),
        ({"reach": "bel maar"}, "reach", "Or leave this empty"),
    ],
)
def test_what_cannot_be_kept_is_asked_back_with_a_sentence(wrong: dict[str, str], field: str, sentence: str) -> None:
    form = SpeakForm(SAID | wrong)
    assert not form.is_valid()
    assert sentence in form.errors[field][0]
    assert len(form.errors) == 1


def test_three_answers_are_enough() -> None:
    assert {name for name, field in SpeakForm().fields.items() if field.required} == {"kind", "first_name", "postcode"}
    assert list(AnswerForm().fields) == ["answer"]


def test_a_second_click_counts_once_and_leaves_no_second_deed(page: SupportPage) -> None:
    first = speak(page)
    again = speak(page, first_name="jòke", postcode="1234 ab")
    again = speak(page)
    assert again.pk == first.pk
    assert again.changed_at
    assert page.counts.good == 1
    speak(page)
    assert Deed.objects.about(first).count() == 3  # said, written otherwise, written as before


def test_who_changes_their_mind_is_counted_as_they_think_now(page: SupportPage, worry: Support) -> None:
    changed = speak(page, reach="")
    assert changed.pk == worry.pk
    assert (changed.kind, changed.message, changed.neighbour.email) == ("good", "", "")
    assert (page.counts.good, page.counts.worries) == (1, 0)


def test_neighbours_on_one_phone_and_namesakes_on_two_are_not_mixed_up(page: SupportPage) -> None:
    speak(page)
    speak(page, first_name="Ali")
    speak(page, postcode="1234 AC")
    speak(page, device="another phone", kind="worry", message="Ik ben een andere Joke.")
    assert (page.counts.good, page.counts.worries) == (3, 1)


def test_the_mark_says_nothing_about_who_it_is(page: SupportPage) -> None:
    mark = speak(page).mark
    assert re.fullmatch(r"[0-9a-f]{64}", mark)
    assert mark != page.mark_of("phone", name="Joke", postcode="1234 AC")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.SECRET_KEY", "another")
        assert mark != page.mark_of("phone", name="Joke", postcode="1234 AB")


def test_a_closed_page_is_only_read(page: SupportPage, resident: Person, client: Visitor) -> None:
    actions.close_support(page, by=resident)
    with pytest.raises(PermissionDenied, match="closed this page"):
        actions.speak(page, device="x", by=Person.system(), kind="good", first_name="J", postcode="1234 AB", message="")
    shown = client.get(page.get_absolute_url())
    assert b"The group has closed this page" in shown.content
    assert b"Tell the group" not in shown.content
    assert client.post(page.get_absolute_url(), SAID).status_code == 403


# Worries


def test_a_worry_is_answered_by_mail_when_there_is_an_address(worry: Support, resident: Person) -> None:
    actions.answer_worry(worry, answer="We laten twee plekken vrij.", by=resident)
    assert (worry.answered_by, bool(worry.answered_at)) == (resident, True)
    mail = Mail.objects.get()
    assert (mail.to, mail.address) == (worry.neighbour, "joke@waterveen.example")
    assert mail.reply_to == worry.page.funder.mailbox
    for said in ("Dear Joke", "Waar parkeren wij dan?", "We laten twee plekken vrij.", worry.page.get_absolute_url()):
        assert said in mail.text
    deed = Deed.objects.on_thread(worry.plan.thread).get(verb="answer_worry")
    assert (deed.by, deed.detail.values) == (resident, {"worry": str(worry.pk)})


def test_the_mail_is_dutch_for_who_spoke_dutch(page: SupportPage, resident: Person) -> None:
    with translation.override("nl"):
        worry = speak(page, **WORRY)
    actions.answer_worry(worry, answer="We laten twee plekken vrij.", by=resident)
    mail = Mail.objects.get()
    assert mail.subject == "Over uw zorg bij het plan Geveltuinen"
    assert "Dit is ermee gedaan:\nWe laten twee plekken vrij." in mail.text


def test_without_an_address_the_answer_stands_on_the_page(page: SupportPage, resident: Person, client: Visitor) -> None:
    worry = speak(page, **WORRY | {"reach": ""})
    assert "parkeren" not in client.get(page.get_absolute_url()).content.decode()
    actions.answer_worry(worry, answer="We laten twee plekken vrij.", by=resident)
    assert not Mail.objects.exists()
    shown = client.get(page.get_absolute_url()).content.decode()
    assert "parkeren" in shown and "We laten twee plekken vrij." in shown
    assert "Joke" not in shown and "1234 AB" not in shown


def test_an_answer_to_a_worry_that_has_just_changed_is_refused(worry: Support, resident: Person) -> None:
    speak(worry.page, **WORRY | {"message": "En waar fietsen wij?"})
    with pytest.raises(ValidationError, match="just changed"):
        actions.answer_worry(worry, answer="Op de stoep.", by=resident)
    speak(worry.page)
    with pytest.raises(ValidationError, match="just changed"):
        actions.answer_worry(worry, answer="Op de stoep.", by=resident)


def test_another_worry_asks_for_another_answer(worry: Support, resident: Person) -> None:
    actions.answer_worry(worry, answer="We laten twee plekken vrij.", by=resident)
    assert (worry.page.counts.answered, worry.page.counts.waiting) == (1, 0)
    speak(worry.page, **WORRY | {"message": "En waar fietsen wij?"})
    assert (worry.page.counts.answered, worry.page.counts.waiting) == (0, 1)
    worry.refresh_from_db()
    assert (worry.answer, worry.answered_by) == ("", None)


# Forgetting


def decided(application: Application, *, by: Person, on: date) -> None:
    """Declined on that day: an answer that can be fought for six weeks."""
    with clock.at(at(on)):
        Decision.take(application, outcome=Decision.Outcome.DECLINED, by=by, possible="Volgend jaar.")
        Application.objects.filter(pk=application.pk).update(status=Application.Status.DECLINED)


@pytest.mark.parametrize(
    ("on", "last_day"),
    [
        (date(2026, 3, 2), date(2026, 4, 13)),  # a Monday
        (date(2026, 3, 6), date(2026, 4, 17)),  # a Friday
        (date(2026, 3, 7), date(2026, 4, 20)),  # ends on a Saturday: until Monday
        (date(2026, 2, 23), date(2026, 4, 7)),  # ends on Easter Monday
    ],
)
def test_neighbours_are_known_until_the_answer_is_final(
    worry: Support, officer: Person, on: date, last_day: date
) -> None:
    decided(Application.objects.get(), by=officer, on=on)
    with clock.at(at(last_day)):
        assert (forget_neighbours(), last_decided_day() < on) == (0, True)
    with clock.at(at(last_day + timedelta(days=1))):
        assert (forget_neighbours(), forget_neighbours()) == (1, 0)
    worry.refresh_from_db()
    assert worry.erased_at


def test_what_is_forgotten_is_gone_everywhere_and_still_counts(
    worry: Support, resident: Person, officer: Person, client: Visitor
) -> None:
    page = worry.page
    speak(page, first_name="Ali", kind="joins", message="Ik heb een schep.", reach="06 12 34 56 78")
    actions.answer_worry(worry, answer="Joke, we laten plek vrij.", by=resident)
    decided(Application.objects.get(), by=officer, on=clock.today() - timedelta(weeks=8))
    assert len(where_it_says("joke", "schep", "plek vrij")) >= 5
    call_command("tick")
    page.refresh_from_db()
    assert (page.counts.joins, page.counts.worries, page.counts.answered, page.is_open) == (1, 1, 1, False)
    assert not Mail.objects.filter(to=worry.neighbour).exists()
    assert where_it_says("joke", "ali", "schep", "parkeren", "plek vrij", "12 34 56", "1234 ab") <= {
        "web_person.postcode"  # Samira's own
    }
    assert b"plek vrij" not in client.get(page.get_absolute_url()).content


def where_it_says(*words: str) -> set[str]:
    """Every column of ours in which one of these words stands somewhere."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall() if table.startswith(("grants_", "web_")) else ():
                pairs = zip(columns, (str(value).lower() for value in row), strict=True)
                found |= {f"{table}.{column}" for column, text in pairs if any(word in text for word in words)}
    return found - {"grants_criterion.title", "grants_criterion.text"}


def test_nothing_is_forgotten_while_another_fund_still_reads(
    worry: Support, officer: Person, other_funder: object
) -> None:
    first = Application.objects.get()
    decided(first, by=officer, on=clock.today() - timedelta(weeks=9))
    scheme = make.scheme(first.scheme.funder)
    second = Application.objects.create(plan=first.plan, scheme=scheme, asked=first.asked, received_on=clock.today())
    Application.objects.filter(pk=second.pk).update(status=Application.Status.COMPLETE)
    assert forget_neighbours() == 0
    decided(second, by=officer, on=clock.today() - timedelta(weeks=1))
    assert forget_neighbours() == 0
    Decision.objects.filter(application=second).update(at=clock.now() - timedelta(weeks=8))
    assert forget_neighbours() == 1


def test_a_later_fixing_keeps_nobody_known_longer(worry: Support, officer: Person) -> None:
    application = Application.objects.get()
    decided(application, by=officer, on=clock.today() - timedelta(weeks=8))
    Decision.take(application, outcome=Decision.Outcome.FIXED, by=officer)
    assert forget_neighbours() == 1


def test_a_withdrawn_plan_counts_from_the_day_it_was_withdrawn(worry: Support, resident: Person) -> None:
    withdraw(Application.objects.get(), by=resident)
    with clock.at(at(clock.today() + timedelta(weeks=6))):
        assert forget_neighbours() == 0
    with clock.at(at(clock.today() + timedelta(weeks=7))):
        assert forget_neighbours() == 1


def test_a_page_does_not_open_when_the_answer_is_final(worry: Support, resident: Person, officer: Person) -> None:
    decided(Application.objects.get(), by=officer, on=clock.today() - timedelta(weeks=8))
    forget_neighbours()
    with pytest.raises(ValidationError, match="final"):
        actions.open_support(worry.plan, by=resident)
    worry.page.refresh_from_db()
    assert not worry.page.is_open


def test_a_draft_that_nobody_sends_takes_what_was_said_with_it(scheme: Scheme, resident: Person) -> None:
    draft = make.draft(scheme, resident)
    said = speak(actions.open_support(draft.plan, by=resident))
    with clock.at(clock.now() + timedelta(days=91)):
        assert forget_neighbours() == 0
        assert erase_old_drafts() == 1
    assert not Support.objects.exists() and not SupportPage.objects.exists()
    said.neighbour.refresh_from_db()
    assert (said.neighbour.name, bool(said.neighbour.erased_at)) == ("", True)


def test_whoever_is_erased_is_erased_as_a_neighbour_too(worry: Support, resident: Person) -> None:
    actions.answer_worry(worry, answer="Joke, er blijft plek.", by=resident)
    on_another_phone = speak(worry.page, device="another", reach="joke@waterveen.example")
    ali = speak(worry.page, first_name="Ali")
    erase_person(worry.neighbour, by=Person.system())
    for each in (worry, on_another_phone, ali):
        each.refresh_from_db()
    assert (worry.message, worry.answer, worry.mark, bool(worry.erased_at)) == ("", "", "", True)
    assert (on_another_phone.neighbour.email, bool(on_another_phone.erased_at)) == ("", True)
    assert (ali.neighbour.name, ali.erased_at) == ("Ali", None)
    assert (worry.page.counts.worries, worry.page.counts.good) == (1, 2)
