"""What somebody may ask of the house without a seat: mails per address and per place, plans, and long answers."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse
from pytest_django import Settings

from grants.models import Member, Plan, Scheme, SupportPage
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.neighbours import WORRY, speak
from tests.grants.typed import plan_as_typed
from web.limits import may_mail
from web.models import Code, Mail, Person, User
from web.requests import Request
from web.sign_in.adopt import HOLDER

pytestmark = pytest.mark.django_db

VICTIM = "bram@waterveen.example"


@pytest.fixture(autouse=True)
def nothing_counted_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def asked_by(user: User | AnonymousUser, *, ip: str = "192.0.2.1") -> Request:
    request = RequestFactory().post("/", REMOTE_ADDR=ip)
    request.user = user
    return request  # type: ignore[return-value]  # a Request but for its person, which isn't asked here


def test_an_address_gets_six_mails_an_hour_from_wherever_and_however_written() -> None:
    asked = [may_mail(asked_by(AnonymousUser(), ip=f"192.0.2.{n}"), VICTIM.title()) for n in range(6)]
    assert all(asked)
    assert not may_mail(asked_by(AnonymousUser(), ip="192.0.2.99"), VICTIM)
    assert may_mail(asked_by(AnonymousUser()), "anna@waterveen.example")


def test_one_place_causes_sixty_mails_an_hour() -> None:
    asked = [may_mail(asked_by(AnonymousUser()), f"buur{n}@waterveen.example") for n in range(61)]
    assert asked == [True] * 60 + [False]


def test_signing_in_is_not_enough_and_a_seat_is(resident: Person, officer: Person) -> None:
    assert [may_mail(asked_by(make.user(resident)), VICTIM) for _ in range(7)] == [True] * 6 + [False]
    assert all(may_mail(asked_by(make.user(officer)), VICTIM) for _ in range(7))


def test_who_has_no_address_costs_nothing() -> None:
    assert all(may_mail(asked_by(AnonymousUser()), "") for _ in range(70))
    assert may_mail(asked_by(AnonymousUser()), VICTIM)


def holding(person: Person, *, ip: str = "192.0.2.1") -> Visitor:
    visitor = Visitor(REMOTE_ADDR=ip)
    session = visitor.session
    session[HOLDER] = person.pk
    session.save()
    return visitor


def test_codes_for_plans_are_mailed_to_one_address_six_times_an_hour(scheme: Scheme) -> None:
    """Each draft has a holder of its own, so what a Code counts doesn't stop them."""
    who = {"name": "Anna", "email": VICTIM, "reached_by": "mail", "postcode": "1234 AB", "house_number": "1"}
    for number in range(7):
        holder = Person.objects.create()
        address = reverse("grants:send", args=[make.draft(scheme, holder).pk])
        answer = holding(holder, ip=f"192.0.2.{number}").post(address, who)
        assert answer.status_code == (302 if number < 6 else 200)
    assert "Many mails went out from here" in answer.text
    assert (Code.objects.count(), Mail.objects.filter(address=VICTIM).count()) == (6, 6)


def test_asking_again_and_again_to_take_over_stops(as_: SignedIn, support_page: SupportPage, resident: Person) -> None:
    asked = Member.objects.create(plan=support_page.plan, person=make.person("Bram", email=VICTIM))
    address, visitor = reverse("grants:offer_handover", args=[asked.plan_id, asked.pk]), as_(resident)
    for _ in range(6):
        visitor.post(address)
    assert "Many mails went out" in visitor.post(address, follow=True).text
    assert Mail.objects.filter(address=VICTIM).count() == 6


def test_answering_again_and_again_stops(as_: SignedIn, support_page: SupportPage, resident: Person) -> None:
    worry, visitor = speak(support_page, **WORRY | {"reach": VICTIM}), as_(resident)
    answers = [visitor.post(reverse("grants:answer_worry", args=[worry.pk]), {"answer": f"Zo {n}."}) for n in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 6 + [200]
    assert "Many mails went out" in answers[-1].text
    assert Mail.objects.filter(address=VICTIM).count() == 6


def test_naming_partners_at_one_address_stops(as_: SignedIn, support_page: SupportPage, resident: Person) -> None:
    address, visitor = reverse("grants:add_partner", args=[support_page.plan_id]), as_(resident)
    partner = {"organisation": "Speeltuin", "kind": "school", "brings": "De zaal", "email": VICTIM}
    answers = [visitor.post(address, partner).text for _ in range(7)]
    assert [("Many mails went out" in answer) for answer in answers] == [False] * 6 + [True]
    assert Mail.objects.filter(address=VICTIM).count() == 6


def test_starting_plans_again_and_again_stops_and_keeps_what_was_typed(
    client: Visitor, scheme: Scheme, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"start": "2/m/ip"}
    address, typed = reverse("grants:ask", args=[scheme.slug]), plan_as_typed(costs=[("Verf", "60")])
    answers = [client.post(address, typed) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 200]
    assert "Wait a minute" in answers[-1].text
    assert 'value="Verf"' in answers[-1].text
    assert Plan.objects.count() == 2
    assert client.get(address).status_code == 200, "reading isn't counted"


def test_asking_for_the_room_on_the_page_stops(client: Visitor, scheme: Scheme, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"room": "2/m/ip"}
    address, typed = reverse("grants:room", args=[scheme.slug]), plan_as_typed(costs=[("Verf", "60")])
    assert [client.post(address, typed).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(("letters", "fits"), [(35_000, True), (60_000, True), (60_001, False)])
def test_an_answer_of_five_thousand_words_is_kept_and_one_without_end_asked_back(
    client: Visitor, scheme: Scheme, letters: int, fits: bool
) -> None:
    typed = plan_as_typed(costs=[("Verf", "60")]) | {"what": "x" * letters}
    answer = client.post(reverse("grants:ask", args=[scheme.slug]), typed)
    assert answer.status_code == (302 if fits else 200)
    assert ("more than 60,000 letters" in answer.text) is not fits
    assert 'maxlength="60' not in client.get(reverse("grants:ask", args=[scheme.slug])).text, "it would cut in silence"
    assert [len(plan.what) for plan in Plan.objects.all()] == ([letters] if fits else [])
