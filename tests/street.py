"""A street with everything in it, and everybody who might knock: what the tests of doors walk through.

Samira and her group have a draft, a plan that waits for its money, one that is done, and one sent back. Their words are
SECRETS: whoever may not read them must not find them on any page.
"""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from grants.join import actions as join
from grants.models import Application, KeptList, Letter, Member, Scheme, Scribe, StoryPhoto
from grants.models.clearance import find_out_one
from grants.models.invitation import Key
from grants.objection import actions as objection
from grants.promise import actions as promise
from grants.report import actions as report
from grants.share import actions as share
from grants.support import actions as support
from ledger.models import Expense
from ledger.spend import actions as spend
from tests import make
from tests.conftest import Visitor
from tests.grants.neighbours import WORRY, speak
from tests.ledger import make_money
from web import clock
from web.amounts import euro
from web.models import Funder, Person, Seat
from web.sign_in.adopt import HOLDER

# The draft, the plan that waits for its money, the one done, and the one that is sent back.
SECRETS = ("Zeegroene schommel", "Paarse pergola", "Oranje olijfboom", "Rode rozenboog")
DRAFT, WAITS, DONE, RETURNED = SECRETS

# Everybody who might knock, in the columns of the tables: residents without a sign-in, others from the street,
# the group itself, who works for the funder, who has every role at another one, the helper whom the group let in at
# its draft and its plan, and a helper of the same organisation whom nobody let in.
OUTSIDE = ("stranger", "neighbour", "helper", "group")
COLUMNS: tuple[str, ...] = ("nobody", "device", "outside", "contact", "member", "holder")
COLUMNS += ("officer", "decider", "treasurer", "fund_admin", "auditor", "panel", "elsewhere", "helps", "colleague")
GROUP = ("contact", "member", "holder")


@dataclass
class Street:
    """`things`: what a page's address needs, by the name of the thing it is about. `keys`: each one's cookies.

    `said`: what is posted where nothing but an answer would be asked back, whoever posts.
    """

    people: dict[str, Person] = field(default_factory=dict)
    things: dict[str, list[Any]] = field(default_factory=dict)
    keys: dict[str, SimpleCookie] = field(default_factory=dict)
    said: dict[str, dict[str, str]] = field(default_factory=dict)

    def visitor(self, name: str) -> Visitor:
        """A browser of this person, as it was when they came."""
        visitor = Visitor(raise_request_exception=True)
        visitor.cookies = SimpleCookie(self.keys[name].output(header="", sep=";"))
        return visitor


def build(regime: str = Funder.Regime.AWB) -> Street:
    """With a public body, or with a private fund that does the same."""
    street = Street()
    funder, elsewhere = make.funder(slug="waterveen", regime=regime), make.funder("Samen Sterk", slug="samen-sterk")
    funder.logo.save("logo.jpg", picture())
    make_people(street, funder, elsewhere)
    scheme = make.scheme(funder, title="Buurtpot", slug="buurtpot", maximum=5_000)
    with make.changing(scheme) as edition:
        make.check(edition)
    make.scheme(elsewhere, title="Bloempot", slug="bloempot")
    others_plans(street, scheme)
    draft(street, scheme)
    waits(street, scheme)
    done(street, scheme)
    returned(street, scheme)
    advised_on(street, funder)
    in_round(street, funder)
    Letter.objects.filter(pk__in=street.things["letter"]).update(came_back_at=clock.now())
    street.things |= {
        "everybody": [],
        "scheme": [scheme.slug],
        "scheme’s letter": [scheme.slug, "decide/granted"],
        "funder": [funder.slug],
        "new scheme": [(fresh := make.scheme(funder, slug="nieuwpot", money=None, published_at=None)).slug],
        "new scheme’s part": [fresh.slug, "teksten"],
        "new scheme’s row": [fresh.slug, "criteria", fresh.editions.get().criteria.all()[0].pk],
        "budget": [scheme.budgets.get().pk],
        "card": [scheme.budgets.get().pk, "toegezegd"],
        "list": ["wacht"],
        "guess": ["x" * 24],
        "guessed sheet": ["x" * 24, street.things["draft’s sheet"][0]],
        "seat": [Seat.objects.get(funder=funder, role=Seat.Role.OFFICER).pk],
        "came back": street.things["letter"],
        "own list": [KeptList.objects.create(person=street.people["officer"], funder=funder, name="Snel").pk],
        "nothing": [0],
        "hidden photo": [0, StoryPhoto.objects.latest("pk").pk],
        "idea": [(idea := make.idea(funder)).pk],
        "guessed idea": [idea.pk, "x" * 32],
    }
    street.said = {"ledger:name_check": {"result": "match", "seen": make_money.IBAN}}
    street.keys = {name: key_of(street, name) for name in ("nobody", *street.people)}
    return street


def make_people(street: Street, funder: Funder, elsewhere: Funder) -> None:
    """Who has a name here signs in, but for the two who hold something on their device alone."""
    names = (*OUTSIDE, *GROUP, "device")
    street.people = {name: make.person(f"{name.title()} Persoon", postcode="1234 AB") for name in names}
    for role in Seat.Role:
        street.people[role.value] = make.person(f"{role.value.title()} Persoon")
        make.seat(street.people[role.value], funder, role, mandate=10_000 if role in {"officer", "decider"} else None)
    street.people["elsewhere"] = make.person("Overkant Persoon")
    for role in Seat.Role:
        make.seat(street.people["elsewhere"], elsewhere, role, mandate=10_000)
    for name in set(street.people) - {"holder", "device"}:
        make.user(street.people[name])
    for name in ("helps", "colleague"):
        street.people[name] = make.person(f"{name.title()} Persoon")
        make.helper(street.people[name], leads=name == "helps")


def key_of(street: Street, name: str) -> SimpleCookie:
    """The cookies of somebody who came in by their own door."""
    visitor = Visitor()
    if name in {"holder", "device"}:
        session = visitor.session
        session[HOLDER] = street.people[name].pk
        session.save()
    elif name != "nobody":
        visitor.force_login(make.user(street.people[name]))
    return visitor.cookies


def others_plans(street: Street, scheme: Scheme) -> None:
    """Two other groups at the same scheme; plans without an application keep the numbers of the two apart."""
    for _ in range(2):
        make.plan(street.people["group"])
    make.application(scheme, street.people["group"], title="Van de buren")
    make.draft(scheme, street.people["device"], title="Van de overkant")


def group_of(street: Street) -> list[Person]:
    return [street.people[name] for name in GROUP]


def draft(street: Street, scheme: Scheme) -> None:
    made = make.draft(scheme, *group_of(street), title=DRAFT)
    Scribe.objects.create(plan=made.plan, helper=make.consent(made.plan, street.people["helps"]).helper)
    street.things |= {"draft": [made.pk], "draft’s plan": [made.plan_id], "draft’s step": [made.pk, 1]}
    street.things["draft’s sheet"] = [make.sheet(made.plan).pk]


def waits(street: Street, scheme: Scheme) -> None:
    """Granted, with bank details and a cash book, and with neighbours, invitations and a partner."""
    contact, officer = street.people["contact"], street.people["officer"]
    made = make.application(scheme, *group_of(street), title=WAITS)
    grant = make.grant(made, by=officer)
    make_money.payee(grant.commitment, by=contact)
    plan = make_again(made).plan
    page = support.open_support(plan, by=contact)
    worry = speak(page, **WORRY)
    invited = join.invite(plan, by=contact)
    partner = share.add_partner(plan, organisation="School", kind="school", brings="Het plein.", email="", by=contact)
    consent = make.consent(plan, street.people["helps"])
    member = plan.members.get(person=street.people["member"])
    Member.objects.filter(pk=member.pk).update(handover_offered_at=clock.now())
    things: dict[str, list[Any]] = {
        "plan": [plan.pk],
        "plan’s step": [made.pk, 1],
        "application": [made.pk],
        "letter": [Letter.objects.filter(application=made)[0].pk],
        "page": [page.address],
        "worry": [worry.pk],
        "member": [plan.pk, member.pk],
        "member’s code": [made.pk, member.pk],
        "invitation": [plan.pk, plan.invitations.get(purpose="join").pk],
        "partner": [plan.pk, plan.partners.get().pk],
        "consent": [plan.pk, consent.pk],
        "helper": [consent.helper_id],
        "commitment": [grant.commitment.pk],
        "payment": [grant.commitment.payments.get().pk],
        "link": token(invited),
        "partner’s link": token(partner),
    }
    promised = promise.promise(made, what="Wij bellen de school.", until=clock.today(), by=officer)
    street.things["promise"] = [promised.pk]
    kind = "objection" if scheme.funder.is_public_body else "complaint"
    street.things["reaction"] = [objection.react(make_again(made), kind=kind, text="Te weinig.", by=contact).pk]
    street.things |= things | cash_book(street, made, "cash book", "line", "side")


def done(street: Street, scheme: Scheme) -> None:
    """Paid, told with a photo, and the cash book handed in."""
    contact, treasurer = street.people["contact"], street.people["treasurer"]
    made = make.application(scheme, *group_of(street), title=DONE)
    grant = make.grant(made, by=street.people["officer"])
    make_money.paid(grant.commitment, by=treasurer)
    report.tell_story(make_again(made), worked="yes", photo=picture(), by=contact)
    street.things |= {"story": [made.pk], "photo": [StoryPhoto.objects.get().pk], "sheet": [make.sheet(made.plan).pk]}
    street.things |= cash_book(street, made, "handed in", "handed in’s line", "handed in’s side")
    purse = make_again(made).plan.purse
    assert purse is not None
    spend.hand_in(purse, by=contact)


def returned(street: Street, scheme: Scheme) -> None:
    """Something is missing in the one, and something is asked about another: it is the group's turn."""
    made = make.application(scheme, *group_of(street), title=RETURNED)
    make.returned(made, by=street.people["officer"])
    asked = make.application(scheme, *group_of(street), title=RETURNED)
    make.asked(asked, by=street.people["officer"])
    clearance = find_out_one(asked, asked.edition.checks.get(), owner=street.people["officer"])
    street.things |= {"returned": [made.pk], "waiting": [asked.pk], "clearance": [clearance.pk]}


def advised_on(street: Street, funder: Funder) -> None:
    """Asks so much that the panel of residents is heard."""
    heard = make.scheme(funder, title="Panelpot", slug="panelpot", panel_from=euro(100))
    made = make.application(heard, *group_of(street), title=RETURNED)
    street.things |= {"before the panel": [made.pk], "panel’s sheet": [made.pk, make.sheet(made.plan).pk]}


def in_round(street: Street, funder: Funder) -> None:
    """Judged, and in a round that is over."""
    pot = make.ranked(funder, title="Rondepot", slug="rondepot")
    made = make.application(pot, *group_of(street), title=WAITS, received_on=clock.today() - timedelta(days=3))
    make.judgement(made, by=street.people["officer"])
    street.things |= {"round": [pot.edition.rounds.get().pk]}


def cash_book(street: Street, of: Application, book: str, line: str, side: str) -> dict[str, list[Any]]:
    purse = make_again(of).plan.purse
    assert purse is not None
    about: dict[str, Any] = {
        "what": "Aarde",
        "on": clock.today(),
        "direction": Expense.Direction.OUT,
    }
    booked = spend.book_expense(
        purse, amount=euro(5), photo=picture(), key=uuid.uuid4(), by=street.people["contact"], **about
    )
    return {book: [purse.pk], line: [purse.pk, booked.pk], side: [purse.pk, "in"]}


def make_again(application: Application) -> Application:
    return Application.objects.select_related("plan__purse").get(pk=application.pk)


def token(key: Key) -> list[str]:
    return [key.token]


def picture() -> ContentFile[bytes]:
    written = BytesIO()
    Image.new("RGB", (40, 30), "green").save(written, "JPEG")
    return ContentFile(written.getvalue(), "tuin.jpg")
