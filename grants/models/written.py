"""What a fund's people wrote about plans, and what residents answered: forgotten when the plans are."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from grants.models.advice import AdvicePoint, forget_advice
from grants.models.clearance import Clearance
from grants.models.completion import Completion
from grants.models.decision import Decision
from grants.models.draft_review import DraftReview
from grants.models.enquiry import Enquiry
from grants.models.extension import Extension
from grants.models.intake import Intake
from grants.models.intention import Intention
from grants.models.note import Note
from grants.models.promise import Promise
from grants.models.proposal import Proposal
from grants.models.quiet_decision import QuietDecision
from grants.models.reaction import Reaction
from grants.models.referral import Referral
from grants.models.review import Judgement, Review

GONE = "–"  # where the database wants a reason to be there


def forget_what_was_written(plans: Collection[int]) -> Counter[str]:
    """Of these plans the words go; that it was asked, judged and decided stays. How many rows changed, by kind."""
    counts: Counter[str] = Counter()
    waits, theirs = {"wait__application__plan__in": plans}, {"application__plan__in": plans}
    asked = Completion.objects.filter(**waits)
    _blank(asked, counts, explanation="", told="", why_later="", before={}, after={})
    asked.exclude(reason="").update(reason=GONE)
    _blank(Enquiry.objects.filter(**waits), counts, question="", answer="")
    intentions = Intention.objects.filter(grant__application__plan__in=plans)
    _blank(intentions, counts, facts=GONE)
    intentions.exclude(answer="").update(answer=GONE)
    _blank(Extension.objects.filter(**theirs), counts, reason=GONE)
    _blank(Note.objects.filter(**theirs), counts, text="")
    _blank(Reaction.objects.filter(**theirs), counts, text="", reason=GONE)
    found_out = Clearance.objects.filter(**theirs).exclude(text="")
    _blank(found_out, counts, text=GONE)
    _blank(Intake.objects.filter(**theirs), counts, why_later="")
    _blank(Promise.objects.filter(**theirs), counts, what=GONE)
    Promise.objects.filter(**theirs).exclude(excuse="").update(excuse=GONE)
    _blank(Review.objects.filter(**theirs), counts, strong="")
    _blank(Judgement.objects.filter(review__application__plan__in=plans).exclude(reason=""), counts, reason=GONE)
    counts[str(AdvicePoint._meta.verbose_name)] += forget_advice(plans=plans)
    _blank(DraftReview.objects.filter(**theirs), counts, answers={})
    _blank(Proposal.objects.filter(**theirs), counts, reason="")
    Proposal.objects.filter(**theirs).exclude(refusal="").update(refusal=GONE)
    _blank(Referral.objects.filter(**theirs), counts, reason=GONE, note="")
    _blank(QuietDecision.objects.filter(**theirs), counts, reason=GONE, because="")
    QuietDecision.objects.filter(**theirs).exclude(possible="").update(possible=GONE)
    decisions = Decision.objects.filter(**theirs)
    _blank(decisions, counts, reason="")
    decisions.exclude(possible="").update(possible=GONE)
    return counts


def _blank(rows: QuerySet[Any], counts: Counter[str], **values: Any) -> None:
    counts[str(rows.model._meta.verbose_name)] += rows.update(**values)
