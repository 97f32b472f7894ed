"""What residents change about themselves: how they are called and reached, and the e-mail address they sign in with."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.access import require
from grants.models import Letter
from grants.reach import letters
from web.models import Code, Person, User, record

AT_THE_OLD, AT_THE_NEW = "leave an address", "change an address"  # purposes of codes
NOT_RIGHT = gettext_lazy("One of the codes isn't right, or it is older than 30 minutes. Ask for new ones.")
TAKEN = gettext_lazy("Somebody signs in with this address already. Call us: then we put it right.")


@transaction.atomic
def change_details(person: Person, *, by: Person, **details: Any) -> Person:
    """Name, phone, postcode, house number, by mail or by post, and the language of letters."""
    require(by, "change_details", person)
    changed = {field: value for field, value in details.items() if getattr(person, field) != value}
    Person.objects.filter(pk=person.pk).update(**changed)
    person.refresh_from_db()
    record(by, "change_details", person, **changed)
    return person


@transaction.atomic
def ask_to_move(person: Person, *, email: str, by: Person) -> None:
    """Mail a code to the new address and one to the present one: only who reads both goes on.

    The first alone would do for whoever finds a phone that is signed in; the second also warns its owner.
    """
    require(by, "change_details", person)
    now, new = person.user.email, email.lower()
    if now.lower() == new:
        raise ValidationError(_("This is the address that we use now."))
    letters.send_code(person, Code.make(person, purpose=AT_THE_NEW, address=new), address=new)
    letters.send_code_now(person, Code.make(person, purpose=AT_THE_OLD, address=now), address=now)
    record(by, "ask_to_move", person)


def change_email(person: Person, *, code_now: str, code: str, by: Person) -> Person:
    """From now on letters and codes go to the new address. The old one gets a notice, and every session ends."""
    require(by, "change_details", person)
    before = Code.address_shown_by(code_now, person=person, purpose=AT_THE_OLD)
    address = Code.address_shown_by(code, person=person, purpose=AT_THE_NEW) if before else None
    if before is None or address is None:
        raise ValidationError(NOT_RIGHT)
    with transaction.atomic():
        for purpose in (AT_THE_OLD, AT_THE_NEW):
            Code.forget(person, purpose=purpose)
        _move_user(person, before, address)
        EmailAddress.objects.filter(user__person=person).delete()  # allauth's own list
        Person.objects.filter(pk=person.pk).update(email=address)
        person.refresh_from_db()
        record(by, "change_email", person)
        letters.tell_moved(person, before=before)
    return person


def _move_user(person: Person, before: str, address: str) -> None:
    """Of two who change at once only one does: the address may be taken, or have changed in another window."""
    try:
        with transaction.atomic():
            moved = User.objects.filter(person=person, email=before).update(email=address)
    except IntegrityError as taken:
        raise ValidationError(TAKEN) from taken
    if not moved:
        raise ValidationError(NOT_RIGHT)


@transaction.atomic
def reach_by_post(letter: Letter, *, postcode: str, house_number: str, by: Person, phone: str = "") -> Letter:
    """The mail to them came back: from now on they get letters by post, this one first (Awb 2:11)."""
    require(by, "reach_by_post", letter.about)
    if not Letter.objects.came_back().filter(pk=letter.pk).update(by_post=True):
        raise ValidationError(_("Somebody has done this already, or the letter was posted."))
    person = letter.to
    person.reached_by, person.postcode, person.house_number = Person.ReachedBy.POST, postcode, house_number
    person.phone = phone or person.phone
    person.save(update_fields=["reached_by", "postcode", "house_number", "phone"])
    record(by, "reach_by_post", letter, person=person.pk)
    return letter
