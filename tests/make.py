"""One function per noun: what a test needs, and nothing it didn't ask for. Money is in whole euros."""

import itertools
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from grants.decide import actions as decide
from grants.enquire import actions as enquire
from grants.models import (
    Application,
    Area,
    AreaPostcode,
    BudgetLine,
    Check,
    Completion,
    Consent,
    Criterion,
    Decision,
    Edition,
    Enquiry,
    Exclusion,
    Grant,
    Helper,
    HelpingOrganisation,
    Idea,
    Judgement,
    Letter,
    Member,
    Obligation,
    Plan,
    Review,
    Scheme,
    Sheet,
    Track,
)
from grants.models.decision import HOLD
from grants.models.next_edition import draft_of, publish
from grants.review import actions as review
from ledger.models import Budget, Commitment
from web import clock
from web.amounts import euro
from web.models import Funder, Person, Seat, User
from web.sign_in.second import give_an_app
from web.uploads import Made

number = itertools.count(1)

# PRODUCT's table: up to, questions, answer within, fixed at once, questions afterwards, asks an overview.
TRACKS: dict[Track.Kind, tuple[int, int, int, str, bool, int, bool]] = {
    Track.Kind.QUICK: (500, 4, 5, "days", True, 1, False),
    Track.Kind.SMALL: (2_500, 8, 3, "weeks", True, 3, False),
    Track.Kind.MEDIUM: (5_000, 8, 6, "weeks", True, 3, True),
    Track.Kind.GROWTH: (10_000, 8, 8, "weeks", False, 3, True),
}

CRITERIA = (
    (Criterion.Kind.KNOCK_OUT, "Voor de buurt", "For the neighbourhood"),
    (Criterion.Kind.KNOCK_OUT, "Geen winst", "No profit"),
    (Criterion.Kind.WEIGHED, "Fijner wonen", "Nicer to live"),
)

ANSWERS = {
    "what": "We planten geveltuinen met de hele straat.",
    "who_joins": "Twaalf huizen doen mee.",
    "where_when": "In de Lindestraat, in mei.",
}
MORE_ANSWERS = {
    "why_good": "De straat wordt groener.",
    "own_input": "Wij graven zelf.",
    "neighbours": "We gaan langs de deuren.",
    "permission": Plan.Permission.DONT_KNOW,
}


def money(amount: int | None) -> Any:
    """Euros, or none. Typed loosely: the stubs take a MoneyField for a DecimalField."""
    return None if amount is None else euro(amount)


def person(name: str = "", *, email: str = "", **fields: Any) -> Person:
    name = name or f"Persoon {next(number)}"
    email = email or f"{name.split()[0].lower()}.{next(number)}@waterveen.example"
    return Person.objects.create(name=name, email=email, **fields)


def user(of: Person, *, password: str | None = None, **fields: Any) -> User:
    """The sign-in of a person: the one they have, or a new one. With a password comes an app."""
    there = User.objects.filter(person=of).first()
    if there:
        return there
    made = User.objects.create_user(of.email, password, person=of, **fields)
    if password:
        give_an_app(made)
    return made


def funder(name: str = "Gemeente Waterveen", *, slug: str = "", **fields: Any) -> Funder:
    slug = slug or f"funder-{next(number)}"
    contact = {"mailbox": f"{slug}@waterveen.example", "phone": "0900 0000"}
    return Funder.objects.create(name=name, slug=slug, **contact | fields)


def seat(of: Person, at: Funder, role: Seat.Role, *, mandate: int | None = None, **fields: Any) -> Seat:
    """From the first of January on, so that it holds whatever day a test travels to this year."""
    fields.setdefault("starts_on", date(clock.today().year, 1, 1))
    return Seat.objects.create(person=of, funder=at, role=role, mandate=money(mandate), **fields)


def budget(of: Funder, amount: int = 10_000, *, name: str = "", year: int | None = None) -> Budget:
    made = Budget.objects.create(funder=of, name=name or f"Budget {next(number)}", year=year or clock.today().year)
    made.set_to(euro(amount), by=Person.system())
    return made


def track(edition: Edition, kind: Track.Kind = Track.Kind.QUICK, **fields: Any) -> Track:
    names = ("questions", "answer_within", "answer_unit", "fixed_at_once", "story_questions", "asks_overview")
    up_to, *duties = TRACKS[kind]
    settings = dict(zip(names, duties, strict=True)) | {"up_to": euro(up_to)} | fields
    return Track.objects.create(edition=edition, kind=kind, **settings)


def area(name: str, *postcodes: str, code: str = "", year: int = 2024, **fields: Any) -> Area:
    """A made-up neighbourhood where these postcodes occur; CBS has no municipality 9999."""
    code = code or f"BU9999{next(number):04}"
    made_up = {"kind": "bu", "municipality_code": "GM9999", "municipality_name": "Waterveen"}
    district = code.replace("BU", "WK")[:8] if code.startswith(("BU", "WK")) else ""
    made = Area.objects.create(
        code=code, year=year, name=name, **made_up | {"district_code": district, "source": "CBS"} | fields
    )
    AreaPostcode.objects.bulk_create(AreaPostcode(area=made, digits=digits) for digits in postcodes)
    return made


def criterion(
    edition: Edition, kind: Criterion.Kind = Criterion.Kind.WEIGHED, title: str = "Steun van buren", **fields: Any
) -> Criterion:
    facts = {"kind": kind, "title": title, "text": f"{title}: dat telt."} | fields
    return Criterion.objects.create(edition=edition, order=edition.criteria.count() + 1, **facts)


def exclusion(edition: Edition, text: str = "Alcohol", **fields: Any) -> Exclusion:
    return Exclusion.objects.create(edition=edition, order=edition.exclusions.count() + 1, text=text, **fields)


def obligation(edition: Edition, title: str = "Vertel hoe het ging") -> Obligation:
    order = edition.obligations.count() + 1
    return Obligation.objects.create(edition=edition, order=order, title=title, text=f"{title}. Dat doet u kort.")


def check(edition: Edition, title: str = "Mag het hier?", **fields: Any) -> Check:
    """A question on its list; without `words` it is for who says that permission is needed."""
    kind = fields.pop("kind", Check.Kind.PUBLIC_GROUND)
    return Check.objects.create(edition=edition, order=edition.checks.count() + 1, kind=kind, title=title, **fields)


def scheme(of: Funder, *, title: str = "", money: int | None = 10_000, maximum: int = 10_000, **fields: Any) -> Scheme:
    """A published scheme with criteria, every track its maximum reaches, and this year's budget (None: without).

    With `published_at=None` its first edition is still a draft.
    """
    named = {name: fields.pop(name) for name in ("slug", "title_en", "mailbox") if name in fields}
    made = Scheme.objects.create(
        **{"funder": of, "title": title or f"Pot {next(number)}", "slug": f"pot-{next(number)}"} | named
    )
    published_at = fields.pop("published_at", clock.now() - timedelta(days=40))
    first = edition(made, maximum, **fields)
    if published_at:
        with clock.at(published_at):
            publish(first, by=Person.system())
    if money is not None:
        made.budgets.add(budget(of, money))
    return made


def edition(of: Scheme, maximum: int = 10_000, **fields: Any) -> Edition:
    """A draft with everything in it: the first of a scheme."""
    texts = {
        "purpose": "Voor iets goeds in uw straat.",
        "who_may_ask": "Iedereen die hier woont.",
        "who_decides": "Iemand van de gemeente.",
        "responsible": "U let zelf op de veiligheid.",
    }
    opens_on = clock.today() - timedelta(days=30)
    facts = {"number": 1, "drafted_by": Person.system(), "maximum": euro(maximum), "opens_on": opens_on} | texts
    made = Edition.objects.create(scheme=of, **facts | fields)
    for kind, (up_to, *_duties) in TRACKS.items():
        track(made, kind)
        if up_to >= maximum:
            break
    for kind_, name, name_en in CRITERIA:
        criterion(made, kind_, name, title_en=name_en)
    exclusion(made)
    return made


def ranked(of: Funder, *, ceiling: int | None = None, **fields: Any) -> Scheme:
    """In rounds, the best plans first. One closed yesterday, opened twenty days ago and is answered in twenty."""
    made = scheme(of, published_at=None, **fields)
    draft, day = made.editions.get(), clock.today()
    days = {"opens_on": day - timedelta(20), "closes_on": day - timedelta(1), "answer_by": day + timedelta(20)}
    draft.rounds.create(**days, ceiling=money(ceiling))
    Edition.objects.filter(pk=draft.pk).update(in_rounds=True, division=Edition.Division.RANKING)
    with clock.at(clock.now() - timedelta(days=40)):
        publish(Edition.objects.get(pk=draft.pk), by=Person.system())
    return Scheme.objects.get(pk=made.pk)


@contextmanager
def changing(of: Scheme, **changes: Any) -> Iterator[Edition]:
    """The next edition: a draft with these changes, to be changed further, that is published at the end."""
    draft = draft_of(of.edition, of=of, by=Person.system(), **changes)
    yield draft
    publish(draft, by=Person.system())


def limited(of: Scheme, *areas: Area) -> Scheme:
    """From now on this scheme is for these areas alone."""
    with changing(of) as edition:
        edition.areas.set(areas)
    return of


def changed(of: Scheme, **changes: Any) -> Edition:
    """The next edition, published, with these changes."""
    with changing(of, **changes) as edition:
        return edition


def plan(*members: Person, title: str = "Geveltuinen", answers: dict[str, str] | None = None) -> Plan:
    """A plan of these people; the first is its first contact. With every answer, unless other `answers` are given."""
    made = Plan.objects.create(title=title, **ANSWERS | MORE_ANSWERS if answers is None else answers)
    for each in members:
        role = Member.Role.FIRST_CONTACT if each == members[0] else Member.Role.MEMBER
        Member.objects.create(plan=made, person=each, role=role)
    return made


def line(of: Plan, what: str = "Tegels", amount: int = 100, kind: BudgetLine.Kind = BudgetLine.Kind.COST) -> BudgetLine:
    return BudgetLine.objects.create(plan=of, order=of.lines.count() + 1, kind=kind, what=what, amount=money(amount))


def draft(to: Scheme, *members: Person, asked: int | None = 450, **plan_fields: Any) -> Application:
    """A draft with everything in it that its track asks."""
    made = plan(*members, **plan_fields)
    line(made)
    return Application.objects.create(plan=made, scheme=to, asked=money(asked))


def application(
    to: Scheme, *members: Person, asked: int = 450, received_on: date | None = None, **plan_fields: Any
) -> Application:
    """Sent, with its duties frozen, as `submit` leaves it; without the letter, so that many are quickly made."""
    made = draft(to, *members, asked=asked, **plan_fields)
    duties, day = made.duties, received_on or clock.today()
    assert duties is not None
    this_round = made.edition.round_on(day) if made.edition.in_rounds else None
    made.move_to(
        Application.Status.SUBMITTED,
        frozen_edition=made.edition,
        round=this_round,
        frozen_duties=duties.as_json(),
        frozen_page=made.page.as_json(),
        submitted_at=clock.now(),
        complete_at=clock.now(),
        received_on=day,
        answer_by=this_round.answer_by if this_round else duties.answer_by(day),
    )
    return made


def idea(to: Funder, text: str = "Een bankje bij de school.", **fields: Any) -> Idea:
    """Told by somebody without an account, to be answered in five working days."""
    answer_by = clock.add_working_days(clock.today(), to.answers_ideas_within)
    told: dict[str, Any] = {"came_from": Idea.CameFrom.RESIDENTS, "answer_by": answer_by} | fields
    return Idea.objects.create(funder=to, text=text, teller=told.pop("teller", None) or person("Buur"), **told)


def verdicts(of: Application, weighed: Judgement.Verdict = Judgement.Verdict.GOOD) -> list[tuple[Criterion, str, str]]:
    """Yes and good throughout, or another weight with a reason."""
    yes = {Criterion.Kind.KNOCK_OUT: Judgement.Verdict.YES, Criterion.Kind.WEIGHED: weighed}
    return [(each, yes[Criterion.Kind(each.kind)], "Dat staat in het plan.") for each in of.edition.criteria.all()]


def judgement(of: Application, *, by: Person) -> Review:
    """The application judged, as an officer does it."""
    made = review.judge(of, strong="Veel buren doen mee.", verdicts=verdicts(of), by=by)
    of.refresh_from_db()
    return made


def organisation(name: str = "Buurtwerk Waterveen") -> HelpingOrganisation:
    """Paid by the municipality; the one that is there, if it is."""
    about = {"paid_by": "de gemeente", "phone": "0900 0000", "email": "hulp@waterveen.example"}
    return HelpingOrganisation.objects.get_or_create(name=name, defaults=about)[0]


def helper(of: Person, at: HelpingOrganisation | None = None, *, leads: bool = False) -> Helper:
    """A place at an organisation, and a sign-in by code."""
    place = Helper.objects.create(person=of, organisation=at or organisation(), leads=leads, invited_by=Person.system())
    user(of)
    User.objects.filter(person=of).update(helps=True)
    return place


def consent(to: Plan, helper: Person, *, until: date | None = None) -> Consent:
    """The residents of a plan let this helper in: until the bank details are in, or until a day."""
    return Consent.give(to, helper.helps.get(), how="spoken", given_by=to.first_contact, until=until)[0]


def returned(of: Application, *missing: str, by: Person, weeks: int = 2) -> Completion:
    """The application sent back to its residents, who can complete it for so many weeks."""
    until = clock.add_weeks(clock.today(), weeks)
    return review.send_back(of, missing=list(missing) or ["what"], until=until, by=by)


def asked(of: Application, question: str = "Wie geeft de planten water?", *, by: Person) -> Enquiry:
    """A question to its residents, for a week; the clock stands still."""
    until = clock.add_weeks(clock.today(), 1)
    return enquire.enquire(of, question=question, until=until, needed=True, by=by)


def grant(of: Application, *, by: Person, amount: int | None = None) -> Grant:
    """The application judged and granted, wholly or for `amount` with a reason; the letter has left."""
    assert of.asked is not None
    judgement(of, by=by)
    with while_ago():
        return decide.award(of, amount=of.asked if amount is None else euro(amount), reason="Dit kan nu.", by=by)


def while_ago() -> AbstractContextManager[None]:
    """Eleven minutes ago: the letter of what is decided then has left, so its residents know."""
    return clock.at(clock.now() - HOLD - timedelta(minutes=1))


def letters_left() -> None:
    """As if an hour had gone by since the last decision: its letter has left."""
    then = clock.now() - timedelta(hours=1)
    Decision.objects.filter(at__gt=then).update(at=then)
    Application.objects.filter(told_at__gt=then).update(told_at=then)
    Commitment.objects.filter(known_from__gt=then).update(known_from=then)
    Letter.objects.filter(leaves_at__gt=then).update(leaves_at=then)


def drawing(size: tuple[int, int] = (600, 400), colour: str = "seagreen", kind: str = "JPEG") -> bytes:
    """A picture, as a phone sends it."""
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()


def sheet(
    of: Plan | Application, *, size: tuple[int, int] = (600, 400), pages: int = 1, is_document: bool = False
) -> Sheet:
    """A photo with the plan, or with `is_document` so many pages; of an application a scan. Gives the first."""
    fresh = tuple(ContentFile(drawing(size), name=f"{next(number)}.jpg") for _page in range(pages))
    mark = f"{next(number)}"
    Sheet.objects.keep(of, [Made(mark, fresh, is_document)])
    return Sheet.objects.get(file=mark, page=1)
