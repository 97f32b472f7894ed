"""What residents get when their round is announced: the letter of any decision, with what the ranking did in words."""

from django.utils import translation
from django.utils.translation import gettext as _

from grants.models import Application, Decision, Letter
from grants.models.line import Share
from grants.papers.post import language_of, send_letter
from web.amounts import write_amount


def tell_decided(application: Application, decision: Decision) -> Letter:
    to, hold = application.plan.first_contact, decision.leaves_at
    event, agreed = f"decide/{decision.outcome}", decision.obligations.all()
    return send_letter(application, event, to=to, hold=hold, decision=decision, obligations=agreed)


def why_less(share: Share, *, of: int, because: str = "") -> str:
    """For the plan on the line, in the words of its residents: refused insofar as the money ends (Awb 4:25)."""
    with translation.override(language_of(share.application.plan.first_contact)):
        words = {"rank": share.rank, "of": of, "left": write_amount(share.gets)}
        line = _("Your plan is number %(rank)s of the %(of)s in this round. There was %(left)s left for it.") % words
    return f"{because}\n{line}" if because else line


def why_not(share: Share, *, of: int, served: int) -> str:
    """For a plan below the line, in the words of its residents."""
    with translation.override(language_of(share.application.plan.first_contact)):
        words = {"rank": share.rank, "of": of, "served": served}
        return _(
            "Your plan is number %(rank)s of the %(of)s in this round. The money ended after number %(served)s."
        ) % (words)
