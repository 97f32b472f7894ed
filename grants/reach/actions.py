"""What residents change about themselves: how they are called and reached, and the e-mail address they sign in with."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.access import require
from grants.models import Letter, Plan
from grants.papers.post import mail_again
from grants.reach import letters
from web.models import Code, Person, User, record

AT_THE_OLD, AT_THE_NEW = "leave an address", "change an address"  # purposes of codes
NOT_RIGHT = gettext_lazy("One of the codes isn't right, or it is older than 30 minutes. Ask for new ones.")
DONE = gettext_lazy("Somebody has done this already, or the letter was posted.")
TAKEN_AT_WORK = gettext_lazy("Somebody works with this address. Ask for an address of their own.")
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
        raise ValidationError(DONE)
    person = letter.to
    person.reached_by, person.postcode, person.house_number = Person.ReachedBy.POST, postcode, house_number
    person.phone = phone or person.phone
    person.save(update_fields=["reached_by", "postcode", "house_number", "phone"])
    record(by, "reach_by_post", letter, person=person.pk)
    return letter


@transaction.atomic
def ask_new_address(letter: Letter, *, email: str, by: Person) -> None:
    """The mail to them came back, and on the phone they gave another address: mail a code there, that they read out.

    Nothing changes yet: the code shows that they read that address, and that it was typed right.
    """
    require(by, "ask_new_address", letter.about)
    _refuse_what_is_done(letter)
    person, new = letter.to, email.lower()
    if new == person.email.lower():
        raise ValidationError({"email": _("This is the address that the mail came back from.")})
    there = User.objects.filter(email__iexact=new).select_related("person").first()
    if there and _works_with_it(there.person):
        raise ValidationError({"email": TAKEN_AT_WORK})
    code = Code.make(person, purpose=letter.purpose_of_code, address=new)
    letters.send_code_to_say(person, code, address=new, officer=by, funder=letter.funder)
    record(by, "ask_new_address", letter)


def reach_by_mail(letter: Letter, *, code: str, by: Person) -> list[Letter]:
    """They read out the code: from now on mails go to that address, and what came back is mailed again.

    Who signs in does so with it too. So that nobody takes a plan over this way, all who read their plans see it, and
    a letter goes to where they live. Gives the letters that were mailed.
    """
    require(by, "reach_by_mail", letter.about)
    _refuse_what_is_done(letter)
    person = letter.to
    address = Code.address_shown_by(code, person=person, purpose=letter.purpose_of_code)
    if address is None:
        raise ValidationError({"code": _("This code isn't right, or it is older than 30 minutes. Mail a new one.")})
    with transaction.atomic():
        if not Code.forget(person, purpose=letter.purpose_of_code):
            raise ValidationError(DONE)
        if before := User.objects.filter(person=person).values_list("email", flat=True).first():
            _move_user(person, before, address)
            EmailAddress.objects.filter(user__person=person).delete()  # allauth's own list
            letters.tell_moved(person, before=before)
        person.email, person.reached_by = address, Person.ReachedBy.MAIL
        person.save(update_fields=["email", "reached_by"])
        back = list(Letter.objects.came_back().of_officer(by).filter(to=person).for_mailing())
        for each in back:
            mail_again(each)
        record(by, "reach_by_mail", letter, person=person.pk)
        for plan in Plan.objects.filter(members__person=person).order_by("pk"):
            record(by, "move_by_phone", plan, person=person.pk)
        letters.post_moved(letter, officer=by)
    return back


def _refuse_what_is_done(letter: Letter) -> None:
    if not Letter.objects.came_back().filter(pk=letter.pk).exists():
        raise ValidationError(DONE)
    if _works_with_it(letter.to):
        raise ValidationError(_("They work with this address too. They change it themselves, or choose post."))
    if not letter.can_be_told_by_phone:
        raise ValidationError(_("Send this by post: we know no phone number of theirs, or they want letters by post."))


def _works_with_it(person: Person) -> bool:
    """Whether an address opens more than their own plans: a seat, a desk of helpers, or the set-up pages."""
    in_charge = User.objects.filter(Q(is_staff=True) | Q(is_superuser=True), person=person)
    return person.seats.exists() or person.helps.exists() or in_charge.exists()
