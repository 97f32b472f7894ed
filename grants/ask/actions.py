"""What residents do: write a plan down, say who they are, send it, and withdraw it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import require
from grants.ask import letters
from grants.models import Application, BudgetLine, Duties, Member, Plan, Scheme
from grants.models.draft import adopt_drafts
from web import clock
from web.clock import today
from web.models import Code, Person, User, record

CONFIRM = "confirm a plan"


@transaction.atomic
def start_draft(scheme: Scheme, *, by: Person, **answers: Any) -> Application:
    """Keep a first draft for `by`, who may still be nobody in particular. Leaves no deed: nothing was asked yet."""
    plan = Plan.objects.create()
    Member.objects.create(plan=plan, person=by, role=Member.Role.FIRST_CONTACT)
    application = Application.objects.create(plan=plan, scheme=scheme)
    return save_draft(application, by=by, **answers)


@transaction.atomic
def save_draft(
    application: Application,
    *,
    by: Person,
    asked: Money | None,
    costs: Sequence[dict[str, Any]],
    others: Sequence[dict[str, Any]],
    **answers: str,
) -> Application:
    """Keep what was typed so far. A draft of another scheme's plan can be saved too; what was sent can't."""
    require(by, "save_draft", application)
    if not Application.objects.drafts().filter(pk=application.pk).update(asked=asked):
        raise ValidationError(_("This plan has been sent, so it can't be changed any more."))
    plan = application.plan
    title = answers.pop("title", plan.own_title)
    for name, answer in answers.items():
        setattr(plan, name, answer)
    plan.title = title or plan.first_words
    plan.saved_at = clock.now()
    plan.save()
    keep_lines(plan, {BudgetLine.Kind.COST: costs, BudgetLine.Kind.PAID_BY_OTHERS: others})
    application.refresh_from_db()
    return application


def keep_lines(plan: Plan, lines: dict[BudgetLine.Kind, Sequence[dict[str, Any]]]) -> None:
    plan.lines.all().delete()
    rows = [(kind, line) for kind, of_this_kind in lines.items() for line in of_this_kind]
    BudgetLine.objects.bulk_create(
        BudgetLine(plan=plan, order=order, kind=kind, **line) for order, (kind, line) in enumerate(rows, start=1)
    )


@transaction.atomic
def ask_for_code(application: Application, *, by: Person, email: str, **contact: str) -> None:
    """Write down who `by` is and mail a code to their address: with it the plan is sent."""
    require(by, "ask_for_code", application)
    duties_of_what_is_complete(application)
    for field, value in contact.items():
        setattr(by, field, value)
    by.email = email.lower()
    by.save()
    code = Code.make(by, purpose=CONFIRM, address=by.email)
    letters.send_code(application, code, to=by)
    record(by, "ask_for_code", application)


def confirm_address(application: Application, *, code: str, by: Person) -> User:
    """The code shows that `by` reads that address: the plan is theirs, and it is sent. Gives their sign-in."""
    require(by, "submit", application)
    address = Code.address_shown_by(code, person=by, purpose=CONFIRM)
    if address is None:
        raise ValidationError(_("This code isn't right, or it is older than 30 minutes. Ask for a new one."))
    with transaction.atomic():
        Code.forget(by, purpose=CONFIRM)
        user = User.objects.filter(email=address).first()
        user = user or User.objects.create_user(address, person=same(by, address))
        adopt_drafts(by, user.person)
        submit(application, by=user.person, **typed_by(by))
        record(user.person, "confirm_address", application)
    return user


def typed_by(holder: Person) -> dict[str, str]:
    """Who they said they are, just now: it counts before what we knew of them."""
    fields = ("name", "phone", "postcode", "house_number", "reached_by")
    return {field: getattr(holder, field) for field in fields if getattr(holder, field)}


def same(holder: Person, address: str) -> Person:
    """The Person a new user becomes: whoever held the draft until now hands everything over."""
    return Person.objects.create(
        name=holder.name, email=address, reached_by=holder.reached_by, language=holder.language
    )


@transaction.atomic
def submit(application: Application, *, by: Person, **contact: str) -> Application:
    """Send the plan. From now on the clock runs, and the duties of its track stand still."""
    require(by, "submit", application)
    if contact:
        Person.objects.filter(pk=by.pk).update(**contact)
        by.refresh_from_db()
    duties = duties_of_what_is_complete(application)
    application.move_to(
        Application.Status.SUBMITTED,
        frozen_duties=duties.as_json(),
        submitted_at=clock.now(),
        received_on=today(),
        answer_by=duties.answer_by(today()),
    )
    application.plan.let_code_die()
    record(by, "submit", application, asked=application.asked)
    letters.tell_received(application, to=by)
    return application


def duties_of_what_is_complete(application: Application) -> Duties:
    """What the amount asks of both sides. Raises ValidationError with every sentence about what is still missing."""
    duties = application.duties
    if (sentences := application.still_missing()) or duties is None:
        raise ValidationError(list(sentences.values()))
    return duties


@transaction.atomic
def withdraw(application: Application, *, by: Person, reason: str = "") -> Application:
    """The residents stop asking. Money that was promised and not yet paid is free again."""
    require(by, "withdraw", application)
    if application.status == Application.Status.GRANTED:
        application.grant.release(by=by)
    application.move_to(Application.Status.WITHDRAWN)
    record(by, "withdraw", application, reason=reason)
    letters.tell_withdrawn(application, to=by)
    return application
