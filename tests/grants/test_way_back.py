"""The link and the code of a draft by mail: the way back to a plan on another phone or computer."""

import re

import pytest
from django.urls import reverse

from grants.models import Application, Invitation, Plan, Scheme
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.typed import plan_as_typed
from web.models import Mail, Person

ADDRESS = "anna@waterveen.example"


@pytest.fixture
def draft(client: Visitor, scheme: Scheme) -> Application:
    """Begun on this device, by somebody we know nothing of."""
    client.post(reverse("grants:ask", args=[scheme.slug]), plan_as_typed(what="Een geheim feest"))
    return Application.objects.get()


def mail(visitor: Visitor, draft: Application, address: str = ADDRESS) -> Mail | None:
    visitor.post(reverse("grants:mail_way_back", args=[draft.pk]), {"email": address})
    return Mail.objects.order_by("pk").last()


def test_its_link_opens_the_draft_elsewhere_with_one_button(client: Visitor, draft: Application) -> None:
    sent = mail(client, draft)
    assert sent is not None
    assert sent.address == ADDRESS
    link = re.search(r"/plan/verder/\S+", sent.text)
    assert link is not None
    elsewhere = Visitor()
    page = elsewhere.get(link[0])
    assert f'value="{draft.plan.code}"' in page.content.decode()
    assert elsewhere.get(draft.form_url).status_code == 404, "opening a link is not enough: mail programs do that too"
    assert elsewhere.post(link[0], {"code": draft.plan.code})["Location"] == draft.form_url
    assert "Een geheim feest" in elsewhere.get(draft.form_url).content.decode()


def test_a_stranger_who_gets_it_by_mistake_reads_nothing_of_the_plan(client: Visitor, draft: Application) -> None:
    sent = mail(client, draft)
    assert sent is not None
    assert "geheim" not in sent.subject + sent.text


def test_what_is_no_address_is_asked_back_and_kept(client: Visitor, draft: Application) -> None:
    page = client.post(reverse("grants:mail_way_back", args=[draft.pk]), {"email": "anna at waterveen"})
    assert 'value="anna at waterveen"' in page.content.decode()
    assert not Mail.objects.exists()


def test_nobody_is_mailed_without_end(client: Visitor, draft: Application) -> None:
    for _each in range(9):
        mail(client, draft)
    assert Mail.objects.count() == 6


def test_the_link_is_dead_once_the_plan_was_sent(client: Visitor, draft: Application) -> None:
    code = draft.plan.code
    Application.objects.filter(pk=draft.pk).update(
        status="submitted",
        asked=400,
        received_on="2026-05-01",
        submitted_at="2026-05-01T10:00Z",
        frozen_edition=draft.scheme.edition,
    )
    Plan.objects.get(pk=draft.plan_id).let_code_die()
    link = reverse("grants:go_on_with", args=[code])
    assert "find this plan" in Visitor().post(link, {"code": code}).content.decode()


def test_who_is_signed_in_needs_no_code(as_: SignedIn, scheme: Scheme, resident: Person) -> None:
    theirs = make.draft(scheme, resident)
    page = as_(resident).post(reverse("grants:mail_way_back", args=[theirs.pk]), {"email": ADDRESS})
    assert page.status_code == 403
    assert not Mail.objects.exists()


@pytest.fixture
def in_two(scheme: Scheme, resident: Person) -> tuple[Application, Application]:
    """Samira can't sign in. She sent a plan with a helper, and writes another one."""
    return make.application(scheme, resident, title="Geheim"), make.draft(scheme, resident, title="Open")


@pytest.mark.parametrize("door", ["go_on", "edit"])
def test_the_code_of_a_draft_opens_no_other_plan_of_its_writer(
    in_two: tuple[Application, Application], door: str
) -> None:
    sent, draft = in_two
    elsewhere = Visitor()
    page = reverse("grants:go_on") if door == "go_on" else draft.form_url
    elsewhere.post(page, {"code": draft.plan.code})
    assert elsewhere.get(draft.form_url).status_code == 200
    assert elsewhere.get(sent.get_absolute_url()).status_code == 404
    assert "Geheim" not in elsewhere.get(reverse("grants:my_plans"), follow=True).text
    assert draft.plan.members.get().person.phone == sent.plan.first_contact.phone, "they are reached as before"


def test_what_was_given_to_the_writer_still_opens_this_plan(
    in_two: tuple[Application, Application], resident: Person, helper: Person
) -> None:
    _sent, draft = in_two
    made, _key = Invitation.make(draft.plan, purpose=Invitation.Purpose.SAY_YES, by=helper, person=resident)
    Visitor().post(reverse("grants:go_on"), {"code": draft.plan.code})
    made.refresh_from_db()
    assert made.person == draft.plan.members.get().person != resident
