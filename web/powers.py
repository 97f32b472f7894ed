"""Who was given which power at a funder, by whom: for its auditor and its fund admin, who read and change nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from web.keyset import page_newest_first
from web.models import Deed, Funder, Person, Seat, User
from web.requests import Request
from web.sign_in.letters import KINDS

READERS = (Seat.Role.AUDITOR, Seat.Role.FUND_ADMIN)
NOUNS: tuple[type[Model], ...] = (Seat, User, Funder)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PERSONAL = frozenset({"email"})  # kept without its value
WORDS: dict[str, str | Promise] = {"True": _("yes"), "False": _("no")}
WORDS.update(KINDS)
WORDS.update({role.value: role.label for role in Seat.Role})
LABELS = {"note": _("reason"), "kind": _("with"), "provider": _("provider")}  # of what stands in no field
WHAT: dict[str, str | Promise] = {
    "give_a_seat": _("Seat given"),
    "set_up_seat": _("Seat given or changed"),
    "set_up_seat_taken_away": _("Seat taken away"),
    "set_up_user": _("Sign-in changed"),
    "set_up_funder": _("Fund changed"),
    "show_logo": _("Logo above the letters changed"),
    "take_logo_away": _("Logo above the letters taken away"),
    "invite": _("Invited"),
    "end_seat": _("Seat gets a last day"),
    "hand_over": _("Work goes to a colleague"),
    "add_second_factor": _("Second step set up"),
    "remove_second_factor": _("Second step taken away"),
    "reset_second_factor": _("Second step of a colleague taken away"),
    "make_recovery_codes": _("New recovery codes made"),
    "use_recovery_code": _("Signed in with a recovery code"),
    "connect_oidc": _("First sign-in through the organisation"),
    "disconnect_oidc": _("Sign-in through the organisation ended"),
}


@dataclass(frozen=True)
class Power:
    """One line of the page: what `by` did, to whom, and what was filled in (a changed address isn't shown)."""

    at: datetime
    by: Person
    what: str | Promise
    whom: str
    details: str


def powers(request: Request) -> HttpResponse:
    """Newest first. Sign-ins are those of who has, or had, a seat at this funder, and of who may use the set-up."""
    funders = Funder.objects.filter(seats__in=Seat.objects.of(request.user.person, *READERS)).distinct()
    if not funders:
        raise PermissionDenied(_("Only an auditor or a fund admin reads who was given which power."))
    users = User.objects.filter(Q(is_staff=True) | Q(person__seats__funder__in=funders)).select_related("person")
    people = {str(user.pk): str(user.person) for user in users}
    mine = Q(funder__in=funders) | Q(thing=User._meta.label_lower, thing_id__in=list(people))
    nouns = [noun._meta.label_lower for noun in NOUNS]  # others are invited too, to a group
    deeds = Deed.objects.filter(mine, verb__in=WHAT, thing__in=nouns).select_related("by__became", "detail", "funder")
    page = page_newest_first(deeds, after=request.GET.get("after", ""))
    seats = Seat.objects.today().filter(funder__in=funders).select_related("person__user", "funder")
    context = {
        "seats": [] if request.GET.get("after") else seats.order_by("funder", "role", "person__name"),
        "rows": lines(page.rows, people),
        "after": page.after,
        "funder": funders[0],
        "administers": Seat.objects.of(request.user.person, Seat.Role.FUND_ADMIN).exists(),
    }
    return render(request, "web/powers.html", context)


def lines(deeds: Iterable[Deed], users: dict[str, str]) -> list[Power]:
    told = [(deed, deed.detail.values if hasattr(deed, "detail") else {}) for deed in deeds]
    seated = Person.objects.in_bulk([values["person_id"] for _deed, values in told if "person_id" in values])
    names = {str(pk): str(person) for pk, person in seated.items()}
    return [
        Power(deed.at, deed.by.now, WHAT[deed.verb], whom(deed, values, users, names), details(deed.thing, values))
        for deed, values in told
    ]


def whom(deed: Deed, values: dict[str, str], users: dict[str, str], names: dict[str, str]) -> str:
    if deed.thing == User._meta.label_lower:
        return users.get(deed.thing_id, "")
    return names.get(values.get("person_id", ""), str(deed.funder))


def details(thing: str, values: dict[str, str]) -> str:
    """What was filled in, in the words of the set-up pages; of what is personal only that it changed."""
    noun = next(noun for noun in NOUNS if noun._meta.label_lower == thing)
    shown = {name: in_words(value) for name, value in values.items() if name != "person_id"}
    told = {label_of(noun, name): value for name, value in shown.items() if value or name in PERSONAL}
    return ", ".join(f"{label}: {value}" if value else label for label, value in sorted(told.items()))


def in_words(value: str) -> str:
    """A role, a yes or a day as people write it; other values as they were kept."""
    if DAY.fullmatch(value):
        return date_format(date.fromisoformat(value), "j F Y")
    return str(WORDS.get(value, value))


def label_of(noun: type[Model], field: str) -> str:
    if field in LABELS:
        return str(LABELS[field])
    return str(getattr(noun._meta.get_field(field), "verbose_name", field))
