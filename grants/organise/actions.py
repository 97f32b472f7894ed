"""What an organisation that helps residents does itself: it is let in once, and then invites and ends its helpers."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Consent, Helper, HelpingOrganisation
from grants.organise import letters
from web.models import Person, User, record


@transaction.atomic
def let_in_organisation(organisation: HelpingOrganisation, *, lead: str, name: str, by: Person) -> Helper:
    """Keep `organisation`, with who leads its helpers: an address and a name. From then on it does the rest itself."""
    require(by, "let_in_organisation", organisation)
    organisation.full_clean()
    organisation.save()
    record(by, "let_in_organisation", organisation, name=organisation.name, paid_by=organisation.paid_by)
    helper = _welcome(organisation, email=lead, name=name, leads=True, by=by)
    record(by, "invite_helper", helper, leads=True)
    return helper


@transaction.atomic
def invite_helper(
    organisation: HelpingOrganisation, *, email: str, name: str, leads: bool = False, by: Person
) -> Helper:
    """Somebody who works there helps from now on; they get a mail that says so, and sign in with a code."""
    require(by, "invite_helper", organisation)
    helper = _welcome(organisation, email=email, name=name, leads=leads, by=by)
    record(by, "invite_helper", helper, leads=leads)
    return helper


def _welcome(organisation: HelpingOrganisation, *, email: str, name: str, leads: bool, by: Person) -> Helper:
    person = User.objects.of_address(email).person
    if person.helps.filter(organisation=organisation, ended_at=None).exists():
        raise ValidationError(_("This person is a helper here already."))
    if not person.name:
        person.name = name
        person.save(update_fields=["name"])
    helper = Helper.begin(person, organisation, leads=leads, by=by)
    letters.welcome_helper(helper, by=by)
    return helper


@transaction.atomic
def end_helper(helper: Helper, *, by: Person) -> None:
    """Somebody stops helping here: from this moment they see no resident's plan any more. The residents are told."""
    require(by, "end_helper", helper)
    _end_consents(Consent.objects.open().filter(helper=helper), by=by)
    helper.end()
    record(by, "end_helper", helper)


@transaction.atomic
def end_organisation(organisation: HelpingOrganisation, *, by: Person) -> None:
    """The whole organisation stops helping. None of its helpers sees a plan any more; their residents are told."""
    require(by, "end_organisation", organisation)
    _end_consents(Consent.objects.open().filter(helper__organisation=organisation), by=by)
    organisation.end()
    record(by, "end_organisation", organisation)


def _end_consents(consents: QuerySet[Consent], *, by: Person) -> None:
    for consent in consents.select_related("plan", "helper__organisation", "helper__person"):
        consent.end(by=by)
        record(by, "end_consent", consent)
        letters.tell_stopped(consent, to=consent.plan.first_contact)
