"""What residents change about themselves: how they are called and reached, and the e-mail address they sign in with."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.reach import letters
from web.models import Code, Person, User, record

MOVE = "change an address"


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
    """Mail a code to the new address: whoever reads it there may go on."""
    require(by, "change_details", person)
    code = Code.make(person, purpose=MOVE, address=email.lower())
    letters.send_code(person, code, address=email.lower())
    record(by, "ask_to_move", person)


def change_email(person: Person, *, code: str, by: Person) -> Person:
    """From now on letters and codes go to the new address. The old one gets a notice."""
    require(by, "change_details", person)
    address = Code.address_shown_by(code, person=person, purpose=MOVE)
    if address is None:
        raise ValidationError(_("This code isn't right, or it is older than 30 minutes. Ask for a new one."))
    with transaction.atomic():
        if User.objects.filter(email__iexact=address).exclude(person=person).exists():
            raise ValidationError(_("Somebody signs in with this address already. Call us: then we put it right."))
        Code.forget(person, purpose=MOVE)
        before = person.user.email
        User.objects.filter(person=person).update(email=address)
        EmailAddress.objects.filter(user__person=person).delete()  # allauth's own list
        Person.objects.filter(pk=person.pk).update(email=address)
        person.refresh_from_db()
        record(by, "change_email", person)
        letters.tell_moved(person, before=before)
    return person
