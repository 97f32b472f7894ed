"""Same facts: which other requests at this funder share an account, a phone number, a mail address or an address.

Facts, and no score: neighbours share a house, a group its treasurer. Who reads it draws no conclusion without asking.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.plan import Member
from ledger.models import Payee
from web.clock import today
from web.models import Person

MONTHS = 24
AT_ONCE = 50  # the newest


class Fact(StrEnum):
    """What can be the same. The value is its name in code."""

    IBAN = "iban"
    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"

    @property
    def words(self) -> str | Promise:
        return WORDS[self]


WORDS = {
    Fact.IBAN: _("the same IBAN"),
    Fact.PHONE: _("the same phone number"),
    Fact.MAIL: _("the same mail address"),
    Fact.ADDRESS: _("the same address"),
}


REACHED = (Fact.PHONE, Fact.MAIL, Fact.ADDRESS)  # in the order of a person's keys


@dataclass(frozen=True)
class Same:
    """Another request, and what it has in common with this one."""

    application: Application
    facts: list[Fact]


def months_ago(day: date) -> date:
    """The same day two years earlier; 28 February of a 29th."""
    try:
        return day.replace(year=day.year - MONTHS // 12)
    except ValueError:
        return day.replace(year=day.year - MONTHS // 12, day=28)


def same_facts(application: Application) -> list[Same]:
    """The newest of them, of this funder alone, that came in the last 24 months. Five queries, however many there are.

    Of all people of the group: whoever was in it. Nothing that was never sent.
    """
    people = [member.person for member in application.plan.members.all()]
    found = _of_people(people, application)
    for plan in _of_accounts(application):
        found[plan].add(Fact.IBAN)
    lately = Application.objects.filter(
        scheme__funder=application.funder_id, received_on__gte=months_ago(today()), plan__in=found
    )
    others = lately.exclude(status=Application.Status.DRAFT).exclude(pk=application.pk)
    newest = others.select_related("plan", "scheme").defer("frozen_page").order_by("-received_on", "-pk")[:AT_ONCE]
    return [Same(each, [fact for fact in Fact if fact in found[each.plan_id]]) for each in newest]


def _of_people(people: list[Person], application: Application) -> defaultdict[int, set[Fact]]:
    """What plans at this funder share of how people are reached, by plan."""
    found: defaultdict[int, set[Fact]] = defaultdict(set)
    keys = [{key for key in keys if key} for keys in zip(*(each.keys for each in people), strict=True)]
    here = Application.objects.filter(scheme__funder=application.funder_id).exclude(status=Application.Status.DRAFT)
    members = Member.objects.filter(person__in=Person.objects.reached_like(*keys), plan__in=here.values("plan"))
    for member in members.select_related("person"):
        theirs = zip(REACHED, member.person.keys, keys, strict=True)
        found[member.plan_id] |= {fact for fact, key, ours in theirs if key in ours}
    return found


def _of_accounts(application: Application) -> list[int]:
    """The plans at this funder whose money went, or goes, to an account this plan's money goes to."""
    here = Payee.objects.exclude(iban="").filter(commitment__budget__funder=application.funder_id)
    own = here.filter(commitment__thread=application.plan_id).values("iban")  # and not what another fund was told
    plans = here.filter(iban__in=own).values_list("commitment__thread", flat=True).distinct()
    return [plan for plan in plans if plan is not None]
