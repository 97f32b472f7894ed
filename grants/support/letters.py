"""Who hears by mail that there is a worry. What its neighbour hears: grants/papers/neighbours.py."""

from django.urls import reverse

from grants.models import SupportPage
from grants.papers.post import mail_about_plan
from web.models import Person


def tell_worry(page: SupportPage) -> None:
    """To the first contact, when they may be mailed. What the worry is stands on the group's page, not in the mail.

    An address that was typed into a draft and not shown yet may be anybody's: nobody is mailed there.
    """
    to = page.plan.first_contact
    if to.reached_by == Person.ReachedBy.MAIL and (page.plan.was_sent or to.can_sign_in):
        mail_about_plan(page.plan, "support/worry", to=to, url=reverse("grants:support_overview", args=[page.plan_id]))
