"""What residents get in writing when they say yes: the question, a sheet with codes, and the receipt."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from grants.models import Application, Completion, Letter
from grants.models.invitation import Key
from grants.papers.letter import LetterOnPaper, letter_pdf
from grants.papers.neighbours import tell_answers
from grants.papers.post import language_of, mail_about_plan, send_letter
from web.clock import today
from web.models import Person


def ask_for_a_yes(application: Application, key: Key, *, to: Person, by: Person) -> None:
    """By mail alone, and kept nowhere: the link and the code are keys."""
    page = reverse("grants:say_yes", args=[key.token])
    told: dict[str, Any] = {"by": by, "link": page, "code": key.code, "again": application.submitted_at is not None}
    mail_about_plan(application.plan, "confirm/asked", to=to, application=application, **told)


def tell_received(application: Application, *, to: Person) -> Letter:
    """The receipt that everybody gets. It says how the yes was given, and whom to call if it wasn't."""
    completed = Completion.objects.filter(wait__application=application, confirmation__isnull=False).order_by("pk")
    if last := completed.select_related("confirmation").last():
        return send_letter(application, "ask/completed", to=to, said=last.confirmation)
    tell_answers(application.plan)
    return send_letter(application, "ask/received", to=to)


def codes_on_paper(application: Application, codes: tuple[str, str], *, by: Person) -> bytes:
    """One page to hand over or to post: what each code is for, and that nobody needs to hear it before that."""
    to, funder = application.plan.first_contact, application.scheme.funder
    language = language_of(to)
    yes, again = codes
    told = {"to": to, "plan": application.plan, "by": by, "yes": yes, "again": again, "phone": funder.phone}
    with translation.override(language):
        text = render_to_string(f"letters/confirm/codes.{language}.txt", told | {"site": settings.SITE_ADDRESS})
    subject, _blank, body = text.strip().partition("\n")
    address = (to.name, f"{to.postcode} {to.house_number}".strip())
    return letter_pdf(
        LetterOnPaper.from_funder(
            funder,
            address=tuple(line for line in address if line),
            date=today(),
            reference=str(application.plan_id),
            subject=subject.strip(),
            text=body.strip(),
            language=language,
        )
    )
