"""What residents get in writing about bank details given at a helper's: the code, a form, and that we have them."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from grants.models import Application, Letter
from grants.papers.letter import LetterOnPaper, letter_pdf
from grants.papers.post import language_of, mail_about_plan, send_letter
from ledger.models import Payee
from web.clock import today
from web.models import Person


def send_bank_code(application: Application, code: str, *, to: Person, by: Person) -> None:
    mail_about_plan(application.plan, "entrust/code", to=to, by=by, code=code)


def tell_noted(application: Application, payee: Payee, *, to: Person, by: Person) -> Letter:
    """By the resident's own way: on whose device it was typed, and the last four digits."""
    return send_letter(application, "entrust/noted", to=to, by=by, last_four=payee.iban[-4:], payee=payee)


def bank_code_on_paper(application: Application, code: str) -> bytes:
    return _on_paper(application, "code_on_paper", code=code)


def form_on_paper(application: Application) -> bytes:
    """To fill in and sign: an officer types it, and somebody else pays."""
    return _on_paper(application, "form")


def _on_paper(application: Application, name: str, **told: str) -> bytes:
    to, funder = application.plan.first_contact, application.scheme.funder
    language = language_of(to)
    context = {"to": to, "application": application, "funder": funder, "site": settings.SITE_ADDRESS, **told}
    with translation.override(language):
        text = render_to_string(f"letters/entrust/{name}.{language}.txt", context)
    subject, _blank, body = text.strip().partition("\n")
    address = (to.name, f"{to.postcode} {to.house_number}".strip())
    return letter_pdf(
        LetterOnPaper.from_funder(
            funder,
            address=tuple(line for line in address if line),
            date=today(),
            reference=application.number,
            subject=subject.strip(),
            text=body.strip(),
            language=language,
        )
    )
