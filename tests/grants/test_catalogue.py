"""The start page: what fits, what doesn't and why, what one can do then; and how long answers really take."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from grants.models import Area, Decision, Scheme
from grants.models.fit import Fit, Wish, fits
from grants.models.pace import usual_days
from tests import make
from tests.conftest import Visitor
from web import clock
from web.amounts import euro
from web.models import Funder, Person

pytestmark = pytest.mark.django_db

HEAVIEST = 40_000  # bytes before they are packed; style and script come to 24,000 more

Search = Callable[..., Any]


@pytest.fixture
def search(client: Visitor) -> Search:
    """The start page's answer to what was typed."""

    def ask(**typed: str) -> Any:
        response = client.get("/", typed)
        assert response.status_code == 200
        return response

    return ask


def titles(found: list[Fit]) -> list[str]:
    return [fit.scheme.title for fit in found]


def whys(response: Any) -> dict[str, list[tuple[str, str, str]]]:
    return {
        fit.scheme.title: [(reason.why, reason.step, reason.url) for reason in fit.reasons]
        for fit in response.context["others"]
    }


def decided(scheme: Scheme, *days: int, by: Person, **fields: Any) -> None:
    """Plans of this scheme that had their first decision so many days after they came in, lately."""
    for took in days:
        at = clock.now() - timedelta(days=20)
        application = make.application(scheme, make.person(), received_on=timezone.localdate(at - timedelta(days=took)))
        type(application).objects.filter(pk=application.pk).update(**fields)
        decision = Decision.take(application, outcome=Decision.Outcome.GRANTED, by=by)
        Decision.objects.filter(pk=decision.pk).update(at=at)


# What fits


def test_everything_that_is_open_fits_somebody_who_said_nothing(search: Search, funder: Funder) -> None:
    make.scheme(funder, title="Straatpot", maximum=500)
    make.scheme(funder, title="Later", opens_on=clock.today() + timedelta(days=10))
    make.scheme(funder, title="Nog niet bekend", published_at=None)
    response = search()
    assert titles(response.context["fitting"]) == ["Straatpot"]
    assert titles(response.context["others"]) == ["Later"]
    assert not response.context["form"].is_bound


def test_what_fits_comes_from_all_funders_the_quickest_answer_first(
    search: Search, funder: Funder, other_funder: Funder
) -> None:
    with make.changing(make.scheme(funder, title="Traag", maximum=500)) as edition:
        edition.tracks.update(answer_within=8, answer_unit="weeks")
    make.scheme(other_funder, title="Snel", maximum=500)
    assert titles(search(bedrag="400").context["fitting"]) == ["Snel", "Traag"]


@pytest.mark.parametrize("typed", ["450", "€ 450", "450,-", "450 euro", "450,00"])
def test_an_amount_is_read_as_people_type_it_and_travels_along(search: Search, scheme: Scheme, typed: str) -> None:
    response = search(bedrag=typed)
    assert titles(response.context["fitting"]) == [scheme.title]
    assert "/regeling/buurtpot/?bedrag=450" in response.text


def test_what_was_typed_travels_from_the_schemes_page_to_the_form(client: Visitor, scheme: Scheme) -> None:
    assert 'name="bedrag" value="1.250,50"' in client.get("/regeling/buurtpot/?bedrag=1.250,50").text
    assert "&quot;&gt;" in client.get("/regeling/buurtpot/", {"bedrag": '">'}).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"bedrag": "1.25"}, "Do you mean 1 euro and 25 cents"),
        ({"bedrag": "veel"}, "Write an amount in numbers"),
        ({"bedrag": "-5"}, "without a minus sign"),
        ({"postcode": "12"}, "Write the four digits of your postcode"),
        ({"postcode": "0123 AB"}, "Write the four digits of your postcode"),
    ],
)
def test_what_cannot_be_read_is_asked_back_and_kept(
    search: Search, scheme: Scheme, typed: dict[str, str], sentence: str
) -> None:
    response = search(**typed)
    assert sentence in response.text
    [(name, text)] = typed.items()
    assert f'value="{text}"' in response.text
    assert f'id="id_{name}_error"' in response.text
    assert titles(response.context["fitting"]) == [scheme.title], "the rest of the page still helps"


# What doesn't fit


def test_too_much_and_too_little_say_what_would_be_possible(search: Search, funder: Funder) -> None:
    straat = make.scheme(funder, title="Straatpot", maximum=500)
    make.scheme(funder, title="Wijkpot", minimum=euro(1_000))
    response = search(bedrag="750")
    assert whys(response) == {
        "Straatpot": [("At most € 500 for one plan.", "Ask € 500 here.", f"/regeling/{straat.slug}/?bedrag=500")],
        "Wijkpot": [
            ("For plans of € 1.000 and more.", "Ask € 1.000 here.", response.context["others"][1].reasons[0].url)
        ],
    }
    assert "No scheme fits just like that." in response.text


def test_the_limits_themselves_fit(search: Search, funder: Funder) -> None:
    make.scheme(funder, title="Straatpot", minimum=euro(50), maximum=500)
    for amount in ("50", "500"):
        assert titles(search(bedrag=amount).context["fitting"]) == ["Straatpot"]
    for amount in ("49,99", "500,01"):
        assert titles(search(bedrag=amount).context["others"]) == ["Straatpot"]


def test_too_little_money_left_says_how_much_there_is(search: Search, funder: Funder) -> None:
    make.scheme(funder, title="Bijna op", money=300)
    [reason] = whys(search(bedrag="400"))["Bijna op"]
    assert reason[:2] == ("There is € 300 left this year.", "Ask € 300 here.")
    assert titles(search(bedrag="300").context["fitting"]) == ["Bijna op"]


@pytest.mark.parametrize("money", [None, 20])
def test_without_money_one_calls_about_next_year(search: Search, funder: Funder, money: int | None) -> None:
    make.scheme(funder, title="Op", money=money)
    [reason] = whys(search())["Op"]
    assert reason == (
        f"There is € {money or 0} left this year.",
        "Call 0900 0000 and ask about next year.",
        "tel:09000000",
    )


def test_what_is_not_open_says_when_it_is_or_whom_to_call(search: Search, funder: Funder) -> None:
    today = clock.today()
    later = make.scheme(funder, title="Later", opens_on=today + timedelta(days=40))
    make.scheme(funder, title="Voorbij", closes_on=today - timedelta(days=1))
    make.scheme(funder, title="Laatste dag", closes_on=today)
    response = search()
    day = later.edition.opens_on
    assert whys(response)["Later"][0][:2] == (
        f"Opens on {day.day} {day:%B} {day.year}.",
        "Read the rules now, and come back on that day.",
    )
    assert whys(response)["Voorbij"] == [
        ("Closed now.", "Call 0900 0000 and ask when it opens again.", "tel:09000000"),
    ]
    assert titles(response.context["fitting"]) == ["Laatste dag"]


def test_every_reason_has_a_step_and_every_scheme_a_link(search: Search, funder: Funder) -> None:
    far = make.area("Havenkant", "9991")
    make.area("Lindebuurt", "9990")
    closed = clock.today() - timedelta(days=1)
    make.limited(make.scheme(funder, title="Alles mis", maximum=500, money=None, closes_on=closed), far)
    response = search(postcode="9990", bedrag="900")
    [fit] = response.context["others"]
    assert len(fit.reasons) == 3
    for reason in fit.reasons:
        assert reason.why in response.text
        assert reason.step
        assert reason.url
    assert f'href="{fit.scheme.get_absolute_url()}"' in response.text


def test_an_empty_house_says_so(search: Search) -> None:
    assert "There is no scheme here yet." in search(bedrag="100").text


# Where one lives


@pytest.fixture
def linde(db: None) -> Area:
    return make.area("Lindebuurt", "9990")


@pytest.fixture
def singel(db: None) -> Area:
    return make.area("Singelbuurt", "9990", "9991")


def test_a_scheme_without_areas_is_for_everywhere(search: Search, scheme: Scheme, linde: Area) -> None:
    for postcode in ("9990", "9999"):
        assert titles(search(postcode=postcode).context["fitting"]) == [scheme.title]


@pytest.mark.parametrize("typed", ["9991", "9991 AB", "9991ab", " 9991  ab "])
def test_a_scheme_for_another_area_says_for_which_and_lets_one_ask_all_the_same(
    search: Search, scheme: Scheme, linde: Area, singel: Area, typed: str
) -> None:
    make.limited(scheme, linde)
    response = search(postcode=typed, bedrag="450")
    assert whys(response)[scheme.title] == [
        ("Only for Lindebuurt.", "Is your street in there? Then you can ask here.", "/regeling/buurtpot/?bedrag=450")
    ]


def test_a_district_or_the_whole_municipality_will_do_for_an_area(search: Search, scheme: Scheme, linde: Area) -> None:
    for code, kind in ((linde.district_code, "wk"), (linde.municipality_code, "gm")):
        make.limited(scheme, make.area("Groter", code=code, kind=kind))
        assert titles(search(postcode="9990").context["fitting"]) == [scheme.title]


def test_a_postcode_with_several_neighbourhoods_offers_them_and_not_knowing_is_fine(
    search: Search, scheme: Scheme, linde: Area, singel: Area
) -> None:
    make.limited(scheme, linde)
    response = search(postcode="9990")
    choices = [label for _code, label in response.context["form"].fields["buurt"].choices]
    assert choices == ["I don't know, or another one", "Lindebuurt", "Singelbuurt"]
    assert titles(response.context["fitting"]) == [scheme.title]
    assert titles(search(postcode="9990", buurt=singel.code).context["others"]) == [scheme.title]
    assert titles(search(postcode="9990", buurt=linde.code).context["fitting"]) == [scheme.title]
    assert titles(search(postcode="9990", buurt="BU00000000").context["fitting"]) == [scheme.title]


def test_the_neighbourhood_is_not_asked_where_it_makes_no_difference(
    search: Search, scheme: Scheme, linde: Area, singel: Area
) -> None:
    assert "buurt" not in search(postcode="9990").context["form"].fields, "no scheme is for an area"
    make.limited(scheme, linde)
    assert "buurt" not in search(postcode="9991").context["form"].fields, "there is only one"
    assert "buurt" not in search().context["form"].fields


def test_a_long_list_of_neighbourhoods_folds(search: Search, scheme: Scheme, linde: Area) -> None:
    make.limited(scheme, linde)
    for number in range(7):
        make.area(f"Buurt {number}", "9990")
    assert '<select name="buurt"' in search(postcode="9990").text


def test_an_unknown_postcode_leaves_every_scheme_open(search: Search, scheme: Scheme, linde: Area) -> None:
    make.limited(scheme, linde)
    response = search(postcode="8888")
    assert "We don't know the neighbourhoods of this postcode." in response.text
    assert titles(response.context["fitting"]) == [scheme.title]
    assert "Only for Lindebuurt." in response.text


def test_the_source_of_areas_is_named_where_they_are_shown(client: Visitor, scheme: Scheme, linde: Area) -> None:
    named = "Neighbourhoods: source CBS, 2024 (CC BY 4.0)."
    assert named not in client.get("/").text
    make.limited(scheme, linde)
    assert named in client.get("/").text
    assert named in client.get(scheme.get_absolute_url()).text


def test_many_areas_are_named_in_one_short_sentence(scheme: Scheme) -> None:
    five = [make.area(name) for name in "ABCDE"]
    make.limited(scheme, *five)
    assert scheme.edition.where == "A, B, C, D and E"
    make.limited(scheme, *five, make.area("F"))
    assert scheme.edition.where == "A, B, C, D and 2 other neighbourhoods"


# How long it takes


def test_the_promise_follows_the_amount(search: Search, scheme: Scheme) -> None:
    without = search().text
    assert "You hear within 5 working days." in without
    assert "For more money: within 8 weeks." in without
    with_amount = search(bedrag="2000").text
    assert "You hear within 3 weeks." in with_amount
    assert "For more money" not in with_amount


def test_the_usual_time_is_the_middle_one_of_real_decisions(search: Search, scheme: Scheme, officer: Person) -> None:
    decided(scheme, 1, 2, 9, 30, by=officer)
    assert usual_days() == {}
    assert "Too few plans were decided here to say." in search().text
    decided(scheme, 11, by=officer)
    assert usual_days() == {scheme.pk: 9}
    assert "half of the plans had an answer within 9 days." in search().text


def test_an_answer_on_the_same_day_took_a_day(search: Search, scheme: Scheme, officer: Person) -> None:
    decided(scheme, *[0] * 5, by=officer)
    assert "half of the plans had an answer within 1 day." in search().text


def test_days_are_counted_in_amsterdam(scheme: Scheme, officer: Person) -> None:
    decided(scheme, *[3] * 5, by=officer)
    just_after_midnight = clock.now().replace(hour=23, minute=30) - timedelta(days=40)  # UTC: there it is the next day
    Decision.objects.update(at=just_after_midnight)
    received = just_after_midnight.date() - timedelta(days=1)
    scheme.applications.update(received_on=received)
    assert usual_days() == {scheme.pk: 2}


def test_each_scheme_has_a_time_of_its_own(scheme: Scheme, funder: Funder, officer: Person) -> None:
    other = make.scheme(funder)
    decided(scheme, *[3] * 5, by=officer)
    decided(other, *[8] * 6, by=officer)
    assert usual_days() == {scheme.pk: 3, other.pk: 8}


def test_only_first_decisions_of_the_past_year_made_here_count(scheme: Scheme, officer: Person) -> None:
    decided(scheme, *[3] * 5, by=officer)
    decided(scheme, *[60] * 9, by=officer, imported=True)
    decided(scheme, *[70] * 9, by=officer)
    old = Decision.objects.order_by("-pk")[:9].values("pk")
    Decision.objects.filter(pk__in=list(old.values_list("pk", flat=True))).update(at=clock.now() - timedelta(days=366))
    for application in scheme.applications.filter(imported=False):
        Decision.take(application, outcome=Decision.Outcome.FIXED, by=officer)
    assert usual_days() == {scheme.pk: 3}


def test_only_the_newest_decisions_are_looked_at(
    scheme: Scheme, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(scheme, *[30] * 9, by=officer)
    decided(scheme, *[3] * 5, by=officer)
    assert usual_days() == {scheme.pk: 30}
    monkeypatch.setattr("grants.models.pace.NEWEST", 5)
    assert usual_days() == {scheme.pk: 3}


def test_of_many_decisions_the_answer_is_kept(scheme: Scheme, officer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grants.models.pace.MUCH", 13)
    decided(scheme, *[30] * 5, by=officer)
    assert usual_days() == {scheme.pk: 30}
    decided(scheme, *[3] * 9, by=officer)
    assert usual_days() == {scheme.pk: 3}, "of so few nothing was kept"
    decided(scheme, *[30] * 12, by=officer)
    assert usual_days() == {scheme.pk: 3}


# However many there are


def many(funder: Funder, officer: Person, number: int) -> None:
    """So many schemes, half of them for an area, each with decisions of its own."""
    for place in range(number):
        scheme = make.scheme(funder)
        if place % 2:
            make.limited(scheme, make.area(f"Buurt {place}", "9990"))
    decided(scheme, *[3] * 5, by=officer)


@pytest.mark.parametrize("number", [6, 60])
def test_the_start_page_asks_as_much_for_six_schemes_as_for_sixty(
    client: Visitor, funder: Funder, officer: Person, number: int, django_assert_num_queries: Any
) -> None:
    many(funder, officer, number)
    # 1 neighbourhoods of the postcode, 2 schemes with their funders, editions and money left, 3 tracks, 4 rounds,
    # 5 areas, 6 the pace that was kept (nothing, of so few), 7 decisions
    with django_assert_num_queries(7):
        response = client.get("/", {"postcode": "9990", "bedrag": "450"})
    assert len(response.context["fitting"]) == number
    assert len(response.content) < HEAVIEST


def test_the_money_left_is_what_the_budget_of_this_year_says(scheme: Scheme, funder: Funder) -> None:
    scheme.budgets.add(make.budget(funder, 99_000, name="Aan de beurt geweest", year=clock.today().year - 1))
    make.scheme(funder, title="Zonder", money=None)
    shown = {each.title: each.money_left for each in Scheme.objects.for_catalogue()}
    assert shown == {"Buurtpot": euro(10_000), "Zonder": euro(0)}
    assert scheme.money_left == shown["Buurtpot"]


def test_nothing_wished_leaves_out_what_is_closed_alone(scheme: Scheme) -> None:
    fitting, others = fits([scheme], Wish())
    assert (titles(fitting), others) == ([scheme.title], [])
