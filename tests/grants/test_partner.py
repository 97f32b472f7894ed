"""A partner says itself that it takes part: nobody of the group does it in its place."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from grants.models import Application, Invitation, Member, Partner, Plan
from grants.share import actions
from tests.conftest import SignedIn, Visitor
from tests.grants.test_share import SCHOOL
from web.models import Deed, Mail, Person

pytestmark = pytest.mark.django_db

PASSED_ON = "through a link the group passed on"


@pytest.fixture
def plan(application: Application, neighbour: Person) -> Plan:
    """Samira's, with Bram in the group."""
    Member.objects.create(plan=application.plan, person=neighbour)
    return application.plan


def test_a_partner_confirms_with_one_click(
    as_: SignedIn, plan: Plan, resident: Person, officer: Person, client: Visitor
) -> None:
    form = reverse("grants:add_partner", args=[plan.pk])
    assert as_(resident).get(form).status_code == 200
    page = as_(resident).post(form, SCHOOL | {"amount": "250", "email": "juf@linde.example"})
    found = re.search(r"/partner/\S+?/", Mail.objects.get().text)
    assert found
    assert found[0] not in page.text, "only the partner has its link"
    assert client.get(found[0]).status_code == 200
    assert Partner.objects.get().confirmed_at is None, "opening the page confirms nothing"
    assert "Not yet confirmed" in as_(officer).get(reverse("grants:application", args=[plan.latest.pk])).text
    client.post(found[0], {"yes": "1"})
    assert Partner.objects.get().confirmed_at
    assert "You said that this is right" in client.get(found[0]).text
    assert client.post(found[0], {"no": "1"}).status_code == 403
    assert "Basisschool De Linde" in as_(resident).get(plan.latest.get_absolute_url()).text
    assert PASSED_ON not in as_(officer).get(reverse("grants:application", args=[plan.latest.pk])).text


def test_residents_dont_answer_for_their_partner(
    as_: SignedIn, plan: Plan, resident: Person, neighbour: Person, officer: Person, client: Visitor
) -> None:
    page = as_(resident).post(reverse("grants:add_partner", args=[plan.pk]), SCHOOL | {"amount": ""})
    link = re.search(r"/partner/[\w-]{20,}/", page.text)
    assert link
    for person in (resident, neighbour):
        assert "Only the partner can answer" in as_(person).get(link[0]).text
        assert as_(person).post(link[0], {"yes": "1"}).status_code == 403
    holder = Person.objects.create(became=neighbour)
    Member.objects.filter(person=neighbour).update(person=holder)
    assert as_(neighbour).post(link[0], {"yes": "1"}).status_code == 403, "nor under who they were before"
    assert Partner.objects.get().confirmed_at is None
    assert "Yes, this is right" in client.get(link[0]).text
    client.post(link[0], {"yes": "1"})
    assert Partner.objects.get().confirmed_at
    assert PASSED_ON in as_(officer).get(reverse("grants:application", args=[plan.latest.pk])).text


def test_the_partners_address_is_not_the_groups_own(plan: Plan, resident: Person, neighbour: Person) -> None:
    Person.objects.filter(pk=neighbour.pk).update(email="bram@waterveen.example")
    with pytest.raises(ValidationError, match="address of your own group"):
        actions.add_partner(plan, **SCHOOL | {"email": "Bram@Waterveen.example"}, by=resident)
    assert not Partner.objects.exists()


def test_a_partner_may_say_no(plan: Plan, resident: Person, client: Visitor) -> None:
    key = actions.add_partner(plan, **SCHOOL, by=resident)
    client.post(reverse("grants:partner", args=[key.token]), {"no": "1"})
    assert Partner.objects.get().declined_at
    assert Deed.objects.get(verb="decline_as_partner").by.name == "Basisschool De Linde"


def test_of_two_clicks_one_counts(plan: Plan, resident: Person) -> None:
    actions.add_partner(plan, **SCHOOL, by=resident)
    first, second = Invitation.objects.get(), Invitation.objects.get()
    contact = Partner.objects.get().contact
    actions.answer_as_partner(first, yes=True, by=contact)
    with pytest.raises(ValidationError, match="just been used"):
        actions.answer_as_partner(second, yes=False, by=contact)
    assert Partner.objects.get().declined_at is None


def test_a_partner_taken_off_the_list_confirms_nothing(
    as_: SignedIn, plan: Plan, resident: Person, client: Visitor
) -> None:
    key = actions.add_partner(plan, **SCHOOL | {"email": "juf@linde.example"}, by=resident)
    as_(resident).post(reverse("grants:remove_partner", args=[plan.pk, Partner.objects.get().pk]))
    assert client.get(reverse("grants:partner", args=[key.token])).status_code == 410
    assert client.post(reverse("grants:partner", args=[key.token]), {"yes": "1"}).status_code == 410
    assert not Person.objects.filter(email="juf@linde.example").exists()
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        assert Visitor().get(reverse("grants:partner", args=["x" * 24])).status_code == 404
