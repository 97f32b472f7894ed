"""What whoever writes a plan gets by mail: the link and the code with which they go on."""

from django.urls import reverse

from grants.models import Application
from grants.papers.post import mail_about_plan
from web.models import Person


def send_way_back(application: Application, *, to: Person) -> None:
    """Nothing of the plan itself: whoever gets this by mistake reads no word of a stranger's."""
    code = application.plan.code
    mail_about_plan(
        application.plan, "resume/way_back", to=to, code=code, link=reverse("grants:go_on_with", args=[code])
    )
