"""Rules about helpers: at which organisation, and let in by whom."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.models import Application, Consent, Helper, HelpingOrganisation, Invitation
from grants.rules.group import is_first_contact, is_member, plan_of
from web.access import rule
from web.models import Person


@rule(_("Only the group behind this plan can do this, or a helper they let in."))
def is_member_or_helper(person: Person, thing: Any) -> bool:
    plan = plan_of(thing)
    return is_member.asks(person, plan) or is_let_in.asks(person, plan)


@rule(_("Only a helper of an organisation can do this."))
def helps(person: Person, thing: Any) -> bool:
    return Helper.objects.of(person).exists()


@rule(_("Only a helper whom the residents let in can do this."))
def is_let_in(person: Person, thing: Any) -> bool:
    return Consent.objects.of(person).filter(plan=plan_of(thing)).exists()


@rule(_("This resident has sent a plan or signs in. They change it themselves, or call the fund."))
def nobody_else_changes_it(person: Person, application: Application) -> bool:
    """Only for who was written down by a helper and did nothing of their own yet."""
    resident = application.plan.first_contact
    sent = Application.objects.exclude(status=Application.Status.DRAFT).filter(plan__members__person=resident)
    began = Consent.objects.of(person).filter(plan=application.plan_id, how=Consent.How.SPOKEN)
    return not resident.can_sign_in and not sent.exists() and began.exists()


@rule(_("The group has another first contact now. Ask them for a new code."))
def is_of_the_first_contact(person: Person, invitation: Invitation) -> bool:
    return is_first_contact.asks(invitation.person, invitation) if invitation.person else False


@rule(_("Only who got this from us can answer it."))
def is_its_resident(person: Person, invitation: Invitation) -> bool:
    return invitation.person_id == person.pk


@rule(_("Only who leads the helpers of this organisation can do this."))
def leads_its_helpers(person: Person, thing: Helper | HelpingOrganisation) -> bool:
    organisation = thing.organisation_id if isinstance(thing, Helper) else thing.pk
    return Helper.objects.of(person).filter(organisation=organisation, leads=True).exists()


@rule(_("You help with this plan. It stays the residents' own."))
def never_helped(person: Person, application: Application) -> bool:
    return not Consent.objects.filter(plan=application.plan_id, helper__person=person).exists()
