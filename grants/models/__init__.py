"""The nouns of asking and giving."""

from grants.models.application import Application
from grants.models.area import Area, AreaPostcode
from grants.models.decision import Decision
from grants.models.grant import Grant
from grants.models.letter import Letter
from grants.models.plan import BudgetLine, Member, Plan
from grants.models.review import Judgement, Review
from grants.models.scheme import Criterion, Exclusion, Scheme
from grants.models.story import Story, StoryPhoto
from grants.models.track import Duties, Track

__all__ = [
    "Application",
    "Area",
    "AreaPostcode",
    "BudgetLine",
    "Criterion",
    "Decision",
    "Duties",
    "Exclusion",
    "Grant",
    "Judgement",
    "Letter",
    "Member",
    "Plan",
    "Review",
    "Scheme",
    "Story",
    "StoryPhoto",
    "Track",
]
