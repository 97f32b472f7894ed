"""Neighbours say what they think of a plan, and are heard."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import translation

from grants.ask.actions import submit
from grants.models import Scheme, Support, SupportPage
from grants.papers.neighbours import tell_answers
from grants.support import actions
from grants.support.forms import AnswerForm, SpeakForm
from tests import make
from tests.conftest import Visitor
from tests.grants.neighbours import SAID, WORRY, speak
from web import clock
from web.models import Deed, Mail, Person

# The page


def test_a_page_has_an_address_that_nobody_guesses(support_page: SupportPage) -> None:
    assert re.fullmatch(r"([A-Z0-9]{4}-){3}[A-Z0-9]{4}", support_page.address)
    assert len(support_page.token) == 16
    assert SupportPage.objects.at(support_page.address.lower().replace("-", "")).get() == support_page


def test_opening_again_keeps_the_address_so_that_a_poster_stays_right(
    support_page: SupportPage, resident: Person
) -> None:
    actions.close_support(support_page, by=resident)
    actions.close_support(support_page, by=resident)
    again = actions.open_support(support_page.plan, by=resident)
    assert (again.token, again.is_open) == (support_page.token, True)
    actions.open_support(support_page.plan, by=resident)
    verbs = Deed.objects.about(support_page).order_by("pk").values_list("verb", "thread", "funder")
    said = (support_page.plan_id, support_page.funder_id)
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


def test_a_neighbour_is_kept_as_a_person_of_their_own(support_page: SupportPage) -> None:
    with translation.override("nl"):
        said = speak(support_page, reach="Joke@Waterveen.example", first_name=" Joke ")
    assert (said.kind, said.neighbour.name, said.neighbour.postcode) == ("good", "Joke", "1234 AB")
    assert (said.neighbour.email, said.neighbour.phone) == ("joke@waterveen.example", "")
    assert (said.neighbour.reached_by, said.neighbour.language) == ("mail", "nl")


def test_a_phone_number_is_a_way_to_be_reached_too(support_page: SupportPage) -> None:
    said = speak(support_page, reach="06 - 12 34 56 78")
    assert (said.neighbour.email, said.neighbour.phone, said.neighbour.reached_by) == ("", "06 - 12 34 56 78", "phone")


def test_what_a_neighbour_did_hangs_on_no_plan(support_page: SupportPage) -> None:
    said = speak(support_page)
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


def test_a_second_click_counts_once_and_leaves_no_second_deed(support_page: SupportPage) -> None:
    first = speak(support_page)
    again = speak(support_page, first_name="jòke", postcode="1234 ab")
    again = speak(support_page)
    assert again.pk == first.pk
    assert again.changed_at
    assert support_page.counts.good == 1
    speak(support_page)
    assert Deed.objects.about(first).count() == 3  # said, written otherwise, written as before


def test_who_changes_their_mind_is_counted_as_they_think_now(support_page: SupportPage, worry: Support) -> None:
    changed = speak(support_page, reach="")
    assert changed.pk == worry.pk
    assert (changed.kind, changed.message, changed.neighbour.email) == ("good", "", "")
    assert (support_page.counts.good, support_page.counts.worries) == (1, 0)


def test_neighbours_on_one_phone_and_namesakes_on_two_are_not_mixed_up(support_page: SupportPage) -> None:
    speak(support_page)
    speak(support_page, first_name="Ali")
    speak(support_page, postcode="1234 AC")
    speak(support_page, device="another phone", kind="worry", message="Ik ben een andere Joke.")
    assert (support_page.counts.good, support_page.counts.worries) == (3, 1)


def test_the_mark_says_nothing_about_who_it_is(support_page: SupportPage) -> None:
    mark = speak(support_page).mark
    assert re.fullmatch(r"[0-9a-f]{64}", mark)
    assert mark != support_page.mark_of("phone", name="Joke", postcode="1234 AC")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.SECRET_KEY", "another")
        assert mark != support_page.mark_of("phone", name="Joke", postcode="1234 AB")


def test_a_closed_page_is_only_read(support_page: SupportPage, resident: Person, client: Visitor) -> None:
    actions.close_support(support_page, by=resident)
    with pytest.raises(PermissionDenied, match="closed this page"):
        actions.speak(
            support_page, device="x", by=Person.system(), kind="good", first_name="J", postcode="1234 AB", message=""
        )
    shown = client.get(support_page.get_absolute_url())
    assert b"The group has closed this page" in shown.content
    assert b"Tell the group" not in shown.content
    assert client.post(support_page.get_absolute_url(), SAID).status_code == 403


# Worries


def test_a_worry_is_answered_by_mail_when_there_is_an_address(worry: Support, resident: Person) -> None:
    actions.answer_worry(worry, answer="We laten twee plekken vrij.", by=resident)
    assert (worry.answered_by, bool(worry.answered_at)) == (resident, True)
    mail = Mail.objects.get(to=worry.neighbour)
    assert mail.address == "joke@waterveen.example"
    assert mail.reply_to == worry.page.funder.mailbox
    assert "There is an answer" in mail.subject
    assert worry.page.get_absolute_url() in mail.text
    deed = Deed.objects.on_thread(worry.plan.thread).get(verb="answer_worry")
    assert (deed.by, deed.detail.values) == (resident, {"worry": str(worry.pk)})


def test_the_mail_is_dutch_for_who_spoke_dutch(support_page: SupportPage, resident: Person) -> None:
    with translation.override("nl"):
        worry = speak(support_page, **WORRY)
    actions.answer_worry(worry, answer="We laten twee plekken vrij.", by=resident)
    mail = Mail.objects.get(to=worry.neighbour)
    assert mail.subject == "Er is een antwoord op uw zorg"
    assert "Lees het antwoord hier" in mail.text


def test_the_mail_says_nothing_in_the_words_of_the_group(worry: Support, resident: Person) -> None:
    worry.plan.title = "Win een iPhone"
    worry.plan.save()
    actions.answer_worry(Support.objects.get(), answer="Klik op http://boef.example", by=resident)
    mail = Mail.objects.get(to=worry.neighbour)
    for words in ("iPhone", "boef.example", "parkeren", "Joke"):
        assert words not in mail.subject + mail.text


def test_a_plan_that_was_not_sent_mails_nobody(scheme: Scheme) -> None:
    holder = Person.objects.create(name="Wie dan ook", email="bram@waterveen.example")  # typed, not shown
    page = actions.open_support(make.draft(scheme, holder).plan, by=holder)
    worry = speak(page, **WORRY)
    actions.answer_worry(worry, answer="Klik op http://boef.example", by=holder)
    assert not Mail.objects.exists()
    assert worry.answer, "it stands on the page"


def test_neighbours_hear_what_was_answered_when_the_plan_is_sent(scheme: Scheme, resident: Person) -> None:
    """One mail to an address, whoever spoke from it; and nothing when it goes to a second fund as well."""
    draft = make.draft(scheme, resident)
    page = actions.open_support(draft.plan, by=resident)
    said = {"Joke": "joke@waterveen.example", "Jan": "Joke@Waterveen.example", "Ali": "", "Bo": "bo@waterveen.example"}
    worries = [speak(page, **WORRY | {"first_name": name, "reach": reach}) for name, reach in said.items()]
    for worry in worries[:3]:
        actions.answer_worry(worry, answer="We laten twee plekken vrij.", by=resident)
    told = Mail.objects.filter(subject="There is an answer to your worry")
    assert not told.exists()
    submit(draft, by=resident)
    assert told.get().to == worries[0].neighbour, "Bo has no answer yet, Ali no address"
    tell_answers(draft.plan)
    assert told.count() == 1
    actions.answer_worry(worries[3], answer="Op de stoep.", by=resident)
    assert told.count() == 2
    tell_answers(draft.plan)
    assert told.count() == 2


def test_another_worry_is_told_of_again(worry: Support, resident: Person) -> None:
    actions.answer_worry(worry, answer="We laten twee plekken vrij.", by=resident)
    again = speak(worry.page, **WORRY | {"message": "En waar fietsen wij?"})
    assert again.told_at is None
    actions.answer_worry(again, answer="Op de stoep.", by=resident)
    assert Mail.objects.filter(to=worry.neighbour).count() == 2


def test_who_signed_in_hears_of_worries_about_a_draft(scheme: Scheme, resident: Person) -> None:
    make.user(resident)
    speak(actions.open_support(make.draft(scheme, resident).plan, by=resident), **WORRY)
    assert Mail.objects.get().to == resident


def test_without_an_address_the_answer_stands_on_the_page(
    support_page: SupportPage, resident: Person, client: Visitor
) -> None:
    worry = speak(support_page, **WORRY | {"reach": ""})
    assert "parkeren" not in client.get(support_page.get_absolute_url()).content.decode()
    actions.answer_worry(worry, answer="We laten twee plekken vrij.", by=resident)
    assert not Mail.objects.filter(to=worry.neighbour).exists()
    shown = client.get(support_page.get_absolute_url()).content.decode()
    assert all(said in shown for said in ("parkeren", "We laten twee plekken vrij."))
    assert all(secret not in shown for secret in ("Joke", "1234 AB"))


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


def test_the_group_hears_of_worries_once_a_day(support_page: SupportPage, resident: Person) -> None:
    speak(support_page, first_name="Ali")
    assert not Mail.objects.exists()
    for name in ("Joke", "Bo"):
        speak(support_page, **WORRY | {"first_name": name})
    mail = Mail.objects.get()
    assert mail.to == resident
    assert reverse("grants:support_overview", args=[support_page.plan_id]) in mail.text
    assert "parkeren" not in mail.text
    with clock.at(clock.now() + timedelta(hours=25)):
        speak(support_page, **WORRY | {"first_name": "Cor"})
    assert Mail.objects.count() == 2


def test_who_wants_letters_by_post_is_not_mailed_of_a_worry(support_page: SupportPage, resident: Person) -> None:
    Person.objects.filter(pk=resident.pk).update(reached_by=Person.ReachedBy.POST)
    speak(SupportPage.objects.get(), **WORRY)
    assert not Mail.objects.exists()
