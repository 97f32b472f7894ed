"""What a new helper gets in writing: that they may help, where, and how to come in. A mail alone, kept nowhere."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from grants.models import Consent, Helper
from grants.papers.post import language_of, tell_about_plan
from web import outbox
from web.models import Person


def welcome_helper(helper: Helper, *, by: Person) -> None:
    language = language_of(helper.person)
    page = settings.SITE_ADDRESS + reverse("grants:my_residents")
    told = {"helper": helper, "to": helper.person, "by": by, "page": page}
    with translation.override(language):
        text = render_to_string(f"letters/organise/invited.{language}.txt", told)
    subject, _blank, body = text.strip().partition("\n")
    outbox.write(
        helper.person,
        subject=subject,
        text=body.strip(),
        reply_to=helper.organisation.email,
        address=helper.person.user.email,
    )


def tell_stopped(consent: Consent, *, to: Person) -> None:
    """To the residents, by their own way: this helper stopped, and a colleague comes in only with a code of theirs."""
    tell_about_plan(consent.plan, "organise/stopped", to=to, helper=consent.helper)
