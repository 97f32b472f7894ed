"""The page of the neighbours, those of the group, and what the officer sees."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from grants.models import Application, Scheme, SupportPage
from grants.support import actions
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.neighbours import SAID, WORRY, speak
from web.models import Person
from web.sign_in.adopt import HOLDER


def queries_of(visitor: Visitor, address: str) -> int:
    """How many queries a page takes once it has been opened before."""
    visitor.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(address).status_code == 200
    return len(asked)


def of_the_group(support_page: SupportPage) -> list[str]:
    """Every address that is the group's alone."""
    names = ("support_overview", "poster", "questionnaire", "open_support", "close_support")
    worry = speak(support_page, **WORRY)
    return [*(reverse(f"grants:{name}", args=[support_page.plan_id]) for name in names), f"/steun/zorg/{worry.pk}/"]


def test_the_neighbours_page_says_what_the_plan_is_and_nobodys_name(support_page: SupportPage, client: Visitor) -> None:
    speak(support_page)
    shown = client.get(support_page.get_absolute_url())
    text = shown.content.decode()
    for said in ("Geveltuinen", "We planten geveltuinen met de hele straat.", "In de Lindestraat, in mei."):
        assert said in text
    assert all(secret not in text for secret in ("Samira", "samira@", "06 00000001", "Joke", "Twaalf huizen"))
    assert (shown["X-Robots-Tag"], shown["Cache-Control"]) == ("noindex", "no-store, private")
    assert "sessionid" not in client.cookies, "who only reads is not marked"


def test_before_the_fields_stands_who_is_responsible_why_how_long_and_your_rights(
    support_page: SupportPage, client: Visitor
) -> None:
    text = client.get(support_page.get_absolute_url()).content.decode()
    told, fields = text.index("Gemeente Waterveen is responsible"), text.index('name="first_name"')
    assert told < text.index("six weeks after the decision") < text.index("what are your rights?") < fields


def test_a_neighbour_speaks_and_a_second_time_hears_that_we_have_them_already(
    support_page: SupportPage, client: Visitor
) -> None:
    first = client.post(support_page.get_absolute_url(), WORRY, follow=True).content.decode()
    assert "Thank you, Joke. The group reads your worry and answers it." in first
    again = client.post(support_page.get_absolute_url(), SAID, follow=True).content.decode()
    assert "Joke, we have you already. What you say now counts." in again
    other = Visitor().post(support_page.get_absolute_url(), SAID | {"first_name": "Ali", "kind": "joins"}, follow=True)
    assert "Thank you, Ali. The group is happy with it." in other.content.decode()
    assert (support_page.counts.joins, support_page.counts.good, support_page.counts.worries) == (1, 1, 0)


def test_what_was_typed_stays_when_something_is_asked_back(support_page: SupportPage, client: Visitor) -> None:
    text = client.post(support_page.get_absolute_url(), WORRY | {"postcode": "12 AB"}).content.decode()
    assert "Write four digits and two letters" in text
    assert all(f'value="{typed}"' in text for typed in ("Joke", "12 AB", "joke@waterveen.example"))
    assert "Waar parkeren wij dan?" in text


def test_one_address_can_speak_often_and_not_for_ever(
    support_page: SupportPage, client: Visitor, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"speak": "2/10m/ip"}
    for name in ("Joke", "Ali"):
        assert client.post(support_page.get_absolute_url(), SAID | {"first_name": name}).status_code == 302
    refused = client.post(support_page.get_absolute_url(), SAID | {"first_name": "Bo"}).content.decode()
    assert "Wait ten minutes" in refused
    assert 'value="Bo"' in refused
    assert support_page.counts.good == 2


def test_a_wrong_address_is_not_found(support_page: SupportPage, client: Visitor) -> None:
    for wrong in ("ACEF-ACEF-ACEF-ACEF", support_page.address[:-1], str(support_page.pk)):
        assert client.get(f"/steun/{wrong}/").status_code == 404


@pytest.mark.parametrize(
    "who", ["neighbour", "helper", "officer", "decider", "treasurer", "fund_admin", "auditor", "outsider"]
)
def test_the_groups_pages_are_not_found_by_anybody_else(
    request: pytest.FixtureRequest, support_page: SupportPage, as_: SignedIn, client: Visitor, who: str
) -> None:
    visitor = as_(request.getfixturevalue(who))
    for address in of_the_group(support_page):
        assert visitor.post(address, {"answer": "x"}).status_code == 404
        assert visitor.get(address).status_code in {404, 405}
        assert client.get(address)["Location"].startswith("/aanmelden/")
    assert support_page.plan.support_page.is_open


def test_the_group_opens_reads_answers_and_closes(application: Application, resident: Person, as_: SignedIn) -> None:
    group, start = as_(resident), reverse("grants:support_overview", args=[application.plan_id])
    assert start in group.get(application.get_absolute_url()).content.decode()
    assert "You have no page yet" in group.get(start).content.decode()
    assert group.get(reverse("grants:poster", args=[application.plan_id])).status_code == 404
    opened = group.post(reverse("grants:open_support", args=[application.plan_id]), follow=True).content.decode()
    support_page = SupportPage.objects.get()
    assert f"http://testserver{support_page.get_absolute_url()}" in opened
    worry = speak(support_page, **WORRY)
    speak(support_page, first_name="Ali", reach="06 12 34 56 78")
    text = group.get(start).content.decode()
    assert all(said in text for said in ("Joke", "1234 AB", "joke@waterveen", "parkeren", "Ali", "06 12 34 56 78"))
    assert "1 worry waits for your answer." in text
    assert "Ali" not in group.get(f"{start}?lijst=zorgen").content.decode()
    answer = reverse("grants:answer_worry", args=[worry.pk])
    assert "Fill this in." in group.post(answer, {"answer": " "}).content.decode()
    assert "gets your answer by mail" in group.get(answer).content.decode()
    assert "Answered." in group.post(answer, {"answer": "Er blijft plek."}, follow=True).content.decode()
    assert "Samira Lindeboom answered:" in group.get(start).content.decode()
    closed = group.post(reverse("grants:close_support", args=[application.plan_id]), follow=True).content.decode()
    assert "Your page is closed" in closed
    assert "answered a neighbour’s worry" in group.get(application.get_absolute_url()).content.decode()


def test_a_draft_without_an_account_has_a_page_too(scheme: Scheme, client: Visitor) -> None:
    holder = make.person()
    draft = make.draft(scheme, holder)
    session = client.session
    session[HOLDER] = holder.pk
    session.save()
    client.post(reverse("grants:open_support", args=[draft.plan_id]))
    assert SupportPage.objects.get().is_open
    assert client.get(reverse("grants:support_overview", args=[draft.plan_id])).status_code == 200


def test_the_officer_sees_counts_and_worries_without_names(
    support_page: SupportPage, resident: Person, officer: Person, as_: SignedIn
) -> None:
    application = Application.objects.get()
    address = reverse("grants:application", args=[application.pk])
    worry = speak(support_page, **WORRY)
    speak(support_page, first_name="Ali", kind="joins", message="Ik heb een schep.")
    text = " ".join(as_(officer).get(address).content.decode().split())
    assert "<dt>Join</dt><dd>1</dd>" in text
    assert "<dt>Have a worry</dt><dd>1 · 0 answered</dd>" in text
    assert "Waar parkeren wij dan?" in text
    assert "Not answered yet." in text
    assert all(secret not in text for secret in ("Joke", "joke@", "1234 AB ·", "Ali", "schep"))
    actions.answer_worry(worry, answer="Er blijft plek.", by=resident)
    for shown in (address, reverse("grants:judge", args=[application.pk])):
        assert "Er blijft plek." in as_(officer).get(shown).content.decode()


def test_a_scheme_that_weighs_support_says_how_to_ask_for_it(scheme: Scheme, client: Visitor) -> None:
    said = "with a page and a poster of your own"
    assert said not in client.get(scheme.get_absolute_url()).content.decode()
    with make.changing(scheme) as edition:
        make.criterion(edition, weighs_support=True)
    assert said in client.get(scheme.get_absolute_url()).content.decode()
    assert Scheme.objects.get().edition.weighs_support


def test_the_pages_take_as_many_queries_for_many_as_for_few(
    support_page: SupportPage, resident: Person, officer: Person, as_: SignedIn, client: Visitor
) -> None:
    group, reader = as_(resident), as_(officer)
    theirs = reverse("grants:support_overview", args=[support_page.plan_id])
    application = reverse("grants:application", args=[Application.objects.get().pk])

    def asked() -> tuple[int, int, int]:
        return (
            queries_of(client, support_page.get_absolute_url()),
            queries_of(group, theirs),
            queries_of(reader, application),
        )

    def some_speak(first: int, last: int) -> None:
        for number in range(first, last):
            worry = speak(support_page, device=str(number), **WORRY)
            actions.answer_worry(worry, answer="Er blijft plek.", by=resident)

    some_speak(0, 2)
    few = asked()
    some_speak(2, 30)
    assert asked() == few
    # neighbours: the page with its plan; its funder; the counts; the answered worries
    assert few[0] == 4
    # the group: who they are (3); the plan with its page; its funder; what was said; the counts
    assert few[1] == 7
    for visitor, address in ((group, theirs), (client, support_page.get_absolute_url())):
        shown = visitor.get(address).content.decode()
        after = re.search(r"\?after=\d+", shown)
        assert after
        assert shown.count("parkeren") == 20
        assert visitor.get(address + after[0]).content.decode().count("parkeren") == 10
