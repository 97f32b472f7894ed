"""What residents get in writing while their plan is read: who has it, what is missing, that we read on without it."""

from django.urls import reverse

from grants.models import Application, Completion, Letter
from grants.papers.post import mail_about_plan, send_letter


def tell_taken_up(application: Application) -> None:
    """By mail alone, to whoever of the group wants to hear of everything."""
    page = reverse("grants:track", args=[application.pk])
    for member in application.plan.members.select_related("person"):
        mail_about_plan(application.plan, "review/taken_up", to=member.person, application=application, page=page)


def tell_returned(completion: Completion) -> Letter:
    application = completion.wait.application
    return send_letter(application, "review/returned", to=application.plan.first_contact, completion=completion)


def tell_read_as_it_is(application: Application) -> Letter:
    return send_letter(application, "review/read_as_it_is", to=application.plan.first_contact)
