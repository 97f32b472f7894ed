"""Asking: the form on a phone without an account, the code, sending, withdrawing."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pypdf import PdfReader

from grants.ask import actions
from grants.models import Application, BudgetLine, Letter, Member, Plan, Scheme
from grants.write import actions as write
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.typed import CONTACT, answers, plan_as_typed
from web import clock
from web.amounts import euro
from web.clock import today
from web.models import Code, Deed, Mail, Person, User

Status = Application.Status


def the_draft() -> Application:
    return Application.objects.get(status=Status.DRAFT)


def keep(client: Visitor, scheme: Scheme, **typed: Any) -> Application:
    """Type a plan without an account and keep it for later."""
    response = client.post(reverse("grants:ask", args=[scheme.slug]), plan_as_typed(**typed) | {"save": "1"})
    assert response.status_code == 302, response.context["form"].errors
    return Application.objects.latest("pk")


def code_in_the_mail(address: str) -> str:
    text = Mail.objects.filter(address=address).latest("pk").text
    found = re.search(r"\b[ACEFHJKQRWXY3479]{3} ?[ACEFHJKQRWXY3479]{3}\b", text)
    assert found, text
    return found[0]


# Keeping a draft


def test_a_draft_is_kept_without_an_account(client: Visitor, scheme: Scheme) -> None:
    draft = keep(client, scheme, asked="450", what="Geveltuinen in de hele straat", title="")
    assert draft.asked == euro(450)
    assert draft.plan.title == "Geveltuinen in de hele straat"
    assert draft.plan.first_contact.name == ""
    page = client.get(draft.form_url)
    assert draft.plan.code in page.text
    assert "Geveltuinen in de hele straat" in page.text


def test_keeping_a_draft_asks_nothing_to_be_complete(client: Visitor, scheme: Scheme) -> None:
    draft = keep(client, scheme, asked="", what="", where_when="")
    assert draft.asked is None
    assert draft.status == Status.DRAFT


def test_saving_a_draft_leaves_no_deed(client: Visitor, scheme: Scheme) -> None:
    keep(client, scheme)
    assert not Deed.objects.exists()


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("450", "450"),
        ("450,-", "450"),
        ("€ 450", "450"),
        ("1.250,50", "1250.50"),
        ("1250.50", "1250.50"),
        ("1.250", "1250"),
        ("€ 1 250", "1250"),
    ],
)
def test_amounts_are_read_as_dutch_people_type_them(client: Visitor, scheme: Scheme, typed: str, amount: str) -> None:
    draft = keep(client, scheme, asked=typed, costs=[("Hout", typed)])
    assert draft.asked == euro(amount)
    assert [line.amount for line in draft.plan.lines.all()] == [euro(amount)]


def test_an_amount_that_can_be_read_in_two_ways_is_asked_back_and_nothing_is_lost(
    client: Visitor, scheme: Scheme
) -> None:
    typed = plan_as_typed(asked="1.25", what="Een lange tafel", costs=[("Tafels", "12,5O")])
    page = client.post(reverse("grants:ask", args=[scheme.slug]), typed | {"send": "1"})
    assert page.status_code == 200
    assert "Do you mean 1 euro and 25 cents" in page.text
    for text in ("1.25", "Een lange tafel", "Tafels", "12,5O"):
        assert text in page.text
    assert not Application.objects.exists()


def test_a_line_with_half_of_it_is_asked_back(client: Visitor, scheme: Scheme) -> None:
    typed = plan_as_typed(costs=[("Tafels", ""), ("", "40")])
    page = client.post(reverse("grants:ask", args=[scheme.slug]), typed)
    assert "Write about how much this costs" in page.text
    assert "Write what this amount is for" in page.text


def test_what_was_typed_for_the_long_form_stays_when_the_amount_gets_small(client: Visitor, scheme: Scheme) -> None:
    draft = keep(client, scheme, asked="900", **answers(title="De tuin", why_good="Het wordt groen."))
    longer = answers(title="De tuin", why_good="Het wordt veel groener.")
    typed = plan_as_typed(asked="400", others=[("De school", "20")]) | longer
    client.post(draft.form_url, typed | {"save": "1"})
    draft.plan.refresh_from_db()
    assert draft.plan.title == "De tuin"
    assert draft.plan.why_good == "Het wordt veel groener."
    page = client.get(draft.form_url)
    for text in ("De tuin", "Het wordt veel groener.", "De school"):
        assert text in page.text
    shown = {name: page.context["form"][name].value() for name in answers()}
    client.post(draft.form_url, plan_as_typed() | shown | {"save": "1"})
    draft.plan.refresh_from_db()
    assert draft.plan.title == "De tuin"


def test_a_plan_without_a_name_is_called_by_its_first_words_as_they_are_now(client: Visitor, scheme: Scheme) -> None:
    draft = keep(client, scheme, what="Een lange tafel " * 9)
    assert draft.plan.title.startswith("Een lange tafel")
    assert draft.plan.title.endswith("…")
    assert len(draft.plan.title) <= 61
    assert "title" not in client.get(draft.form_url).context["form"].fields
    client.post(draft.form_url, plan_as_typed(what="Een korte tafel"))
    assert Plan.objects.get().title == "Een korte tafel"


def test_saving_twice_keeps_the_lines_in_order_and_once(client: Visitor, scheme: Scheme) -> None:
    draft = keep(client, scheme, costs=[("Hout", "100"), ("Verf", "50")])
    client.post(draft.form_url, plan_as_typed(costs=[("Verf", "60"), ("Hout", "100"), ("Lijm", "5")]))
    lines = list(draft.plan.lines.values_list("what", "amount"))
    assert [(what, str(amount)) for what, amount in lines] == [("Verf", "60.00"), ("Hout", "100.00"), ("Lijm", "5.00")]


def test_the_short_form_asks_little_and_the_long_form_eight(client: Visitor, scheme: Scheme) -> None:
    address = reverse("grants:ask", args=[scheme.slug])
    little, much = client.get(f"{address}?bedrag=450"), client.get(f"{address}?bedrag=2.500")
    assert set(little.context["form"].fields) == {"asked", "what", "who_joins", "where_when"}
    assert set(much.context["form"].fields) >= {"why_good", "own_input", "neighbours", "permission"}


def test_nobody_else_sees_a_draft(client: Visitor, scheme: Scheme, as_: SignedIn, officer: Person) -> None:
    draft = keep(client, scheme)
    for visitor in (Visitor(), as_(officer)):
        for name in ("edit", "send", "confirm", "paper"):
            assert visitor.get(reverse(f"grants:{name}", args=[draft.pk])).status_code == 404


def test_somebody_elses_draft_cannot_be_saved(scheme: Scheme, resident: Person, neighbour: Person) -> None:
    draft = make.draft(scheme, resident)
    with pytest.raises(PermissionDenied, match="Only the group"):
        write.save_draft(draft, asked=euro(1), costs=(), others=(), by=neighbour)


def test_what_was_sent_cannot_be_saved_any_more(application: Application, resident: Person) -> None:
    with pytest.raises(ValidationError, match="has been sent"):
        write.save_draft(application, asked=euro(9_999), costs=(), others=(), what="Iets anders", by=resident)
    application.refresh_from_db()
    assert application.asked == euro(450)
    assert application.plan.lines.count() == 1


def test_a_draft_open_in_two_tabs_is_not_changed_after_sending(client: Visitor, scheme: Scheme) -> None:
    draft = keep(client, scheme)
    actions.submit(draft, by=draft.plan.first_contact)
    too_late = client.post(draft.form_url, plan_as_typed(asked="9.999", what="Nog een bank erbij."))
    assert too_late.status_code == 409
    assert "Nog een bank erbij." in too_late.text
    draft.refresh_from_db()
    assert draft.asked == euro(450)


# Going on with a draft


def test_its_code_finds_a_draft_on_another_device(client: Visitor, scheme: Scheme) -> None:
    draft = keep(client, scheme)
    elsewhere = Visitor()
    response = elsewhere.post(reverse("grants:go_on"), {"code": draft.plan.code.lower()})
    assert response["Location"] == draft.form_url
    assert elsewhere.get(draft.form_url).status_code == 200


@pytest.mark.parametrize("code", ["", "1", "-", "x-ACEFH-JKQRW", "99999999-ACEFH-JKQRW", "²-ACEFH-JKQRW", "1" * 30])
def test_a_wrong_code_opens_nothing(client: Visitor, scheme: Scheme, code: str) -> None:
    draft = keep(client, scheme)
    elsewhere = Visitor()
    assert elsewhere.post(reverse("grants:go_on"), {"code": code}).status_code == 200
    assert elsewhere.post(reverse("grants:go_on"), {"code": f"{draft.pk}-ACEFH-JKQRW"}).status_code == 200
    assert elsewhere.get(draft.form_url).status_code == 404


def test_the_code_dies_when_the_plan_is_sent(client: Visitor, scheme: Scheme) -> None:
    draft = keep(client, scheme)
    code = draft.plan.code
    actions.submit(draft, by=draft.plan.first_contact)
    assert not Plan.objects.get(pk=draft.plan_id).is_opened_by(code)
    assert Visitor().post(reverse("grants:go_on"), {"code": code}).status_code == 200


def test_leaving_a_device_forgets_the_draft_there(client: Visitor, scheme: Scheme) -> None:
    draft = keep(client, scheme)
    client.post(reverse("grants:leave"))
    assert client.get(draft.form_url).status_code == 404
    assert Application.objects.filter(pk=draft.pk).exists()


# Sending with a code


def sent_to_the_code(client: Visitor, scheme: Scheme, **contact: str) -> Application:
    draft = keep(client, scheme)
    response = client.post(reverse("grants:send", args=[draft.pk]), CONTACT | contact)
    assert response["Location"] == reverse("grants:confirm", args=[draft.pk])
    return draft


def test_the_code_from_the_mail_sends_the_plan_and_signs_in(client: Visitor, scheme: Scheme) -> None:
    draft = sent_to_the_code(client, scheme)
    code = code_in_the_mail("noor@waterveen.example")
    response = client.post(reverse("grants:confirm", args=[draft.pk]), {"code": f" {code.lower()} "})
    assert response["Location"] == reverse("grants:track", args=[draft.pk])
    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED
    assert draft.received_on == today()
    assert draft.duties is not None
    assert draft.duties.questions == 4
    noor = User.objects.get(email="noor@waterveen.example").person
    assert draft.plan.first_contact == noor
    assert (noor.name, noor.postcode, noor.house_number, noor.phone) == ("Noor Narcis", "1234 AB", "5", "06 1")
    assert client.get(response["Location"]).status_code == 200
    verbs = Deed.objects.on_thread(draft.plan_id).values_list("verb", flat=True)
    assert list(verbs) == ["ask_for_code", "submit", "confirm_address"]


def test_the_received_letter_has_number_dates_and_a_copy(client: Visitor, scheme: Scheme) -> None:
    draft = sent_to_the_code(client, scheme)
    client.post(reverse("grants:confirm", args=[draft.pk]), {"code": code_in_the_mail("noor@waterveen.example")})
    letter = Letter.objects.get(application=draft)
    assert draft.number in letter.text
    assert "We planten geveltuinen" in letter.text
    mail = Mail.objects.get(subject=letter.subject)
    assert mail.reply_to == scheme.reply_to
    assert bytes(mail.attachment or b"") == bytes(letter.pdf)


def test_five_wrong_codes_shut_the_right_one_out(client: Visitor, scheme: Scheme) -> None:
    draft = sent_to_the_code(client, scheme)
    right = code_in_the_mail("noor@waterveen.example")
    address = reverse("grants:confirm", args=[draft.pk])
    for _try in range(Code.TRIES):
        assert "This code isn" in client.post(address, {"code": "AAA AAA"}).text
    assert client.post(address, {"code": right}).status_code == 200
    assert the_draft() == draft
    client.post(reverse("grants:send", args=[draft.pk]), CONTACT)  # asking anew gives another one
    client.post(address, {"code": code_in_the_mail("noor@waterveen.example")})
    assert Application.objects.get(pk=draft.pk).status == Status.SUBMITTED


def test_a_code_is_too_old_after_half_an_hour(client: Visitor, scheme: Scheme) -> None:
    draft = sent_to_the_code(client, scheme)
    Code.objects.update(made_at=clock.now() - timedelta(minutes=31))
    code = code_in_the_mail("noor@waterveen.example")
    assert client.post(reverse("grants:confirm", args=[draft.pk]), {"code": code}).status_code == 200
    assert the_draft() == draft


def test_asking_again_keeps_the_first_code_valid(client: Visitor, scheme: Scheme) -> None:
    draft = sent_to_the_code(client, scheme)
    first = code_in_the_mail("noor@waterveen.example")
    client.post(reverse("grants:send", args=[draft.pk]), CONTACT)
    client.post(reverse("grants:confirm", args=[draft.pk]), {"code": first})
    assert Application.objects.get(pk=draft.pk).status == Status.SUBMITTED


def test_a_known_resident_gets_the_plan_with_what_was_typed_now(client: Visitor, scheme: Scheme) -> None:
    known = make.person("Noor", email="noor@waterveen.example", postcode="9999 ZZ")
    make.user(known)
    draft = sent_to_the_code(client, scheme, reached_by="post")
    client.post(reverse("grants:confirm", args=[draft.pk]), {"code": code_in_the_mail("noor@waterveen.example")})
    known.refresh_from_db()
    assert User.objects.count() == 1
    assert Member.objects.get(plan=draft.plan).person == known
    assert (known.reached_by, known.postcode) == ("post", "1234 AB")


def test_whoever_has_a_seat_is_not_signed_in_by_a_code(client: Visitor, scheme: Scheme, officer: Person) -> None:
    make.user(officer)
    draft = sent_to_the_code(client, scheme, email=officer.email)
    client.post(reverse("grants:confirm", args=[draft.pk]), {"code": code_in_the_mail(officer.email)})
    assert Application.objects.get(pk=draft.pk).status == Status.SUBMITTED
    assert client.get(reverse("grants:inbox")).status_code == 302


def test_a_signed_in_resident_sends_at_once(as_: SignedIn, scheme: Scheme, resident: Person) -> None:
    visitor = as_(resident)
    draft = keep(visitor, scheme)
    contact = {name: value for name, value in CONTACT.items() if name != "email"}
    response = visitor.post(reverse("grants:send", args=[draft.pk]), contact)
    assert response["Location"] == reverse("grants:track", args=[draft.pk])
    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED
    assert draft.plan.first_contact == resident


# What must be there


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [(None, "Write how much money"), (49, "from €.+50 here"), (10_001, "at most €.+10.000 here")],
)
def test_amounts_outside_the_scheme_are_refused(
    scheme: Scheme, resident: Person, asked: int | None, sentence: str
) -> None:
    draft = make.draft(scheme, resident, asked=asked)
    with pytest.raises(ValidationError, match=sentence):
        actions.submit(draft, by=resident)


def test_a_closed_scheme_takes_no_plan(scheme: Scheme, resident: Person) -> None:
    make.changed(scheme, closes_on=today() - timedelta(days=1))
    draft = make.draft(scheme, resident)
    with pytest.raises(ValidationError, match="Buurtpot is closed"):
        actions.submit(draft, by=resident)


def test_every_missing_answer_gets_its_sentence_at_once(scheme: Scheme, resident: Person) -> None:
    draft = make.draft(scheme, resident, asked=900, answers={})
    BudgetLine.objects.all().delete()
    with pytest.raises(ValidationError) as refusal:
        actions.submit(draft, by=resident)
    assert len(refusal.value.messages) == 8


def test_check_and_send_says_at_each_field_what_is_missing(client: Visitor, scheme: Scheme) -> None:
    typed = plan_as_typed(asked="900", what="Een tuin", where_when="")
    response = client.post(reverse("grants:ask", args=[scheme.slug]), typed | {"send": "1"}, follow=True)
    assert "Write where and when it is." in response.text
    assert "Write why this is good for the neighbourhood." in response.text
    assert "Een tuin" in response.text


def test_the_duties_are_frozen_when_the_track_changes_later(scheme: Scheme, resident: Person) -> None:
    draft = make.draft(scheme, resident)
    actions.submit(draft, by=resident)
    with make.changing(scheme) as edition:
        edition.tracks.update(answer_within=99)
    again = Application.objects.get(pk=draft.pk)
    assert again.duties is not None
    assert again.duties.answer_within == 5
    assert again.answer_by == draft.answer_by


def test_five_thousand_words_can_be_sent_on_one_a4_and_an_annex(client: Visitor, scheme: Scheme) -> None:
    words = " ".join(f"woord{number}" for number in range(5_000))
    draft = keep(client, scheme, what=words)
    client.post(reverse("grants:send", args=[draft.pk]), CONTACT)
    client.post(reverse("grants:confirm", args=[draft.pk]), {"code": code_in_the_mail("noor@waterveen.example")})
    assert Application.objects.get(pk=draft.pk).status == Status.SUBMITTED
    paper = client.get(reverse("grants:paper", args=[draft.pk]))
    assert paper["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(paper.content)).pages
    assert "woord0 " in pages[0].extract_text().replace("\n", " ")
    assert "woord4999" in pages[-1].extract_text()


def test_the_form_survives_hostile_text(client: Visitor, scheme: Scheme) -> None:
    draft = keep(client, scheme, what="<script>alert(1)</script> {% now %} {{ 7 }} %s", where_when="☃ 🌻 ≤")
    page = client.get(draft.form_url)
    assert "<script>alert(1)" not in page.text
    assert client.get(reverse("grants:paper", args=[draft.pk])).status_code == 200


def test_only_the_first_contact_sends(scheme: Scheme, resident: Person, neighbour: Person) -> None:
    draft = make.draft(scheme, resident, neighbour)
    with pytest.raises(PermissionDenied, match="first contact"):
        actions.submit(draft, by=neighbour)
