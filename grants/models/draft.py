"""A draft: a plan that was started and not sent. It moves along when its holder signs in, and is erased in time."""

import hashlib
import json
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.models.application import Application
from grants.models.budget_line import BudgetLine
from grants.models.consent import Consent
from grants.models.edition import Edition
from grants.models.elsewhere import fixed_lines, fixed_words, open_lines
from grants.models.extra_answer import all_extra, extra_of
from grants.models.extra_question import FIELD
from grants.models.helper import Scribe
from grants.models.invitation import Invitation
from grants.models.partner import Partner
from grants.models.plan import Member, Plan
from grants.models.questions import QUESTIONS
from grants.models.scheme import Scheme
from grants.models.support import erase_pages
from web import clock
from web.amounts import AmountField
from web.models import Person

KEPT = timedelta(days=90)  # after the last save (DOMAIN 2.6)
REACHED_AT = ("email", "phone", "postcode", "house_number")


@transaction.atomic
def begin_draft(scheme: Scheme, *, by: Person, asked: Any = None, **words: Any) -> Application:
    """A new plan that `by` leads, with these words on it, as a draft before `scheme`."""
    plan = Plan(**words)
    plan.title = plan.title or plan.first_words
    plan.save()
    Member.objects.create(plan=plan, person=by, role=Member.Role.FIRST_CONTACT)
    return Application.objects.create(plan=plan, scheme=scheme, asked=asked)


@transaction.atomic
def adopt_drafts(holder: Person, person: Person) -> None:
    """`holder` turns out to be `person`: their memberships move, and `holder` is from now on that person.

    Nothing happens to somebody who can sign in: no code of a draft makes one resident into another.
    """
    if holder == person or holder.became_id or hasattr(holder, "user"):
        return
    for member in holder.memberships.all():
        move_membership(member, person)
    for field in ("name", "phone", "postcode", "house_number"):
        if not getattr(person, field):
            setattr(person, field, getattr(holder, field))
    person.save()
    holder.became = person
    holder.save(update_fields=["became"])


def move_membership(member: Member, person: Person) -> None:
    """`member` turns out to be `person`. Who was in the group twice is in it once, in the role that does most."""
    double = Member.objects.filter(plan=member.plan_id, person=person).first()
    roles = (Member.Role.FIRST_CONTACT, Member.Role.TREASURER, Member.Role.MEMBER)
    if double and roles.index(Member.Role(double.role)) <= roles.index(Member.Role(member.role)):
        member.delete()
        return
    if double:
        double.delete()
    member.person = person
    member.save(update_fields=["person"])


@transaction.atomic
def on_their_own(member: Member) -> Person:
    """The person that a code of this plan lets in: somebody who is in no other plan, so that it opens this one alone.

    Whoever was in another plan too is from now on two people here, with the same name and the same ways to reach them.
    """
    person = member.person
    if person.memberships.exclude(pk=member.pk).exists():
        copied: dict[str, Any] = {field: getattr(person, field) for field in ("name", *REACHED_AT)}
        member.person = Person.objects.create(**copied, reached_by=person.reached_by, language=person.language)
        member.save(update_fields=["person"])
        Invitation.objects.open().filter(plan=member.plan_id, person=person).update(person=member.person)
        member.plan.hand_out_the_money()
    return member.person


def let_in_by_code(plan: Plan) -> Person:
    """Who comes in with the code of this draft: its first contact, in this plan alone."""
    return on_their_own(plan.members.select_related("person", "plan").get(role=Member.Role.FIRST_CONTACT))


def adopt_joined(person: Person) -> None:
    """`person` has shown that they read their address: what somebody joined with that address is theirs too.

    Only by invitation: a draft that somebody else began with this address stays where it is.
    """
    unknown = Person.objects.filter(user=None, became=None, erased_at=None, seats=None).exclude(pk=person.pk)
    joined = Member.objects.filter(person__in=unknown, person__email__iexact=person.user.email, joined_at__isnull=False)
    for member in joined.select_related("plan", "person"):
        holder = member.person
        move_membership(member, person)
        member.plan.hand_out_the_money()
        if not holder.memberships.exists():
            holder.became = person
            holder.save(update_fields=["became"])


def erase_old_drafts() -> int:
    """Erase the plans that nobody touched for 90 days and nobody sent; the number erased.

    Of a plan that was sent somewhere, only the drafts for other funds go.
    """
    sent = Application.objects.exclude(status=Application.Status.DRAFT).values("plan")
    idle = Application.objects.drafts().filter(plan__saved_at__lt=clock.now() - KEPT, confirmation=None)
    idle.filter(plan__in=sent.order_by()).delete()
    old = Plan.objects.filter(saved_at__lt=clock.now() - KEPT, purse=None).exclude(pk__in=sent)
    plans = list(old.values_list("pk", flat=True))
    with transaction.atomic():
        people = Person.objects.filter(memberships__plan__in=plans, user=None, seats=None)
        nobodies = list(people.exclude(memberships__plan__in=sent).values_list("pk", flat=True))
        contacts = list(Partner.objects.filter(plan__in=plans).values_list("contact", flat=True))
        invited = list(Invitation.objects.filter(plan__in=plans).values_list("person", flat=True))
        erase_pages(plans)
        for rows in (Application, Member, Invitation, Partner, Consent, Scribe):
            rows.objects.filter(plan__in=plans).delete()
        for plan in Plan.objects.filter(pk__in=plans):
            plan.lines.all().delete()
            plan.sheets.all().take_away()
            plan.delete()
        nobodies += contacts + invited
        for person in Person.objects.filter(pk__in=nobodies, memberships=None, user=None, seats=None):
            person.erase()
    return len(plans)


def asks_little(edition: Edition, amount: Any) -> bool:
    """Whether this amount needs the short form only. What can't be read yet gets the lightest track."""
    try:
        asked = AmountField(required=False).clean(amount)
    except ValidationError:
        asked = None
    track = (edition.track_for(asked) if asked else None) or edition.first_track
    return track is None or track.duties.asks_little


def kept_answers(application: Application) -> dict[str, Any]:
    """What is kept of a draft, by the names of its questions."""
    plan = application.plan
    answers = {question.field: getattr(plan, question.field) for question in QUESTIONS}
    own = next((line.amount for line in open_lines(plan) if line.kind == BudgetLine.Kind.OWN_MONEY), None)
    more = {"asked": application.asked, "title": plan.own_title, "permission": plan.permission, "own_money": own}
    return answers | more


def stand_already(application: Application | None) -> frozenset[str]:
    """The names of what another fund reads by now: that isn't asked again."""
    if application is None:
        return frozenset()
    own = any(line.kind == BudgetLine.Kind.OWN_MONEY for line in fixed_lines(application.plan))
    words = fixed_words(application.plan)
    return words | ({"own_money"} if own else set())


def kept_lines(application: Application | None, kind: BudgetLine.Kind) -> list[dict[str, Any]]:
    """The budget lines of one kind that can be changed; none where nothing is kept yet."""
    if application is None:
        return []
    lines = [line for line in open_lines(application.plan) if line.kind == kind]
    return [{"what": line.what, "who": line.who, "amount": line.amount} for line in lines]


def as_it_is_now(application: Application) -> Application:
    """The draft, or what came back to be completed, as it is now: for us alone until this is done."""
    locked = Application.objects.being_written().select_for_update(of=("self",), no_key=True)
    kept = locked.filter(pk=application.pk).first()
    if kept is None:
        raise ValidationError(_("This plan has been sent, so it can't be changed any more."))
    return kept


def fingerprint(application: Application, parts: Collection[str]) -> str:
    """A short mark of what is kept for these answers now; another one as soon as one of them changes.

    A page carries the mark of what it showed: so two windows never overwrite each other silently.
    """
    plan = application.plan
    lines = [[line.kind, line.what, line.who, str(line.amount)] for line in plan.lines.all()]
    kept = {"asked": application.asked, "title": plan.title, "costs": lines, "others": lines, "in_kind": lines}
    if any(name.startswith(FIELD) for name in parts):
        kept |= {each.field: each.answer for each in all_extra(application)}
    now = {name: str(kept.get(name, getattr(plan, name, lines))) for name in sorted(parts)}
    return hashlib.sha256(json.dumps(now).encode()).hexdigest()[:20]


def mark_of_the_whole(application: Application) -> str:
    """The mark of all of a plan as it stands: what residents say yes to is what was shown to them."""
    lists = ("asked", "title", "permission", "own_money", "costs", "others", "in_kind")
    asked = (*(question.field for question in QUESTIONS), *(each.field for each in extra_of(application)))
    words = fingerprint(application, (*lists, *asked))
    return "-".join([words, *(str(sheet.pk) for sheet in application.plan.sheets.all())])
