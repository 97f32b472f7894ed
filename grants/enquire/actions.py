"""One question of an officer, and the residents' answer: by themselves, or noted from a talk on the phone."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.enquire import letters
from grants.models import Application, Enquiry, Member, Wait
from web.clock import add_weeks, today
from web.models import Person, record


@transaction.atomic
def enquire(application: Application, *, question: str, until: date, needed: bool, by: Person) -> Enquiry:
    """Ask the residents one thing, to be answered by `until`.

    `needed`: without the answer nothing can be decided, so the clock stands still until it comes (Awb 4:15).
    Raises ValidationError when nothing is asked: a notice is not dressed up as a question.
    """
    require(by, "enquire", application)
    if "?" not in question:
        raise ValidationError(
            {"question": _("Ask a question, with a question mark. Do you only want to tell something? Then call.")}
        )
    if application.status == Application.Status.RETURNED:
        raise ValidationError(_("This plan is with the residents already, to be completed."))
    wait = Wait.begin(application, until=until, by=by, stops_clock=needed)
    wait.move_clock()
    enquiry = Enquiry.objects.create(wait=wait, question=question)
    record(by, "enquire", application, until=until, needed=needed)
    letters.tell_question(enquiry)
    return enquiry


@transaction.atomic
def hear(application: Application, *, facts: str, until: date, by: Person) -> Enquiry:
    """Ask what the residents say to `facts` about them, before these lead to a no (Awb 4:7). Our clock runs on.

    Raises ValidationError when they would have less than a week.
    """
    require(by, "hear", application)
    if until < add_weeks(today(), 1):
        raise ValidationError({"until": _("Give the residents at least a week.")})
    if application.status == Application.Status.RETURNED:
        raise ValidationError(_("This plan is with the residents already, to be completed."))
    wait = Wait.begin(application, until=until, by=by, stops_clock=False)
    wait.move_clock()
    enquiry = Enquiry.objects.create(wait=wait, question=facts, is_view=True)
    record(by, "hear", application, until=until)
    letters.tell_view_asked(enquiry)
    return enquiry


@transaction.atomic
def answer_enquiry(enquiry: Enquiry, *, answer: str, by: Person) -> Enquiry:
    """What the residents say. Anybody in the group may answer, once."""
    application = enquiry.wait.application
    require(by, "answer_enquiry", application)
    enquiry.keep_answer(answer, by=by)
    enquiry.wait.move_clock(answered_on=today())
    record(by, "answer_enquiry", application)
    return enquiry


@transaction.atomic
def note_answer(enquiry: Enquiry, *, answer: str, member: Member, by: Person) -> Enquiry:
    """What `member` said on the phone, as the officer understood it. The group gets a copy."""
    application = enquiry.wait.application
    require(by, "note_answer", application)
    if member.plan_id != application.plan_id:
        raise ValidationError({"member": _("Choose somebody of this group.")})
    enquiry.keep_answer(answer, by=member.person, noted_by=by)
    enquiry.wait.move_clock(answered_on=today())
    record(by, "note_answer", application, on_behalf_of=member.person)
    letters.tell_noted(enquiry)
    return enquiry


@transaction.atomic
def go_on_without(enquiry: Enquiry, *, by: Person) -> Enquiry:
    """The answer isn't needed any more, or it didn't come. The clock runs on, and the residents read that."""
    application = enquiry.wait.application
    require(by, "go_on_without", application)
    enquiry.wait.end()
    enquiry.wait.move_clock(answered_on=today())
    record(by, "go_on_without", application)
    letters.tell_gone_on(enquiry)
    return enquiry
