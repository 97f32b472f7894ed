"""What is written when residents let a helper in, or end it: to the helper a mail, to the residents by their way."""

from django.urls import reverse

from grants.models import Consent
from grants.papers.post import mail_about_plan, tell_about_plan
from web.models import Person


def tell_let_in(consent: Consent) -> None:
    page = reverse("grants:my_residents")
    mail_about_plan(consent.plan, "allow/let_in", to=consent.helper.person, by=consent.given_by, page=page)


def tell_changed(consent: Consent, *, to: Person) -> None:
    tell_about_plan(consent.plan, "allow/changed", to=to, consent=consent, helper=consent.helper)


def tell_ended(consent: Consent, *, to: Person, by: Person) -> None:
    tell_about_plan(consent.plan, "allow/ended", to=to, consent=consent, helper=consent.helper, by=by)
