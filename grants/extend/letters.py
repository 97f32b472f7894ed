"""What residents get when their answer takes longer: by which day it comes, and why."""

from grants.models import Extension, Letter
from grants.papers.post import send_letter


def tell_longer(extension: Extension) -> Letter:
    application = extension.application
    return send_letter(application, "extend/longer", to=application.plan.first_contact, extension=extension)
