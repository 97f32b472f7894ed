"""Rules that ask for no plan or group: about who runs the house, and about pages that anybody may use."""

from django.utils.translation import gettext_lazy as _

from grants.models import HelpingOrganisation, Idea, Invitation, Scheme, SupportPage
from web.access import rule
from web.models import Funder, Person, Seat


@rule(_("Only a treasurer or an auditor of this funder can do this."))
def reads_the_books(person: Person, funder: Funder) -> bool:
    return Seat.objects.of(person, Seat.Role.TREASURER, Seat.Role.AUDITOR).filter(funder=funder).exists()


@rule(_("Only the system takes over a register."))
def is_the_system(person: Person, scheme: Scheme) -> bool:
    return person.is_the_system


@rule(_("Only whoever runs this installation erases people."))
def runs_the_house(person: Person, erased: Person) -> bool:
    return person.is_the_system


@rule(_("Only whoever runs this installation lets an organisation in."))
def lets_in_organisations(person: Person, organisation: HelpingOrganisation) -> bool:
    return person.is_the_system


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
