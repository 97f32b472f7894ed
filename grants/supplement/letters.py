"""The copy of what residents sent another way to complete their plan."""

from grants.models import Completion, Letter
from grants.papers.post import send_letter


def tell_noted(completion: Completion, *, scanned: bool) -> Letter:
    """They see if it is what they sent or said, and by when they hear."""
    application, wait = completion.wait.application, completion.wait
    to = application.plan.first_contact
    return send_letter(application, "supplement/noted", to=to, completion=completion, wait=wait, scanned=scanned)
