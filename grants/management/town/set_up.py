"""The town before anything happens: funders, people with their seats, schemes, budgets."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from grants.management.town.areas import limit
from grants.models import Criterion, Edition, Exclusion, Obligation, Scheme, Track
from grants.models.next_edition import publish
from ledger.budget.actions import add_budget
from ledger.models import Budget
from web import clock
from web.amounts import euro
from web.models import Funder, Person, Seat, User
from web.sign_in.second import give_an_app
from web.town import address_of, book

LONG_AGO = timedelta(days=400)
NAMED = ("slug", "title", "title_en")
AMOUNTS = ("minimum", "maximum", "panel_from", "second_signature_above")


def make_funders() -> None:
    for facts in book("funders")["funder"]:
        Funder.objects.create(
            **{name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
        )


def make_people() -> dict[str, Person]:
    """Everybody by first name, each with a sign-in; staff with the demo's password, residents without one."""
    hashed = make_password(settings.DEMO_PASSWORD)  # made once: it is slow on purpose
    return {key: make_person(key, facts, hashed) for key, facts in book("people").items()}


def make_person(key: str, facts: dict[str, Any], hashed: str) -> Person:
    fields = {
        name: facts[name] for name in ("phone", "postcode", "house_number", "reached_by", "language") if name in facts
    }
    person = Person.objects.create(name=facts["name"], email=address_of(key), **fields)
    user = User.objects.create_user(person.email, person=person)
    if seats := facts.get("seats", []):
        staff = facts.get("staff", False)
        User.objects.filter(pk=user.pk).update(password=hashed, is_staff=staff)
        give_an_app(user)
    for seat in seats:
        sit_down(person, **seat)
    return person


def sit_down(person: Person, *, funder: str, role: str, mandate: int | None = None) -> Seat:
    up_to: Any = None if mandate is None else euro(mandate)  # the stubs take a MoneyField for a DecimalField
    return Seat.objects.create(
        person=person,
        funder=Funder.objects.get(slug=funder),
        role=role,
        mandate=up_to,
        starts_on=clock.today() - LONG_AGO,
    )


def make_schemes() -> list[Scheme]:
    return [make_scheme(facts) for facts in book("schemes")["scheme"]]


def make_scheme(facts: dict[str, Any]) -> Scheme:
    """Published long ago, by the system: whoever sets schemes up in the town came later."""
    called = {name: facts[name] for name in NAMED}
    scheme = Scheme.objects.create(**called, funder=Funder.objects.get(slug=facts["funder"]))
    edition = make_edition(scheme, facts)
    with clock.at(clock.now() - LONG_AGO):
        publish(edition, by=Person.system())
    return scheme


def make_edition(scheme: Scheme, facts: dict[str, Any]) -> Edition:
    texts = {name: facts[name] for name in facts if isinstance(facts[name], str) and name not in {*NAMED, "funder"}}
    amounts: dict[str, Any] = {name: euro(facts[name]) for name in AMOUNTS if name in facts}
    today = clock.today()
    edition = Edition.objects.create(
        scheme=scheme,
        number=1,
        drafted_by=Person.system(),
        **texts,
        **amounts,
        opens_on=today - LONG_AGO,
        closes_on=today + timedelta(days=facts["closes_in"]) if "closes_in" in facts else None,
    )
    limit(edition, facts.get("areas", []))
    for kind in facts["tracks"]:
        make_track(edition, kind, **book("tracks")[kind])
    for order, name in enumerate(facts["criteria"], start=1):
        Criterion.objects.create(edition=edition, order=order, **book("criteria")[name])
    for order, (text, text_en, *words) in enumerate(facts["exclusions"], start=1):
        Exclusion.objects.create(edition=edition, order=order, text=text, text_en=text_en, words=", ".join(words))
    for order, asked in enumerate(facts.get("extra", []), start=1):
        edition.extra_questions.create(order=order, **asked)
    for order, name in enumerate(facts["obligations"], start=1):
        Obligation.objects.create(edition=edition, order=order, **book("obligations")[name])
    return edition


def make_track(edition: Edition, kind: str, *, up_to: int, **duties: Any) -> Track:
    reaches: Any = euro(up_to)
    return Track.objects.create(edition=edition, kind=kind, up_to=reaches, **duties)


def make_budgets(scheme: Scheme, years: set[int]) -> None:
    """A budget of each year in which something is decided, set by the funder's treasurer."""
    facts = next(facts for facts in book("schemes")["scheme"] if facts["slug"] == scheme.slug)
    about = dict(facts["budget"])
    name, amount = about.pop("name"), euro(about.pop("amount"))
    for year in sorted(years):
        scheme.budgets.add(set_budget(scheme.funder, name=name, year=year, amount=amount, **about))


def set_budget(funder: Funder, **facts: Any) -> Budget:
    treasurer = Seat.objects.today().filter(funder=funder, role=Seat.Role.TREASURER).select_related("person")[0]
    return add_budget(funder, by=treasurer.person, **facts)
