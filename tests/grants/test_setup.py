"""Setting up a scheme: a copy of last year's, a draft changed in parts, a preview, a check, and published."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.models import Edition, Scheme
from grants.models.differences import differences
from grants.models.next_edition import draft_of
from grants.models.ready import good_to_know, still_to_do
from grants.setup import actions
from grants.setup.forms import PARTS
from tests import make
from tests.conftest import SignedIn, Visitor
from web import clock
from web.amounts import euro
from web.models import Deed, Funder, Person, Seat


@pytest.fixture
def draft(scheme: Scheme, fund_admin: Person) -> Edition:
    return actions.begin_edition(scheme, by=fund_admin)


@pytest.fixture
def yusuf(as_: SignedIn, fund_admin: Person) -> Visitor:
    return as_(fund_admin)


def page(name: str, *parts: object) -> str:
    return reverse(f"grants:{name}", args=["buurtpot", *parts])


# All of them


def test_who_sets_up_for_two_funds_reaches_both(
    yusuf: Visitor, scheme: Scheme, other_funder: Funder, fund_admin: Person
) -> None:
    elsewhere = make.scheme(other_funder, title="Samenpot")
    only_his = yusuf.get(reverse("grants:set_up")).text
    assert reverse("grants:new_scheme", args=[other_funder.slug]) not in only_his
    make.seat(fund_admin, other_funder, Seat.Role.FUND_ADMIN)
    both = yusuf.get(reverse("grants:set_up")).text
    for each in (scheme, elsewhere):
        assert reverse("grants:set_up_scheme", args=[each.slug]) in both
        for name in ("new_scheme", "people", "fund"):
            assert reverse(f"grants:{name}", args=[each.funder.slug]) in both, name


# A new one


def test_last_years_scheme_is_copied_with_its_days_a_year_later(funder: Funder, fund_admin: Person) -> None:
    last = make.scheme(funder, opens_on=date(2024, 2, 29), closes_on=date(2024, 12, 31))
    with make.changing(last, in_rounds=True) as edition:
        edition.rounds.create(opens_on=date(2024, 3, 1), closes_on=date(2024, 3, 9), answer_by=date(2024, 4, 1))
        edition.rounds.create(opens_on=date(2025, 3, 1), closes_on=date(2025, 3, 9), answer_by=date(2025, 4, 1))
    new = actions.begin_scheme(funder, title="Pot 2025", slug="pot-2025", copy_of=last, by=fund_admin)
    draft = new.draft
    assert draft is not None
    assert (new.current, draft.opens_on, draft.closes_on) == (None, date(2025, 2, 28), date(2025, 12, 31))
    assert [each.opens_on for each in draft.rounds.all()] == [date(2025, 3, 1), date(2026, 3, 1)]
    assert [each.title for each in draft.criteria.all()] == [each.title for each in last.edition.criteria.all()]
    assert last.edition.opens_on == date(2024, 2, 29)


def test_a_scheme_from_nothing_offers_the_criteria_and_tracks_and_isnt_ready(
    funder: Funder, fund_admin: Person
) -> None:
    draft = actions.begin_scheme(funder, title="Nieuw", slug="nieuw", by=fund_admin).draft
    assert draft is not None
    assert (draft.criteria.count(), draft.tracks.count()) == (12, 4)
    assert any("four texts" in sentence for sentence in still_to_do(draft))
    with pytest.raises(ValidationError, match="four texts"):
        actions.publish_edition(draft, by=fund_admin)


@pytest.mark.parametrize("slug", ["buurtpot", "Buurt pot", "../x"])
def test_an_address_is_free_and_small(yusuf: Visitor, scheme: Scheme, slug: str) -> None:
    response = yusuf.post(reverse("grants:new_scheme", args=["waterveen"]), {"title": "Ander", "slug": slug})
    assert response.context["form"].errors.keys() == {"slug"}
    assert "Ander" in response.text
    assert Scheme.objects.count() == 1


def test_nobody_copies_the_scheme_of_another_funder(
    yusuf: Visitor, scheme: Scheme, other_funder: Funder, fund_admin: Person
) -> None:
    theirs = make.scheme(other_funder)
    typed = {"title": "Ander", "slug": "ander", "copy_of": theirs.pk}
    answer = yusuf.post(reverse("grants:new_scheme", args=["waterveen"]), typed)
    assert answer.context["form"].errors.keys() == {"copy_of"}
    with pytest.raises(ValidationError, match="one of your own"):
        actions.begin_scheme(scheme.funder, title="A", slug="a", copy_of=theirs, by=fund_admin)


# The draft


def test_a_second_click_gives_the_same_draft(scheme: Scheme, draft: Edition, fund_admin: Person) -> None:
    assert actions.begin_edition(scheme, by=fund_admin) == draft
    assert Edition.objects.filter(scheme=scheme).count() == 2


@pytest.mark.parametrize("name", PARTS)
def test_every_part_opens_and_keeps_what_stands_there(yusuf: Visitor, draft: Edition, name: str) -> None:
    shown = yusuf.get(page("set_up_part", name))
    assert shown.status_code == 200
    if not PARTS[name].rows:
        form = shown.context["form"]
        typed = {field.html_name: field.value() for field in form if field.value() not in (None, False)} | {"keep": "1"}
        before = list(Edition.objects.filter(pk=draft.pk).values())
        assert yusuf.post(page("set_up_part", name), typed).status_code == 302
        assert list(Edition.objects.filter(pk=draft.pk).values()) == before


def test_a_part_is_changed_in_the_draft_alone(yusuf: Visitor, scheme: Scheme, draft: Edition) -> None:
    yusuf.post(page("set_up_part", "geld"), {"minimum": "100", "maximum": "7.500"})
    draft.refresh_from_db()
    assert (draft.minimum, draft.maximum) == (euro(100), euro(7_500))
    assert Scheme.objects.get().edition.maximum == euro(10_000)


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
        ("geld", {"minimum": "900", "maximum": "500"}, "maximum"),
        ("geld", {"minimum": "1.25", "maximum": "500"}, "minimum"),
        ("dagen", {"opens_on": "2-1-2027", "closes_on": "1-1-2027", "division": "order"}, "closes_on"),
        ("dagen", {"opens_on": "2-1-2027", "division": "ranking"}, "division"),
        ("dagen", {"opens_on": "2 januari", "division": "order"}, "opens_on"),
        ("groep", {"members_at_least": "0"}, "members_at_least"),
        ("gebieden", {"areas": "BU12345678"}, "areas"),
    ],
)
def test_what_contradicts_itself_is_said_at_the_field(
    yusuf: Visitor, draft: Edition, name: str, typed: dict[str, str], field: str
) -> None:
    answer = yusuf.post(page("set_up_part", name), typed)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert next(iter(typed.values())) in answer.text


def test_areas_are_chosen_by_their_codes(yusuf: Visitor, draft: Edition) -> None:
    make.area("Oude Linde", code="BU99990001", year=2023)
    linde = make.area("Lindebuurt", code="BU99990001", year=2024)
    yusuf.post(page("set_up_part", "gebieden"), {"areas": "bu99990001\n"})
    assert list(draft.areas.all()) == [linde]
    assert "BU99990001" in yusuf.get(page("set_up_part", "gebieden")).text


def test_rows_are_added_moved_changed_and_taken_away(yusuf: Visitor, draft: Edition) -> None:
    offered = yusuf.get(page("set_up_part", "criteria") + "?kies=later")
    assert "Zorgen voor later" in offered.text
    typed = {"kind": "w", "title": "Groen", "text": "Er komt groen bij."}
    yusuf.post(page("set_up_part", "criteria"), typed)
    green = draft.criteria.get(title="Groen")
    assert green.order == 4
    address = page("set_up_row", "criteria", green.pk)
    yusuf.post(address, {"up": "1"})
    assert [each.title for each in draft.criteria.all()] == [
        "Voor de buurt", "Geen winst", "Groen", "Fijner wonen",
    ]  # fmt: skip
    yusuf.post(address, typed | {"title": "Meer groen"})
    assert draft.criteria.get(pk=green.pk).title == "Meer groen"
    yusuf.post(address, {"away": "1"})
    assert not draft.criteria.filter(pk=green.pk).exists()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("afspraken", {"title": "Vertel het", "text": "Vertel ons hoe het ging."}),
        ("uitzonderingen", {"text": "Drank", "holds": "on"}),
        ("rondes", {"opens_on": "1-3-2027", "closes_on": "20-3-2027", "answer_by": "15-4-2027"}),
        ("regelvrij", {"rule": "members", "reason": "Proef in de wijk", "until": "31-12-2027"}),
    ],
)
def test_each_kind_of_row_is_added(yusuf: Visitor, draft: Edition, name: str, typed: dict[str, str]) -> None:
    rows = getattr(draft, PARTS[name].rows)
    before = rows.count()
    assert yusuf.post(page("set_up_part", name), typed).status_code == 302
    assert rows.count() == before + 1
    row = rows.order_by("-pk")[0]
    assert str(row) in yusuf.get(page("set_up_row", name, row.pk)).text


def test_a_track_of_a_kind_is_there_once(yusuf: Visitor, draft: Edition) -> None:
    typed = {
        "kind": "snel", "up_to": "500", "questions": "4", "answer_within": "5", "answer_unit": "days",
        "story_questions": "1",
    }  # fmt: skip
    assert yusuf.post(page("set_up_part", "routes"), typed).context["form"].errors.keys() == {"kind"}
    quick = draft.tracks.get(kind="snel")
    assert yusuf.post(page("set_up_row", "routes", quick.pk), typed | {"answer_within": "3"}).status_code == 302
    assert draft.tracks.get(kind="snel").answer_within == 3


def test_a_row_of_what_is_published_is_not_reached(yusuf: Visitor, scheme: Scheme, draft: Edition) -> None:
    frozen = scheme.edition.criteria.all()[0]
    assert yusuf.post(page("set_up_row", "criteria", frozen.pk), {"away": "1"}).status_code == 404
    assert scheme.edition.criteria.count() == 3


def test_a_draft_is_thrown_away_and_what_holds_stays(yusuf: Visitor, scheme: Scheme, draft: Edition) -> None:
    yusuf.post(page("drop_edition"))
    assert Scheme.objects.get().draft is None
    assert Scheme.objects.get().edition == scheme.edition


def test_a_scheme_that_was_never_published_goes_with_its_draft(
    yusuf: Visitor, funder: Funder, fund_admin: Person
) -> None:
    actions.begin_scheme(funder, title="Pot", slug="buurtpot", by=fund_admin)
    yusuf.post(page("drop_edition"))
    assert not Scheme.objects.exists()
    assert Deed.objects.filter(verb="drop_edition").exists()


# Seen as residents will, and published


def test_the_preview_is_the_page_of_residents_of_the_draft(yusuf: Visitor, client: Visitor, draft: Edition) -> None:
    actions.change_edition(draft, purpose="Voor groen in de straat.", by=draft.drafted_by)
    shown = yusuf.get(page("preview"))
    assert "grants/overview/scheme.html" in [template.name for template in shown.templates]
    assert "Voor groen in de straat." in shown.text
    assert "Voor groen in de straat." not in client.get("/regeling/buurtpot/").text


def test_publishing_holds_from_then_and_freezes(
    yusuf: Visitor, client: Visitor, scheme: Scheme, draft: Edition, fund_admin: Person
) -> None:
    actions.change_edition(draft, maximum=euro(700), by=fund_admin)
    check = yusuf.get(page("publish_edition"))
    assert [(each.what, each.before, each.after) for each in check.context["differences"]] == [
        ("At most", "€ 10.000", "€ 700")
    ]
    yusuf.post(page("publish_edition"), {"what_changed": "Minder geld per plan."})
    published = Scheme.objects.get().edition
    assert (published, published.published_by, published.maximum) == (draft, fund_admin, euro(700))
    assert "Minder geld per plan." in client.get(reverse("grants:process", args=["buurtpot"])).text
    with pytest.raises(ValidationError, match="can't change"):
        actions.change_edition(draft, maximum=euro(9), by=fund_admin)
    with pytest.raises(ValidationError, match="can't change"):
        actions.add_row(draft, part="criteria", kind="w", title="x", text="x", by=fund_admin)
    with pytest.raises(ValidationError, match="can't change"):
        actions.drop_edition(draft, by=fund_admin)
    assert Deed.objects.filter(verb="publish_edition", by=fund_admin).count() == 1


def test_what_changes_for_whom_is_counted(
    yusuf: Visitor, scheme: Scheme, draft: Edition, resident: Person, neighbour: Person
) -> None:
    make.application(scheme, resident)
    make.draft(scheme, neighbour)
    check = yusuf.get(page("publish_edition"))
    assert (check.context["drafts"], check.context["undecided"]) == (1, 1)


def test_rows_that_came_went_or_changed_are_told_apart(scheme: Scheme, draft: Edition) -> None:
    before = scheme.edition
    make.criterion(draft, title="Groen")
    draft.criteria.filter(title="Geen winst").delete()
    draft.criteria.filter(title="Fijner wonen").update(kind="k")
    draft.areas.add(make.area("Lindebuurt"))
    assert [(each.what, each.before, each.after) for each in differences(before, draft)] == [
        ("Areas", "everywhere", "Lindebuurt"),
        ("Criterion “Geen winst”", "there", "gone"),
        ("Criterion “Fijner wonen”: How it counts", "weighed", "yes or no"),
        ("Criterion “Groen”", "", "new"),
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"in_rounds": True}, "at least one round"),
        ({"maximum": 20_000}, "No track reaches"),
        ({"who_decides": ""}, "four texts"),
    ],
)
def test_what_isnt_ready_is_not_published(
    draft: Edition, fund_admin: Person, change: dict[str, object], sentence: str
) -> None:
    Edition.objects.filter(pk=draft.pk).update(**change)
    with pytest.raises(ValidationError, match=sentence):
        actions.publish_edition(Edition.objects.get(pk=draft.pk), by=fund_admin)


def test_without_criteria_nothing_is_published(draft: Edition, fund_admin: Person) -> None:
    draft.criteria.all().delete()
    with pytest.raises(ValidationError, match="at least one criterion"):
        actions.publish_edition(draft, by=fund_admin)


def test_what_may_surprise_is_said_and_stops_nothing(draft: Edition, officer: Person, fund_admin: Person) -> None:
    actions.change_edition(draft, second_signature_above=euro(5_000), panel_from=euro(2_500), by=fund_admin)
    assert [sentence.split(" ")[0] for sentence in good_to_know(draft)] == ["Nobody", "A", "Nobody"]
    make.seat(make.person(), draft.scheme.funder, Seat.Role.DECIDER, mandate=10_000)
    make.seat(make.person(), draft.scheme.funder, Seat.Role.PANEL)
    assert good_to_know(draft) == []


# The public page


def test_the_process_page_follows_from_the_rules(client: Visitor, scheme: Scheme) -> None:
    address = reverse("grants:process", args=[scheme.slug])
    assert "panel" not in client.get(address).text
    day = clock.today()
    with make.changing(
        scheme, panel_from=euro(2_500), second_signature_above=euro(5_000), in_rounds=True, division="ranking"
    ) as edition:
        edition.rounds.create(opens_on=day, closes_on=day + timedelta(9), answer_by=day + timedelta(30))
    text = client.get(address).text
    for words in ("€ 2.500 or more", "Above € 5.000 a second person", "beside each other", "At the latest on"):
        assert words in text


def test_an_unpublished_scheme_has_no_process_page(client: Visitor, funder: Funder) -> None:
    make.scheme(funder, slug="nieuwpot", published_at=None)
    assert client.get(reverse("grants:process", args=["nieuwpot"])).status_code == 404


# Who may, and how much it asks


def test_a_fund_admin_of_another_funder_and_an_officer_may_not(
    scheme: Scheme, draft: Edition, officer: Person, other_funder: Funder
) -> None:
    stranger = make.person()
    make.seat(stranger, other_funder, Seat.Role.FUND_ADMIN)
    for person in (officer, stranger):
        for deed in (
            lambda by=person: actions.begin_edition(scheme, by=by),
            lambda by=person: actions.publish_edition(draft, by=by),
            lambda by=person: actions.change_edition(draft, maximum=euro(1), by=by),
            lambda by=person: actions.begin_scheme(scheme.funder, title="x", slug="x", by=by),
        ):
            with pytest.raises(PermissionDenied):
                deed()


@pytest.mark.parametrize("number", [1, 12])
def test_the_pages_ask_as_much_for_many_rows(yusuf: Visitor, funder: Funder, scheme: Scheme, number: int) -> None:
    for _each in range(number):
        make.scheme(funder, money=None)
    with make.changing(scheme) as edition:
        for _each in range(number):
            make.criterion(edition)
    draft_of(scheme.edition, by=edition.drafted_by)
    asked = {}
    for name in ("set_up", "set_up_scheme", "publish_edition"):
        address = reverse(f"grants:{name}", args=[] if name == "set_up" else ["buurtpot"])
        yusuf.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert yusuf.get(address).status_code == 200
        asked[name] = len(queries)
    # The door (session, user, person, seats); then for the list: whether one is a fund admin, the schemes, the drafts.
    # For a scheme: the scheme; whether one may; the draft and its nine kinds of rows; what was published.
    # For publishing: the same without what was published; two sorts of plans; seats, budgets and money left; twice the
    # nine kinds of rows, to tell them apart.
    assert asked == {"set_up": 6, "set_up_scheme": 16, "publish_edition": 33}
