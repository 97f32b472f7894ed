"""What is done when somebody must be forgotten: their name and words go, what they did and every euro stay.

Deeds, postings, payments and decisions keep pointing at the same Person; that row just says nothing any more.
Words that a whole group wrote stay as long as somebody else of the group is still known here.
"""

from collections import Counter
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, Exists, FileField, Model, OuterRef, Q, QuerySet, TextField
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import (
    Application,
    BudgetLine,
    Confirmation,
    Example,
    ExtraAnswer,
    Grant,
    Helper,
    Idea,
    Invitation,
    KeptList,
    Letter,
    Member,
    Partner,
    Plan,
    Sheet,
    Story,
    StoryPhoto,
    Support,
    SupportPage,
)
from grants.models.advice import forget_advice
from grants.models.naming import take_name_along
from grants.models.status import WAITING, Status
from grants.models.written import GONE, forget_what_was_written
from ledger.models import Commitment, Expense, KnownNumber, Payee, Payment, Purse
from web.models import Code, Deed, DeedDetail, Mail, Person, Seat, User, record
from web.sign_in.adopt import HOLDER

Counts = Counter[str]


@transaction.atomic
def erase_person(person: Person, *, by: Person) -> Counts:
    """Forget `person`, and whoever they were before they signed in. The number of rows that changed, by kind.

    Raises ValidationError while they work for a funder, or while a plan or a payment of theirs is on its way.
    """
    require(by, "erase", person)
    people = _everybody_they_were(person)
    _refuse_while_running(people)
    counts: Counts = Counter()
    plans = _plans_of_nobody_else(people)
    take_name_along(people, Plan.objects.filter(members__person__in=people).distinct())
    _forget_plans(plans, counts)
    gone = _forget_group(people, plans, counts)
    _forget_confirmations(Confirmation.objects.filter(on_behalf_of__in=people), counts)
    _forget_support(people, plans, counts)
    counts[_("words of advice")] += forget_advice(people=people)
    _forget_money(people, plans, counts)
    _forget_mail(people + gone, plans, counts)
    _forget_deeds(people, plans, counts)
    _forget_sign_in(people, counts)
    for each in people:
        each.erase()
    counts[_("people")] += len(people)
    record(by, "erase", person.now)
    return +counts


def _everybody_they_were(person: Person) -> list[Person]:
    """The person and every holder of a draft who turned out to be them."""
    people, fresh = [], [person.now]
    while fresh:
        people += fresh
        fresh = list(Person.objects.filter(became__in=fresh))
    return people


def _refuse_while_running(people: list[Person]) -> None:
    if any(person.is_the_system for person in people):
        raise ValidationError(_("The system is nobody: there is nothing to erase."))
    if Seat.objects.today().filter(person__in=people).exists():
        raise ValidationError(_("This person works for a funder. End the seat first."))
    if Helper.objects.filter(person__in=people, ended_at=None).exists():
        raise ValidationError(_("This person helps residents for an organisation. End that first."))
    led = Plan.objects.filter(members__person__in=people, members__role=Member.Role.FIRST_CONTACT)
    if Application.objects.filter(plan__in=led, status__in=[*WAITING, Status.GRANTED]).exists():
        raise ValidationError(_("A plan of this person is still running. Withdraw or close it first."))
    to_be_paid = Payment.objects.filter(status__in=[Payment.Status.PLANNED, Payment.Status.ON_ITS_WAY])
    if to_be_paid.filter(commitment__payees__typed_by__in=people).exists():
        raise ValidationError(_("Money is still to be paid on this person's account. Wait until it is, or release it."))


def _plans_of_nobody_else(people: list[Person]) -> list[int]:
    """Ids of the plans in which nobody who is still known here takes part but these people."""
    others = Member.objects.filter(plan=OuterRef("pk"), person__erased_at=None).exclude(person__in=people)
    theirs = Plan.objects.filter(members__person__in=people)
    return list(theirs.filter(~Exists(others)).values_list("pk", flat=True).distinct())


def _blank(rows: QuerySet[Any], counts: Counts, **values: Any) -> None:
    counts[str(rows.model._meta.verbose_name)] += rows.update(**values)


def _words_of(model: type[Model]) -> dict[str, str]:
    """Every field of it that people write in, each with nothing in it."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, CharField | TextField)]
    return {field.name: "" for field in fields if field.editable and not field.choices}


def _remove(rows: QuerySet[Any], counts: Counts) -> None:
    counts[str(rows.model._meta.verbose_name)] += rows.delete()[0]


def _remove_files(rows: QuerySet[Any], field: str) -> None:
    """Their files go once the transaction holds; what can't be removed then is named in the log, not here."""
    kept: FileField = rows.model._meta.get_field(field)
    for name in rows.exclude(**{field: ""}).values_list(field, flat=True):
        transaction.on_commit(partial(kept.storage.delete, name), robust=True)


def _forget_plans(plans: list[int], counts: Counts) -> None:
    """The plan's words, those of its story, and what was written about it by name."""
    _blank(Plan.objects.filter(pk__in=plans), counts, **_words_of(Plan))
    _blank(Application.objects.filter(plan__in=plans), Counter(), frozen_page=None)
    _blank(Grant.objects.filter(application__plan__in=plans), Counter(), public_title="", public_name="")
    for rows in (BudgetLine, Partner, Story):
        _blank(rows.objects.filter(plan__in=plans), counts, **_words_of(rows))
    _remove(Example.objects.filter(plan__in=plans), counts)
    _remove(ExtraAnswer.objects.filter(application__plan__in=plans), counts)
    photos = StoryPhoto.objects.filter(story__plan__in=plans)
    _remove_files(photos, "picture")
    _remove(photos, counts)
    _forget_confirmations(
        Confirmation.objects.filter(Q(application__plan__in=plans) | Q(completion__wait__application__plan__in=plans)),
        counts,
    )
    sheets = Sheet.objects.filter(Q(plan__in=plans) | Q(application__plan__in=plans))
    counts[str(Sheet._meta.verbose_name)] += sheets.take_away()
    counts.update(forget_what_was_written(plans))


def _forget_confirmations(said: QuerySet[Confirmation], counts: Counts) -> None:
    """That they said yes stays, and how; not the name they typed, nor a signature."""
    _remove_files(said, "picture")
    _blank(said, counts, name="", statement="", picture="")


def _forget_group(people: list[Person], plans: list[int], counts: Counts) -> list[Person]:
    """Invitations, and people who aren't in the group any more: invited, gone again, or speaking for a partner.

    Gives those people.
    """
    of_plans = Q(partnerships__plan__in=plans) | Q(invitations__plan__in=plans) | Q(deeds__thread__in=plans)
    nobody_else = Person.objects.filter(memberships=None, user=None, seats=None, is_the_system=False, became=None)
    gone = list(nobody_else.filter(of_plans, erased_at=None).distinct())
    for each in gone:
        each.erase()
    _remove(Invitation.objects.filter(Q(plan__in=plans) | Q(person__in=people)), counts)
    counts[_("people")] += len(gone)
    return gone


def _forget_support(people: list[Person], plans: list[int], counts: Counts) -> None:
    """What they said as a neighbour, answered to one, or told as an idea; and all that was said about these plans."""
    addresses = [person.email for person in people if person.email]
    theirs = Q(neighbour__in=people) | Q(neighbour__email__in=addresses) | Q(page__plan__in=plans)
    told = Q(teller__in=people) | Q(teller__email__in=addresses) | Q(plan__in=plans)
    said = Support.objects.filter(theirs, erased_at=None).select_related("neighbour")
    for each in (*said, *Idea.objects.filter(told, erased_at=None).select_related("teller")):
        each.erase()
        counts[str(each._meta.verbose_name)] += 1
    _blank(Support.objects.filter(answered_by__in=people).exclude(answer=""), counts, answer=GONE)
    SupportPage.objects.filter(plan__in=plans).update(is_open=False)


def _forget_money(people: list[Person], plans: list[int], counts: Counts) -> None:
    """Names and account numbers; never an amount. What a cash book says and shows is its group's own."""
    own = Payee.objects.filter(typed_by__in=people, kind=Payee.Kind.ME)
    payees = own | Payee.objects.filter(commitment__thread__in=plans)
    _blank(Payee.objects.filter(pk__in=payees.values("pk")), counts, name="", iban="", bank="", call_note="")
    theirs = Q(person__in=people) | Q(commitment__thread__in=plans)
    _blank(KnownNumber.objects.filter(theirs), counts, phone="")
    _blank(Payment.objects.filter(commitment__thread__in=plans), counts, reason="")
    _blank(Commitment.objects.filter(thread__in=plans), counts, label="")
    _blank(Purse.objects.filter(thread__in=plans), counts, label="")
    expenses = Expense.objects.filter(purse__thread__in=plans)
    _remove_files(expenses, "photo")
    _blank(expenses, counts, what="", photo="")


def _forget_mail(people: list[Person], plans: list[int], counts: Counts) -> None:
    letters = Letter.objects.filter(Q(to__in=people) | Q(application__plan__in=plans))
    _blank(letters, counts, subject="", text="", pdf=b"")
    _remove(Mail.objects.filter(to__in=people), counts)
    _remove(Code.objects.filter(person__in=people), counts)


def _forget_deeds(people: list[Person], plans: list[int], counts: Counts) -> None:
    """The values beside the deeds they did, that were done for them, or to them. The deeds stay."""
    about = Q(thing=Person._meta.label_lower, thing_id__in=[str(person.pk) for person in people])
    deeds = Deed.objects.filter(Q(by__in=people) | Q(on_behalf_of__in=people) | Q(thread__in=plans) | about)
    _remove(DeedDetail.objects.filter(deed__in=deeds), counts)


def _forget_sign_in(people: list[Person], counts: Counts) -> None:
    """The user's row stays without an address, and lets nobody in."""
    users = list(User.objects.filter(person__in=people))
    _remove_sessions(people, users, counts)
    EmailAddress.objects.filter(user__in=users).delete()
    for user in users:
        user.email = f"{user.pk}@erased.invalid"
        user.password = make_password(None)
        user.is_active = user.is_staff = user.is_superuser = False
        user.save()
    counts[str(User._meta.verbose_name)] += len(users)
    _remove(KeptList.objects.filter(person__in=people), counts)
    _forget_in_set_up([*people, *users, *Seat.objects.filter(person__in=people)])


def _forget_in_set_up(things: list[Any]) -> None:
    """The set-up pages keep a line for each change, with the name of what was changed."""
    for thing in things:
        kind: type[Model] = type(thing)
        about = {"content_type__app_label": kind._meta.app_label, "content_type__model": kind._meta.model_name}
        LogEntry.objects.filter(object_id=str(thing.pk), **about).update(object_repr="", change_message="")


def _remove_sessions(people: list[Person], users: list[User], counts: Counts) -> None:
    """Where they are signed in, hold a draft, or were about to sign in with their address."""
    ids, addresses = {str(user.pk) for user in users}, [user.email for user in users]
    holders = {person.pk for person in people}
    for session in Session.objects.all().iterator():
        kept = session.get_decoded()
        theirs = kept.get("_auth_user_id") in ids or kept.get(HOLDER) in holders
        if theirs or any(address in str(kept) for address in addresses):
            session.delete()
            counts[str(Session._meta.verbose_name)] += 1
