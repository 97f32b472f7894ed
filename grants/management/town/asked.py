"""What officers in the town ask of residents: to complete a plan, or to answer a question."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from grants.ask import actions as ask
from grants.enquire import actions as enquire
from grants.models import Application, Enquiry
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


Step = Callable[..., None]
STEPS: dict[str, Step] = {
    "send_back": send_back,
    "complete": complete,
    "enquire": enquire_about,
    "answer_enquiry": answer,
}


def take(application: Application, step: dict[str, Any], *, by: Person) -> None:
    STEPS[step["do"]](application, step, by=by)
