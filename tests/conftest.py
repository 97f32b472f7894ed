"""What every test may use: a browser without a screen, the cast, and a scheme with an application on its way.

The cast is small and named, so that a test reads as what somebody did. The funder of all of them is Waterveen;
the outsider works for another one.
"""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker

from grants.decide.actions import award
from grants.models import Application, Grant, Scheme
from tests import (
    guards_in_tests,  # noqa: F401  # emptying tables in spite of the guards
    make,
)
from tests.own_database import migrated, own_database  # noqa: F401  # fixtures
from web.models import Funder, Person, Seat
from web.sign_in.session import CAME_IN, Door


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks a database: sentences, papers and amounts are the same on both."""
    if connection.vendor != "postgresql":
        return
    out = {item for item in items if item.get_closest_marker("alike") or not asks_a_database(item)}
    config.hook.pytest_deselected(items=list(out))
    items[:] = [item for item in items if item not in out]


def asks_a_database(item: pytest.Item) -> bool:
    asks = {"db", "transactional_db", "django_db_setup", "live_server", "client", "as_"}
    return item.get_closest_marker("django_db") is not None or bool(asks & set(getattr(item, "fixturenames", ())))


class Visitor(Client):
    """Django's test client, coming in by one of our doors: `by` password and an app unless said otherwise."""

    def force_login(self, user: Any, backend: str | None = None, *, by: Door = "password") -> None:
        super().force_login(user, backend)
        session = self.session
        session[CAME_IN] = {"by": by, "second": "totp" if by == "password" else "", "at": time.time()}
        session.save()


if TYPE_CHECKING:
    from tests.street import Street

SignedIn = Callable[[Person], Visitor]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page that was asked for in Dutch leaves its language behind in this process; the next test starts anew."""
    with translation.override("en"):
        yield


@pytest.fixture
def client() -> Visitor:
    return Visitor()


@pytest.fixture
def as_(db: None) -> SignedIn:
    """`as_(fatima).get(…)`: a browser in which this person is signed in, by the door that is theirs."""

    def sign_in(person: Person) -> Visitor:
        visitor, user = Visitor(), make.user(person)
        visitor.force_login(user, by="password" if user.signs_in_by_password else "code")
        return visitor

    return sign_in


@pytest.fixture
def funder(db: None) -> Funder:
    return make.funder(slug="waterveen", acts_for="burgemeester en wethouders van Waterveen")


@pytest.fixture
def other_funder(db: None) -> Funder:
    return make.funder("Stichting Samen Sterk", slug="samen-sterk", regime=Funder.Regime.PRIVATE)


@pytest.fixture
def resident(db: None) -> Person:
    """First contact of the group."""
    return make.person("Samira Lindeboom", email="samira@waterveen.example", phone="06 00000001", postcode="1234 AB")


@pytest.fixture
def neighbour(db: None) -> Person:
    """Lives in the same street, and isn't in the group."""
    return make.person("Bram Beukenhof", email="bram@waterveen.example")


@pytest.fixture
def helper(db: None) -> Person:
    """A community worker of Buurtwerk Waterveen: sees the plans of residents who let her in, and no more."""
    person = make.person("Hanneke Hulst", email="hanneke@waterveen.example")
    make.helper(person)
    return person


@pytest.fixture
def officer(funder: Funder) -> Person:
    """Fatima works for the funder and decides herself up to 2,500 euro."""
    person = make.person("Fatima van Wilgen", email="fatima@waterveen.example")
    make.seat(person, funder, Seat.Role.OFFICER, mandate=2_500)
    return person


@pytest.fixture
def decider(funder: Funder) -> Person:
    person = make.person("Diederik Eik", email="diederik@waterveen.example")
    make.seat(person, funder, Seat.Role.DECIDER, mandate=10_000)
    return person


@pytest.fixture
def chief(funder: Funder) -> Person:
    """A second person with a mandate as large as Diederik's."""
    person = make.person("Carla Chief")
    make.seat(person, funder, Seat.Role.DECIDER, mandate=10_000)
    return person


@pytest.fixture
def treasurer(funder: Funder) -> Person:
    person = make.person("Tineke Tulp", email="tineke@waterveen.example")
    make.seat(person, funder, Seat.Role.TREASURER)
    return person


@pytest.fixture
def fund_admin(funder: Funder) -> Person:
    person = make.person("Yusuf Ypsilon", email="yusuf@waterveen.example")
    make.seat(person, funder, Seat.Role.FUND_ADMIN)
    return person


@pytest.fixture
def auditor(funder: Funder) -> Person:
    person = make.person("Agnes Anjer", email="agnes@waterveen.example")
    make.seat(person, funder, Seat.Role.AUDITOR)
    return person


@pytest.fixture
def outsider(other_funder: Funder) -> Person:
    """An officer with a mandate, of another funder."""
    person = make.person("Otto Overkant", email="otto@overkant.example")
    make.seat(person, other_funder, Seat.Role.OFFICER, mandate=10_000)
    return person


@pytest.fixture
def scheme(funder: Funder) -> Scheme:
    """Up to 10,000 euro, on all four tracks, with 10,000 in this year's budget."""
    return make.scheme(funder, title="Buurtpot", slug="buurtpot")


@pytest.fixture
def application(scheme: Scheme, resident: Person) -> Application:
    """Sent by Samira: 450 euro, so the Quick track."""
    return make.application(scheme, resident)


@pytest.fixture
def judged(application: Application, officer: Person) -> Application:
    make.judgement(application, by=officer)
    return application


@pytest.fixture
def granted(judged: Application, officer: Person) -> Application:
    """Granted in full, and the letter has left; nothing is paid yet."""
    assert judged.asked is not None
    with make.while_ago():
        award(judged, amount=judged.asked, by=officer)
    return judged


@pytest.fixture
def just_granted(judged: Application, officer: Person) -> Application:
    """Granted in full this minute: the letter still waits, and the residents know nothing."""
    assert judged.asked is not None
    award(judged, amount=judged.asked, by=officer)
    return judged


@pytest.fixture
def grant(granted: Application) -> Grant:
    return Grant.objects.get(application=granted)


@pytest.fixture(scope="module")
def street(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> "Iterator[Street]":
    """Made once for all tests of a module, none of which may leave anything changed."""
    from tests.street import build  # it makes visitors of this module

    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
