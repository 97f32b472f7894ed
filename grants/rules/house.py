"""Rules that ask for no plan or group: about who runs the house, and about pages that anybody may use."""

from django.utils.translation import gettext_lazy as _

from grants.models import Edition, HelpingOrganisation, Idea, Invitation, Scheme, SupportPage
from web.access import rule
from web.models import Funder, Person, Seat


@rule(_("Only a treasurer or an auditor of this funder can do this."))
def reads_the_books(person: Person, funder: Funder) -> bool:
    return Seat.objects.of(person, Seat.Role.TREASURER, Seat.Role.AUDITOR).filter(funder=funder).exists()


@rule(_("Only a fund admin sets up the schemes of this funder."))
def sets_up_schemes(person: Person, thing: Funder | Scheme | Edition) -> bool:
    return Seat.objects.of(person, Seat.Role.FUND_ADMIN).filter(funder=thing.funder_id).exists()


@rule(_("Only a fund admin of this funder can do this."))
def is_fund_admin(person: Person, funder: Funder) -> bool:
    return Seat.objects.of(person, Seat.Role.FUND_ADMIN).filter(funder=funder).exists()


@rule(_("Only the system does this."))
def is_the_system(person: Person, thing: Scheme | Funder) -> bool:
    return person.is_the_system


@rule(_("Only whoever runs this installation erases people."))
def runs_the_house(person: Person, erased: Person) -> bool:
    return person.is_the_system


@rule(_("Only who sets up this fund lets an organisation in, or ends that."))
def lets_in_organisations(person: Person, organisation: HelpingOrganisation) -> bool:
    """Whoever runs this installation may too, by a command; then no fund let it in."""
    if person.is_the_system:
        return True
    seats = Seat.objects.of(person, Seat.Role.FUND_ADMIN)
    return organisation.funder_id is not None and seats.filter(funder=organisation.funder_id).exists()


@rule(_("The group has closed this page. You can still read it."))
def is_open(person: Person, page: SupportPage) -> bool:
    return page.is_open


@rule(_("This funder has no scheme now, so it can't answer ideas. Call them."))
def takes_ideas(person: Person, funder: Funder) -> bool:
    return Scheme.objects.published().filter(funder=funder).exists()


@rule(_("This idea has been erased."))
def is_still_there(person: Person, idea: Idea) -> bool:
    return idea.erased_at is None


@rule(_("You can change your own details only. Do you work for a funder? Then ask who sets up roles there."))
def is_oneself_without_a_seat(person: Person, changed: Person) -> bool:
    return person == changed and not Seat.objects.of(person).exists()


@rule(_("This invitation has been used, or it is too old. Ask for a new one."))
def still_opens(person: Person, invitation: Invitation) -> bool:
    return invitation.is_open
