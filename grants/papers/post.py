"""Sending a letter: text from a template, kept as PDF in the application's file, and put in the outbox."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from grants.models import Application, Letter, Member, OwnWords, Plan
from grants.models.clock import object_until
from grants.models.telling import LIGHTER, wants
from grants.papers.letter import LetterOnPaper, letter_pdf
from ledger.models import Commitment
from web import clock, outbox
from web.models import Person


def language_of(person: Person) -> str:
    return person.language if person.language in {"nl", "en"} else "nl"


def mail_about_plan(
    plan: Plan,
    event: str,
    *,
    to: Person,
    application: Application | None = None,
    hold: datetime | None = None,
    **context: object,
) -> None:
    """Mail `templates/letters/<event>.<language>.txt` to `to`, and keep nothing: it holds a key, or a draft.

    From the funder of `application`, else of the one the group first turned to. Nothing is mailed that `to` chose not
    to get.
    """
    if not wants(to, event):
        return
    application = application or plan.applications.select_related("scheme__funder").order_by("pk").first()
    language = language_of(to)
    with translation.override(language):
        told = {"plan": plan, "application": application, "to": to, "site": settings.SITE_ADDRESS, **context}
        text = render_to_string(f"letters/{event}.{language}.txt", told)
    subject, _blank, body = text.strip().partition("\n")
    reply_to = application.scheme.reply_to if application else ""
    outbox.write(to, subject=subject, text=body.strip(), reply_to=reply_to, not_before=hold)


def tell_about_plan(plan: Plan, event: str, *, to: Person, **context: Any) -> None:
    """A letter in the file of what was sent last; about a plan that wasn't sent yet a mail alone."""
    sent = plan.applications.exclude(status=Application.Status.DRAFT).order_by("-submitted_at", "-pk").first()
    if sent:
        send_letter(sent, event, to=to, plan=plan, **context)
    else:
        mail_about_plan(plan, event, to=to, **context)


def words_of(application: Application, event: str, *, to: Person, **context: object) -> tuple[str, str]:
    """Subject and text of `templates/letters/<event>.<language>.txt`, for `to`. Its first line is the subject.

    With the scheme's own words for this letter in it, at the place that the template has for them.
    """
    language = language_of(to)
    with translation.override(language):
        if "own_words" not in context:
            context["own_words"] = application.scheme.own_words.in_letter(event)
        told = {"application": application, "to": to, "site": settings.SITE_ADDRESS, **context}
        text = render_to_string(f"letters/{event}.{language}.txt", told)
    subject, _blank, body = text.strip().partition("\n")
    return " ".join(subject.split()), body.strip()


def send_letter(
    application: Application, event: str, *, to: Person, hold: datetime | None = None, **context: object
) -> Letter:
    """Write the letter of this event to `to`, keep its PDF, and put it in the outbox. It waits until `hold`.

    Whoever wants letters by post, or has no e-mail, gets no mail: the PDF waits in the officers' post tray. What `to`
    chose not to get is kept with the others, on the plan's page, and goes nowhere.
    """
    subject, text = words_of(application, event, to=to, **context)
    letter = Letter(application=application, to=to, event=event, subject=subject, text=text, leaves_at=hold)
    with translation.override(language_of(to)):
        letter.pdf = letter_pdf(on_paper(letter))
    if wants(to, event):
        deliver(letter, application)
    letter.save()
    if event not in LIGHTER:
        tell_the_group(letter, application)
    return letter


def deliver(letter: Letter, application: Application) -> None:
    """Mail it, or leave it for the post."""
    if letter.to.reached_by != Person.ReachedBy.POST:
        mail(letter, reply_to=application.scheme.reply_to)
    letter.by_post = letter.mail is None


def mail(letter: Letter, *, reply_to: str, first: str = "") -> None:
    """Put it in the outbox, if they have an address. `first`: what is said above it."""
    letter.mail = outbox.write(
        letter.to,
        subject=letter.subject,
        text=f"{first}{letter.text}",
        reply_to=reply_to,
        attachment=bytes(letter.pdf),
        attachment_name=f"{letter.number or 'idee'}.pdf",
        not_before=letter.leaves_at,
    )


def mail_again(letter: Letter) -> None:
    """What came back, to the address as we know it now. A term to object begins anew: it is sent today (Awb 6:8)."""
    letter.leaves_at, letter.came_back_at = clock.now(), None
    reply_to = letter.application.scheme.reply_to if letter.application else letter.funder.mailbox
    mail(letter, reply_to=reply_to, first=f"{why_again(letter)}\n\n")
    letter.save(update_fields=["mail", "came_back_at", "leaves_at"])


def why_again(letter: Letter) -> str:
    """That it was sent before; and of a decision of a public body until when one can object now."""
    with translation.override(language_of(letter.to)):
        said = _("We sent you this letter on %(day)s. That mail came back, so here it is once more.")
        said %= {"day": date_format(letter.written_at, "j F Y")}
        if until := _until_when_now(letter):
            said += " " + _("You can object until %(day)s, not only until the day it names.") % {"day": until}
        return said


def _until_when_now(letter: Letter) -> str:
    """What goes out today can be objected to from tomorrow on (Awb 6:8). Nothing, where nobody objects."""
    objects = letter.is_a_decision and letter.funder.is_public_body
    return date_format(object_until(clock.today()), "j F Y") if objects else ""


def tell_the_group(letter: Letter, application: Application) -> None:
    """To the others of the group who want to hear of everything: that there is a letter, and where to read it."""
    others = Member.objects.filter(plan=application.plan_id, person__wants_mails=Person.WantsMails.ALL)
    page = reverse("grants:track", args=[application.pk])
    for other in others.exclude(person=letter.to_id).select_related("person"):
        mail_about_plan(
            application.plan,
            "post/group_letter",
            to=other.person,
            application=application,
            hold=letter.leaves_at,
            page=page,
        )


def post_about_money(commitment: Commitment, *, to: Person, event: str, subject: str, text: str) -> None:
    """What the treasurer tells whoever gets no mail: a letter in the plan's file, and in the officers' post tray."""
    application = Application.objects.get(grant__commitment=commitment)
    letter = Letter(application=application, to=to, event=event, subject=subject, text=text, by_post=True)
    with translation.override(language_of(to)):
        letter.pdf = letter_pdf(on_paper(letter))
    letter.save()


def own_words_about_money(commitment: Commitment, event: str) -> str:
    """What the scheme behind this money adds to the treasurer's letter, in the language that is spoken now."""
    return OwnWords.objects.filter(scheme__applications__grant__commitment=commitment).in_letter(event)


def for_todays_post(letter: Letter) -> LetterOnPaper:
    """On paper, to be posted today: what was mailed in vain, or waited in the tray, says first until when it counts."""
    if letter.came_back_at:
        return on_paper(letter, first=why_again(letter))
    waited = localdate(letter.leaves_at or letter.written_at) < clock.today()
    with translation.override(language_of(letter.to)):
        return on_paper(letter, first=_posted_later(letter) if waited else "")


def _posted_later(letter: Letter) -> str:
    """A letter for the post names no last day itself."""
    if not (until := _until_when_now(letter)):
        return ""
    words = {"day": date_format(clock.today(), "j F Y"), "until": until}
    return _("We post this letter on %(day)s. You can object until %(until)s.") % words


def on_paper(letter: Letter, *, first: str = "") -> LetterOnPaper:
    """With the address as we know it now, as far as we do: postcode and house number are enough for the post.

    `first`: what is said above it.
    """
    funder = letter.funder
    person = letter.to
    return LetterOnPaper.from_funder(
        funder,
        address=tuple(line for line in (person.name, f"{person.postcode} {person.house_number}".strip()) if line),
        date=localdate(letter.written_at),
        reference=letter.number,
        subject=letter.subject,
        text=f"{first}\n\n{letter.text}".strip(),
        acts_for=funder.acts_for,
        language=language_of(letter.to),
    )
