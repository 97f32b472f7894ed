"""What a resident gets in writing when a helper begins a plan for them: who writes, who pays that, how to end it."""

from django.urls import reverse

from grants.models import Application, Consent
from grants.papers.post import mail_about_plan
from web.models import Person


def tell_begun(consent: Consent, *, to: Person) -> None:
    """By mail alone; who has no mail gets the sheet with codes from the helper."""
    mail_about_plan(
        consent.plan,
        "help/begun",
        to=to,
        consent=consent,
        helper=consent.helper,
        go_on=reverse("grants:go_on"),
        code="" if to.can_sign_in else consent.plan.code,
    )


def tell_old_address(application: Application, *, to: Person, by: Person) -> None:
    """To the address that was there before: so that nobody is moved behind their back."""
    mail_about_plan(application.plan, "help/old_address", to=to, by=by)
