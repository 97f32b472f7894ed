"""An organisation that helps residents: let in once by who runs the house, it invites and ends its own helpers."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from grants.models import Application, Consent, Helper, HelpingOrganisation, Letter
from grants.organise import actions
from tests import make
from tests.conftest import SignedIn
from web.models import Deed, Funder, Mail, Person, Seat, User

PAGE = "/hulp/organisatie/"


@pytest.fixture
def lead(helper: Person) -> Person:
    """Marga leads the helpers where Hanneke helps."""
    person = make.person("Marga Meidoorn", email="marga@buurtwerk.example")
    make.helper(person, helper.helps.get().organisation, leads=True)
    return person


def let_in(**changed: str) -> None:
    about = {"paid_by": "de gemeente", "phone": "0900 1", "lead": "marga@buurtwerk.example", "lead_name": "Marga M."}
    call_command("helping_organisation", changed.pop("name", "Buurtwerk"), **about | changed, stdout=StringIO())


@pytest.mark.django_db
def test_who_runs_the_house_lets_an_organisation_in_with_its_lead() -> None:
    let_in()
    helper = Helper.objects.get()
    assert (str(helper), helper.leads, helper.organisation.paid_by) == ("Marga M., Buurtwerk", True, "de gemeente")
    assert "/hulp/" in Mail.objects.get(address="marga@buurtwerk.example").text
    assert list(Deed.objects.values_list("verb", flat=True)) == ["let_in_organisation", "invite_helper"]


@pytest.mark.django_db
def test_an_organisation_is_let_in_once_and_with_who_pays_it() -> None:
    let_in()
    for changed in ({}, {"name": "Ander", "paid_by": ""}):
        with pytest.raises(CommandError):
            let_in(**changed)
    assert HelpingOrganisation.objects.count() == 1


def test_nobody_else_lets_an_organisation_in(fund_admin: Person, lead: Person) -> None:
    for person in (fund_admin, lead):
        with pytest.raises(PermissionDenied):
            actions.let_in_organisation(HelpingOrganisation(name="X"), lead="x@x.nl", name="X", by=person)


def test_the_lead_invites_a_helper_who_comes_in_by_code(as_: SignedIn, lead: Person) -> None:
    typed = {"name": "Sanne Spirea", "email": "sanne@buurtwerk.example"}
    assert as_(lead).post(f"{PAGE}uitnodigen/", typed).status_code == 302
    sanne = User.objects.get(email="sanne@buurtwerk.example")
    assert not sanne.signs_in_by_password
    assert "Marga" in Mail.objects.get(to=sanne.person).text
    page = as_(sanne.person).get(PAGE).text
    assert "Sanne Spirea" in page
    assert "uitnodigen" not in page, "only who leads invites"


def test_who_invites_an_address_does_not_learn_whose_it_is(as_: SignedIn, lead: Person, resident: Person) -> None:
    make.user(resident)
    visitor, typed = as_(lead), {"name": "Iemand", "email": resident.email}
    page = visitor.post(f"{PAGE}uitnodigen/", typed, follow=True).text
    assert "Iemand gets a mail" in page
    assert resident.email in page
    assert resident.name not in page
    as_(resident)  # they come in, and so agree to help
    assert resident.name in visitor.get(PAGE).text


def test_an_invitation_that_is_not_complete_keeps_what_was_typed(as_: SignedIn, lead: Person) -> None:
    page = as_(lead).post(f"{PAGE}uitnodigen/", {"name": "Sanne", "email": "geen adres"})
    assert page.status_code == 200
    assert 'value="Sanne"' in page.text
    assert 'value="geen adres"' in page.text
    assert Helper.objects.count() == 2


def test_who_works_for_a_fund_is_no_helper(lead: Person, officer: Person, helper: Person, funder: Funder) -> None:
    organisation = lead.helps.get().organisation
    make.user(officer)
    with pytest.raises(ValidationError, match="works for a fund"):
        actions.invite_helper(organisation, email=officer.email, name="F", by=lead)
    make.seat(helper, funder, Seat.Role.OFFICER)
    assert not Helper.objects.of(helper).exists(), "a seat given later closes the desk"


def test_nobody_is_invited_twice_or_by_two(lead: Person, helper: Person) -> None:
    other = make.organisation("De Bieb")
    make.user(helper)
    with pytest.raises(ValidationError, match="here already"):
        actions.invite_helper(lead.helps.get().organisation, email=helper.email, name="H", by=lead)
    boss = make.person("Bas")
    make.helper(boss, other, leads=True)
    with pytest.raises(ValidationError, match="a helper already"):
        actions.invite_helper(other, email=helper.email, name="H", by=boss)
    assert helper.name == "Hanneke Hulst"


def test_the_lead_ends_a_helper_at_once(as_: SignedIn, lead: Person, helper: Person) -> None:
    theirs, place = as_(helper), helper.helps.get()
    assert theirs.get(PAGE).status_code == 200
    assert as_(lead).post(reverse("grants:end_helper", args=[place.pk])).status_code == 302
    assert theirs.get(PAGE).status_code == 404
    assert theirs.get("/hulp/").status_code == 404
    assert "My residents" not in theirs.get(reverse("grants:my_plans")).text
    with pytest.raises(ValidationError, match="ended already"):
        Helper.objects.get(pk=place.pk).end()


def test_residents_of_a_helper_who_stops_are_told_and_move_only_with_a_code(
    application: Application, lead: Person, helper: Person
) -> None:
    make.consent(application.plan, helper)
    actions.end_helper(helper.helps.get(), by=lead)
    assert Letter.objects.get().event == "organise/stopped"
    assert Consent.objects.get().ended_by == lead
    assert not Application.objects.visible_to(lead).exists(), "a colleague doesn't come in by itself"


def test_the_last_who_leads_stays(lead: Person) -> None:
    with pytest.raises(ValidationError, match="Nobody else leads"):
        actions.end_helper(lead.helps.get(), by=lead)


def test_only_a_lead_of_this_organisation_invites_and_ends(as_: SignedIn, lead: Person, helper: Person) -> None:
    boss = make.person("Bas")
    make.helper(boss, make.organisation("De Bieb"), leads=True)
    end = reverse("grants:end_helper", args=[helper.helps.get().pk])
    assert as_(boss).post(end).status_code == 404, "another organisation's helper"
    assert as_(helper).post(reverse("grants:end_helper", args=[lead.helps.get().pk])).status_code == 403
    assert as_(helper).get(f"{PAGE}uitnodigen/").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.end_helper(helper.helps.get(), by=boss)


def test_whoever_does_not_help_has_no_such_pages(as_: SignedIn, resident: Person, officer: Person) -> None:
    for person in (resident, officer):
        assert {as_(person).get(page).status_code for page in (PAGE, f"{PAGE}uitnodigen/", "/hulp/")} == {404}


@pytest.mark.parametrize("more", [0, 5])
def test_the_page_costs_the_same_however_many_help(
    as_: SignedIn, lead: Person, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(more):
        make.helper(make.person(), lead.helps.get().organisation)
    visitor = as_(lead)
    # session, user with person, seats (door and navigation); my place; who leads; the helpers
    with django_assert_num_queries(6):
        visitor.get(PAGE)


# A fund lets an organisation in

LIST = "/werk/organisaties/"
TYPED = {
    "name": "Bieb Waterveen",
    "paid_by": "de gemeente Waterveen",
    "phone": "0900 1111",
    "email": "bieb@waterveen.example",
    "lead_name": "Lies Lijster",
    "lead": "lies@bieb.example",
}


@pytest.fixture
def bieb(as_: SignedIn, funder: Funder, fund_admin: Person) -> HelpingOrganisation:
    answer = as_(fund_admin).post(f"{LIST}{funder.slug}/nieuw/", TYPED)
    assert answer["Location"] == LIST
    return HelpingOrganisation.objects.get(name="Bieb Waterveen")


def test_who_sets_up_a_fund_lets_an_organisation_in_with_its_lead(
    as_: SignedIn, bieb: HelpingOrganisation, funder: Funder, fund_admin: Person
) -> None:
    lead = Helper.objects.get(organisation=bieb)
    assert (bieb.funder, lead.leads, lead.person.name) == (funder, True, "Lies Lijster")
    assert Mail.objects.filter(address="lies@bieb.example").exists()
    deed = Deed.objects.get(verb="let_in_organisation")
    assert (deed.by, deed.funder) == (fund_admin, funder)
    assert "Bieb Waterveen" in as_(fund_admin).get(LIST).text
    assert LIST in as_(fund_admin).get(reverse("grants:inbox")).text


def test_a_second_of_that_name_is_refused_at_its_field(
    as_: SignedIn, bieb: HelpingOrganisation, funder: Funder, fund_admin: Person
) -> None:
    page = as_(fund_admin).post(f"{LIST}{funder.slug}/nieuw/", TYPED | {"lead": "iemand@bieb.example"})
    assert "has been let in already" in page.text
    assert "0900 1111" in page.text
    assert HelpingOrganisation.objects.filter(name="Bieb Waterveen").count() == 1


def test_the_end_is_for_all_at_once_and_their_residents_are_told(
    as_: SignedIn, bieb: HelpingOrganisation, fund_admin: Person, application: Application, resident: Person
) -> None:
    lead = Helper.objects.get(organisation=bieb).person
    make.consent(application.plan, lead)
    visitor, page = as_(fund_admin), f"{LIST}{bieb.pk}/stoppen/"
    assert "They see 1 plan now" in visitor.get(page).text
    assert Application.objects.helped_by(lead).exists(), "looking ends nothing"
    visitor.post(page)
    assert not Application.objects.helped_by(lead).exists()
    assert not Helper.objects.of(lead).exists()
    assert Letter.objects.filter(event="organise/stopped", to=resident).exists()
    assert visitor.post(page).status_code == 404
    with pytest.raises(ValidationError, match="ended already"):
        actions.end_organisation(bieb, by=fund_admin)


def test_an_organisation_that_ended_may_come_back(
    as_: SignedIn, bieb: HelpingOrganisation, funder: Funder, fund_admin: Person
) -> None:
    actions.end_organisation(bieb, by=fund_admin)
    as_(fund_admin).post(f"{LIST}{funder.slug}/nieuw/", TYPED)
    assert HelpingOrganisation.objects.filter(name="Bieb Waterveen").count() == 2
    assert HelpingOrganisation.objects.get(name="Bieb Waterveen", ended_at=None).helpers.filter(ended_at=None).exists()


def test_a_fund_ends_only_what_it_let_in(
    as_: SignedIn, bieb: HelpingOrganisation, other_funder: Funder, fund_admin: Person, officer: Person
) -> None:
    elsewhere = make.person("Zita Zomereik")
    make.seat(elsewhere, other_funder, Seat.Role.FUND_ADMIN)
    by_command = make.organisation()
    assert as_(elsewhere).get(f"{LIST}{bieb.pk}/stoppen/").status_code == 404
    assert "Bieb Waterveen" not in as_(elsewhere).get(LIST).text
    assert as_(fund_admin).get(f"{LIST}{other_funder.slug}/nieuw/").status_code == 404
    for organisation, by in ((bieb, elsewhere), (bieb, officer), (by_command, fund_admin)):
        with pytest.raises(PermissionDenied):
            actions.end_organisation(organisation, by=by)
    assert not HelpingOrganisation.objects.exclude(ended_at=None).exists()
