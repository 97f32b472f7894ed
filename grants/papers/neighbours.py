"""To neighbours who left an address: that there is an answer to their worry, and where."""

from grants.models import Plan, Support
from grants.papers.post import mail_about_plan


def tell_answer(support: Support) -> None:
    """In their language, and where it stands: no words of the group go to whom it likes."""
    support.is_told()
    mail_about_plan(support.plan, "support/answered", to=support.neighbour, page=support.page)


def tell_answers(plan: Plan) -> None:
    """What was answered while the plan was a draft and nobody was mailed.

    One mail to an address, however many spoke (docs/decisions/0010).
    """
    told = set[str]()
    for support in Support.objects.to_tell(plan):
        address = support.neighbour.email.lower()
        if address in told:
            support.is_told()
        else:
            tell_answer(support)
        told.add(address)
