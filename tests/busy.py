"""A busy town: two funds, whoever works there, and every list that they, a panel and everybody read.

`fill` makes what stands in the lists. Asked of them: is each read by an index, does it take as many queries at any
number of plans (tests/grants), and how long does it take (`make bench`).
"""

from dataclasses import dataclass
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.urls import reverse

from grants.models import Application, Round, Scheme
from grants.models.next_edition import publish
from tests import make
from tests.conftest import Visitor
from web import clock
from web.amounts import euro
from web.models import Person, Seat

RARE, OFTEN = "Kamperfoelie", "geveltuinen"  # a name that one person has; a word in one plan of ten: a whole page
NAMES = {
    "officer": "Fatima van Wilgen",
    "treasurer": "Tineke Tulp",
    "fund_admin": "Yusuf Ypsilon",
    "auditor": "Agnes Anjer",
    "panel": "Piet Populier",
    "keeper": "Bea Beheer",
    "resident": f"Roos {RARE}",
    "helper": "Hanneke Hulst",
}
IN_ROUNDS = 120  # plans in a scheme with a round: nine or so of them wait in it, however many came elsewhere


@dataclass(frozen=True)
class Town:
    """`people` by their role; nobody's is "". The keeper keeps the installation going."""

    scheme: Scheme
    in_rounds: Scheme
    people: dict[str, Person]

    def visitors(self) -> dict[str, Visitor]:
        """Each of them in a browser of their own."""
        found = {"": Visitor()}
        for role, person in self.people.items():
            keeps = role == "keeper"
            user = make.user(person, is_staff=keeps, is_superuser=keeps)
            found[role] = Visitor()
            found[role].force_login(user, by="password" if user.signs_in_by_password else "code")
        return found

    def fill(self, applications: int, *, seed: int = 1) -> None:
        """So many, half of them of the other fund; beside a round of its own that stays as it is."""
        call_command("fill", scheme=self.scheme.slug, applications=applications // 2, seed=seed, stdout=StringIO())
        call_command("fill", scheme="bloempot", applications=applications // 2, seed=seed + 1, stdout=StringIO())
        if not self.in_rounds.applications.exists():
            call_command("fill", scheme=self.in_rounds.slug, applications=IN_ROUNDS, stdout=StringIO())


def build() -> Town:
    """The town before anything was asked."""
    first, second = make.funder("Gemeente Waterveen", slug="waterveen"), make.funder("Samen Sterk", slug="samen-sterk")
    own = make.scheme(first, title="Buurtpot", slug="buurtpot", money=None, published_at=None, panel_from=euro(2_500))
    make.check(own.editions.get())
    with clock.at(clock.now() - timedelta(days=40)):
        publish(own.editions.get(), by=Person.system())
    make.scheme(second, title="Bloempot", slug="bloempot", money=None)
    in_rounds = make.ranked(first, title="Rondepot", slug="rondepot")
    people = {role: make.person(name) for role, name in NAMES.items()}
    for role in set(people) - {"keeper", "resident", "helper"}:
        make.seat(people[role], first, Seat.Role(role), mandate=10_000 if role == "officer" else None)
    make.helper(people["helper"])
    make.consent(make.application(own, people["resident"]).plan, people["helper"])
    return Town(Scheme.objects.get(pk=own.pk), in_rounds, people)


def lists(town: Town) -> dict[str, tuple[str, str]]:
    """Each list by what it is called: who reads it, and where. There is as much to show at every number of plans."""
    sent = Application.objects.filter(scheme=town.scheme)
    granted = sent.filter(status=Application.Status.GRANTED, grant__isnull=False).earliest("pk")
    inbox, register = reverse("grants:inbox"), reverse("grants:register")
    of_officer = {
        "inbox, to decide": inbox,
        "inbox, mine": f"{inbox}?lijst=mine",
        "inbox, of nobody": f"{inbox}?lijst=nobody",
        "inbox, late": f"{inbox}?lijst=late",
        "inbox, granted": f"{inbox}?lijst=granted",
        "inbox, all": f"{inbox}?lijst=all",
        "inbox, of one kind": f"{inbox}?lijst=todo&soort=quick&regeling=buurtpot",
        "tasks": reverse("grants:tasks"),
        "tasks of everybody": f"{reverse('grants:tasks')}?van=iedereen",
        "search, a rare name": f"{inbox}?zoek={RARE}",
        "search, one plan in ten": f"{inbox}?zoek={OFTEN}",
        "search, a number": f"{inbox}?zoek={granted.number}",
        "search, nothing": f"{inbox}?zoek=rododendronfestival",
        "order of requests": reverse("grants:queue", args=[town.scheme.slug]),
        "rounds": reverse("grants:rounds"),
        "a round": reverse("grants:round", args=[Round.objects.get().pk]),
        "post tray": reverse("grants:post_tray"),
        "promises": reverse("grants:promises"),
        "may it be done": reverse("grants:clearances"),
        "ideas": reverse("grants:ideas"),
    }
    of_treasurer = {
        "budgets": reverse("ledger:budgets"),
        "payments, to pay": reverse("ledger:payments"),
        "payments, on their way": reverse("ledger:payments_in", args=["onderweg"]),
        "payments, waiting": reverse("ledger:payments_in", args=["wacht"]),
        "rows of a budget": reverse("ledger:budget_rows", args=[town.scheme.budgets.get().pk, "toegezegd"]),
        "transfers of a budget": reverse("ledger:budget_rows", args=[town.scheme.budgets.get().pk, "beschikbaar"]),
        "the workbook's page": reverse("grants:export"),
    }
    of_everybody = {
        "register": register,
        "register, one scheme": f"{register}?regeling=buurtpot",
        "register, the file": reverse("grants:register_csv"),
        "examples": reverse("grants:examples"),
        "catalogue": "/",
        "a scheme": reverse("grants:scheme", args=[town.scheme.slug]),
    }
    nouns = ("grants_application", "grants_decision", "grants_grant", "grants_scheme", "ledger_commitment")
    more = ("ledger_account", "ledger_posting", "ledger_transfer", "ledger_payment", "ledger_budget")
    kept = (*nouns, *more, "web_deed", "web_mail", "web_person", "web_user", "web_funder")
    by = {
        "officer": of_officer,
        "treasurer": of_treasurer,
        "fund_admin": {"set up": reverse("grants:set_up"), "organisations": reverse("grants:organisations")},
        "auditor": {"readings": reverse("grants:readings")},
        "panel": {"panel": reverse("grants:panel")},
        "resident": {"my plans": reverse("grants:my_plans")},
        "helper": {"my residents": reverse("grants:my_residents")},
        "keeper": {f"beheer, {noun}": reverse(f"admin:{noun}_changelist") for noun in kept},
        "": of_everybody,
    }
    return {name: (role, address) for role, pages in by.items() for name, address in pages.items()}
