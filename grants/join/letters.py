"""What people in a group get in writing: the invitation, that they are out of the group, and a code on paper."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from grants.models import Application, Member, Plan
from grants.models.invitation import Key
from grants.papers.letter import LetterOnPaper, letter_pdf
from grants.papers.post import language_of, mail_about_plan
from web.clock import today
from web.models import Person


def send_invitation(plan: Plan, key: Key, *, to: Person, by: Person) -> None:
    """By mail alone, and kept nowhere: the link is a key."""
    mail_about_plan(plan, "join/invited", to=to, by=by, link=reverse("grants:join", args=[key.token]), code=key.code)


def tell_joined(member: Member) -> None:
    """To the first contact, when they want to hear of everything."""
    page = reverse("grants:group", args=[member.plan_id])
    mail_about_plan(member.plan, "join/joined", to=member.plan.first_contact, joined=member.person, page=page)


def tell_removed(plan: Plan, *, to: Person, by: Person) -> None:
    mail_about_plan(plan, "join/removed", to=to, by=by)


def code_on_paper(member: Member, code: str, application: Application | None = None) -> bytes:
    """One page to print and to hand over or post: where to go, and what to type.

    On paper of the `application`'s funder, else of the one the group first turned to.
    """
    plan, to, language = member.plan, member.person, language_of(member.person)
    first = application or plan.applications.select_related("scheme__funder").earliest("pk")
    funder = first.scheme.funder
    context = {"to": to, "plan": plan, "code": code, "site": settings.SITE_ADDRESS, "phone": funder.phone}
    with translation.override(language):
        text = render_to_string(f"letters/join/paper_code.{language}.txt", context)
    subject, _blank, body = text.strip().partition("\n")
    return letter_pdf(
        LetterOnPaper.from_funder(
            funder,
            address=tuple(line for line in (to.name, f"{to.postcode} {to.house_number}".strip()) if line),
            date=today(),
            reference=str(plan.pk),
            subject=subject.strip(),
            text=body.strip(),
            language=language,
        )
    )
