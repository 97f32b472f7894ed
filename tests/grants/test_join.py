"""A group: people come in by a link, a code or a letter, come back without an account, and leave."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import pytest_django
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from grants.join import actions
from grants.models import Application, Invitation, Member, Plan, Scheme
from grants.models.draft import adopt_joined
from grants.models.invitation import Key, forget_the_invited
from tests import make
from tests.conftest import SignedIn, Visitor
from web.models import Deed, Mail, Person

pytestmark = pytest.mark.django_db

ANNA = {"name": "Anna Anjelier", "email": "", "phone": "06 2", "postcode": "", "house_number": ""}
Purpose = Invitation.Purpose


@pytest.fixture
def plan(application: Application) -> Plan:
    return application.plan


@pytest.fixture
def key(plan: Plan, resident: Person) -> Key:
    return actions.invite(plan, by=resident)


def join(visitor: Visitor, key: Key, **typed: str) -> Person:
    """Anna follows the link on her own phone."""
    answer = visitor.post(reverse("grants:join", args=[key.token]), ANNA | typed)
    assert answer.status_code == 302, answer.context["form"].errors
    return Member.objects.latest("pk").person


def code_on(paper: bytes) -> str:
    text = PdfReader(BytesIO(paper)).pages[0].extract_text()
    found = re.search(r"\d+-[A-Z0-9]{5}-[A-Z0-9]{5}", text)
    assert found, text
    return found[0]


def letter_for(member: Member, by: Person, as_: SignedIn) -> str:
    paper = as_(by).post(reverse("grants:paper_code", args=[member.plan_id, member.pk]))
    assert paper["Content-Type"] == "application/pdf"
    return code_on(paper.content)


# Coming in


def test_a_name_and_a_phone_number_are_enough_to_join(client: Visitor, key: Key, plan: Plan) -> None:
    page = client.get(reverse("grants:join", args=[key.token]))
    assert page.status_code == 200
    assert (
        "Gemeente Waterveen is responsible"
        in client.get(page.request["PATH_INFO"], headers={"accept-language": "en"}).text
    )
    anna = join(client, key)
    assert (anna.name, anna.phone, anna.reached_by) == ("Anna Anjelier", "06 2", Person.ReachedBy.PHONE)
    assert client.get(reverse("grants:group", args=[plan.pk])).status_code == 200
    track = client.get(reverse("grants:track", args=[plan.latest.pk]))
    assert "Anna Anjelier" in track.text
    assert Deed.objects.get(verb="accept_invitation").by == anna


def test_who_joins_after_an_invitation_before_sending_sees_the_draft(
    client: Visitor, scheme: Scheme, resident: Person
) -> None:
    draft = make.draft(scheme, resident)
    join(client, actions.invite(draft.plan, by=resident))
    page = client.get(draft.form_url)
    assert page.status_code == 200
    assert draft.plan.code not in page.text, "that code opens the first contact's side"


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        ({"email": "Anna@waterveen.example"}, "mail"),
        ({"phone": "06 2"}, "phone"),
        ({"phone": "", "postcode": "1234ab", "house_number": "7"}, "post"),
    ],
)
def test_one_way_to_be_reached_is_enough(client: Visitor, key: Key, typed: dict[str, str], way: str) -> None:
    assert join(client, key, **{"phone": ""} | typed).reached_by == way


@pytest.mark.parametrize("typed", [{"phone": ""}, {"phone": "", "postcode": "1234 AB"}, {"name": ""}])
def test_without_a_name_or_a_way_it_is_asked_back(client: Visitor, key: Key, typed: dict[str, str]) -> None:
    answer = client.post(reverse("grants:join", args=[key.token]), ANNA | typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Member.objects.count() == 1
    assert not Person.objects.filter(name="Anna Anjelier").exists()


def test_the_code_can_be_read_out(client: Visitor, key: Key) -> None:
    answer = client.post(reverse("grants:enter"), {"code": key.code.lower().replace("-", " - ", 1)}, follow=True)
    assert answer.request["PATH_INFO"] == reverse("grants:join_by_code")
    client.post(reverse("grants:join_by_code"), ANNA)
    assert Member.objects.filter(person__name="Anna Anjelier").exists()


def test_of_two_people_with_one_link_one_joins_and_the_other_hears_it(plan: Plan, key: Key) -> None:
    first = Invitation.objects.get()
    second = Invitation.objects.get()
    actions.accept_invitation(first, by=Person(), **ANNA)
    with pytest.raises(ValidationError, match="just been used"):
        actions.accept_invitation(second, by=Person(), **ANNA | {"name": "Bo"})
    assert plan.members.count() == 2


def test_a_used_old_or_unknown_link_opens_nothing(client: Visitor, key: Key, plan: Plan, resident: Person) -> None:
    late = actions.invite(plan, by=resident)
    join(client, key)
    assert Visitor().get(reverse("grants:join", args=[key.token])).status_code == 410
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert Visitor().get(reverse("grants:join", args=[late.token])).status_code == 410
    assert Visitor().get(reverse("grants:join", args=["x" * 24])).status_code == 404
    assert Visitor().get(reverse("grants:join_by_code")).status_code == 404


def test_the_secrets_are_not_kept(key: Key) -> None:
    kept = " ".join(map(str, Invitation.objects.values_list().get()))
    assert key.token not in kept
    assert key.code not in kept


def test_who_signed_in_is_asked_nothing_again(as_: SignedIn, key: Key, neighbour: Person, plan: Plan) -> None:
    visitor = as_(neighbour)
    page = visitor.get(reverse("grants:join", args=[key.token]))
    assert not page.context["form"].fields
    visitor.post(reverse("grants:join", args=[key.token]))
    assert plan.members.filter(person=neighbour).exists()


def test_somebody_of_the_group_uses_up_no_invitation(as_: SignedIn, key: Key, resident: Person) -> None:
    answer = as_(resident).post(reverse("grants:join", args=[key.token]))
    assert "You are in this group already." in answer.context["form"].non_field_errors()
    assert Invitation.objects.get().is_open


def test_a_neighbour_joins_on_the_phone_of_the_first_contact(client: Visitor, scheme: Scheme) -> None:
    holder = Person.objects.create()
    draft = make.draft(scheme, holder)
    session = client.session
    session["holder"] = holder.pk
    session.save()
    anna = join(client, actions.invite(draft.plan, by=holder))
    assert anna != holder
    assert client.session["holder"] == holder.pk, "the phone stays with whom it is"


def test_an_invitation_is_mailed_when_an_address_is_typed(
    as_: SignedIn, plan: Plan, resident: Person, client: Visitor
) -> None:
    page = as_(resident).post(reverse("grants:invite", args=[plan.pk]), {"email": "Anna@waterveen.example"})
    assert page.status_code == 200
    mail = Mail.objects.get()
    assert mail.address == "anna@waterveen.example"
    link = re.search(r"/meedoen/\S+/", mail.text)
    assert link
    assert link[0] in page.text
    client.post(link[0], ANNA | {"email": "anna@waterveen.example"})
    assert Member.objects.latest("pk").person.email == "anna@waterveen.example"
    assert Person.objects.filter(email="anna@waterveen.example").count() == 1


def test_who_has_no_name_yet_says_it_when_inviting(client: Visitor, scheme: Scheme) -> None:
    holder = Person.objects.create()
    plan = make.draft(scheme, holder).plan
    session = client.session
    session["holder"] = holder.pk
    session.save()
    address = reverse("grants:invite", args=[plan.pk])
    assert "name" in client.get(address).context["form"].fields
    assert client.post(address, {"name": ""}).context["form"].errors
    client.post(address, {"name": "Samira Lindeboom"})
    assert plan.first_contact.name == "Samira Lindeboom"
    assert "name" not in client.get(address).context["form"].fields
    assert "By link or code" in client.get(reverse("grants:group", args=[plan.pk])).text


def test_mailing_many_people_is_stopped(
    as_: SignedIn, plan: Plan, resident: Person, settings: pytest_django.Settings
) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"mail_someone": "3/h/ip,6/h/key"}
    visitor, address = as_(resident), reverse("grants:invite", args=[plan.pk])
    for number in range(3):
        visitor.post(address, {"email": f"buur{number}@waterveen.example"})
    refused = visitor.post(address, {"email": "anna@waterveen.example"}).text
    assert "Many mails went out" in refused
    assert 'value="anna@waterveen.example"' in refused, "what was typed stays"
    visitor.post(address, {"email": ""})
    assert (Mail.objects.count(), plan.invitations.count()) == (3, 4), "a link to pass on oneself is still made"
    cache.clear()


def test_only_the_first_contact_invites(as_: SignedIn, plan: Plan, neighbour: Person) -> None:
    Member.objects.create(plan=plan, person=neighbour)
    assert as_(neighbour).post(reverse("grants:invite", args=[plan.pk])).status_code == 403
    assert (
        reverse("grants:invite", args=[plan.pk]) not in as_(neighbour).get(reverse("grants:group", args=[plan.pk])).text
    )


def test_an_invitation_can_be_taken_back(as_: SignedIn, key: Key, plan: Plan, resident: Person) -> None:
    invitation = Invitation.objects.get()
    as_(resident).post(reverse("grants:take_back", args=[plan.pk, invitation.pk]))
    assert not Invitation.objects.get().is_open
    with pytest.raises(PermissionDenied, match="used, or it is too old"):
        actions.accept_invitation(Invitation.objects.get(), by=Person(), **ANNA)
    with pytest.raises(ValidationError, match="used already"):
        actions.take_back(invitation, by=resident)


def test_addresses_of_people_who_never_came_are_forgotten(plan: Plan, resident: Person) -> None:
    actions.invite(plan, email="anna@waterveen.example", by=resident)
    assert forget_the_invited() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert forget_the_invited() == 1
        assert forget_the_invited() == 0
    assert not Person.objects.filter(email="anna@waterveen.example").exists()


def test_too_many_open_invitations_are_refused(plan: Plan, resident: Person) -> None:
    for _number in range(Invitation.AT_ONCE):
        actions.invite(plan, by=resident)
    with pytest.raises(ValidationError, match="still open"):
        actions.invite(plan, by=resident)


# Being somebody: what was joined with an address is found when that address is shown


def test_signing_in_with_the_same_address_brings_the_plan(
    client: Visitor, key: Key, plan: Plan, resident: Person
) -> None:
    holder = join(client, key, email="anna@waterveen.example")
    anna = make.person("Anna", email="anna@waterveen.example")
    make.user(anna)
    adopt_joined(anna)
    assert set(plan.people()) == {resident, anna}
    holder.refresh_from_db()
    assert holder.now == anna
    assert client.get(reverse("grants:group", args=[plan.pk])).status_code == 302, "the old device signs in"


def test_a_draft_that_somebody_else_began_with_that_address_stays_away(scheme: Scheme) -> None:
    stranger = make.person("Vreemde", email="anna@waterveen.example")
    draft = make.draft(scheme, stranger)
    anna = make.person("Anna", email="anna@waterveen.example")
    make.user(anna)
    adopt_joined(anna)
    assert draft.plan.people() == [stranger]


# Coming back with a code on paper


def test_a_letter_with_a_code_opens_this_plan_and_no_account(
    as_: SignedIn, client: Visitor, key: Key, plan: Plan, resident: Person
) -> None:
    anna = join(client, key)
    code = letter_for(plan.members.get(person=anna), resident, as_)
    library = Visitor()
    answer = library.post(reverse("grants:enter"), {"code": code})
    assert answer["Location"] == reverse("grants:group", args=[plan.pk])
    assert library.session["holder"] == anna.pk
    assert "_auth_user_id" not in library.session
    assert library.get(reverse("grants:track", args=[plan.latest.pk])).status_code == 200
    assert library.get(reverse("grants:my_plans")).status_code == 302
    assert "isn" in Visitor().post(reverse("grants:enter"), {"code": code}).text, "it works once"


def test_nobody_who_can_sign_in_gets_a_code_on_paper(
    key: Key, plan: Plan, resident: Person, neighbour: Person, client: Visitor
) -> None:
    anna = join(client, key)
    member = plan.members.get(person=anna)
    code = actions.make_paper_code(member, by=resident)
    make.user(anna)
    with pytest.raises(ValidationError, match="signs in with an e-mail address"):
        actions.make_paper_code(plan.members.get(person=anna), by=resident)
    library = Visitor()
    library.post(reverse("grants:enter"), {"code": code})
    assert "holder" not in library.session, "a code made before they could sign in opens no account either"


def test_a_code_of_one_plan_opens_no_other_one(plan: Plan, resident: Person, scheme: Scheme, officer: Person) -> None:
    anna = make.person("Anna")
    other = make.application(scheme, anna)
    member = Member.objects.create(plan=plan, person=anna)
    code = actions.make_paper_code(member, by=resident)
    library = Visitor()
    library.post(reverse("grants:enter"), {"code": code})
    assert library.get(reverse("grants:track", args=[plan.latest.pk])).status_code == 200
    assert library.get(reverse("grants:track", args=[other.pk])).status_code == 404
    assert plan.members.get(pk=member.pk).person.name == anna.name


def test_a_new_code_ends_the_one_before(plan: Plan, resident: Person) -> None:
    member = Member.objects.create(plan=plan, person=make.person("Anna"))
    first = actions.make_paper_code(member, by=resident)
    second = actions.make_paper_code(member, by=resident)
    assert not Invitation.objects.open().of_code(first).exists()
    assert Invitation.objects.open().of_code(second).exists()


def test_an_officer_prints_a_code_for_their_own_plans_alone(
    as_: SignedIn, application: Application, officer: Person, outsider: Person, treasurer: Person
) -> None:
    address = reverse("grants:paper_code_by_officer", args=[application.pk, application.plan.members.get().pk])
    assert code_on(as_(officer).post(address).content)
    assert as_(outsider).post(address).status_code == 404
    assert as_(treasurer).post(address).status_code == 403
    Member.objects.create(plan=application.plan, person=officer)
    assert as_(officer).post(address).status_code == 403, "with it they would be somebody else in a group of their own"


def test_a_signed_in_person_types_no_paper_code(as_: SignedIn, plan: Plan, resident: Person, neighbour: Person) -> None:
    member = Member.objects.create(plan=plan, person=make.person("Anna"))
    code = actions.make_paper_code(member, by=resident)
    as_(neighbour).post(reverse("grants:enter"), {"code": code})
    assert Invitation.objects.open().of_code(code).exists()


@pytest.mark.parametrize("code", ["", "x", "-", "9" * 30 + "-AAAAA-AAAAA", "1-ACEFH-JKQRW", "²-ACEFH-JKQRW"])
def test_a_wrong_code_gets_a_sentence(client: Visitor, code: str) -> None:
    answer = client.post(reverse("grants:enter"), {"code": code})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_trying_many_codes_is_stopped(client: Visitor, key: Key) -> None:
    cache.clear()
    for _number in range(30):
        client.post(reverse("grants:enter"), {"code": "1-AAAAA-AAAAA"})
    answer = client.post(reverse("grants:enter"), {"code": key.code})
    assert "Too many tries just now" in answer.text
    cache.clear()
    assert client.post(reverse("grants:enter"), {"code": key.code}).status_code == 302


def test_done_on_this_device_ends_it(client: Visitor, key: Key, plan: Plan) -> None:
    join(client, key)
    assert reverse("grants:leave") in client.get(reverse("grants:group", args=[plan.pk])).text
    client.post(reverse("grants:leave"))
    assert client.get(reverse("grants:group", args=[plan.pk])).status_code == 302


# Leaving


def test_a_member_leaves_and_how_to_reach_them_goes(client: Visitor, key: Key, plan: Plan) -> None:
    anna = join(client, key)
    assert client.get(reverse("grants:leave_group", args=[plan.pk])).status_code == 200
    client.post(reverse("grants:leave_group", args=[plan.pk]))
    anna.refresh_from_db()
    assert (anna.name, anna.phone) == ("Anna Anjelier", "")
    assert client.get(reverse("grants:group", args=[plan.pk])).status_code == 404


def test_the_first_contact_hands_over_before_leaving(as_: SignedIn, plan: Plan, resident: Person) -> None:
    assert "Hand that over" in as_(resident).get(reverse("grants:leave_group", args=[plan.pk])).text
    with pytest.raises(ValidationError, match="Hand that over"):
        actions.leave_group(plan.members.get(), by=resident)


def test_the_first_contact_takes_out_who_asks_for_it(
    as_: SignedIn, plan: Plan, resident: Person, neighbour: Person
) -> None:
    member = Member.objects.create(plan=plan, person=neighbour)
    address = reverse("grants:remove_member", args=[plan.pk, member.pk])
    assert as_(neighbour).post(address).status_code == 403
    assert as_(resident).get(address).status_code == 200
    as_(resident).post(address)
    assert plan.people() == [resident]
    assert Mail.objects.get().to == neighbour
