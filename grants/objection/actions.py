"""After the letter: residents object or complain, somebody else handles it, and it ends with an answer."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Member, Reaction
from grants.models.reaction import kinds_for, kinds_on_paper, last_day_to_object, last_decision
from grants.objection import letters
from web import clock
from web.clock import today
from web.models import Person, record


@transaction.atomic
def react(application: Application, *, kind: str, text: str, by: Person) -> Reaction:
    """What residents send themselves. They get a receipt at once (Awb 2:17, 6:14).

    Raises ValidationError when this kind isn't there for them now, or the last one of it isn't answered yet.
    """
    require(by, "react", application)
    if kind not in kinds_for(application):
        raise ValidationError(_("You can't send this now. Call us."))
    reaction = _keep(application, Reaction(kind=kind, text=text, by=by, received_on=today()))
    record(by, "react", application, kind=kind)
    letters.tell_received(reaction)
    return reaction


@transaction.atomic
def register_reaction(
    application: Application,
    *,
    kind: str,
    text: str,
    member: Member,
    came_by: str,
    received_on: date,
    by: Person,
    posted_on: date | None = None,
) -> Reaction:
    """What came on paper, by phone or by mail, with its own day: an objection by the wrong way counts (Awb 2:16)."""
    require(by, "register_reaction", application)
    if kind not in kinds_on_paper(application):
        raise ValidationError({"kind": _("A fund that is no public body has complaints alone. Write it down as one.")})
    if member.plan_id != application.plan_id:
        raise ValidationError({"member": _("Choose somebody of this group.")})
    if received_on > today() or (posted_on and posted_on > received_on):
        raise ValidationError({"received_on": _("It can't come later than today, or be posted after it came.")})
    if kind == Reaction.Kind.OBJECTION and last_decision(application) is None:
        raise ValidationError({"kind": _("There is no decision yet to object to.")})
    came = {"came_by": came_by, "received_on": received_on, "posted_on": posted_on}
    reaction = _keep(application, Reaction(kind=kind, text=text, by=member.person, registered_by=by, **came))
    record(by, "register_reaction", application, on_behalf_of=member.person, kind=kind, received_on=received_on)
    letters.tell_received(reaction)
    return reaction


def _keep(application: Application, reaction: Reaction) -> Reaction:
    """With its clock. The application's row is locked, so that a double click sends one."""
    Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    reaction.application = application
    if application.reactions.open().filter(kind=reaction.kind).exists():
        raise ValidationError(_("We have this already, and will answer it. Call us if you want to add something."))
    if not reaction.text.strip():
        raise ValidationError({"text": _("Write what it is about. A few words are enough.")})
    if reaction.kind == Reaction.Kind.OBJECTION:
        reaction.decision = last_decision(application)
        reaction.until = last_day_to_object(reaction.decision) if reaction.decision else None
    reaction.answer_by = reaction.due()
    reaction.save()
    return reaction


@transaction.atomic
def handle_reaction(reaction: Reaction, *, by: Person, with_committee: bool = False) -> Reaction:
    """Somebody who didn't decide takes it on. With a committee the answer may take longer, and they are told."""
    require(by, "handle_reaction", reaction)
    put_off = reaction.put_off_on is not None
    reaction.change(
        handler=by,
        with_committee=with_committee,
        answer_by=reaction.due(with_committee=with_committee, put_off=put_off),
    )
    record(by, "handle_reaction", reaction, with_committee=with_committee)
    letters.tell_handled(reaction)
    return reaction


@transaction.atomic
def put_reaction_off(reaction: Reaction, *, by: Person) -> Reaction:
    """More time, once, told before the last day (Awb 7:10(3), 9:11(2))."""
    require(by, "put_reaction_off", reaction)
    if not reaction.may_be_put_off:
        raise ValidationError(_("This can be put off once, and only before its last day."))
    reaction.change(put_off_on=today(), answer_by=reaction.due(with_committee=reaction.with_committee, put_off=True))
    record(by, "put_reaction_off", reaction, until=reaction.answer_by)
    letters.tell_put_off(reaction)
    return reaction


@transaction.atomic
def answer_reaction(reaction: Reaction, *, outcome: str, reason: str, by: Person, heard: str = "") -> Reaction:
    """The answer, with its reason. Who was declined and is right is decided anew, by somebody else; nothing is edited.

    Raises ValidationError when nobody was heard about an objection (Awb 7:2, 7:3), or it wasn't late at all.
    """
    require(by, "answer_reaction", reaction)
    _refuse_answer(reaction, outcome, heard)
    changes = {"outcome": outcome, "heard": heard, "reason": reason}
    reaction.change(**changes, answered_by=by, answered_at=clock.now(), handler=reaction.handler or by)
    if reaction.is_decided_anew:
        _decide_anew(reaction)
    record(by, "answer_reaction", reaction, outcome=outcome, reason=reason)
    letters.tell_answered(reaction)
    return reaction


def _refuse_answer(reaction: Reaction, outcome: str, heard: str) -> None:
    outcomes, funder = Reaction.Outcome, reaction.application.scheme.funder
    if outcome == outcomes.TOO_LATE and not reaction.is_late:
        raise ValidationError({"outcome": _("It came in time, so it has to be answered.")})
    if reaction.kind != Reaction.Kind.OBJECTION or outcome == outcomes.TAKEN_BACK:
        return
    if not heard:
        raise ValidationError({"heard": funder.citing(_("Talk with them first, or write down why not."), "7:2")})
    if heard == Reaction.Heard.CLEAR and outcome not in {outcomes.UPHELD, outcomes.TOO_LATE}:
        sentence = _("Only who is fully right, or too late, need not be heard.")
        raise ValidationError({"heard": funder.citing(sentence, "7:3")})


def _decide_anew(reaction: Reaction) -> None:
    """What was declined lies with the deciders again; what wasn't handled is read after all."""
    states = Application.Status
    back = {states.DECLINED: states.JUDGED, states.NOT_HANDLED: states.SUBMITTED}
    application = reaction.application
    if step := back.get(states(application.status)):
        application.move_back_to(step, answer_by=max(reaction.answer_by, today()))
