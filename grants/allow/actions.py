"""Who residents let in at their plan: they give it, renew it, move it to a colleague, and end it at once."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.allow import letters
from grants.models import Application, Consent, Helper, Invitation, Plan
from web import clock
from web.models import Person, record

Purpose = Invitation.Purpose


@transaction.atomic
def give_consent(plan: Plan, *, helper: Helper, until: date | None = None, by: Person) -> Consent:
    """The residents let a helper in on their own page. Until a day, or until the bank details are in."""
    require(by, "give_consent", plan)
    if not Helper.objects.today().filter(pk=helper.pk).exists():
        raise ValidationError(_("This helper doesn't help any more. Choose another one."))
    consent, _again = Consent.give(plan, helper, how=Consent.How.PAGE, given_by=by, until=until)
    record(by, "give_consent", consent, helper=helper, paid_by=consent.paid_by)
    letters.tell_let_in(consent)
    return consent


@transaction.atomic
def end_consent(consent: Consent, *, by: Person) -> None:
    """From this moment the helper sees nothing of the plan any more."""
    require(by, "end_consent", consent)
    consent.end(by=by)
    record(by, "end_consent", consent)


@transaction.atomic
def end_consent_with_note(application: Application, *, consent: Consent, note: str, by: Person) -> None:
    """The residents called: an officer ends it for them, at once, and writes down who said so."""
    require(by, "end_consent_with_note", application)
    if consent.plan_id != application.plan_id:
        raise ValidationError(_("Choose a helper of this plan."))
    consent.end(by=by)
    record(by, "end_consent_with_note", application, consent=consent.pk, note=note)
    letters.tell_ended(consent, to=application.plan.first_contact, by=by)


@transaction.atomic
def make_help_code(plan: Plan, *, by: Person) -> str:
    """A code that residents say to a helper, who may then come in, again or for the first time. Kept nowhere."""
    require(by, "make_help_code", plan)
    Invitation.objects.open().filter(plan=plan, purpose=Purpose.HELP).update(expires_at=clock.now())
    made, key = Invitation.make(plan, purpose=Purpose.HELP, by=by, person=plan.first_contact)
    record(by, "make_help_code", made)
    return key.code


@transaction.atomic
def use_help_code(invitation: Invitation, *, until: date | None = None, by: Person) -> Consent:
    """`by` types the code that a resident said. Who of the same organisation helped before them, does so no more."""
    require(by, "use_help_code", invitation)
    helper = Helper.objects.of(by).select_related("organisation").get()
    plan, resident = invitation.plan, invitation.plan.first_contact
    _refuse_another_organisation(plan, helper)
    invitation.use()
    for colleague in plan.consents.filter(ended_at=None).exclude(helper=helper):
        colleague.end(by=by)
        record(by, "end_consent", colleague, on_behalf_of=resident)
    consent, renewed = Consent.give(plan, helper, how=Consent.How.CODE, given_by=resident, until=until)
    said = {"helper": helper, "paid_by": consent.paid_by}
    record(by, "renew_consent" if renewed else "move_consent", consent, on_behalf_of=resident, **said)
    letters.tell_changed(consent, to=resident)
    return consent


def _refuse_another_organisation(plan: Plan, helper: Helper) -> None:
    """Residents heard of one organisation and who pays it: another one they let in on their own page."""
    before = plan.consents.select_related("helper__organisation").order_by("pk").last()
    if before and before.helper.organisation_id != helper.organisation_id:
        raise ValidationError(
            _("This plan is helped by %(name)s. With a code only a colleague from there comes in.")
            % {"name": before.helper.organisation}
        )
