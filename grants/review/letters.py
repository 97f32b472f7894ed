"""What residents get in writing while their plan is read: what is missing, and that we read on without it."""

from grants.models import Application, Completion, Letter
from grants.papers.post import send_letter


def tell_returned(completion: Completion) -> Letter:
    application = completion.wait.application
    return send_letter(application, "review/returned", to=application.plan.first_contact, completion=completion)


def tell_read_as_it_is(application: Application) -> Letter:
    return send_letter(application, "review/read_as_it_is", to=application.plan.first_contact)
