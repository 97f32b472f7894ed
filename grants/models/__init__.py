"""The nouns of asking and giving."""

from grants.models.advice import Advice, AdvicePoint
from grants.models.application import Application
from grants.models.area import Area, AreaPostcode
from grants.models.aside import Aside
from grants.models.budget_line import BudgetLine
from grants.models.check import Check
from grants.models.clearance import Clearance
from grants.models.completion import Completion
from grants.models.confirmation import Confirmation
from grants.models.consent import Consent
from grants.models.criterion import Criterion, Exclusion, Obligation
from grants.models.decision import Decision
from grants.models.desk import Desk
from grants.models.draft_review import DraftReview
from grants.models.edition import Edition
from grants.models.enquiry import Enquiry
from grants.models.example import Example
from grants.models.extension import Extension
from grants.models.extra_answer import ExtraAnswer
from grants.models.extra_question import ExtraQuestion
from grants.models.grant import Grant
from grants.models.ground import Ground
from grants.models.handover import Handover
from grants.models.helper import Helper, HelpingOrganisation, Scribe
from grants.models.idea import Idea
from grants.models.intake import Intake
from grants.models.intention import Intention
from grants.models.invitation import Invitation
from grants.models.kept_list import KeptList
from grants.models.letter import Letter
from grants.models.note import Note
from grants.models.own_words import OwnWords
from grants.models.partner import Partner
from grants.models.place import Place
from grants.models.plan import Member, Plan
from grants.models.promise import Promise
from grants.models.proposal import Proposal
from grants.models.quiet_decision import QuietDecision
from grants.models.reaction import Reaction
from grants.models.referral import Referral
from grants.models.review import Judgement, Review
from grants.models.round import Round
from grants.models.scheme import Scheme
from grants.models.sheet import Sheet
from grants.models.story import Story, StoryPhoto
from grants.models.support import Support, SupportPage
from grants.models.track import Duties, Track
from grants.models.wait import Wait
from grants.models.waiver import Waiver

__all__ = [
    "Advice",
    "AdvicePoint",
    "Application",
    "Area",
    "AreaPostcode",
    "Aside",
    "BudgetLine",
    "Check",
    "Clearance",
    "Completion",
    "Confirmation",
    "Consent",
    "Criterion",
    "Decision",
    "Desk",
    "DraftReview",
    "Duties",
    "Edition",
    "Enquiry",
    "Example",
    "Exclusion",
    "Extension",
    "ExtraAnswer",
    "ExtraQuestion",
    "Grant",
    "Ground",
    "Handover",
    "Helper",
    "HelpingOrganisation",
    "Idea",
    "Intake",
    "Intention",
    "Invitation",
    "Judgement",
    "KeptList",
    "Letter",
    "Member",
    "Note",
    "Obligation",
    "OwnWords",
    "Partner",
    "Place",
    "Plan",
    "Promise",
    "Proposal",
    "QuietDecision",
    "Reaction",
    "Referral",
    "Review",
    "Round",
    "Scheme",
    "Scribe",
    "Sheet",
    "Story",
    "StoryPhoto",
    "Support",
    "SupportPage",
    "Track",
    "Wait",
    "Waiver",
]
