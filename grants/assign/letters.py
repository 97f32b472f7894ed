"""What residents read when somebody else has their plan: the same mail as when it was taken up."""

from django.urls import reverse

from grants.models import Application
from grants.papers.post import mail_about_plan


def tell_assigned(application: Application) -> None:
    """By mail alone, to whoever of the group wants to hear of everything."""
    page = reverse("grants:track", args=[application.pk])
    for member in application.plan.members.select_related("person"):
        mail_about_plan(application.plan, "review/taken_up", to=member.person, application=application, page=page)
