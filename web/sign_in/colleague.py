"""Getting a colleague in again who lost their phone and their recovery codes."""

from functools import partial

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext_lazy as _

import web.access
from web import clock
from web.access import Table, rule
from web.models import Person, Seat, User, Visit, record
from web.models.funder import SeatQuerySet
from web.sign_in.letters import tell_reset


def seats_near(person: Person) -> SeatQuerySet:
    """The seats of today at the funders where `person` is fund admin."""
    funders = Seat.objects.of(person, Seat.Role.FUND_ADMIN).values("funder")
    return Seat.objects.today().filter(funder__in=funders)


@rule(_("Only a fund admin of every fund where they have a seat can do this."))
def administers_their_funds(person: Person, user: User) -> bool:
    theirs = set(Seat.objects.of(user.person).values_list("funder", flat=True))
    mine = set(Seat.objects.of(person, Seat.Role.FUND_ADMIN).values_list("funder", flat=True))
    return bool(theirs) and theirs <= mine


@rule(_("You can't do this for yourself. Ask a colleague, or use a recovery code."))
def is_somebody_else(person: Person, user: User) -> bool:
    return user.person_id != person.pk


@rule(_("They may use the set-up pages. Only whoever runs this installation can do this."))
def has_no_set_up_pages(person: Person, user: User) -> bool:
    return not (user.is_staff or user.is_superuser)


MAY: Table = {"reset_second_factor": (administers_their_funds, is_somebody_else, has_no_set_up_pages)}
require = partial(web.access.require, MAY)
may = partial(web.access.may, MAY)


@transaction.atomic
def reset_second_factor(user: User, *, note: str, by: Person) -> None:
    """Take away every second factor of `user` and their link to the organisation, and sign them out.

    After their password they set up a new one.

    `note` says how `by` knew that it was them who asked. The mail goes to the address they sign in with.
    """
    require(by, "reset_second_factor", user)
    forget_second_factor(user, note=note, by=by)


@transaction.atomic
def forget_second_factor(user: User, *, note: str, by: Person) -> None:
    """What resetting does, for a colleague and for whoever runs the installation."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    Visit.objects.filter(user=user).end()
    record(by, "reset_second_factor", user, note=note)
    tell_reset(user, by=by, at=clock.now())
