"""Which mails somebody gets: letters always, the rest as they chose; each event times each choice."""

from collections.abc import Iterator

import pytest
from django.test.signals import template_rendered

from grants.models import Application, Grant, Letter
from grants.models.telling import LIGHTER
from grants.papers.post import send_letter
from ledger.pay import actions as pay
from tests.conftest import SignedIn
from tests.grants.letter_town import Town
from tests.grants.test_letters import EVENTS, town  # noqa: F401  # the fixture
from tests.grants.test_reach import DETAILS
from web.models import Mail, Person

# What isn't here is a letter, and comes whatever somebody chose.
SENT = {
    "join/joined": {"all"},
    "post/group_letter": {"all"},
    "review/taken_up": {"all"},
    "report/closed": {"all", "news"},
    "support/worry": {"all", "news"},
}
ONCE = sorted({event.split(":")[0]: event for event in EVENTS}.items())


@pytest.fixture
def rendered() -> Iterator[list[str]]:
    """The letters' templates that were filled in."""
    seen: list[str] = []

    def note(template: object, **_more: object) -> None:
        seen.append(str(getattr(template, "name", "")))

    template_rendered.connect(note)
    yield seen
    template_rendered.disconnect(note)


def was_sent(event: str, rendered: list[str]) -> bool:
    """A letter says itself how it went; of a mail alone there is a row, for as many as were written."""
    kept = Letter.objects.filter(event=event)
    if kept.exists():
        return any(letter.mail_id or letter.by_post for letter in kept)
    return f"letters/{event}.nl.txt" in rendered and Mail.objects.exists()


@pytest.mark.parametrize("setting", Person.WantsMails.values)
@pytest.mark.parametrize(("event", "example"), ONCE, ids=[event for event, _example in ONCE])
@pytest.mark.parametrize("town", ["awb-nl"], indirect=True)
def test_letters_always_come_and_the_rest_as_somebody_chose(
    town: Town,  # noqa: F811
    event: str,
    example: str,
    setting: str,
    rendered: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Person._meta.get_field("wants_mails"), "get_default", lambda: setting)
    monkeypatch.setattr("tests.grants.letters_of_waits.everything", lambda _town: None)
    Person.objects.update(wants_mails=setting)
    town.resident.refresh_from_db()
    EVENTS[example](town)
    assert was_sent(event, rendered) == (setting in SENT.get(event, Person.WantsMails.values))


def test_only_what_has_no_legal_effect_can_be_left_out() -> None:
    """Awb 3:41, 4:5, 4:15, 4:89: nobody adds a decision to this list unnoticed."""
    assert set(LIGHTER) == set(SENT)
    assert not [event for event in LIGHTER if event.startswith(("ask/", "decide/", "enquire/", "pay/", "report/fixed"))]


def test_what_was_not_mailed_still_stands_with_the_plan(as_: SignedIn, grant: Grant, officer: Person) -> None:
    resident = grant.application.plan.first_contact
    assert resident.wants_mails == "news", "the middle, unless somebody chooses"
    Person.objects.filter(pk=resident.pk).update(wants_mails="letters")
    send_letter(grant.application, "report/closed", to=Person.objects.get(pk=resident.pk))
    letter = Letter.objects.get(event="report/closed")
    assert (letter.mail_id, letter.by_post) == (None, False)
    assert letter.subject in as_(resident).get(f"/aanvraag/{grant.application_id}/").text


def test_everybody_chooses_with_their_details(as_: SignedIn, application: Application, resident: Person) -> None:
    page = "/mijn-gegevens/"
    assert "Which mails do you want?" in as_(resident).get(page).text
    as_(resident).post(page, DETAILS | {"reached_by": "mail", "wants_mails": "letters"})
    assert Person.objects.get(pk=resident.pk).wants_mails == "letters"
    refused = as_(resident).post(page, DETAILS | {"reached_by": "mail", "wants_mails": "none"})
    assert refused.status_code == 200
    assert Person.objects.get(pk=resident.pk).wants_mails == "letters"


@pytest.mark.parametrize("reach", [{"reached_by": "post"}, {"reached_by": "phone", "email": ""}])
def test_a_payment_is_told_by_post_to_who_gets_no_mail(
    granted: Application, resident: Person, treasurer: Person, reach: dict[str, str]
) -> None:
    Person.objects.filter(pk=resident.pk).update(**reach)
    commitment = granted.grant.commitment
    iban = "NL91ABNA0417164300"
    pay.give_bank_details(commitment, kind="me", name="S. Lindeboom", iban=iban, bank="ABN AMRO", by=resident)
    pay.put_on_its_way(commitment.payments.get(), by=treasurer)
    letter = Letter.objects.get(event="pay/on_its_way")
    assert (letter.by_post, letter.mail_id, letter.to) == (True, None, resident)
    assert letter in Letter.objects.to_post()
    assert bytes(letter.pdf).startswith(b"%PDF")


def test_a_payment_that_is_mailed_is_no_letter_to_post(
    granted: Application, resident: Person, treasurer: Person
) -> None:
    commitment = granted.grant.commitment
    iban = "NL91ABNA0417164300"
    pay.give_bank_details(commitment, kind="me", name="S. Lindeboom", iban=iban, bank="ABN AMRO", by=resident)
    pay.put_on_its_way(commitment.payments.get(), by=treasurer)
    assert not Letter.objects.filter(event="pay/on_its_way").exists()
    assert "pay" not in {letter.event.split("/")[0] for letter in Letter.objects.to_post()}
