"""What residents get in writing about a question: the question, a copy of what was noted, and that we go on without."""

from grants.models import Enquiry, Letter
from grants.papers.post import send_letter


def tell_question(enquiry: Enquiry) -> Letter:
    return _tell(enquiry, "enquire/question")


def tell_view_asked(enquiry: Enquiry) -> Letter:
    return _tell(enquiry, "enquire/view")


def tell_noted(enquiry: Enquiry) -> Letter:
    return _tell(enquiry, "enquire/noted")


def tell_gone_on(enquiry: Enquiry) -> Letter:
    return _tell(enquiry, "enquire/gone_on")


def _tell(enquiry: Enquiry, event: str) -> Letter:
    application = enquiry.wait.application
    return send_letter(application, event, to=application.plan.first_contact, enquiry=enquiry, wait=enquiry.wait)
