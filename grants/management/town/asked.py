"""What officers in the town ask and find out: of residents, of each other, and if it may be done here."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from grants.ask import actions as ask
from grants.enquire import actions as enquire
from grants.find_out import actions as find_out
from grants.jot import actions as jot
from grants.models import Application, Clearance, Enquiry
from grants.review import actions as review
from grants.write import actions as write
from web import clock
from web.models import Person


def send_back(application: Application, step: dict[str, Any], *, by: Person) -> None:
    until = clock.today() + timedelta(days=step.get("days", 14))
    words = {"explanation": step.get("explanation", ""), "reason": step.get("reason", "")}
    review.send_back(application, missing=step["missing"], until=until, by=by, **words)


def complete(application: Application, step: dict[str, Any], *, by: Person) -> None:
    """The residents change what the step says, and send it again."""
    write.save_draft(application, by=by, **step["changed"])
    ask.complete(Application.objects.get(pk=application.pk), by=by)


def enquire_about(application: Application, step: dict[str, Any], *, by: Person) -> None:
    until = clock.today() + timedelta(days=step.get("days", 7))
    enquire.enquire(application, question=step["question"], until=until, needed=True, by=by)


def answer(application: Application, step: dict[str, Any], *, by: Person) -> None:
    enquire.answer_enquiry(Enquiry.objects.get(wait=application.waits.open().get()), answer=step["answer"], by=by)


def clearance_of(application: Application, step: dict[str, Any]) -> Clearance:
    """Which of its questions, by the kind of it."""
    return application.clearances.get(check_of__kind=step["kind"])


def tell_what_was_found(application: Application, step: dict[str, Any], *, by: Person) -> None:
    answer, text = step["answer"], step.get("text", "")
    find_out.answer_clearance(clearance_of(application, step), answer=answer, text=text, by=by)


def take_on(application: Application, step: dict[str, Any], *, by: Person) -> None:
    """Who answers it says so, and by when."""
    due_on = clock.today() + timedelta(days=step["days"])
    find_out.pass_on(clearance_of(application, step), owner=by, due_on=due_on, by=by)


def note(application: Application, step: dict[str, Any], *, by: Person) -> None:
    jot.jot(application, text=step["text"], by=by)


Step = Callable[..., None]
STEPS: dict[str, Step] = {
    "send_back": send_back,
    "complete": complete,
    "enquire": enquire_about,
    "answer_enquiry": answer,
    "find_out": tell_what_was_found,
    "take_on": take_on,
    "note": note,
}


def take(application: Application, step: dict[str, Any], *, by: Person) -> None:
    STEPS[step["do"]](application, step, by=by)
