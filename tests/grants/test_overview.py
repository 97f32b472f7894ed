"""Pages people only read: what stands there, who may see it, and how many queries it takes whatever the rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from grants.decide.actions import decline
from grants.models import Application, Letter, Scheme
from ledger.models import Budget
from tests import make
from tests.conftest import SignedIn
from web.amounts import euro
from web.clock import today
from web.models import Funder, Person, Seat, record

INBOX = "/werk/"
DOOR = 3  # the session; the user with their person; their seats, for the door and the frame


def queries_of(visitor: Client, address: str) -> int:
    """How many queries a page takes once it has been opened before."""
    visitor.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(address).status_code == 200
    return len(asked)


def due(scheme: Scheme, days: int) -> Application:
    """An application whose answer is due so many days from now."""
    made = make.application(scheme, make.person())
    Application.objects.filter(pk=made.pk).update(answer_by=today() + timedelta(days=days))
    return made


# The inbox


def test_the_inbox_shows_what_was_sent_due_first(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    later, late, soon = due(scheme, 20), due(scheme, -2), due(scheme, 3)
    make.draft(scheme, make.person(), title="Nog niet af")
    page = as_(officer).get(INBOX)
    assert [row.pk for row in page.context["page"].rows] == [late.pk, soon.pk, later.pk]
    counts = {name: page.context["lists"][name] for name in ("todo", "mine", "nobody", "late", "week")}
    assert counts == {"todo": 3, "mine": 0, "nobody": 3, "late": 1, "week": 1}
    assert "Nog niet af" not in page.text


def test_the_inbox_is_of_ones_own_funder(as_: SignedIn, application: Application, outsider: Person) -> None:
    page = as_(outsider).get(INBOX)
    assert not page.context["page"].rows
    assert application.plan.title not in page.text


@pytest.mark.parametrize("role", [Seat.Role.OFFICER, Seat.Role.DECIDER, Seat.Role.AUDITOR, Seat.Role.FUND_ADMIN])
def test_who_reads_for_a_funder_has_an_inbox(
    as_: SignedIn, application: Application, funder: Funder, role: Seat.Role
) -> None:
    reader = make.person()
    make.seat(reader, funder, role)
    assert application.plan.title in as_(reader).get(INBOX).text


def test_without_a_seat_the_inbox_is_shut(as_: SignedIn, resident: Person, client: Client) -> None:
    assert as_(resident).get(INBOX).status_code == 403
    assert client.get(INBOX).status_code == 302


def test_the_panel_reads_no_contact_data_here(as_: SignedIn, application: Application, funder: Funder) -> None:
    adviser = make.person()
    make.seat(adviser, funder, Seat.Role.PANEL)
    visitor = as_(adviser)
    assert not visitor.get(INBOX).context["page"].rows
    assert visitor.get(reverse("grants:application", args=[application.pk])).status_code == 404


def test_sixty_rows_come_on_two_pages_each_row_once(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    made = {due(scheme, number % 7).pk for number in range(60)}
    visitor = as_(officer)
    first = visitor.get(INBOX).context["page"]
    second = visitor.get(f"{INBOX}?after={first.after}").context["page"]
    assert len(first.rows) == 50
    assert second.after == ""
    assert [row.pk for row in (*first.rows, *second.rows)] == sorted(
        made, key=lambda pk: (Application.objects.get(pk=pk).answer_by, pk)
    )


def test_a_link_that_was_broken_gives_a_page_all_the_same(
    as_: SignedIn, application: Application, officer: Person
) -> None:
    visitor = as_(officer)
    for chosen in ("todo", "granted", "all", "bestaatniet"):
        for after in ("x", "²", "2026-13-45_1", "2026-01-01_x", "9" * 40, "_"):
            assert visitor.get(INBOX, {"after": after, "lijst": chosen}).status_code == 200, (chosen, after)


def test_the_granted_list_holds_what_is_granted(
    as_: SignedIn, granted: Application, officer: Person, scheme: Scheme
) -> None:
    due(scheme, 2)
    rows = as_(officer).get(f"{INBOX}?lijst=granted").context["page"].rows
    assert [row.pk for row in rows] == [granted.pk]


@pytest.mark.parametrize("chosen", ["todo", "all"])
def test_the_inbox_takes_as_many_queries_for_ten_rows_as_for_sixty(
    as_: SignedIn, scheme: Scheme, officer: Person, chosen: str
) -> None:
    visitor, address = as_(officer), f"{INBOX}?lijst={chosen}"
    for number in range(10):
        due(scheme, number)
    ten = queries_of(visitor, address)
    for number in range(50):
        due(scheme, number)
    # The rows; the counts; lists of one's own; ideas; letters to post; who is away; what is new; reactions.
    assert queries_of(visitor, address) == ten == DOOR + 8 <= 12


# An application, for officers


def test_the_application_page_shows_the_plan_and_its_people(
    as_: SignedIn, application: Application, officer: Person, resident: Person
) -> None:
    page = as_(officer).get(reverse("grants:application", args=[application.pk]))
    for text in (application.plan.what, resident.name, resident.phone, "450"):
        assert text in page.text


def test_the_application_page_is_404_for_outsiders_residents_and_drafts(
    as_: SignedIn, application: Application, outsider: Person, resident: Person, officer: Person, scheme: Scheme
) -> None:
    address = reverse("grants:application", args=[application.pk])
    assert as_(outsider).get(address).status_code == 404
    assert as_(resident).get(address).status_code == 404
    draft = make.draft(scheme, make.person())
    assert as_(officer).get(reverse("grants:application", args=[draft.pk])).status_code == 404


def test_only_what_one_may_do_is_offered(as_: SignedIn, judged: Application, officer: Person, auditor: Person) -> None:
    address = reverse("grants:application", args=[judged.pk])
    decide = reverse("grants:decide", args=[judged.pk])
    assert decide in as_(officer).get(address).text
    assert decide not in as_(auditor).get(address).text


def test_the_application_page_takes_as_many_queries_with_more_people_and_deeds(
    as_: SignedIn, granted: Application, officer: Person
) -> None:
    visitor, address = as_(officer), reverse("grants:application", args=[granted.pk])
    few = queries_of(visitor, address)
    for _each in range(5):
        make.line(granted.plan)
        granted.plan.members.create(person=make.person())
        record(officer, "take_up", granted)
    # The application with plan, scheme and grant; members; lines; sheets; partners; the latest review; its judgements;
    # the money; whether one is in the group; decisions; what was asked of the residents; letters; deeds;
    # that it was read is noted; notes. What came after the letter is asked for where a deed says so: one or two more.
    assert queries_of(visitor, address) == few == DOOR + 15 <= 18


def test_judging_and_deciding_take_few_queries(as_: SignedIn, judged: Application, officer: Person) -> None:
    visitor = as_(officer)
    # The application; members; lines; sheets; criteria; budgets; whether one is an officer, and impartial; the
    # latest review; its judgements; the draft of one; the reading that is noted.
    assert queries_of(visitor, reverse("grants:judge", args=[judged.pk])) == DOOR + 12
    # The same without the sheets, with the mandate for the officer; and the money left, and the criteria to name when
    # declining; whether one decided on it before; what there is left to offer; and what can be agreed.
    assert queries_of(visitor, reverse("grants:decide", args=[judged.pk])) == DOOR + 15


# The residents' pages


def test_the_track_page_shows_where_it_is_and_who_has_it(
    as_: SignedIn, judged: Application, resident: Person, officer: Person
) -> None:
    page = as_(resident).get(reverse("grants:track", args=[judged.pk]))
    assert officer.name in page.text
    assert judged.answer_by is not None
    assert str(judged.answer_by.year) in page.text
    assert f"{officer.name} judged the plan." in page.text.replace("&#x27;", "'")


def test_a_plan_that_is_late_says_so_and_whom_to_call(
    as_: SignedIn, judged: Application, resident: Person, officer: Person, funder: Funder
) -> None:
    visitor, address = as_(resident), reverse("grants:track", args=[judged.pk])
    assert "We are late" not in visitor.get(address).text
    Application.objects.update(answer_by=today() - timedelta(days=1))
    assert f"Call {officer.name} on {funder.phone}." in visitor.get(address).text


def test_the_track_page_takes_few_queries(as_: SignedIn, granted: Application, resident: Person) -> None:
    visitor, address = as_(resident), reverse("grants:track", args=[granted.pk])
    few = queries_of(visitor, address)
    for _each in range(5):
        make.line(granted.plan)
        record(resident, "tell_story", granted)
    # The application with plan, scheme and grant; members; lines; what was paid; the payee, for the step line and for

    # what to do now; the plan elsewhere; whether one is the first contact; partners; what was asked of them; letters;
    # deeds; reactions; what we find out; promises; what may change.
    assert queries_of(visitor, address) == few == DOOR + 16


def test_every_member_sees_the_track_page_and_nobody_else(
    as_: SignedIn, scheme: Scheme, resident: Person, neighbour: Person, officer: Person, helper: Person
) -> None:
    application = make.application(scheme, resident, neighbour)
    address = reverse("grants:track", args=[application.pk])
    assert as_(neighbour).get(address).status_code == 200
    for person in (officer, helper):
        assert as_(person).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_declined_plan_shows_why_and_what_would_be_possible(
    as_: SignedIn, judged: Application, resident: Person, officer: Person
) -> None:
    with make.while_ago():
        decline(
            judged,
            grounds=judged.edition.criteria.all()[:1],
            reason="Iemand verdient eraan.",
            possible="Zonder winst kan het wel.",
            by=officer,
        )
    page = as_(resident).get(reverse("grants:track", args=[judged.pk]))
    letter = Letter.objects.get(event="decide/declined")
    assert reverse("grants:letter", args=[letter.pk]) in page.text


def test_a_letter_is_the_groups_and_the_funders(
    as_: SignedIn, granted: Application, resident: Person, officer: Person, outsider: Person, neighbour: Person
) -> None:
    letter = Letter.objects.get(event="decide/granted")
    address = reverse("grants:letter", args=[letter.pk])
    for person in (resident, officer):
        response = as_(person).get(address)
        assert response.content == bytes(letter.pdf)
        assert response["Cache-Control"] == "no-store, private"
    for person in (outsider, neighbour):
        assert as_(person).get(address).status_code == 404


def test_my_plans_are_mine(as_: SignedIn, application: Application, resident: Person, neighbour: Person) -> None:
    assert application.plan.title in as_(resident).get(reverse("grants:my_plans")).text
    assert application.plan.title not in as_(neighbour).get(reverse("grants:my_plans")).text


def test_my_plans_take_as_many_queries_for_one_as_for_ten(
    as_: SignedIn, application: Application, resident: Person, scheme: Scheme
) -> None:
    visitor, address = as_(resident), reverse("grants:my_plans")
    one = queries_of(visitor, address)
    for _each in range(9):
        make.application(scheme, resident)
    assert queries_of(visitor, address) == one == DOOR + 1  # my applications with their scheme and funder


# The public pages


def test_a_scheme_page_says_everything_before_the_form(client: Client, scheme: Scheme) -> None:
    page = client.get(scheme.get_absolute_url())
    edition = scheme.edition
    texts = [scheme.title, edition.purpose, edition.who_may_ask, edition.who_decides, edition.responsible, "10.000"]
    texts += [criterion.title for criterion in edition.criteria.all()]
    texts += [exclusion.text for exclusion in edition.excluded]
    for text in texts:
        assert text in page.text
    assert "no-store" not in page.headers.get("Cache-Control", "")


def test_a_scheme_page_shows_money_left_and_what_waits(client: Client, scheme: Scheme, officer: Person) -> None:
    make.grant(make.application(scheme, make.person(), asked=400), by=officer)
    make.application(scheme, make.person(), asked=450)
    make.draft(scheme, make.person(), asked=9_999)
    page = client.get(scheme.get_absolute_url())
    assert page.context["money_left"] == euro(9_600)
    assert page.context["waiting_asks"] == euro(450)


def test_a_scheme_page_is_in_the_readers_language(client: Client, scheme: Scheme) -> None:
    assert "For the neighbourhood" in client.get(scheme.get_absolute_url(), headers={"accept-language": "en"}).text
    dutch = client.get(scheme.get_absolute_url(), headers={"accept-language": "nl"}).text
    assert "Voor de buurt" in dutch
    assert "For the neighbourhood" not in dutch


def test_what_is_not_published_is_not_there(client: Client, funder: Funder) -> None:
    scheme = make.scheme(funder, published_at=None)
    assert client.get(scheme.get_absolute_url()).status_code == 404
    assert client.get(reverse("grants:ask", args=[scheme.slug])).status_code == 404
    assert scheme.title not in client.get(reverse("home")).text


def test_a_scheme_without_a_budget_has_a_page(client: Client, funder: Funder) -> None:
    scheme = make.scheme(funder, money=None)
    assert client.get(scheme.get_absolute_url()).context["money_left"] == euro(0)


def test_a_scheme_page_takes_as_many_queries_whatever_was_asked(client: Client, scheme: Scheme) -> None:
    none = queries_of(client, scheme.get_absolute_url())
    for _each in range(10):
        make.application(scheme, make.person())
    with make.changing(scheme) as edition:
        for _each in range(10):
            make.criterion(edition, title="Nog een")
    # The scheme with its funder, edition and the money left; budgets; tracks; criteria; exclusions; obligations; what
    # we find out; rounds; extra questions; waived rules; areas; what waiting plans ask; plans sent back twice.
    assert queries_of(client, scheme.get_absolute_url()) == none == 13


def test_the_catalogue_takes_as_many_queries_for_one_scheme_as_for_eight(client: Client, funder: Funder) -> None:
    make.scheme(funder)
    one = queries_of(client, reverse("home"))
    for _each in range(7):
        make.scheme(funder)
    assert queries_of(client, reverse("home")) == one
    assert Budget.objects.count() == 8


def test_an_officer_who_is_late_reads_from_when_it_costs_money(
    judged: Application, as_: SignedIn, officer: Person
) -> None:
    """Only under the Awb: a private fund pays no penalty."""
    address = reverse("grants:application", args=[judged.pk])
    assert "a penalty" not in as_(officer).get(address).text
    Application.objects.update(answer_by=today() - timedelta(days=1))
    first = Application.objects.get().penalty_from
    assert first is not None
    assert date_format(first, "j F Y") in as_(officer).get(address).text
    judged.scheme.funder.regime = Funder.Regime.PRIVATE
    judged.scheme.funder.save()
    assert "a penalty" not in as_(officer).get(address).text
