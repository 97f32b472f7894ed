"""A group shares the work: first contact, treasurer, kind of group, partners; and how many the scheme asks."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from grants.ask.actions import submit
from grants.models import Application, Invitation, Letter, Member, Partner, Plan, Scheme
from grants.models.draft import adopt_drafts, erase_old_drafts
from grants.share import actions
from ledger.access import may as may_with_money
from ledger.models import Commitment, Purse
from ledger.pay.actions import give_bank_details
from tests import make
from tests.conftest import SignedIn, Visitor
from web.models import Deed, Mail, Person

pytestmark = pytest.mark.django_db

SCHOOL: dict[str, Any] = {
    "organisation": "Basisschool De Linde",
    "kind": "school",
    "brings": "Het plein.",
    "amount": None,
    "email": "",
}


@pytest.fixture
def plan(application: Application, neighbour: Person) -> Plan:
    """Samira's, with Bram in the group."""
    Member.objects.create(plan=application.plan, person=neighbour)
    return application.plan


def member(plan: Plan, person: Person) -> Member:
    return plan.members.select_related("plan", "person").get(person=person)


# The first contact


def test_both_confirm_a_handover(as_: SignedIn, plan: Plan, resident: Person, neighbour: Person) -> None:
    offer = reverse("grants:offer_handover", args=[plan.pk, member(plan, neighbour).pk])
    assert as_(resident).get(offer).status_code == 200
    as_(resident).post(offer)
    assert plan.first_contact == resident, "nothing changes until the other says yes"
    assert Mail.objects.get().to == neighbour
    answer = reverse("grants:accept_handover", args=[plan.pk])
    assert answer in as_(neighbour).get(reverse("grants:group", args=[plan.pk])).text
    assert as_(neighbour).get(answer).status_code == 200
    as_(neighbour).post(answer, {"yes": "1"})
    assert Plan.objects.get().first_contact == neighbour
    assert set(Letter.objects.filter(event="share/handed_over").values_list("to", flat=True)) == {
        resident.pk,
        neighbour.pk,
    }
    assert set(Deed.objects.filter(verb__contains="handover").values_list("verb", "by")) == {
        ("offer_handover", resident.pk),
        ("accept_handover", neighbour.pk),
    }


def test_saying_no_leaves_all_as_it_was(as_: SignedIn, plan: Plan, resident: Person, neighbour: Person) -> None:
    actions.offer_handover(member(plan, neighbour), by=resident)
    as_(neighbour).post(reverse("grants:accept_handover", args=[plan.pk]), {"no": "1"})
    assert plan.first_contact == resident
    with pytest.raises(PermissionDenied, match="Nobody offers"):
        actions.accept_handover(member(plan, neighbour), by=neighbour)


def test_only_who_was_asked_takes_over(plan: Plan, resident: Person, neighbour: Person) -> None:
    with pytest.raises(PermissionDenied, match="Only the first contact"):
        actions.offer_handover(member(plan, neighbour), by=neighbour)
    with pytest.raises(PermissionDenied, match="Nobody offers"):
        actions.accept_handover(member(plan, neighbour), by=neighbour)
    actions.offer_handover(member(plan, neighbour), by=resident)
    with pytest.raises(PermissionDenied, match="Nobody offers"):
        actions.accept_handover(member(plan, neighbour), by=resident)
    with pytest.raises(ValidationError, match="yourself"):
        actions.offer_handover(member(plan, resident), by=resident)


def test_a_second_handover_at_the_same_moment_is_refused(plan: Plan, resident: Person, neighbour: Person) -> None:
    third = Member.objects.create(plan=plan, person=make.person("Cas"))
    on_another_screen = member(plan, neighbour)
    actions.offer_handover(third, by=resident)
    third.refresh_from_db()
    actions.accept_handover(third, by=third.person)
    assert on_another_screen.become_first_contact() == third.person
    assert plan.members.filter(role=Member.Role.FIRST_CONTACT).count() == 1
    with pytest.raises(ValidationError, match="just changed"):
        on_another_screen.become_first_contact()


def test_the_code_of_a_draft_stays_behind_with_who_hands_over(
    scheme: Scheme, resident: Person, neighbour: Person
) -> None:
    plan = make.draft(scheme, resident, neighbour).plan
    known = plan.code
    actions.offer_handover(member(plan, neighbour), by=resident)
    actions.accept_handover(member(plan, neighbour), by=neighbour)
    assert not Plan.objects.get().is_opened_by(known)


def test_an_officer_hands_over_with_a_note(
    as_: SignedIn, application: Application, plan: Plan, officer: Person, neighbour: Person, resident: Person
) -> None:
    address = reverse("grants:hand_over_with_note", args=[application.pk])
    assert address in as_(officer).get(reverse("grants:application", args=[application.pk])).text
    chosen = {"member": member(plan, neighbour).pk}
    assert as_(officer).post(address, chosen).context["form"].errors.keys() == {"note"}
    as_(officer).post(address, chosen | {"note": "Samira is verhuisd."})
    assert Plan.objects.get().first_contact == neighbour
    assert Deed.objects.get(verb="hand_over_with_note").detail.values["note"] == "Samira is verhuisd."
    letters = Letter.objects.filter(event="share/handed_over")
    assert ["Samira is verhuisd." in letter.text for letter in letters] == [True, True]


def test_other_staff_hand_nothing_over(
    as_: SignedIn, application: Application, plan: Plan, treasurer: Person, outsider: Person, resident: Person
) -> None:
    address = reverse("grants:hand_over_with_note", args=[application.pk])
    assert as_(treasurer).get(address).status_code == 403
    assert as_(outsider).get(address).status_code == 404
    assert as_(resident).get(address).status_code == 404


def test_with_nobody_else_there_is_nobody_to_choose(as_: SignedIn, application: Application, officer: Person) -> None:
    page = as_(officer).get(reverse("grants:hand_over_with_note", args=[application.pk]))
    assert "Nobody else is in this group" in page.text


def test_a_member_of_another_group_is_no_choice(application: Application, officer: Person, scheme: Scheme) -> None:
    other = make.application(scheme, make.person("Elders"))
    with pytest.raises(ValidationError, match="of this group"):
        actions.hand_over_with_note(application, member=other.plan.members.get(), note="x", by=officer)


# The money


def test_bank_details_are_the_first_contacts_and_the_treasurers_alone(
    as_: SignedIn, granted: Application, resident: Person, neighbour: Person
) -> None:
    plan, cas = granted.plan, make.person("Cas")
    Member.objects.create(plan=plan, person=neighbour)
    Member.objects.create(plan=plan, person=cas)
    commitment = Commitment.objects.get()
    assert [may_with_money(each, "give_bank_details", commitment) for each in (resident, neighbour)] == [True, False]
    form = reverse("grants:name_treasurer", args=[plan.pk])
    assert as_(neighbour).get(form).status_code == 403
    assert "Only the first contact" in as_(resident).get(form).text
    as_(resident).post(form, {"member": member(plan, neighbour).pk})
    everybody = (resident, neighbour, cas)
    assert [may_with_money(each, "give_bank_details", commitment) for each in everybody] == [True, True, False]
    purse = Purse.objects.get()
    assert [may_with_money(each, "book_expense", purse) for each in everybody] == [True, True, False]
    bank_details = reverse("ledger:bank_details", args=[commitment.pk])
    assert bank_details in as_(neighbour).get(granted.get_absolute_url()).text
    assert bank_details not in as_(cas).get(granted.get_absolute_url()).text
    as_(resident).post(form, {"member": ""})
    assert [may_with_money(each, "give_bank_details", commitment) for each in everybody] == [True, False, False]
    assert [may_with_money(each, "book_expense", purse) for each in everybody] == [True, True, True]


def test_whoever_joins_a_group_doesnt_pay_it(granted: Application, treasurer: Person, resident: Person) -> None:
    from grants.join.actions import accept_invitation, invite

    commitment = Commitment.objects.get()
    give_bank_details(commitment, kind="me", name="S", iban="NL91ABNA0417164300", bank="", by=resident)
    assert may_with_money(treasurer, "put_on_its_way", commitment.payments.get())
    invite(granted.plan, by=resident)
    accept_invitation(Invitation.objects.get(), by=treasurer)
    assert not may_with_money(treasurer, "put_on_its_way", commitment.payments.get())


def test_a_plain_member_at_the_award_doesnt_pay(
    scheme: Scheme, resident: Person, treasurer: Person, officer: Person
) -> None:
    application = make.application(scheme, resident)
    Member.objects.create(plan=application.plan, person=treasurer)
    commitment = make.grant(application, by=officer).commitment
    give_bank_details(commitment, kind="me", name="S", iban="NL91ABNA0417164300", bank="", by=resident)
    assert not may_with_money(treasurer, "put_on_its_way", commitment.payments.get())


def test_the_treasurer_who_leaves_leaves_the_money(granted: Application, resident: Person, neighbour: Person) -> None:
    from grants.join.actions import leave_group

    plan = granted.plan
    treasurer = Member.objects.create(plan=plan, person=neighbour)
    actions.name_treasurer(plan, member=treasurer, by=resident)
    leave_group(member(plan, neighbour), by=neighbour)
    assert not may_with_money(neighbour, "give_bank_details", Commitment.objects.get())
    assert not may_with_money(neighbour, "book_expense", Purse.objects.get())


def test_the_money_goes_along_with_the_first_contact(granted: Application, resident: Person, neighbour: Person) -> None:
    Member.objects.create(plan=granted.plan, person=neighbour)
    actions.offer_handover(member(granted.plan, neighbour), by=resident)
    actions.accept_handover(member(granted.plan, neighbour), by=neighbour)
    commitment = Commitment.objects.get()
    assert may_with_money(neighbour, "give_bank_details", commitment)
    assert not may_with_money(resident, "give_bank_details", commitment)


def test_the_first_contact_is_not_also_the_treasurer(plan: Plan, resident: Person) -> None:
    with pytest.raises(ValidationError, match="isn't the first contact"):
        actions.name_treasurer(plan, member=member(plan, resident), by=resident)


# What kind of group


def test_a_group_becomes_a_foundation_and_keeps_its_plan(as_: SignedIn, plan: Plan, resident: Person) -> None:
    form = reverse("grants:legal_form", args=[plan.pk])
    assert as_(resident).get(form).status_code == 200
    as_(resident).post(form, {"legal_form": "foundation", "group_name": "Stichting Lindestraat"})
    plan.refresh_from_db()
    assert (plan.legal_form, plan.group_name) == ("foundation", "Stichting Lindestraat")
    assert Deed.objects.on_thread(plan.thread).filter(verb="became_legal_form").count() == 1
    assert plan.applications.count() == 1


# How many people a scheme asks


def test_too_few_people_are_told_so_at_sending(scheme: Scheme, resident: Person, neighbour: Person) -> None:
    make.changed(scheme, members_at_least=2)
    draft = make.draft(scheme, resident)
    assert draft.still_missing()["group"].startswith("You need 2 people")
    with pytest.raises(ValidationError, match="You have 1"):
        submit(draft, by=resident)
    Member.objects.create(plan=draft.plan, person=neighbour)
    assert draft.still_missing() == {}


def test_who_has_sent_the_plan_is_not_counted_again(scheme: Scheme, resident: Person) -> None:
    sent = make.application(scheme, resident)
    make.changed(scheme, members_at_least=2)
    assert "group" not in Application.objects.get(pk=sent.pk).still_missing()


def test_people_at_one_address_count_once(scheme: Scheme, resident: Person, neighbour: Person) -> None:
    make.changed(scheme, members_at_least=2, different_addresses=True)
    draft = make.draft(scheme, resident, neighbour)
    live_at(resident, "1234 AB", "12")
    live_at(neighbour, "1234ab", "12")
    assert "from 2 addresses. You have 1" in draft.still_missing()["group"]
    live_at(neighbour, "1234 AB", "14")
    assert draft.still_missing() == {}
    live_at(resident, "", "")
    assert draft.still_missing() == {}, "the first contact tells theirs last of all"


def live_at(person: Person, postcode: str, house_number: str) -> None:
    Person.objects.filter(pk=person.pk).update(postcode=postcode, house_number=house_number)


def test_a_scheme_that_counts_addresses_says_so_and_asks_them(
    client: Visitor, scheme: Scheme, resident: Person
) -> None:
    from grants.join.actions import invite

    make.changed(scheme, members_at_least=3, different_addresses=True)
    assert "at least 3 people" in client.get(scheme.get_absolute_url(), headers={"accept-language": "en"}).text
    draft = make.draft(scheme, resident)
    address = reverse("grants:join", args=[invite(draft.plan, by=resident).token])
    answer = client.post(address, {"name": "Anna", "phone": "06 2"})
    assert answer.context["form"].errors.keys() == {"postcode", "house_number"}


# Seeing and forgetting


def test_nobody_else_finds_a_group(
    as_: SignedIn, plan: Plan, resident: Person, helper: Person, officer: Person, outsider: Person
) -> None:
    number = plan.members.latest("pk").pk
    actions.add_partner(plan, **SCHOOL, by=resident)
    partner = Partner.objects.get()
    addresses = [
        *(reverse(f"grants:{name}", args=[plan.pk]) for name in ("group", "invite", "leave_group", "accept_handover")),
        *(reverse(f"grants:{name}", args=[plan.pk]) for name in ("name_treasurer", "legal_form", "add_partner")),
        *(reverse(f"grants:{name}", args=[plan.pk, number]) for name in ("remove_member", "offer_handover")),
    ]
    buttons = [
        reverse("grants:take_back", args=[plan.pk, Invitation.objects.get().pk]),
        reverse("grants:paper_code", args=[plan.pk, number]),
        reverse("grants:remove_partner", args=[plan.pk, partner.pk]),
    ]
    for person in (helper, officer, outsider):
        assert {as_(person).get(address).status_code for address in addresses} == {404}
        assert {as_(person).post(address).status_code for address in addresses + buttons} == {404}
    assert {Visitor().get(address).status_code for address in addresses} == {302}
    assert {Visitor().post(address).status_code for address in addresses + buttons} == {302}
    assert plan.members.count() == 2


@pytest.mark.parametrize("more", [0, 5])
def test_the_page_of_a_group_costs_the_same_for_every_size(
    as_: SignedIn, plan: Plan, resident: Person, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(more):
        Member.objects.create(plan=plan, person=make.person())
        actions.add_partner(plan, **SCHOOL, by=resident)
    visitor = as_(resident)
    # session, user, person, seats; plan, members, applications, schemes, funders; invitations, partners;
    # three questions of the access table
    with django_assert_num_queries(QUERIES):
        visitor.get(reverse("grants:group", args=[plan.pk]))


QUERIES = 13


def test_an_old_draft_takes_its_group_along(scheme: Scheme, resident: Person) -> None:
    from grants.join.actions import invite

    draft = make.draft(scheme, resident)
    invite(draft.plan, email="anna@waterveen.example", by=resident)
    actions.add_partner(draft.plan, **SCHOOL | {"email": "juf@linde.example"}, by=resident)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert erase_old_drafts() == 1
    assert not Invitation.objects.exists()
    assert not Partner.objects.exists()
    assert not Person.objects.exclude(email="").exists()


def test_who_was_in_the_group_twice_keeps_the_first_contact(scheme: Scheme, neighbour: Person) -> None:
    holder = Person.objects.create()
    draft = make.draft(scheme, holder, neighbour)
    adopt_drafts(holder, neighbour)
    assert [(each.person, each.role) for each in draft.plan.members.all()] == [(neighbour, Member.Role.FIRST_CONTACT)]


def test_who_was_in_the_group_twice_stays_first_contact(scheme: Scheme, resident: Person) -> None:
    holder = Person.objects.create()
    draft = make.draft(scheme, resident, holder)
    adopt_drafts(holder, resident)
    assert [(each.person, each.role) for each in draft.plan.members.all()] == [(resident, Member.Role.FIRST_CONTACT)]
