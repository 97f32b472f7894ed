"""Who hears what of a worry, by mail: the group that there is one, the neighbour what was done with it."""

from django.urls import reverse

from grants.models import Support, SupportPage
from grants.papers.post import mail_about_plan
from web.models import Person


def tell_worry(page: SupportPage) -> None:
    """To the first contact, when they may be mailed. What the worry is stands on the group's page, not in the mail.

    An address that was typed into a draft and not shown yet may be anybody's: nobody is mailed there.
    """
    to = page.plan.first_contact
    if to.reached_by == Person.ReachedBy.MAIL and (page.plan.was_sent or to.can_sign_in):
        mail_about_plan(page.plan, "support/worry", to=to, url=reverse("grants:support_overview", args=[page.plan_id]))


def tell_answer(support: Support) -> None:
    """That there is an answer, in their language, and where it stands: no words of the group go to whom it likes."""
    mail_about_plan(support.plan, "support/answered", to=support.neighbour, page=support.page)
