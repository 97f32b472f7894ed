"""The nouns of asking and giving."""

from grants.models.application import Application
from grants.models.area import Area, AreaPostcode
from grants.models.budget_line import BudgetLine
from grants.models.completion import Completion
from grants.models.confirmation import Confirmation
from grants.models.consent import Consent
from grants.models.decision import Decision
from grants.models.enquiry import Enquiry
from grants.models.example import Example
from grants.models.grant import Grant
from grants.models.helper import Helper, HelpingOrganisation, Scribe
from grants.models.idea import Idea
from grants.models.invitation import Invitation
from grants.models.letter import Letter
from grants.models.partner import Partner
from grants.models.plan import Member, Plan
from grants.models.review import Judgement, Review
from grants.models.scheme import Criterion, Exclusion, Scheme
from grants.models.sheet import Sheet
from grants.models.story import Story, StoryPhoto
from grants.models.support import Support, SupportPage
from grants.models.track import Duties, Track
from grants.models.wait import Wait

__all__ = [
    "Application",
    "Area",
    "AreaPostcode",
    "BudgetLine",
    "Completion",
    "Confirmation",
    "Consent",
    "Criterion",
    "Decision",
    "Duties",
    "Enquiry",
    "Example",
    "Exclusion",
    "Grant",
    "Helper",
    "HelpingOrganisation",
    "Idea",
    "Invitation",
    "Judgement",
    "Letter",
    "Member",
    "Partner",
    "Plan",
    "Review",
    "Scheme",
    "Scribe",
    "Sheet",
    "Story",
    "StoryPhoto",
    "Support",
    "SupportPage",
    "Track",
    "Wait",
]
