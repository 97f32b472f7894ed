"""Erasing somebody: their name, words and bank account go everywhere; deeds, decisions and every euro stay."""

from collections.abc import Iterator
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from grants.ask.actions import complete
from grants.enquire.actions import answer_enquiry
from grants.erase.actions import erase_person
from grants.join.actions import accept_invitation, invite, leave_group
from grants.models import (
    Application,
    Completion,
    Confirmation,
    Grant,
    Invitation,
    Member,
    Partner,
    Plan,
    Reaction,
    Scheme,
    StoryPhoto,
    Support,
    SupportPage,
)
from grants.objection.actions import react
from grants.report.actions import close, tell_story
from grants.share.actions import add_partner
from grants.write.actions import save_draft
from ledger.models import Account, Expense, KnownNumber, Payee, Posting
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.test_ask import code_in_the_mail, keep
from tests.grants.typed import CONTACT
from web import guards
from web.amounts import euro
from web.clock import today
from web.models import Code, Deed, Mail, Person, Seat, User, record

IBAN = "NL91ABNA0417164300"
TELLING = ("narcis", "noor@waterveen.example", "06 98765432", "1234 ab", IBAN.lower(), "geheim")


def every_text() -> Iterator[tuple[str, str]]:
    """Every value of every row of every table that can hold text, as (table.column, text)."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, bytes | memoryview):
                        yield f"{table}.{column}", bytes(value).decode("latin-1").lower()
                    elif isinstance(value, str | list | dict):
                        yield f"{table}.{column}", str(value).lower()


def where_it_still_says(*words: str) -> set[str]:
    return {place for place, text in every_text() if any(word in text for word in words)}


def speak_of_noor(plan: Plan) -> None:
    """A partner and a neighbour, who both name her, and her answer."""
    Partner.objects.create(plan=plan, organisation="Club Narcis", kind="club", brings="Geheim", contact=make.person())
    page = SupportPage.objects.create(plan=plan)
    Support.objects.create(
        page=page, neighbour=make.person(), kind="worry", message="Noor Narcis is laat op.", answer="Geheim!"
    )


@pytest.fixture
def story(client: Visitor, scheme: Scheme, officer: Person, treasurer: Person) -> Application:
    """Noor's whole road, alone: asked without an account, paid, spent, told, closed. “Geheim” is in every text."""
    draft = keep(client, scheme, what="Het geheim van Noor Narcis", where_when="Bij Narcis thuis", asked="450")
    make.line(draft.plan, "Iets geheims")
    speak_of_noor(draft.plan)
    client.post(reverse("grants:send", args=[draft.pk]), CONTACT | {"phone": "06 98765432"})
    client.post(reverse("grants:confirm", args=[draft.pk]), {"code": code_in_the_mail("noor@waterveen.example")})
    application = Application.objects.get(pk=draft.pk)
    noor = application.plan.first_contact
    make.returned(application, by=officer)
    Completion.objects.update(explanation="Noor Narcis, wat is het geheim?", reason="Geheim", told="Geheim van Noor")
    save_draft(application, by=noor, what="Het geheim van Noor Narcis is een tuin")
    complete(Application.objects.get(), by=noor)
    application = Application.objects.get()
    enquiry = make.asked(application, "Wat is het geheim van Noor Narcis?", by=officer)
    answer_enquiry(enquiry, answer="Geheim!", by=noor)
    application = Application.objects.get()
    about = {"name": "Noor N.", "statement": "Noor Narcis las het zelf: geheim."}
    signed = ContentFile(b"handtekening van Noor Narcis", name="noor.jpg")
    Confirmation.objects.create(
        application=application, how="paper", by=make.person("Hanneke"), on_behalf_of=noor, picture=signed, **about
    )
    grant = make.grant(application, by=officer, amount=400)
    react(Application.objects.get(), kind="objection", text="Noor Narcis wil het geheim.", by=noor)
    Reaction.objects.update(reason="Geheim")
    payee = Payee.take_down(grant.commitment, kind="me", name="N. Narcis", iban=IBAN, bank="ABN", by=noor)
    Payee.objects.filter(pk=payee.pk).update(call_note="Noor Narcis gebeld op 06 98765432")
    payment = grant.commitment.payments.get()
    payment.put_on_its_way(by=treasurer)
    payment.confirm(on=today(), by=treasurer)
    purse = Plan.objects.get().purse
    assert purse is not None
    photo = ContentFile(b"bon van Noor Narcis", name="x.jpg")
    application.extra_answers.create(key=uuid4(), text="Het geheim van Noor Narcis")
    Expense.book(purse, key=uuid4(), direction="out", cents=100, on=today(), what="Geheim boodschapje", photo=photo)
    purse.hand_in()
    application = Application.objects.get()
    picture = ContentFile(b"tuin", name="tuin.jpg")
    tell_story(application, worked="yes", best="Het geheim kwam uit.", photo=picture, by=noor)
    close(application, by=officer)
    record(noor, "stop", application, reason="Geheim")
    record(officer, "judge", application, strong="Noor Narcis kan dit.")
    Code.make(noor, purpose="x", address=noor.email)
    return application


@pytest.fixture
def left(story: Application) -> Person:
    """Cas Cipres joined with an invitation and left again; Anna was asked and never came; a school spoke for itself."""
    plan = story.plan
    invite(plan, email="anna@waterveen.example", by=plan.first_contact)
    invite(plan, by=plan.first_contact)
    member = accept_invitation(Invitation.objects.latest("pk"), by=Person(), name="Cas Cipres", phone="06 2")
    leave_group(member, by=member.person)
    part: dict[str, Any] = {
        "organisation": "Basisschool Cipres",
        "kind": "school",
        "brings": "Cipressen",
        "amount": None,
    }
    add_partner(plan, **part, email="juf@cipres.example", by=plan.first_contact)
    return member.person


@pytest.fixture
def noor(story: Application) -> Person:
    return story.plan.first_contact


def test_somebody_is_erased_everywhere_with_all_guards_on(noor: Person, client: Visitor) -> None:
    user = User.objects.get(person=noor)
    boss = make.user(make.person("Yusuf"), is_staff=True)
    LogEntry.objects.log_actions(boss.pk, User.objects.filter(pk=user.pk), CHANGE, change_message="Noor Narcis")
    assert where_it_still_says(*TELLING) >= {
        "web_person.name",
        "ledger_payee.iban",
        "ledger_knownnumber.phone",
        "grants_plan.what",
    }
    erase_person(noor, by=Person.system())
    assert guards.missing() == []
    assert where_it_still_says(*TELLING) == set()
    assert client.get(reverse("grants:my_plans")).status_code == 302, "signed out"


def test_whoever_came_and_left_is_erased_with_the_plan(left: Person, noor: Person) -> None:
    words = ("cipres", "anna@waterveen.example", "juf@cipres.example")
    assert where_it_still_says(*words) >= {"web_person.name", "web_person.email", "grants_partner.organisation"}
    erase_person(noor, by=Person.system())
    assert where_it_still_says(*words) == set()
    assert not Invitation.objects.exists()


def test_a_number_to_call_back_on_goes_with_its_person(granted: Application, neighbour: Person) -> None:
    Person.objects.filter(pk=neighbour.pk).update(phone="06 98765432")
    neighbour.refresh_from_db()
    known = KnownNumber.objects.create(commitment=granted.grant.commitment, person=neighbour, phone=neighbour.phone)
    erase_person(neighbour, by=Person.system())
    known.refresh_from_db()
    assert known.phone == ""
    assert KnownNumber.objects.exclude(phone="").exists(), "the others of the group are still known"


def test_a_number_to_call_back_on_goes_with_who_leaves(granted: Application, neighbour: Person) -> None:
    member = Member.objects.create(plan=granted.plan, person=neighbour)
    KnownNumber.objects.create(commitment=granted.grant.commitment, person=neighbour, phone="06 98765432")
    leave_group(member, by=Person.objects.get(pk=neighbour.pk))
    assert not KnownNumber.objects.filter(phone="06 98765432").exists()


def test_the_books_and_the_deeds_stay_as_they_were(noor: Person) -> None:
    def books() -> list[Any]:
        return [
            list(Account.objects.order_by("pk").values_list("kind", "balance")),
            list(Posting.objects.order_by("pk").values_list("pk", "kind", "by")),
            list(Deed.objects.exclude(verb="erase").order_by("pk").values_list("pk", "verb", "by", "at")),
            Grant.objects.get().commitment.given,
        ]

    before = books()
    erase_person(noor, by=Person.system())
    assert books() == before
    assert Deed.objects.get(verb="erase").thing_id == str(noor.pk)


def test_its_pages_still_open_for_the_officer(as_: SignedIn, noor: Person, story: Application, officer: Person) -> None:
    erase_person(noor, by=Person.system())
    page = as_(officer).get(reverse("grants:application", args=[story.pk]))
    assert page.status_code == 200
    assert "someone without a name" in page.text
    assert as_(officer).get(reverse("grants:inbox") + "?lijst=all").status_code == 200


def test_files_go_once_it_is_certain(noor: Person, django_capture_on_commit_callbacks: Any) -> None:
    receipt = Expense.objects.exclude(photo="").get().photo
    assert receipt.storage.exists(str(receipt.name))
    with django_capture_on_commit_callbacks(execute=False):
        erase_person(noor, by=Person.system())
    assert receipt.storage.exists(str(receipt.name))


def test_files_are_removed(noor: Person, django_capture_on_commit_callbacks: Any) -> None:
    receipt, photo = Expense.objects.exclude(photo="").get().photo, StoryPhoto.objects.get().picture
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(noor, by=Person.system())
    assert not receipt.storage.exists(str(receipt.name))
    assert not photo.storage.exists(str(photo.name))


def test_words_of_a_group_stay_while_somebody_of_it_is_known(
    scheme: Scheme, resident: Person, neighbour: Person, officer: Person
) -> None:
    application = make.application(scheme, resident, neighbour, answers={"what": "Van ons samen"})
    erase_person(neighbour, by=Person.system())
    assert Plan.objects.get().what == "Van ons samen"
    Application.objects.filter(pk=application.pk).update(status="withdrawn")
    erase_person(resident, by=Person.system())
    assert Plan.objects.get().what == ""


def test_a_running_plan_is_ended_first(application: Application, resident: Person) -> None:
    with pytest.raises(ValidationError, match="still running"):
        erase_person(resident, by=Person.system())
    resident.refresh_from_db()
    assert resident.name


def test_money_on_its_way_waits(scheme: Scheme, resident: Person, neighbour: Person, officer: Person) -> None:
    grant = make.grant(make.application(scheme, resident, neighbour), by=officer)
    Payee.take_down(grant.commitment, kind="me", name="B", iban=IBAN, bank="", by=neighbour)
    with pytest.raises(ValidationError, match="still to be paid"):
        erase_person(neighbour, by=Person.system())


def test_whoever_works_here_leaves_first(officer: Person) -> None:
    with pytest.raises(ValidationError, match="End the seat first"):
        erase_person(officer, by=Person.system())
    Seat.objects.update(starts_on="2020-01-01", ends_on="2020-12-31")
    erase_person(officer, by=Person.system())
    officer.refresh_from_db()
    assert officer.name == ""


@pytest.mark.django_db
def test_the_system_is_never_erased() -> None:
    with pytest.raises(ValidationError, match="nobody"):
        erase_person(Person.system(), by=Person.system())


def test_nobody_erases_but_whoever_runs_the_house(resident: Person, officer: Person, fund_admin: Person) -> None:
    for person in (resident, officer, fund_admin):
        with pytest.raises(PermissionDenied, match="runs this installation"):
            erase_person(resident, by=person)


def test_the_command_only_counts_until_it_is_told_really(noor: Person) -> None:
    printed = StringIO()
    call_command("erase", noor.pk, stdout=printed)
    assert "would be erased" in printed.getvalue()
    assert "Add --really" in printed.getvalue()
    assert where_it_still_says(*TELLING)
    assert not Deed.objects.filter(verb="erase").exists()
    call_command("erase", noor.pk, "--really", stdout=printed)
    assert "is erased" in printed.getvalue()
    assert where_it_still_says(*TELLING) == set()


def test_the_command_says_why_not(application: Application, resident: Person) -> None:
    with pytest.raises(CommandError, match="still running"):
        call_command("erase", resident.pk, "--really")
    with pytest.raises(CommandError, match="no person 999"):
        call_command("erase", 999)


def test_erasing_twice_does_no_harm(noor: Person) -> None:
    erase_person(noor, by=Person.system())
    erase_person(noor, by=Person.system())
    assert User.objects.filter(email__endswith="@erased.invalid").count() == 1
    assert not Mail.objects.filter(to=noor).exists()
    assert euro(400) == Grant.objects.get().commitment.given
