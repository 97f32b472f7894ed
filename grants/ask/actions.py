"""What residents do when their plan is written: say who they are, send it, complete it and withdraw it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.ask import letters
from grants.models import Application, Proposal
from grants.models.draft import adopt_drafts
from grants.models.sending import duties_of_what_is_complete, send_again_now, send_now
from web.models import Code, Person, User, record

CONFIRM = "confirm a plan"


@transaction.atomic
def ask_for_code(application: Application, *, by: Person, email: str, **contact: Any) -> None:
    """Write down who `by` is and mail a code to their address: with it the plan is sent."""
    require(by, "ask_for_code", application)
    duties_of_what_is_complete(application)
    for field, value in _without_area(application, contact).items():
        setattr(by, field, value)
    by.email = email.lower()
    by.save()
    code = Code.make(by, purpose=CONFIRM, address=by.email)
    letters.send_code(application, code, to=by)
    record(by, "ask_for_code", application)


def _without_area(application: Application, told: dict[str, Any]) -> dict[str, Any]:
    """Keep where the plan is, when that was asked (None: they don't know); what else was told is about the person."""
    if "area" in told:
        application.plan.area = told["area"]
        application.plan.save(update_fields=["area"])
    return {field: value for field, value in told.items() if field != "area"}


def confirm_address(application: Application, *, code: str, by: Person) -> User:
    """The code shows that `by` reads that address: the plan is theirs, and it is sent. Gives their sign-in."""
    require(by, "submit", application)
    address = Code.address_shown_by(code, person=by, purpose=CONFIRM)
    if address is None:
        raise ValidationError(_("This code isn't right, or it is older than 30 minutes. Ask for a new one."))
    with transaction.atomic():
        Code.forget(by, purpose=CONFIRM)
        user = User.objects.filter(email=address).first()
        user = user or User.objects.create_user(address, person=_same(by, address))
        adopt_drafts(by, user.person)
        submit(application, by=user.person, **_typed_by(by))
        record(user.person, "confirm_address", application)
    return user


def _typed_by(holder: Person) -> dict[str, str]:
    """Who they said they are, just now: it counts before what we knew of them."""
    fields = ("name", "phone", "postcode", "house_number", "reached_by")
    return {field: getattr(holder, field) for field in fields if getattr(holder, field)}


def _same(holder: Person, address: str) -> Person:
    """The Person a new user becomes: whoever held the draft until now hands everything over."""
    return Person.objects.create(
        name=holder.name, email=address, reached_by=holder.reached_by, language=holder.language
    )


@transaction.atomic
def submit(application: Application, *, by: Person, **contact: Any) -> Application:
    """Send the plan. From now on the clock runs, and the duties of its track stand still."""
    require(by, "submit", application)
    if about := _without_area(application, contact):
        Person.objects.filter(pk=by.pk).update(**about)
        by.refresh_from_db()
    send_now(application)
    record(by, "submit", application, asked=application.asked)
    letters.tell_received(application, to=by)
    return application


@transaction.atomic
def complete(application: Application, *, by: Person) -> Application:
    """The plan that came back is sent again. The clock runs on, and who judges it sees what is different."""
    require(by, "complete", application)
    send_again_now(application, by=by)
    record(by, "complete", application)
    letters.tell_completed(application, to=by)
    return application


@transaction.atomic
def withdraw(application: Application, *, by: Person, reason: str = "") -> Application:
    """The residents stop asking. Money that was promised and not yet paid is free again."""
    require(by, "withdraw", application)
    now = Application.objects.select_for_update(no_key=True).get(pk=application.pk)  # money is touched after the plan
    if now.is_quiet:
        raise ValidationError(_("Somebody is working on your plan at this moment. Try again in ten minutes."))
    if application.status == Application.Status.GRANTED:
        application.grant.release(by=by)
    application.move_to(Application.Status.WITHDRAWN)
    for proposal in Proposal.objects.open().filter(application=application).select_related("budget"):
        proposal.free(by=by, why=_("The residents withdrew their plan."))
    record(by, "withdraw", application, reason=reason)
    letters.tell_withdrawn(application, to=by)
    return application
