"""Coming in: by a code (anyone), by a password (whoever has a seat), and never by the wrong door."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import Visitor
from web.models import Funder, Mail, Person, Seat, User
from web.models.code import EASY
from web.sign_in.adopt import HOLDER
from web.sign_in.invite import give_a_seat, invite, link_to_choose_a_password
from web.sign_in.second import code_of_now, give_an_app

pytestmark = pytest.mark.django_db

PASSWORD = "four-words-in-a-row"


@pytest.fixture(autouse=True)
def no_rate_limits_from_before() -> None:
    cache.clear()


@pytest.fixture
def funder() -> Funder:
    return Funder.objects.create(name="Gemeente Waterveen", slug="waterveen", mailbox="buurt@example.nl", phone="14 0")


@pytest.fixture
def staff(funder: Funder) -> User:
    user = User.objects.create_user("fatima@example.nl", PASSWORD, name="Fatima")
    give_a_seat(user, funder=funder, role=Seat.Role.OFFICER, mandate=None, by=user.person)
    return user


def ask(client: Client, email: str, **more: str) -> None:
    answer = client.post(reverse("account_request_login_code"), {"email": email, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer["Location"].startswith(reverse("account_confirm_login_code"))


def code_mailed_to(email: str) -> str:
    """The code in the newest mail to this address."""
    mail = Mail.objects.filter(address=email).latest("pk")
    found = re.search(rf"^\s+([{EASY}]{{6}})$", mail.text, re.MULTILINE)
    assert found, mail.text
    return found[1]


def type_code(client: Client, code: str, **more: str) -> int:
    return client.post(reverse("account_confirm_login_code"), {"code": code, **more}).status_code


def who(client: Client) -> Person | None:
    """The person our pages see."""
    seen: Person | None = vars(client.get(reverse("about")).wsgi_request)["person"]
    return seen


def user_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_an_unknown_address_comes_in_by_code_and_gets_a_person(client: Client) -> None:
    ask(client, "Anna@Example.nl")
    assert type_code(client, code_mailed_to("anna@example.nl")) == 302
    user = User.objects.get(email="anna@example.nl")
    assert user_in(client) == str(user.pk)
    assert user.person.email == "anna@example.nl"
    assert not user.has_usable_password()


def test_a_code_may_be_typed_as_people_type_it(client: Client) -> None:
    ask(client, "anna@example.nl")
    code = code_mailed_to("anna@example.nl").lower()
    assert type_code(client, f" {code[:3]}-{code[3:]} ") == 302
    assert user_in(client)


def test_asking_again_keeps_the_first_code(client: Client) -> None:
    ask(client, "anna@example.nl")
    first = code_mailed_to("anna@example.nl")
    ask(client, "anna@example.nl")
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert Mail.objects.filter(address="anna@example.nl").count() == 3
    assert code_mailed_to("anna@example.nl") == first
    assert type_code(client, first) == 302
    assert user_in(client)


def test_asking_again_gives_no_new_tries(client: Client) -> None:
    ask(client, "anna@example.nl")
    code = code_mailed_to("anna@example.nl")
    for _ in range(4):
        assert type_code(client, "AAAAAA") == 200
    ask(client, "anna@example.nl")
    type_code(client, "AAAAAA")
    type_code(client, code)
    assert user_in(client) is None


def test_the_fifth_wrong_try_ends_the_code(client: Client) -> None:
    ask(client, "anna@example.nl")
    code = code_mailed_to("anna@example.nl")
    for _ in range(5):
        type_code(client, "AAAAAA")
    type_code(client, code)
    assert user_in(client) is None


def test_four_wrong_tries_are_forgiven(client: Client) -> None:
    ask(client, "anna@example.nl")
    code = code_mailed_to("anna@example.nl")
    for _ in range(4):
        type_code(client, "AAAAAA")
    type_code(client, code)
    assert user_in(client)


@pytest.mark.parametrize(("minutes", "works"), [(29, True), (31, False)])
def test_a_code_works_for_half_an_hour(client: Client, minutes: int, works: bool) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        ask(client, "anna@example.nl")
        code = code_mailed_to("anna@example.nl")
        clock.move_to(start + timedelta(minutes=minutes))
        type_code(client, code)
    assert bool(user_in(client)) is works


def test_another_address_gets_another_code(client: Client) -> None:
    ask(client, "wrong@example.nl")
    wrong = code_mailed_to("wrong@example.nl")
    assert client.get(reverse("account_request_login_code") + "?other").status_code == 200
    ask(client, "anna@example.nl")
    type_code(client, wrong)
    assert user_in(client) is None
    type_code(client, code_mailed_to("anna@example.nl"))
    assert user_in(client) == str(User.objects.get(email="anna@example.nl").pk)


def test_whoever_has_a_seat_gets_no_code_and_nobody_sees_the_difference(client: Client, staff: User) -> None:
    pages = []
    for email in (staff.email, "anna@example.nl"):
        stranger = Visitor()
        ask(stranger, email)
        page = stranger.get(reverse("account_confirm_login_code")).content.decode()
        pages.append(re.sub(r'value="\w{64}"|nonce="[^"]*"', "", page.replace(email, "")))
    assert pages[0] == pages[1]
    mail = Mail.objects.get(address=staff.email)
    assert reverse("account_login") in mail.text
    assert not re.search(rf"^\s+[{EASY}]{{6}}$", mail.text, re.MULTILINE)


def test_a_seat_given_after_asking_shuts_the_door_of_the_code(client: Client, funder: Funder) -> None:
    ask(client, "anna@example.nl")
    user = User.objects.get(email="anna@example.nl")
    give_a_seat(user, funder=funder, role=Seat.Role.PANEL, mandate=None, by=user.person)
    type_code(client, code_mailed_to(user.email))
    assert user_in(client) is None


def test_a_seat_given_later_ends_a_session_made_by_code(client: Visitor, funder: Funder) -> None:
    user = User.objects.create_user("anna@example.nl")
    client.force_login(user, by="code")
    client.get(reverse("about"))
    assert user_in(client) == str(user.pk)
    give_a_seat(user, funder=funder, role=Seat.Role.OFFICER, mandate=None, by=user.person)
    client.get(reverse("about"))
    assert user_in(client) is None


def test_a_session_of_which_we_know_no_door_is_no_session_for_staff(client: Visitor, staff: User) -> None:
    Client.force_login(client, staff)
    client.get(reverse("about"))
    assert user_in(client) is None


def test_staff_sign_in_again_after_eight_hours_whatever_they_did(client: Client, staff: User) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        give_an_app(staff)
        client.post(reverse("account_login"), {"login": staff.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": code_of_now(staff)})
        for hours in (2, 4, 6, 7.9):
            clock.move_to(start + timedelta(hours=hours))
            client.get(reverse("about"))
            assert user_in(client) == str(staff.pk)
        clock.move_to(start + timedelta(hours=8.1))
        client.get(reverse("about"))
    assert user_in(client) is None


def test_residents_stay_signed_in_for_weeks_on_their_own_phone(client: Client) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        ask(client, "anna@example.nl")
        type_code(client, code_mailed_to("anna@example.nl"), own_device="on")
        clock.move_to(start + timedelta(days=20))
        assert client.get(reverse("about")).context["user"].is_authenticated


def test_a_code_signs_in_until_the_browser_closes_unless_the_device_is_ones_own(client: Client) -> None:
    ask(client, "anna@example.nl")
    assert 'type="checkbox" name="own_device"' in client.get(reverse("account_confirm_login_code")).content.decode()
    type_code(client, code_mailed_to("anna@example.nl"))
    assert user_in(client)
    assert client.session.get_expire_at_browser_close()
    assert not client.cookies["sessionid"]["max-age"]
    own = Client()
    ask(own, "anna@example.nl")
    type_code(own, code_mailed_to("anna@example.nl"), own_device="on")
    assert not own.session.get_expire_at_browser_close()
    assert own.cookies["sessionid"]["max-age"] == 30 * 24 * 3600


def test_a_password_opens_the_door_and_a_wrong_one_tells_nothing(client: Client, staff: User) -> None:
    texts = []
    for email in (staff.email, "nobody@example.nl"):
        answer = client.post(reverse("account_login"), {"login": email, "password": "wrong-wrong-wrong"})
        texts.append(str(answer.context["form"].errors))
    assert texts[0] == texts[1]
    client.post(reverse("account_login"), {"login": staff.email, "password": PASSWORD})
    assert user_in(client) == str(staff.pk)


def test_a_resident_cannot_get_a_password(client: Client) -> None:
    user = User.objects.create_user("anna@example.nl")
    client.post(reverse("account_reset_password"), {"email": user.email})
    mail = Mail.objects.get(address=user.email)
    assert reverse("account_request_login_code") in mail.text
    assert "/kiezen/" not in mail.text
    page = client.get(link_to_choose_a_password(user).removeprefix("http://testserver"), follow=True)
    assert "form" not in page.context or page.context.get("token_fail")


def test_asking_a_new_password_for_nobody_mails_nobody(client: Client) -> None:
    answer = client.post(reverse("account_reset_password"), {"email": "nobody@example.nl"})
    assert answer["Location"] == reverse("account_reset_password_done")
    assert not Mail.objects.exists()
    assert not User.objects.exists()


def test_an_invited_officer_chooses_a_password_and_comes_in(client: Client, funder: Funder) -> None:
    user = User.objects.of_address("fatima@example.nl")
    give_a_seat(user, funder=funder, role=Seat.Role.OFFICER, mandate=None, by=user.person)
    link = invite(user, by=Person.system())
    assert link in Mail.objects.get(address=user.email).text
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    answer = client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert answer["Location"] == reverse("account_reset_password_from_key_done")
    assert user_in(client) is None, "choosing a password is not signing in"
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert user_in(client) == str(user.pk)
    again = Visitor().get(link.removeprefix("http://testserver"), follow=True)
    assert again.context["token_fail"], "a link works once"


def test_an_invitation_lapses_after_three_days(client: Client, staff: User) -> None:
    link = link_to_choose_a_password(staff).removeprefix("http://testserver")
    with time_machine.travel(timezone.now() + timedelta(days=3, hours=2), tick=False):
        assert client.get(link, follow=True).context["token_fail"]


def test_next_is_followed_within_the_house_only(client: Client) -> None:
    for wanted, goes in (
        ("/over/", "/over/"),
        ("https://evil.example/", "/mijn-plannen/"),
        ("//evil.example", "/mijn-plannen/"),
    ):
        visitor = Visitor()
        ask(visitor, "anna@example.nl", next=wanted)
        answer = visitor.post(
            reverse("account_confirm_login_code"), {"code": code_mailed_to("anna@example.nl"), "next": wanted}
        )
        assert answer["Location"] == goes


def test_a_switched_off_user_gets_no_code(client: Client) -> None:
    User.objects.create_user("anna@example.nl", is_active=False)
    ask(client, "anna@example.nl")
    assert not Mail.objects.exists()


def test_a_community_centre_with_one_address_is_not_locked_out() -> None:
    for number in range(40):
        ask(Visitor(), f"neighbour{number}@example.nl")


def test_one_mailbox_is_not_flooded(client: Client) -> None:
    for _ in range(6):
        ask(Visitor(), "anna@example.nl")
    answer = client.post(reverse("account_request_login_code"), {"email": "anna@example.nl"})
    assert answer.status_code in {200, 429}
    assert Mail.objects.filter(address="anna@example.nl").count() == 6


def test_signing_in_takes_nothing_over_from_the_device(client: Client) -> None:
    """At a library's computer the next one to sign in is somebody else."""
    holder = Person.objects.create()
    session = client.session
    session[HOLDER] = holder.pk
    session.save()
    assert who(client) == holder
    ask(client, "anna@example.nl")
    type_code(client, code_mailed_to("anna@example.nl"))
    holder.refresh_from_db()
    assert who(client) == User.objects.get(email="anna@example.nl").person
    assert holder.became is None


def test_a_draft_held_elsewhere_opens_no_account(client: Client) -> None:
    user = User.objects.create_user("anna@example.nl")
    holder = Person.objects.create(became=user.person)
    session = client.session
    session[HOLDER] = holder.pk
    session.save()
    assert who(client) is None


def test_the_set_up_pages_stand_behind_the_same_door(client: Visitor, staff: User) -> None:
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('account_login')}?next={reverse('admin:index')}"
    client.force_login(staff)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403
    staff.is_staff = staff.is_superuser = True
    staff.save()
    assert client.get(reverse("admin:index")).status_code == 200
    assert client.get(reverse("admin:web_mail_changelist")).status_code == 200


def test_there_is_no_sign_up_page(client: Client) -> None:
    assert client.get(reverse("account_signup"))["Location"] == reverse("account_request_login_code")


def test_staff_change_their_password_and_residents_have_none(client: Visitor, staff: User) -> None:
    client.force_login(staff)
    new = "another-four-words"
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    staff.refresh_from_db()
    assert staff.check_password(new)
    client.force_login(User.objects.create_user("anna@example.nl"))
    assert client.get(reverse("account_change_password"))["Location"] == reverse("account_set_password")
    assert client.get(reverse("account_set_password"))["Location"] == reverse("home")


def test_signing_out_asks_a_button(client: Visitor) -> None:
    user = User.objects.create_user("anna@example.nl")
    client.force_login(user)
    assert client.get(reverse("account_logout")).status_code == 200
    assert user_in(client)
    client.post(reverse("account_logout"))
    assert user_in(client) is None
