"""The set-up pages: a scheme can be set up there; money, status and decisions can only be read."""

import pytest
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from grants.admin import ApplicationAdmin
from grants.models import Application, Decision, Grant, Scheme
from tests import make
from tests.conftest import SignedIn, Visitor
from web.amounts import euro
from web.models import Deed, Funder, Person


@pytest.fixture(params=["fund admin", "keeper"])
def set_up(request: pytest.FixtureRequest, as_: SignedIn, fund_admin: Person) -> Visitor:
    """Yusuf, who sets up the schemes of his funder; and the same as keeper of the whole installation."""
    make.user(fund_admin, is_staff=True, is_superuser=request.param == "keeper")
    return as_(fund_admin)


@pytest.mark.parametrize("model", [Scheme, Application, Decision, Grant])
def test_lists_and_forms_open(set_up: Visitor, granted: Application, model: type[Model]) -> None:
    name = f"admin:grants_{model._meta.model_name}"
    assert set_up.get(reverse(f"{name}_changelist")).status_code == 200
    first = model._default_manager.all()[0]
    assert set_up.get(reverse(f"{name}_change", args=[first.pk])).status_code == 200


def test_a_fund_admin_reaches_their_own_funder_alone(
    as_: SignedIn, fund_admin: Person, other_funder: Funder, resident: Person, scheme: Scheme
) -> None:
    theirs = make.scheme(other_funder, title="Andermans pot")
    application = make.application(theirs, resident)
    make.user(fund_admin, is_staff=True)
    yusuf = as_(fund_admin)
    for name, pk in (("scheme", theirs.pk), ("application", application.pk)):
        assert "Andermans pot" not in yusuf.get(reverse(f"admin:grants_{name}_changelist")).text
        assert yusuf.get(reverse(f"admin:grants_{name}_change", args=[pk])).status_code == 302
    assert yusuf.get(reverse("admin:grants_scheme_change", args=[scheme.pk])).status_code == 200
    for name in ("web_user", "web_funder", "web_person", "web_deed", "web_mail"):
        assert yusuf.get(reverse(f"admin:{name}_changelist")).status_code == 403


def test_without_a_place_in_the_set_up_it_is_shut(as_: SignedIn, officer: Person, resident: Person) -> None:
    for person in (officer, resident):
        assert as_(person).get(reverse("admin:grants_scheme_changelist"), follow=True).status_code == 403
    assert Visitor().get(reverse("admin:grants_scheme_changelist")).status_code == 302


def test_an_application_is_only_given_its_number_of_another_system(set_up: Visitor, application: Application) -> None:
    address = reverse("admin:grants_application_change", args=[application.pk])
    typed = {"case_number": "Z-12", "status": "granted", "granted_0": "9999", "asked_0": "9999", "asked": "9999"}
    set_up.post(address, typed)
    application.refresh_from_db()
    assert application.case_number == "Z-12"
    assert (application.status, application.granted, application.asked) == ("submitted", None, euro(450))


@pytest.mark.parametrize("model", [Decision, Grant, Application])
def test_what_was_decided_is_never_added_or_deleted_here(
    set_up: Visitor, granted: Application, model: type[Model]
) -> None:
    name = f"admin:grants_{model._meta.model_name}"
    first = model._default_manager.all()[0]
    assert set_up.get(reverse(f"{name}_add")).status_code == 403
    assert set_up.post(reverse(f"{name}_delete", args=[first.pk]), {"post": "yes"}).status_code == 403
    if model is not Application:
        set_up.post(reverse(f"{name}_change", args=[first.pk]), {"amount_0": "1", "outcome": "declined"})
    assert Decision.objects.get().amount == euro(450)
    assert Grant.objects.get().application == granted


def test_a_scheme_that_is_used_is_not_deleted(set_up: Visitor, application: Application) -> None:
    scheme = application.scheme
    set_up.post(reverse("admin:grants_scheme_delete", args=[scheme.pk]), {"post": "yes"})
    assert Scheme.objects.filter(pk=scheme.pk).exists()


def test_no_rule_of_a_scheme_is_changed_here(set_up: Visitor, scheme: Scheme) -> None:
    """They are changed, previewed and published on pages of their own; so are its budgets and its mailbox."""
    assert set_up.get(reverse("admin:grants_scheme_add")).status_code == 403
    address = reverse("admin:grants_scheme_change", args=[scheme.pk])
    assert not set_up.get(address).context["adminform"].form.fields
    typed = {"mailbox": "pot@waterveen.example", "title": "Anders", "maximum_0": "9", "budgets": []}
    assert set_up.post(address, typed).status_code == 403
    kept = Scheme.objects.get()
    assert (kept.mailbox, kept.title, kept.budgets.count()) == (scheme.mailbox, "Buurtpot", 1)
    assert kept.edition.maximum == euro(10_000)


def test_what_is_put_right_here_leaves_a_deed(set_up: Visitor, application: Application, fund_admin: Person) -> None:
    set_up.post(reverse("admin:grants_application_change", args=[application.pk]), {"case_number": "Z-12"})
    told = [(deed.verb, deed.by, deed.detail.values) for deed in Deed.objects.filter(verb__startswith="set_up_")]
    assert told == [("set_up_application", fund_admin, {"case_number": "Z-12"})]


def test_the_columns_are_named_in_the_language_of_the_reader(set_up: Visitor, application: Application) -> None:
    page = set_up.get(reverse("admin:grants_application_changelist"), headers={"accept-language": "nl"}).text
    heads = page.partition("<thead>")[2].partition("</thead>")[0]
    assert "Nummer" in heads
    assert "Regeling" in heads
    assert application.number in page
    form = set_up.get(reverse("admin:grants_application_change", args=[application.pk])).text
    assert "None" not in page + form, "nothing granted yet"


def test_no_field_of_money_or_status_can_be_typed() -> None:
    page = ApplicationAdmin(Application, admin.site)
    assert set(page.fields) - set(page.readonly_fields) == {"case_number"}
