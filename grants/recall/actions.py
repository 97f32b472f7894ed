"""What a decider does about a slip: take a decision back in the minutes before its letter leaves."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from grants.access import require, require_mandate
from grants.models import Application, Decision
from web.amounts import euro
from web.models import Mail, Person, record


@transaction.atomic
def recall(application: Application, *, by: Person) -> Application:
    """As if it had not been decided: the money is free by a counter-entry, the letter never leaves, the deed stays.

    Raises ValidationError once the letter has left, when the residents have acted on it already, or when the mandate
    doesn't reach as far as for the decision itself.
    """
    require(by, "recall", application)
    Application.objects.select_for_update(no_key=True).get(pk=application.pk)  # nobody objects meanwhile
    decision = Decision.objects.standing().filter(application=application).last()
    if decision is None or not decision.can_be_recalled:
        raise ValidationError(_("The letter has left, so this decision stands."))
    require_mandate(application, decision.amount if decision.is_about_money else application.asked or euro(0), by=by)
    if decision.reactions.exists():
        raise ValidationError(_("The residents objected to it already, so this decision stands."))
    _stop_letters(application, decision)
    if application.status == Application.Status.GRANTED:
        application.grant.undo(by=by)
    application.move_back_to(Application.Status.JUDGED, granted=None, told_at=None)
    decision.take_back(by=by)
    record(by, "recall", application, decision=decision)
    return application


def _stop_letters(application: Application, decision: Decision) -> None:
    """All of them, or none: of a mail that is being sent nobody knows whether it arrives."""
    letters = application.letters.filter(leaves_at=decision.leaves_at)
    told = Q(letter__in=letters) | Q(not_before=decision.leaves_at, to__memberships__plan=application.plan_id)
    mails = Mail.objects.filter(pk__in=set(Mail.objects.filter(told).values_list("pk", flat=True)))
    # Locked: a worker that is taking one is waited for, and after this none takes any.
    held = mails.select_for_update().filter(sent_at=None, tries=0)
    if len(held) < mails.count() or letters.exclude(posted_at=None).exists():
        raise ValidationError(_("The letter is leaving at this moment, so this decision stands."))
    letters.delete()
    mails.delete()
