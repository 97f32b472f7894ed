"""Roles at a funder: given by a fund admin, from one day to another, never to oneself; each leaves a deed."""

from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.appoint import actions
from grants.models import Application, Reaction, Scheme
from grants.models.clearance import find_out_one
from tests import make
from tests.conftest import SignedIn, Visitor
from web.amounts import euro
from web.clock import today
from web.models import Deed, Funder, Mail, Person, Seat

PAGE = "/medewerkers/waterveen/"
NEW = {"name": "Nora Noot", "email": "nora@waterveen.example", "role": "officer", "mandate": "1.500"}


@pytest.fixture
def yusuf(as_: SignedIn, fund_admin: Person) -> Visitor:
    return as_(fund_admin)


def typed(**changed: str) -> dict[str, str]:
    return NEW | {"starts_on": f"{today():%d-%m-%Y}"} | changed


def test_who_is_new_gets_a_role_a_mandate_and_a_mail(yusuf: Visitor, funder: Funder, fund_admin: Person) -> None:
    assert yusuf.post(PAGE, typed()).status_code == 302
    seat = Seat.objects.get(role="officer", funder=funder)
    assert (seat.person.name, seat.mandate, seat.ends_on) == ("Nora Noot", euro(1_500), None)
    assert "wachtwoord" in Mail.objects.get(address="nora@waterveen.example").text.lower()
    assert set(Deed.objects.filter(by=fund_admin).values_list("verb", flat=True)) == {"give_a_seat", "invite"}
    assert "nora@waterveen.example" in yusuf.get(PAGE).text
    assert "Nora Noot" in yusuf.get(reverse("powers")).text


def test_the_name_of_who_is_known_stays_theirs(yusuf: Visitor, officer: Person) -> None:
    make.user(officer, password="een-lang-wachtwoord")
    yusuf.post(PAGE, typed(email=officer.email, role="decider"))
    assert Seat.objects.get(role="decider").person == officer
    officer.refresh_from_db()
    assert officer.name == "Fatima van Wilgen"
    told = Mail.objects.get(address=officer.email).text
    assert "beslisser bij Gemeente Waterveen" in told
    assert "Yusuf Ypsilon" in told, "whom to call who didn't expect it"


@pytest.mark.parametrize("why", ["plan", "draft", "seat elsewhere", "seat elsewhere later"])
def test_nobody_with_plans_or_a_role_elsewhere_is_given_one_by_their_own_address(
    yusuf: Visitor, scheme: Scheme, other_funder: Funder, neighbour: Person, why: str
) -> None:
    """It would shut their door by code, and tell whose address it is."""
    user = make.user(neighbour)
    if why == "plan":
        make.application(scheme, neighbour)
    elif why == "draft":
        make.draft(scheme, neighbour)
    else:
        begins = today() + timedelta(days=7 if why.endswith("later") else 0)
        make.seat(neighbour, other_funder, Seat.Role.PANEL, starts_on=begins)
    answer = yusuf.post(PAGE, typed(email=user.email.upper()))
    assert "address at work" in answer.context["form"].errors["email"][0]
    assert neighbour.name not in answer.text
    assert not Seat.objects.filter(person=neighbour, funder=scheme.funder).exists()
    assert not Mail.objects.exists()


def test_who_works_here_already_is_given_another_role_in_spite_of_a_plan(
    yusuf: Visitor, scheme: Scheme, officer: Person
) -> None:
    make.draft(scheme, officer)
    make.user(officer)
    assert yusuf.post(PAGE, typed(email=officer.email, role="decider")).status_code == 302


def test_an_address_stands_for_a_name_until_they_came_in(yusuf: Visitor, neighbour: Person, funder: Funder) -> None:
    user = make.user(neighbour)
    yusuf.post(PAGE, typed(email=user.email))
    pages = (PAGE, reverse("grants:end_seat", args=[neighbour.seats.get().pk]))
    for page in pages:
        text = yusuf.get(page).text
        assert user.email in text
        assert neighbour.name not in text
    link = SocialAccount.objects.create(user=user, provider="organisatie", uid="nummer-1")
    assert all(neighbour.name in yusuf.get(page).text for page in pages), "came in through the organisation"
    link.delete()
    user.set_password("vier woorden op een rij")
    user.save()
    assert all(neighbour.name in yusuf.get(page).text for page in pages)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"role": "treasurer"}, "mandate"),
        ({"ends_on": "1-1-2020"}, "ends_on"),
        ({"email": "yusuf@waterveen.example"}, "email"),
        ({"email": "fatima@waterveen.example"}, "role"),
        ({"starts_on": "morgen"}, "starts_on"),
        ({"role": "king"}, "role"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(
    yusuf: Visitor, officer: Person, changed: dict[str, str], field: str
) -> None:
    make.user(officer)
    before = Seat.objects.count()
    answer = yusuf.post(PAGE, typed(**changed))
    assert answer.context["form"].errors.keys() == {field}
    assert "Nora Noot" in answer.text
    assert Seat.objects.count() == before


def test_a_role_ends_on_a_day_and_is_gone_after_it(yusuf: Visitor, officer: Person, fund_admin: Person) -> None:
    seat = officer.seats.get()
    address = reverse("grants:end_seat", args=[seat.pk])
    yesterday = today() - timedelta(days=1)
    assert yusuf.post(address, {"ends_on": f"{yesterday:%d-%m-%Y}"}).context["form"].errors.keys() == {"ends_on"}
    assert yusuf.post(address, {"ends_on": f"{today():%d-%m-%Y}"}).status_code == 302
    seat.refresh_from_db()
    assert seat.ends_on == today()
    assert Deed.objects.filter(verb="end_seat", by=fund_admin).exists()
    Seat.objects.filter(pk=seat.pk).update(ends_on=yesterday)
    assert officer.name not in yusuf.get(PAGE).text


def test_a_last_day_only_comes_nearer(yusuf: Visitor, officer: Person, fund_admin: Person) -> None:
    seat, late = officer.seats.get(), today() + timedelta(days=30)
    on_another_screen = officer.seats.get()
    actions.end_seat(seat, ends_on=late, by=fund_admin)
    answer = yusuf.post(reverse("grants:end_seat", args=[seat.pk]), {"ends_on": f"{late + timedelta(days=1):%d-%m-%Y}"})
    assert answer.context["form"].errors.keys() == {"ends_on"}
    with pytest.raises(ValidationError, match="brought forward"):
        actions.end_seat(on_another_screen, ends_on=late + timedelta(days=1), by=fund_admin)
    actions.end_seat(seat, ends_on=late - timedelta(days=1), by=fund_admin)
    assert officer.seats.get().ends_on == late - timedelta(days=1)


def test_nobody_revives_a_role_that_is_over(yusuf: Visitor, funder: Funder, fund_admin: Person) -> None:
    """Also not their own: a fund admin who once was treasurer would be it again, without a colleague."""
    begun, over = today() - timedelta(days=90), today() - timedelta(days=1)
    old = make.seat(fund_admin, funder, Seat.Role.TREASURER, starts_on=begun, ends_on=over)
    address = reverse("grants:end_seat", args=[old.pk])
    assert yusuf.get(address).status_code == 404
    assert yusuf.post(address, {"ends_on": f"{today():%d-%m-%Y}"}).status_code == 404
    with pytest.raises(ValidationError, match="brought forward"):
        actions.end_seat(old, ends_on=today(), by=fund_admin)
    assert Seat.objects.get(pk=old.pk).ends_on == over
    assert not Deed.objects.filter(verb="end_seat").exists()


def test_a_funder_keeps_a_fund_admin(funder: Funder, fund_admin: Person) -> None:
    seat = fund_admin.seats.get()
    with pytest.raises(ValidationError, match="has to stay"):
        actions.end_seat(seat, ends_on=today(), by=fund_admin)
    make.seat(make.person(), funder, Seat.Role.FUND_ADMIN)
    actions.end_seat(seat, ends_on=today(), by=fund_admin)
    assert seat.ends_on == today()


def test_nobody_gives_roles_at_another_funder(
    yusuf: Visitor, fund_admin: Person, officer: Person, other_funder: Funder, outsider: Person
) -> None:
    about = {"name": "x", "email": "x@x.example", "role": "officer", "starts_on": today()}
    for funder, by in ((other_funder, fund_admin), (officer.seats.get().funder, officer)):
        with pytest.raises(PermissionDenied):
            actions.appoint(funder, by=by, **about)  # type: ignore[arg-type]  # values of two kinds
    assert yusuf.get("/medewerkers/samen-sterk/").status_code == 404
    assert yusuf.get(reverse("grants:end_seat", args=[outsider.seats.get().pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_asks_as_much_for_many_people(yusuf: Visitor, funder: Funder, number: int) -> None:
    for _each in range(number):
        make.seat(make.person(), funder, Seat.Role.PANEL)
    yusuf.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        assert yusuf.get(PAGE).status_code == 200
    # The session; the user with their person; the seats for the frame; the funder; whether one may; the seats.
    assert len(asked) == 6


@pytest.fixture
def at_work(application: Application, officer: Person, decider: Person, resident: Person) -> Seat:
    """Fatima has a plan on her desk, one of a group Diederik is in, and an objection that she handles."""
    make.judgement(application, by=officer)
    own = make.application(application.scheme, decider)
    Application.objects.filter(pk__in=(application.pk, own.pk)).update(officer=officer)
    handled = make.application(application.scheme, resident)
    Reaction.objects.create(
        application=handled, kind="view", by=resident, text="Hallo", handler=officer,
        received_on=today(), answer_by=today(),
    )  # fmt: skip
    return officer.seats.get()


def test_who_leaves_hands_over_all_of_it_at_once(yusuf: Visitor, at_work: Seat, decider: Person) -> None:
    address = reverse("grants:end_seat", args=[at_work.pk])
    page = yusuf.get(address)
    assert "plans 2, objections and complaints 1, promises 0" in page.text
    assert yusuf.post(address, {"ends_on": f"{today():%d-%m-%Y}"}).context["form"].errors.keys() == {"to"}
    assert Seat.objects.get(pk=at_work.pk).ends_on is None
    assert yusuf.post(address, {"ends_on": f"{today():%d-%m-%Y}", "to": decider.pk}).status_code == 302
    officers = Application.objects.order_by("pk").values_list("officer", flat=True)
    assert list(officers)[:2] == [decider.pk, None], "what Diederik may not touch is nobody's"
    assert Reaction.objects.get().handler == decider
    assert Deed.objects.filter(verb="hand_over_work").count() == 3


def test_what_they_find_out_goes_along_too(
    scheme: Scheme, resident: Person, officer: Person, decider: Person, fund_admin: Person
) -> None:
    """Or a plan could never be granted, and nobody's list would say why."""
    with make.changing(scheme) as edition:
        check = make.check(edition, words="orkest")
    scheme.refresh_from_db()
    asked = find_out_one(make.application(scheme, resident), check, owner=officer)
    with pytest.raises(ValidationError, match="answers residents here by then"):
        actions.end_seat(officer.seats.get(), ends_on=today(), by=fund_admin)
    actions.end_seat(officer.seats.get(), ends_on=today(), to=decider, by=fund_admin)
    asked.refresh_from_db()
    assert asked.owner == decider


def test_work_goes_to_who_answers_here_and_to_nobody_else(
    at_work: Seat, fund_admin: Person, outsider: Person, treasurer: Person
) -> None:
    for to in (None, outsider, treasurer, at_work.person):
        with pytest.raises(ValidationError, match="answers residents here by then"):
            actions.end_seat(Seat.objects.get(pk=at_work.pk), ends_on=today(), to=to, by=fund_admin)
    assert Application.objects.filter(officer=at_work.person).exists()


def test_nothing_is_asked_of_who_goes_on_in_another_role(at_work: Seat, funder: Funder, fund_admin: Person) -> None:
    make.seat(at_work.person, funder, Seat.Role.DECIDER)
    actions.end_seat(at_work, ends_on=today(), by=fund_admin)
    assert not Deed.objects.filter(verb="hand_over_work").exists()
