"""The set-up pages give powers, and every power that is given, changed or taken away leaves a deed."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import override

from tests import make
from tests.conftest import SignedIn, Visitor
from web.models import Deed, Funder, Mail, Person, Seat, User
from web.sign_in.session import CAME_IN

pytestmark = pytest.mark.django_db


@pytest.fixture
def set_up(as_: SignedIn, fund_admin: Person) -> Visitor:
    """Yusuf, who works on the set-up of this installation."""
    make.user(fund_admin, is_staff=True, is_superuser=True)
    return as_(fund_admin)


def deeds(verb: str) -> list[tuple[Person, list[str], dict[str, str]]]:
    found = Deed.objects.filter(verb=verb).select_related("by", "detail").order_by("pk")
    return [(deed.by, deed.fields, deed.detail.values) for deed in found]


def save_user(set_up: Visitor, user: User, **typed: Any) -> None:
    now = {"email": user.email, "is_active": "on"}
    answer = set_up.post(reverse("admin:web_user_change", args=[user.pk]), now | typed)
    assert answer.status_code == 302, answer.context["adminform"].form.errors


def save_funder(set_up: Visitor, funder: Funder, seats: list[dict[str, Any]], **typed: Any) -> None:
    """Save the funder's page as it stands, but for what is typed."""
    page = set_up.get(reverse("admin:web_funder_change", args=[funder.pk]))
    now = {name: value for name, value in page.context["adminform"].form.initial.items() if value not in {None, False}}
    count = sum("id" in seat for seat in seats)
    lines = {f"seats-{n}-{name}": value for n, seat in enumerate(seats) for name, value in seat.items()}
    before = {f"initial-seats-{n}-starts_on": seat["starts_on"] for n, seat in enumerate(seats)}
    frame = {"seats-TOTAL_FORMS": len(seats), "seats-INITIAL_FORMS": count}
    answer = set_up.post(reverse("admin:web_funder_change", args=[funder.pk]), now | frame | lines | before | typed)
    assert answer.status_code == 302, (answer.context["adminform"].form.errors, answer.context["errors"])


def as_typed(seat: Seat, **changed: Any) -> dict[str, Any]:
    told = {"id": seat.pk, "funder": seat.funder_id, "person": seat.person_id, "role": seat.role}
    mandate = {"mandate_0": seat.mandate.amount if seat.mandate else "", "mandate_1": "EUR"}
    since = seat.starts_on.isoformat()
    return told | mandate | {"starts_on": since} | changed


def test_the_set_up_pages_are_ours_alone() -> None:
    """What a package brings along (second factors, links to a provider) would be changed there without a deed."""
    ledger = {"Account", "Budget", "Commitment", "Payment", "Posting", "Transfer"}
    grants = {"Application", "Area", "Decision", "Grant", "Scheme"}
    ours = {"web": {"Deed", "Funder", "Mail", "Person", "User"}, "ledger": ledger, "grants": grants}
    found = {model._meta.label for model in admin.site._registry}
    assert found == {f"{app}.{noun}" for app, nouns in ours.items() for noun in nouns}


def test_seating_oneself_leaves_a_deed_in_the_funders_books(
    set_up: Visitor, funder: Funder, fund_admin: Person
) -> None:
    seat = {"person": fund_admin.pk, "role": "treasurer", "mandate_1": "EUR", "starts_on": "2026-01-01"}
    save_funder(set_up, funder, [as_typed(Seat.objects.get()), seat | {"funder": funder.pk}])
    [(by, fields, values)] = deeds("set_up_seat")
    assert (by, values["role"], values["person_id"]) == (fund_admin, "treasurer", str(fund_admin.pk))
    assert fields == ["ends_on", "mandate", "person_id", "role", "starts_on"]
    assert Deed.objects.get(verb="set_up_seat").funder == funder


def test_a_higher_mandate_and_a_seat_taken_away_leave_deeds(
    set_up: Visitor, funder: Funder, fund_admin: Person, decider: Person
) -> None:
    own, deciding = Seat.objects.get(person=fund_admin), Seat.objects.get(person=decider)
    save_funder(set_up, funder, [as_typed(own), as_typed(deciding, mandate_0="90000")])
    [(by, _fields, values)] = deeds("set_up_seat")
    assert (by, values["role"]) == (fund_admin, "decider")
    assert "90,000" in values["mandate"]
    deciding.refresh_from_db()
    save_funder(set_up, funder, [as_typed(own), as_typed(deciding, DELETE="on")])
    assert not Seat.objects.filter(person=decider).exists()
    [(by, _fields, values)] = deeds("set_up_seat_taken_away")
    assert (by, values["role"], values["person_id"]) == (fund_admin, "decider", str(decider.pk))


def test_letting_who_decides_pay_leaves_a_deed_and_saving_without_a_change_none(
    set_up: Visitor, funder: Funder, fund_admin: Person
) -> None:
    save_funder(set_up, funder, [as_typed(Seat.objects.get())])
    assert not Deed.objects.filter(verb__startswith="set_up_f").exists()
    save_funder(set_up, funder, [as_typed(Seat.objects.get())], decider_may_pay="on")
    assert deeds("set_up_funder") == [(fund_admin, ["decider_may_pay"], {"decider_may_pay": "True"})]


def test_another_address_and_the_set_up_pages_leave_a_deed_without_the_address(
    set_up: Visitor, officer: Person, fund_admin: Person
) -> None:
    save_user(set_up, make.user(officer), email="yusuf2@waterveen.example", is_staff="on")
    assert deeds("set_up_user") == [(fund_admin, ["email", "is_staff"], {"email": "", "is_staff": "True"})]


def test_a_sign_in_never_becomes_somebody_elses(set_up: Visitor, decider: Person, fund_admin: Person) -> None:
    user = fund_admin.user
    save_user(set_up, user, person=decider.pk, is_staff="on", is_superuser="on")
    user.refresh_from_db()
    assert user.person == fund_admin


def test_a_new_user_is_invited_and_both_leave_a_deed(set_up: Visitor, neighbour: Person) -> None:
    typed = {"email": "bram@waterveen.example", "person": neighbour.pk, "is_active": "on"}
    assert set_up.post(reverse("admin:web_user_add"), typed).status_code == 302
    assert set(Deed.objects.about(neighbour.user).values_list("verb", flat=True)) == {
        "set_up_user",
        "invite",
    }
    assert Mail.objects.get().to == neighbour


def test_a_persons_address_changed_here_leaves_a_deed(set_up: Visitor, resident: Person, fund_admin: Person) -> None:
    now = {
        name: getattr(resident, name) for name in ("name", "phone", "postcode", "reached_by", "wants_mails", "language")
    }
    set_up.post(reverse("admin:web_person_change", args=[resident.pk]), now | {"email": "boef@example.nl"})
    resident.refresh_from_db()
    assert resident.email == "boef@example.nl"
    assert deeds("set_up_person") == [(fund_admin, ["email"], {"email": ""})]


@pytest.mark.parametrize("noun", ["user", "person", "funder"])
def test_what_deeds_point_at_is_never_deleted(set_up: Visitor, funder: Funder, resident: Person, noun: str) -> None:
    thing = {"user": make.user(resident), "person": resident, "funder": make.funder("Leeg", slug="leeg")}[noun]
    address = reverse(f"admin:web_{noun}_delete", args=[thing.pk])
    assert set_up.post(address, {"post": "yes"}).status_code == 403


def test_a_password_is_changed_on_our_own_page_alone(set_up: Visitor, fund_admin: Person) -> None:
    """Django's own page would tell nobody, and leave the list of sessions wrong."""
    before = fund_admin.user.password
    typed = {
        "old_password": "x",
        "new_password1": "vier woorden op een rij",
        "new_password2": "vier woorden op een rij",
    }
    answer = set_up.post(reverse("admin:password_change"), typed)
    assert answer.headers["Location"] == reverse("account_change_password")
    fund_admin.user.refresh_from_db()
    assert fund_admin.user.password == before


def test_without_a_second_factor_nobody_comes_in(client: Visitor, fund_admin: Person) -> None:
    client.force_login(make.user(fund_admin, is_staff=True, is_superuser=True), by="password")
    session = client.session
    session[CAME_IN] = session[CAME_IN] | {"second": ""}
    session.save()
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/aanmelden/")


def test_the_frame_leads_back_to_the_work(set_up: Visitor) -> None:
    page = set_up.get(reverse("admin:index")).text
    assert "Back to the work" in page
    assert reverse("admin:password_change") not in page
    assert reverse("admin:logout") not in page


SAME_IN_BOTH = {"ID", "status", "code", "budget", "e-mail", "regime"}


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_every_column_and_filter_is_named_in_dutch(model: type[Model], set_up: Visitor, application: object) -> None:
    listed = set_up.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")).context["cl"]

    def heads(language: str) -> list[str]:
        with override(language):
            columns = [each for each in listed.list_display if each != "action_checkbox"]
            heads = [label_for_field(each, model, listed.model_admin) for each in columns]
            return [str(each) for each in (*heads, *(each.title for each in listed.filter_specs))]

    both = zip(heads("nl"), heads("en"), strict=True)
    assert {dutch for dutch, english in both if dutch == english} - SAME_IN_BOTH == set()
