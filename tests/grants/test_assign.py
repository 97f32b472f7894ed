"""Sharing the work: one plan or many on a colleague's desk, and who changed something meanwhile is not overruled."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grants.assign.actions import assign
from grants.models import Application, Member, Scheme
from grants.review.actions import take_up
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import DOOR, due, queries_of
from web.models import Deed, Funder, Mail, Person, Seat

PAGE, INBOX = "/werk/verdelen/", "/werk/"


@pytest.fixture
def three(scheme: Scheme) -> list[Application]:
    return [due(scheme, days) for days in (1, 2, 3)]


def said(*rows: Application) -> list[str]:
    return [f"{row.pk}:{row.officer_id or 0}" for row in rows]


def who_has(*rows: Application) -> list[Person | None]:
    return [Application.objects.get(pk=row.pk).officer for row in rows]


def test_what_is_ticked_goes_to_one_colleague_with_a_deed_each(
    as_: SignedIn, three: list[Application], officer: Person, decider: Person
) -> None:
    visitor = as_(officer)
    assert visitor.get(INBOX).text.count('name="aanvraag"') == 3
    page = visitor.get(PAGE, {"aanvraag": [row.pk for row in three[:2]]})
    assert [row.pk for row in page.context["rows"]] == [row.pk for row in three[:2]]
    assert {*page.context["form"].fields["to"].queryset} == {officer, decider}
    done = visitor.post(PAGE, {"aanvraag": said(*three[:2]), "to": decider.pk}, follow=True)
    assert "2 plans are with Diederik Eik now." in done.text
    assert who_has(*three) == [decider, decider, None]
    deeds = Deed.objects.filter(verb="assign")
    assert {int(deed.thing_id) for deed in deeds} == {row.pk for row in three[:2]}
    assert {deed.by for deed in deeds} == {officer}
    shown = visitor.get(reverse("grants:application", args=[three[0].pk])).text
    assert "gave the plan to a colleague" in shown


def test_what_changed_meanwhile_is_named_and_the_rest_is_done(
    as_: SignedIn, three: list[Application], officer: Person, decider: Person
) -> None:
    third = make.person("Derya Den")
    make.seat(third, three[0].scheme.funder, Seat.Role.OFFICER)
    seen = said(*three)
    take_up(three[0], by=third)
    make.grant(Application.objects.get(pk=three[1].pk), by=officer)
    done = as_(officer).post(PAGE, {"aanvraag": seen, "to": decider.pk}, follow=True)
    assert "1 plan is with Diederik Eik now." in done.text
    for row in three[:2]:
        assert str(row) in done.text
    assert "Not given, because somebody changed them meanwhile" in done.text
    assert who_has(*three) == [third, officer, decider]


def test_nobody_gets_the_plan_of_their_own_group(
    as_: SignedIn, three: list[Application], officer: Person, decider: Person
) -> None:
    Member.objects.create(plan=three[0].plan, person=decider)
    left = assign(dict.fromkeys(three), to=decider, by=officer)
    assert left == [three[0]]
    assert who_has(*three) == [None, decider, decider]
    assert assign({three[0]: None}, to=officer, by=decider) == [], "who is in it may give it away"


def test_only_officers_of_this_fund_give_and_get(
    as_: SignedIn, three: list[Application], officer: Person, outsider: Person, treasurer: Person
) -> None:
    for by in (outsider, treasurer):
        with pytest.raises(PermissionDenied):
            assign({three[0]: None}, to=officer, by=by)
    assert assign({three[0]: None}, to=outsider, by=officer) == [three[0]]
    visitor = as_(officer)
    for to in (outsider.pk, treasurer.pk, 0, "x", ""):
        page = visitor.post(PAGE, {"aanvraag": said(three[0]), "to": to})
        assert page.status_code == 200
        assert page.context["form"].errors
    as_(outsider).post(PAGE, {"aanvraag": said(*three), "to": outsider.pk})
    assert who_has(*three) == [None, None, None]


@pytest.mark.parametrize("nothing", [[], ["x"], ["0"], ["9" * 40], ["12:"], [":3"], ["²"]])
def test_without_ticks_the_inbox_says_so(as_: SignedIn, officer: Person, nothing: list[str]) -> None:
    page = as_(officer).get(PAGE, {"aanvraag": nothing}, follow=True)
    assert "Tick the plans first." in page.text


def test_who_wants_every_mail_hears_who_has_it(three: list[Application], officer: Person, decider: Person) -> None:
    resident = three[0].plan.first_contact
    Person.objects.filter(pk=resident.pk).update(wants_mails="all", language="en", email="x@waterveen.example")
    assign(dict.fromkeys(three), to=decider, by=officer)
    [mail] = Mail.objects.filter(to=resident)
    assert "Diederik Eik" in mail.text


def test_the_list_one_came_from_comes_back(as_: SignedIn, three: list[Application], officer: Person) -> None:
    visitor = as_(officer)
    visitor.get(f"{INBOX}?lijst=nobody")
    sent = visitor.post(PAGE, {"aanvraag": said(three[0]), "to": officer.pk})
    assert sent["Location"] == f"{INBOX}?lijst=nobody"


def test_the_page_takes_as_many_queries_for_one_as_for_thirty(
    as_: SignedIn, scheme: Scheme, officer: Person, funder: Funder
) -> None:
    visitor, rows = as_(officer), [due(scheme, number) for number in range(30)]
    one = queries_of(visitor, f"{PAGE}?aanvraag={rows[0].pk}")
    many = "&".join(f"aanvraag={row.pk}" for row in rows)
    # The plans; who may get them.
    assert queries_of(visitor, f"{PAGE}?{many}") == one == DOOR + 2
