"""What residents get when a promise can't be kept: why, and what is done instead."""

from grants.models import Letter, Promise
from grants.papers.post import send_letter


def tell_excused(promise: Promise) -> Letter:
    """Always, also to who wants few mails: they may have counted on it."""
    application = promise.application
    return send_letter(application, "promise/excused", to=application.plan.first_contact, promise=promise)
