"""What tests of asking and giving share beside the cast."""

import pytest

from grants.ask.actions import submit
from grants.decide.actions import award
from grants.divide.actions import ask_also
from grants.join.actions import make_paper_code
from grants.models import Application, Member, Round, Scheme, Support, SupportPage
from grants.review.actions import take_up
from grants.share.actions import hand_over_with_note
from grants.support import actions
from grants.write.actions import save_draft
from tests import make
from tests.grants.neighbours import WORRY, speak
from tests.ledger.make_money import paid
from web.amounts import euro
from web.models import Funder, Person


@pytest.fixture
def support_page(application: Application, resident: Person) -> SupportPage:
    """The page for the neighbours of Samira's plan, open."""
    return actions.open_support(application.plan, by=resident)


@pytest.fixture
def worry(support_page: SupportPage) -> Support:
    """Joke's worry, with her address."""
    return speak(support_page, **WORRY)


# A round


@pytest.fixture
def pot(funder: Funder) -> Scheme:
    """1,000 euro for the round, of 10,000 in the year; at least 50."""
    return make.ranked(funder, title="Rondepot", slug="rondepot", ceiling=1_000)


@pytest.fixture
def round_(pot: Scheme) -> Round:
    return pot.edition.rounds.get()


# One plan before two funds


@pytest.fixture
def second(other_funder: Funder) -> Scheme:
    """Another funder's scheme."""
    return make.scheme(other_funder, title="Samenpot", slug="samenpot")


@pytest.fixture
def first(scheme: Scheme, resident: Person) -> Application:
    """Sent to Waterveen on the Quick track: 400 of the 2,400 euro it costs. Only the short form was filled in."""
    plan = make.plan(resident, answers=make.ANSWERS)
    make.line(plan, "Bomen", 2_400)
    made = Application.objects.create(plan=plan, scheme=scheme, asked=make.money(400))
    return submit(made, by=resident)


@pytest.fixture
def both(first: Application, second: Scheme, resident: Person) -> Application:
    """The same plan, written for the second fund as well: 2,000 euro, still a draft."""
    return ask_also(first.plan, scheme=second, asked=euro(2_000), by=resident)


@pytest.fixture
def sent(both: Application, resident: Person) -> Application:
    save_draft(both, by=resident, **make.MORE_ANSWERS)
    return submit(Application.objects.get(pk=both.pk), by=resident)


@pytest.fixture
def busy(first: Application, sent: Application, officer: Person, resident: Person, neighbour: Person) -> Application:
    """Much has happened at the first fund. Gives the application at the second."""
    member = Member.objects.create(plan=first.plan, person=neighbour)
    by_phone = Member.objects.create(plan=first.plan, person=Person.objects.create(name="Opa Olm"))
    take_up(first, by=officer)
    make_paper_code(by_phone, by=officer, application=first)
    hand_over_with_note(first, member=member, note="Briefje voor ons", by=officer)
    make.judgement(first, by=officer)
    with make.while_ago():
        award(first, amount=euro(350), reason="Geheim van Waterveen", by=officer)
    paid(first.grant.commitment, by=neighbour)
    return Application.objects.get(pk=sent.pk)
