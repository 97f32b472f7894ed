"""What the group reads about its money: it is on its way, it is there, it came back."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string

from ledger.models import Payment
from web import outbox
from web.models import Person


def tell_on_its_way(payment: Payment) -> None:
    tell(payment, "on_its_way")


def tell_paid(payment: Payment) -> None:
    tell(payment, "paid")


def tell_came_back(payment: Payment) -> None:
    tell(payment, "came_back")


def tell(payment: Payment, event: str) -> None:
    """One mail to each holder, in their own language. Answers go to the funder's mailbox.

    Who has no e-mail, or wants post, gets it on paper; `settings.BY_POST` names who keeps the letters,
    `settings.OWN_WORDS` who knows what the fund adds to them.
    """
    commitment = payment.commitment
    funder = commitment.budget.funder
    context = {
        "payment": payment,
        "commitment": commitment,
        "funder": funder,
        "payee": payment.payee,
        "address": settings.SITE_ADDRESS,
        "bank_details": reverse("ledger:bank_details", args=[commitment.pk]),
    }
    for holder in commitment.holders.all():
        language = holder.language if holder.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        by_post = holder.reached_by == Person.ReachedBy.POST or not holder.email
        with translation.override(language):
            added = import_string(settings.OWN_WORDS)(commitment, f"pay/{event}")
            told = context | {"holder": holder, "by_post": by_post, "own_words": added}
            letter = render_to_string(f"letters/pay/{event}.{language}.txt", told)
        subject, _blank, text = letter.strip().partition("\n")
        mailed = None if by_post else outbox.write(holder, subject=subject, text=text.strip(), reply_to=funder.mailbox)
        if mailed is None:
            kept = {"subject": subject.strip(), "text": text.strip()}
            import_string(settings.BY_POST)(commitment, to=holder, event=f"pay/{event}", **kept)
