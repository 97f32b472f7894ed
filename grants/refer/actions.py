"""Sending a plan on to another fund: an officer proposes it, the residents say yes or no, nobody types it again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, QuietDecision, Referral, Scheme
from grants.models.division import wait_for_turn
from grants.models.proposal import refuse_what_is_proposed
from grants.models.referral import schemes_for
from grants.models.sending import send_as_of
from grants.models.status import NEXT, Status
from grants.refer import letters
from web import clock
from web.models import Person, record


@transaction.atomic
def propose_referral(
    application: Application, *, scheme: Scheme, reason: str, by: Person, by_law: bool = False
) -> Referral:
    """Ask the residents whether their plan may go to `scheme`, and why there. Until they answer the clock runs on.

    `by_law`: not this public body but that one decides on it. Then it goes at once, and the residents are told
    (Awb 2:3). Raises ValidationError when it can't go there, or the residents were asked already.
    """
    require(by, "propose_referral", application)
    wait_for_turn(application)
    waiting = Application.objects.get(pk=application.pk)
    if Status.REFERRED not in NEXT[Status(waiting.status)]:
        raise ValidationError(_("Only a plan that waits for a decision can go to another fund."))
    _refuse_where_it_cannot_go(waiting, scheme, by_law=by_law)
    if not reason.strip():
        raise ValidationError({"reason": _("Write why it fits there. The residents read it.")})
    Referral.objects.filter(application=application).delete()  # they said no to another one
    referral = Referral.objects.create(application=waiting, scheme=scheme, reason=reason.strip(), by_law=by_law, by=by)
    record(by, "propose_referral", application, scheme=scheme, reason=reason)
    if by_law:
        _answer(referral, yes=True, by=by)
    else:
        letters.ask(referral)
    return referral


def _refuse_where_it_cannot_go(application: Application, scheme: Scheme, *, by_law: bool) -> None:
    if Referral.objects.filter(application=application, agreed=None).exists():
        raise ValidationError(_("The residents were asked this already. Wait for their answer."))
    if not schemes_for(application).filter(pk=scheme.pk).exists():
        raise ValidationError({"scheme": _("Choose a scheme that takes such plans now, and doesn't have this one.")})
    if by_law and not (application.scheme.funder.is_public_body and scheme.funder.is_public_body):
        sentence = _("Only one public body sends on to another without asking.")
        raise ValidationError({"by_law": application.scheme.funder.citing(sentence, "2:3")})


@transaction.atomic
def answer_referral(referral: Referral, *, yes: bool, by: Person) -> Referral:
    """What the residents say: yes, and it goes there today; or no, and it stays."""
    require(by, "answer_referral", referral.application)
    _answer(referral, yes=yes, by=by)
    record(by, "refer" if yes else "keep_here", referral.application)
    return referral


@transaction.atomic
def note_referral_answer(referral: Referral, *, yes: bool, note: str, by: Person) -> Referral:
    """The same, told on the phone or on paper; `note` says when and how."""
    require(by, "note_referral_answer", referral.application)
    if not note.strip():
        raise ValidationError({"note": _("Write when they said so, and how.")})
    _answer(referral, yes=yes, by=by, note=note.strip())
    record(by, "note_referral_answer", referral.application, yes=yes, note=note)
    return referral


def _answer(referral: Referral, *, yes: bool, by: Person, note: str = "") -> None:
    """Of two at once one answers; the other is told so."""
    application = Application.objects.get(pk=referral.application_id)
    wait_for_turn(application)
    application.refresh_from_db()
    if application.is_quiet and not note:  # the residents don't know yet that it was decided
        raise ValidationError(_("Somebody is working on your plan at this moment. Try again in ten minutes."))
    answer = {"agreed": yes, "answered_by": by, "answered_at": clock.now(), "note": note}
    if not application.is_waiting or not Referral.objects.filter(pk=referral.pk, agreed=None).update(**answer):
        raise ValidationError(_("This was answered already, or the plan has been decided on."))
    for name, value in answer.items():
        setattr(referral, name, value)
    referral.application = application
    if yes:
        _send_on(referral, by=by)


def _send_on(referral: Referral, *, by: Person) -> None:
    """It counts there from today; what the residents wrote goes along as it is, and what is missing is asked there."""
    application = referral.application
    if not schemes_for(application).filter(pk=referral.scheme_id).exists():
        raise ValidationError(_("That fund takes no such plans now. Call us: then we look further together."))
    refuse_what_is_proposed(application)
    for wait in application.waits.open():
        wait.end()
    QuietDecision.objects.filter(application=application).delete()
    application.move_to(Status.REFERRED)
    there = Application.objects.create(plan=application.plan, scheme=referral.scheme, asked=application.asked)
    duties = there.duties
    if duties is None:
        raise ValidationError(_("That fund takes no such plans now. Call us: then we look further together."))
    send_as_of(there, clock.now(), duties=duties)
    referral.became = there
    referral.save(update_fields=["became"])
    record(by, "arrive", there)
    letters.tell_gone(referral)
    letters.tell_received(referral)
