"""A password alone opens nothing for whoever has a seat."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import get_resolver, reverse
from django.utils import timezone

from tests import make
from tests.conftest import SignedIn, Visitor
from web.models import Deed, Funder, Mail, Person, Seat, User, Visit
from web.models.visit import browser_of
from web.sign_in.second import code_of_now, drawn, give_an_app, has_second_factor

pytestmark = pytest.mark.django_db

PASSWORD = "four-words-in-a-row"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def no_rate_limits_from_before() -> None:
    cache.clear()


@pytest.fixture
def staff(officer: Person) -> User:
    """With a password, and nothing beside it yet."""
    return User.objects.create_user(officer.email, PASSWORD, person=officer)


@pytest.fixture
def with_app(staff: User) -> User:
    give_an_app(staff)
    return staff


def password(client: Visitor, user: User, **headers: str) -> str:
    """Where the right password leads to."""
    typed = {"login": user.email, "password": PASSWORD}
    return str(client.post(reverse("account_login"), typed, headers=headers)["Location"])


def come_in(user: User, **headers: str) -> Visitor:
    client = Visitor()
    password(client, user, **headers)
    cache.clear()  # the code of this half minute may be used once
    assert client.post(reverse("mfa_authenticate"), {"code": code_of_now(user)}, headers=headers).status_code == 302
    return client


def set_up(client: Visitor, *, code: str = "") -> Any:
    """Set up an app, typing the code it would show (or another one)."""
    page = client.get(reverse("mfa_activate_totp"))
    return client.post(reverse("mfa_activate_totp"), {"code": code or code_for(page.context["form"].secret)})


def code_for(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def opens(client: Visitor) -> bool:
    return client.get(reverse("grants:inbox")).status_code == 200


def test_a_password_alone_opens_no_page_at_all(client: Visitor, staff: User) -> None:
    staff.is_staff = staff.is_superuser = True
    staff.save()
    assert password(client, staff) == reverse("grants:inbox")
    for name in ("grants:inbox", "home", "about", "powers", "admin:index", "admin:web_user_changelist", "demo_mails"):
        assert client.get(reverse(name))["Location"] == reverse("mfa_index"), name
    assert client.post(reverse("account_change_password"), {})["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_generate_recovery_codes"))["Location"] == reverse("mfa_index")
    page = client.get(reverse("mfa_index")).content.decode()
    assert "One more step to sign in" in page
    assert client.get("/aanmelden/afmelden/").status_code == 200


def test_every_door_but_a_few_is_shut_for_one_factor(client: Visitor, staff: User) -> None:
    password(client, staff)
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    open_now = {
        name
        for name in names
        if not get_resolver().reverse_dict.getlist(name)[0][0][0][1] and client.get(reverse(name)).status_code == 200
    }
    assert open_now == {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_logout", "health"}


def test_who_has_none_sets_up_an_app_and_sees_the_recovery_codes_once(client: Visitor, staff: User) -> None:
    password(client, staff)
    assert "not the code" in str(set_up(client, code="000000").context["form"].errors)
    assert not has_second_factor(staff)
    answer = set_up(client)
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d{8})</code>", client.get(answer["Location"]).content.decode())
    assert len(set(codes)) == 10
    again = client.get(answer["Location"]).content.decode()
    assert not re.search(r"\d{8}", again.partition("<main")[2].partition("</main>")[0])
    assert opens(client)
    assert Deed.objects.get(verb="add_second_factor").by == staff.person
    assert "de app op uw telefoon" in Mail.objects.get(address=staff.email).text


def test_the_page_shows_a_square_and_the_key_in_letters(client: Visitor, staff: User) -> None:
    password(client, staff)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    text = page.content.decode()
    assert secret in text
    assert drawn(page.context["totp_url"]) in text
    assert "style=" not in drawn("x"), "the CSP forbids it"


def test_the_key_is_kept_encrypted(client: Visitor, staff: User, settings: Any) -> None:
    password(client, staff)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key-for-the-house"
    assert code_of_now(staff) == code_for(secret), "an older key still opens it"


def test_the_code_is_asked_at_each_sign_in_and_a_wrong_one_opens_nothing(client: Visitor, with_app: User) -> None:
    assert password(client, with_app) == reverse("mfa_authenticate")
    assert client.get(reverse("grants:inbox"))["Location"].startswith(reverse("account_request_login_code"))
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code_of_now(with_app)})
    assert opens(client)


def test_whoever_is_halfway_is_led_back_to_the_second_step_or_lets_somebody_else_in(
    client: Visitor, with_app: User
) -> None:
    password(client, with_app)
    page = client.get(reverse("grants:inbox"), follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("mfa_authenticate"))
    assert page.content.count(b"<h1>") == 1
    assert client.get(reverse("account_request_login_code") + "?other").status_code == 200
    assert client.get(reverse("mfa_authenticate"))["Location"] == reverse("account_login")


def test_a_code_works_once_also_in_the_half_minute_after(with_app: User) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        code = code_of_now(with_app)
        for seconds, works in ((0, True), (1, False), (35, False)):
            clock.move_to(start + timedelta(seconds=seconds))
            client = Visitor()
            password(client, with_app)
            client.post(reverse("mfa_authenticate"), {"code": code})
            assert ("_auth_user_id" in client.session) is works, seconds


def test_a_code_of_the_half_minute_before_still_opens_and_an_older_one_does_not(with_app: User) -> None:
    start = timezone.now()
    for seconds, works in ((30, True), (90, False)):
        cache.clear()
        with time_machine.travel(start, tick=False) as clock:
            code = code_of_now(with_app)
            clock.move_to(start + timedelta(seconds=seconds))
            client = Visitor()
            password(client, with_app)
            client.post(reverse("mfa_authenticate"), {"code": code})
        assert ("_auth_user_id" in client.session) is works, seconds


def test_guessing_ends_after_ten_tries(client: Visitor, with_app: User) -> None:
    password(client, with_app)
    for _ in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of_now(with_app)})
    assert "Wait a quarter of an hour" in str(answer.context["form"].errors)


def test_a_recovery_code_opens_once_and_is_told(client: Visitor, staff: User) -> None:
    password(client, staff)
    codes = re.findall(r"<code>(\d{8})</code>", client.get(set_up(client)["Location"]).content.decode())
    for works in (True, False):
        cache.clear()
        other = Visitor()
        password(other, staff)
        other.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert ("_auth_user_id" in other.session) is works
    assert Deed.objects.filter(verb="use_recovery_code").count() == 1
    assert "een van uw herstelcodes" in Mail.objects.latest("pk").text


def test_a_session_with_one_factor_ends_when_another_browser_sets_up_the_second(client: Visitor, staff: User) -> None:
    """Else whoever has the password alone could add a key of their own."""
    password(client, staff)
    other = Visitor()
    password(other, staff)
    set_up(other)
    assert client.get(reverse("mfa_add_webauthn"))["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_half_an_hour_after_the_password_it_is_too_late_to_set_up(client: Visitor, staff: User) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        password(client, staff)
        clock.move_to(start + timedelta(minutes=31))
        client.get(reverse("mfa_index"))
    assert "_auth_user_id" not in client.session


def test_changing_the_sign_in_asks_again_who_it_is(with_app: User) -> None:
    client = come_in(with_app)
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        answer = client.get(reverse(name))
        assert answer["Location"].startswith(reverse("account_reauthenticate")), name
    assert client.get(answer["Location"]).status_code == 200
    answer = client.post(answer["Location"], {"password": PASSWORD})
    assert client.get(answer["Location"]).status_code == 200


def test_another_phone_takes_the_place_of_the_one_before(with_app: User) -> None:
    client = come_in(with_app)
    before = Authenticator.objects.get(type="totp")
    client.post(reverse("account_reauthenticate") + "?next=/", {"password": PASSWORD})
    set_up(client)
    after = Authenticator.objects.get(type="totp")
    assert after.data != before.data


def test_the_last_second_factor_stays(with_app: User) -> None:
    client = come_in(with_app)
    client.post(reverse("account_reauthenticate") + "?next=/", {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert has_second_factor(with_app)
    key = Authenticator.objects.create(user=with_app, type="webauthn", data={"name": "mijn laptop"})
    client.post(reverse("mfa_deactivate_totp"))
    assert list(Authenticator.objects.filter(user=with_app, type__in=["totp", "webauthn"])) == [key]
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert has_second_factor(with_app)


def test_residents_are_asked_for_no_second_factor(as_: SignedIn, resident: Person) -> None:
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes"):
        assert as_(resident).get(reverse(name)).status_code == 403, name


def test_somebody_whose_seat_ended_comes_in_by_code_without_the_app(client: Visitor, with_app: User) -> None:
    Seat.objects.all().delete()
    client.post(reverse("account_request_login_code"), {"email": with_app.email})
    found = re.search(r"^ {4}(\w{6})$", Mail.objects.get(address=with_app.email).text, re.MULTILINE)
    assert found
    client.post(reverse("account_confirm_login_code"), {"code": found[1]})
    assert "_auth_user_id" in client.session


def test_one_sees_where_one_is_signed_in_and_ends_it_there(with_app: User) -> None:
    here, there = come_in(with_app), come_in(with_app, **{"user-agent": FIREFOX})
    page = here.get(reverse("mfa_index")).content.decode()
    assert "Firefox, Windows" in page
    assert "this one" in page
    visit = Visit.objects.get(browser="Firefox, Windows")
    here.post(reverse("end_visits"), {"visit": visit.pk})
    assert not opens(there)
    assert opens(here)


def test_all_others_end_at_once_and_nobody_elses(with_app: User, decider: Person) -> None:
    colleague = User.objects.create_user(decider.email, PASSWORD, person=decider)
    give_an_app(colleague)
    here, there, elsewhere, theirs = come_in(with_app), come_in(with_app), come_in(with_app), come_in(colleague)
    here.post(reverse("end_visits"), {"visit": Visit.objects.get(user=colleague).pk})
    assert opens(theirs)
    here.post(reverse("end_visits"))
    assert [opens(each) for each in (here, there, elsewhere, theirs)] == [True, False, False, True]


def test_a_new_password_ends_the_other_sessions_and_the_list_knows(with_app: User) -> None:
    here, there = come_in(with_app), come_in(with_app)
    new = {"oldpassword": PASSWORD, "password1": "another-four-words", "password2": "another-four-words"}
    here.post(reverse("account_change_password"), new)
    assert [opens(here), opens(there)] == [True, False]
    assert "this one" in here.get(reverse("mfa_index")).content.decode()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36",
            "Chrome, Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_browser_is_named_and_nothing_else_of_it_is_kept(words: str, name: str) -> None:
    assert browser_of(words) == name


def test_a_fund_admin_lets_a_colleague_set_up_anew(
    as_: SignedIn, fund_admin: Person, auditor: Person, with_app: User
) -> None:
    theirs = come_in(with_app)
    page = reverse("reset_second_factor", args=[with_app.pk])
    assert page in as_(fund_admin).get(reverse("powers")).content.decode()
    assert "Fill this in" in as_(fund_admin).post(page, {"note": ""}).content.decode()
    assert has_second_factor(with_app)
    as_(fund_admin).post(page, {"note": "She stood at my desk."})
    assert not Authenticator.objects.filter(user=with_app).exists()
    assert not opens(theirs)
    assert "Yusuf Ypsilon heeft de oude voor u weggehaald" in Mail.objects.get(address=with_app.email).text
    assert "reason: She stood at my desk." in as_(auditor).get(reverse("powers")).content.decode()
    assert password(Visitor(), with_app) == reverse("grants:inbox")


def test_nobody_else_resets_a_second_factor(
    as_: SignedIn, fund_admin: Person, with_app: User, officer: Person, other_funder: Funder, outsider: Person
) -> None:
    page = reverse("reset_second_factor", args=[with_app.pk])
    assert page not in as_(officer).get(reverse("grants:inbox")).content.decode()
    for person, status in ((officer, 404), (outsider, 404), (fund_admin, 200)):
        assert as_(person).get(page).status_code == status
    own = reverse("reset_second_factor", args=[make.user(fund_admin).pk])
    assert as_(fund_admin).post(own, {"note": "me"}).status_code == 403
    make.seat(officer, other_funder, Seat.Role.OFFICER)
    assert as_(fund_admin).post(page, {"note": "also works elsewhere"}).status_code == 403
    Seat.objects.filter(funder=other_funder).delete()
    User.objects.filter(pk=with_app.pk).update(is_staff=True)
    assert as_(fund_admin).post(page, {"note": "may use the set-up pages"}).status_code == 403
    assert has_second_factor(with_app)


def test_whoever_runs_the_installation_has_a_last_way_in(with_app: User) -> None:
    with pytest.raises(CommandError, match="Nobody"):
        call_command("reset_second_factor", "nobody@example.nl", note="x")
    call_command("reset_second_factor", with_app.email.upper(), note="Called back.")
    assert not has_second_factor(with_app)
    assert Deed.objects.get(verb="reset_second_factor").detail.values == {"note": "Called back."}


def test_the_codes_of_the_demo_are_nowhere_but_in_the_demo(client: Visitor, with_app: User, settings: Any) -> None:
    assert client.get(reverse("demo_codes")).status_code == 404
    settings.DEMO = True
    assert code_of_now(with_app) in client.get(reverse("demo_codes")).content.decode()
