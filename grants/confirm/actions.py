"""How residents say of a plan that a helper wrote down: this is ours. In four ways; then it is sent, and only then.

So too when it came back, and the helper wrote down what was missing.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.confirm import letters
from grants.models import Application, Confirmation, Invitation, Member
from grants.models.draft import mark_of_the_whole
from grants.models.invitation import Key
from grants.models.sending import duties_of_what_is_complete, send_again_now, send_now, still_to_confirm
from web import clock
from web.models import Person, record

How, Purpose = Confirmation.How, Invitation.Purpose


@transaction.atomic
def ask_to_confirm(application: Application, *, by: Person) -> None:
    """Mail the resident a link, and a code to read out over the phone. What was mailed earlier opens nothing more."""
    require(by, "ask_to_confirm", application)
    duties_of_what_is_complete(application)
    resident = application.plan.first_contact
    if not resident.email:
        raise ValidationError(_("%(name)s has no e-mail here. Print the sheet with codes.") % {"name": resident})
    key = _new_key(application, Purpose.SAY_YES, by=by)
    letters.ask_for_a_yes(application, key, to=resident, by=by)
    record(by, "ask_to_confirm", application)


@transaction.atomic
def make_codes_on_paper(application: Application, *, by: Person) -> tuple[str, str]:
    """Two codes for a sheet in the resident's hands: to say yes, and to let a helper in again. Earlier ones die."""
    require(by, "make_codes_on_paper", application)
    yes, again = (_new_key(application, purpose, by=by).code for purpose in (Purpose.SAY_YES, Purpose.HELP))
    record(by, "make_codes_on_paper", application)
    return yes, again


def _new_key(application: Application, purpose: Invitation.Purpose, *, by: Person) -> Key:
    plan, asked_at = application.plan, application if purpose == Purpose.SAY_YES else None
    Invitation.objects.open().filter(plan=plan, purpose=purpose).update(expires_at=clock.now())
    return Invitation.make(plan, purpose=purpose, by=by, person=plan.first_contact, asked_at=asked_at)[1]


@transaction.atomic
def confirm_here(application: Application, *, name: str, seen: str, by: Person) -> Application:
    """Here and now: it was read aloud, the resident typed their name on the helper's device and tapped yes."""
    require(by, "confirm_plan", application)
    if not _is_of(name, application.plan.first_contact):
        resident = application.plan.first_contact
        raise ValidationError(_("Here %(name)s types their own name.") % {"name": resident})
    record(by, "confirm_plan", application, on_behalf_of=application.plan.first_contact, how=How.HERE)
    _sent(application, seen, how=How.HERE, name=name, by=by)
    return application


@transaction.atomic
def confirm_by_code(application: Application, *, invitation: Invitation, seen: str, by: Person) -> Application:
    """Over the phone: it was read aloud, and the resident said the code that we had given to them."""
    require(by, "confirm_plan", application)
    require(by, "use_code", invitation)
    if invitation.asked_at_id != application.pk or invitation.purpose != Purpose.SAY_YES:
        raise ValidationError(_("This code isn't right, or it has been used. Look at it again, or ask for a new one."))
    invitation.use()
    record(by, "confirm_plan", application, on_behalf_of=application.plan.first_contact, how=How.CODE)
    _sent(application, seen, how=How.CODE, by=by)
    return application


@transaction.atomic
def confirm_on_paper(
    application: Application, *, picture: ContentFile[bytes], statement: str, seen: str, by: Person
) -> Application:
    """On paper: a photo of the signed plan, and what the helper states about it."""
    require(by, "confirm_plan", application)
    record(by, "confirm_plan", application, on_behalf_of=application.plan.first_contact, how=How.PAPER)
    _sent(application, seen, how=How.PAPER, picture=picture, statement=statement, by=by)
    return application


@transaction.atomic
def confirm_by_link(invitation: Invitation, *, seen: str, by: Person) -> Application:
    """With the link from the mail: `by` is the resident, who read the plan on that page."""
    require(by, "confirm_by_link", invitation)
    application = still_to_confirm(invitation)
    if application is None:
        raise ValidationError(_("This plan has been sent already."))
    invitation.use()
    record(by, "confirm_plan", application, how=How.LINK)
    _sent(application, seen, how=How.LINK, by=by)
    return application


def _is_of(typed: str, person: Person) -> bool:
    """Whether this may be that person's name: one of its words is enough, with or without capitals."""
    words = {word.casefold() for word in str(person).split()}
    return bool(words & {word.casefold() for word in typed.replace(".", " ").split()})


def _sent(application: Application, seen: str, *, how: Confirmation.How, by: Person, **about: Any) -> None:
    """Keep how it was confirmed, send the plan for the first time or again, and write the receipt to the resident."""
    if seen != mark_of_the_whole(application):
        raise ValidationError(_("The plan was changed since this page was opened. Read it once more, then say yes."))
    resident = application.plan.first_contact
    on_behalf_of = None if how == How.LINK else resident
    about |= {"how": how, "by": by, "on_behalf_of": on_behalf_of}
    if application.status == Application.Status.RETURNED:
        Confirmation.objects.create(completion=send_again_now(application, by=resident), **about)
        record(by, "complete", application, on_behalf_of=on_behalf_of)
    else:
        send_now(application)
        Confirmation.objects.create(application=application, **about)
        record(by, "submit", application, on_behalf_of=on_behalf_of, asked=application.asked)
    Invitation.objects.open().filter(plan=application.plan_id, purpose=Purpose.SAY_YES).update(expires_at=clock.now())
    # From now on the plan is found by signing in with the address that the resident gave.
    Member.objects.filter(plan=application.plan_id, person=resident, joined_at=None).update(joined_at=clock.now())
    letters.tell_received(application, to=resident)
