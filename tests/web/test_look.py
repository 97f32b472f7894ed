"""The look: one small sheet that older browsers read, colours with enough contrast, pieces that say what they mean."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.forms import CharField, ChoiceField, RadioSelect, TextInput, formset_factory
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from tests import make
from web.amounts import euro
from web.context import House
from web.forms import Form
from web.models import Funder, Seat
from web.templatetags.pieces import beside, shown

HOUSE = Path(__file__).parents[2]
LOOKS = HOUSE / "web" / "static" / "web"
SHEET = (LOOKS / "style.css").read_text()
TEMPLATES = sorted((HOUSE / "templates").rglob("*.html"))


# The sheet


def test_the_sheet_is_small() -> None:
    assert (LOOKS / "style.css").stat().st_size <= 20_000


@pytest.mark.parametrize("name", ["mark.svg", "favicon.svg"])
def test_the_mark_is_small_and_has_one_colour(name: str) -> None:
    mark = (LOOKS / name).read_text()
    assert len(mark) < 2_000
    assert set(re.findall(r"#[0-9a-f]{3,6}", mark)) == {"#a63a28"}


TOO_NEW = ("light-dark(", ":has(", "<dialog", "@layer", "@container", "@scope", "color-mix(", "oklch(", "popover=")


def nested_rules(css: str) -> list[str]:
    """The rules that stand inside another rule, which needs a browser of 2023. Inside @media and the like is fine."""
    open_blocks: list[str] = []
    found = []
    for prelude, brace in re.findall(r"([^{};]*)([{}])", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        if brace == "}":
            open_blocks.pop()
            continue
        if open_blocks and not open_blocks[-1].startswith("@"):
            found.append(prelude.strip())
        open_blocks.append(prelude.strip())
    return found


def test_a_nested_rule_would_be_seen() -> None:
    assert nested_rules("@media print { a { b: c } } d { & e { f: g } } h { i: j; @media print { k: l } }") == [
        "& e",
        "@media print",
    ]


@pytest.mark.parametrize("path", [*sorted(LOOKS.glob("*.css")), *TEMPLATES], ids=lambda path: path.name)
def test_nothing_is_newer_than_our_oldest_browsers(path: Path) -> None:
    """Firefox 102, Chrome and Edge 109, Safari 15."""
    text = path.read_text()
    assert [word for word in TOO_NEW if word in text] == []
    assert path.suffix != ".css" or nested_rules(text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_template_breaks_the_content_security_policy(path: Path) -> None:
    html = path.read_text()
    assert re.findall(r"\sstyle=|<style|javascript:|\son[a-z]+=[\"']", html) == []
    assert re.findall(r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))[^>]*>", html) == []


# Colours


def tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def light_and_dark() -> Iterator[tuple[str, dict[str, str]]]:
    light, dark = SHEET.split("@media (prefers-color-scheme: dark)", 1)
    yield "light", tokens(light)
    yield "dark", tokens(light) | tokens(dark.split("/* Text */")[0])


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance of `#rrggbb`."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("mode", "colours"), list(light_and_dark()))
@pytest.mark.parametrize("ground", ["paper", "panel"])
def test_text_and_edges_stand_out(mode: str, colours: dict[str, str], ground: str) -> None:
    text = {name: contrast(colours[name], colours[ground]) for name in ("ink", "muted", "moss", "brick", "sky")}
    assert {name: ratio for name, ratio in text.items() if ratio < 4.5} == {}
    assert contrast(colours["line"], colours[ground]) >= 3


@pytest.mark.parametrize(("mode", "colours"), list(light_and_dark()))
def test_buttons_and_yellow_marks_can_be_read(mode: str, colours: dict[str, str]) -> None:
    assert contrast(colours["paper"], colours["moss"]) >= 4.5
    assert contrast(colours["on-sun"], colours["sun"]) >= 4.5


def test_a_municipality_can_put_its_theme_after_ours() -> None:
    """The names NL Design System's Utrecht components use, each said once and used."""
    for name in ("button-primary-action-background-color", "document-color", "link-color", "focus-outline-color"):
        assert f"--utrecht-{name}: var(" in SHEET
        assert f"var(--utrecht-{name})" in SHEET


# The frame


def visit(path: str = "/nergens/", user: Any = None) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return request


@pytest.mark.parametrize(("language", "other"), [("nl", "en"), ("en", "nl")])
def test_the_frame_speaks_both_languages(language: str, other: str) -> None:
    with translation.override(language):
        html = render_to_string("404.html", request=visit("/nergens/?a=1&b=2"))
    assert f'<html lang="{language}" dir="ltr">' in html
    assert f'name="language" value="{other}"' in html
    assert f'name="language" value="{language}"' not in html
    assert 'name="next" value="/nergens/?a=1&amp;b=2"' in html
    assert 'href="#main"' in html
    assert '<main id="main"' in html


def test_the_frame_turns_around_for_languages_written_from_the_right() -> None:
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl">' in render_to_string("404.html", request=visit())


def test_the_foot_is_the_funders_own() -> None:
    fund = Funder(name="Gemeente Waterveen", slug="waterveen", phone="14 0299")
    html = render_to_string("404.html", {"funder": fund}, request=visit())
    for part in ("/over/waterveen/#privacy", "/over/waterveen/#accessibility", "/over/waterveen/#complaints"):
        assert part in html
    assert '<a href="tel:140299">14 0299</a>' in html
    assert "/over/#privacy" in render_to_string("404.html", request=visit())


def test_only_a_demo_says_that_it_is_one(settings: Any) -> None:
    assert "demo" not in render_to_string("404.html", request=visit())
    settings.DEMO = True
    assert "/demo/mails/" in render_to_string("404.html", request=visit())


def test_a_refusal_shows_its_sentence() -> None:
    html = render_to_string("403.html", {"sentence": "Who decided can't pay."}, request=visit())
    assert "Who decided can&#x27;t pay." in html
    assert "meant for somebody else" in render_to_string("403.html", request=visit())


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "404.html", "429.html"])
def test_every_refusal_says_what_to_do(name: str) -> None:
    html = render_to_string(name, request=visit())
    assert html.count("<h1>") == 1
    assert 'class="button" href="/"' in html


def test_the_page_for_our_own_mistakes_needs_nothing() -> None:
    """No request, no context, no static manifest."""
    html = render_to_string("500.html")
    assert 'href="/static/web/style.css"' in html
    assert "Het ligt niet aan u." in html


# The navigation


def names(house: House) -> list[str]:
    return [str(link.label) for link in house.navigation]


def test_visitors_cost_no_query(django_assert_num_queries: DjangoAssertNumQueries, db: None) -> None:
    with django_assert_num_queries(0):
        house = House(visit())
        assert (house.seats, house.navigation, house.funder) == ([], [], None)


def test_a_seat_brings_its_links(funder: Funder, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = make.person("Tom")
    make.seat(person, funder, Seat.Role.TREASURER)
    make.seat(person, funder, Seat.Role.OFFICER)
    house = House(visit("/werk/3/", make.user(person)))
    with django_assert_num_queries(1):  # the seats with their funders
        assert {"Inbox", "Money", "Payments"} <= set(names(house))
        assert house.funder == funder
    assert [str(link.label) for link in house.navigation if link.is_here] == ["Inbox"]


def test_somebody_at_two_funders_belongs_to_neither(funder: Funder, other_funder: Funder) -> None:
    person = make.person("Tom")
    make.seat(person, funder, Seat.Role.AUDITOR)
    make.seat(person, other_funder, Seat.Role.AUDITOR)
    assert House(visit("/", make.user(person))).funder is None


def test_a_resident_finds_their_own_plans_and_a_panel_member_no_money(funder: Funder) -> None:
    resident, panel = make.person("Samira"), make.person("Ria")
    make.seat(panel, funder, Seat.Role.PANEL)
    assert names(House(visit("/", make.user(resident)))) == ["My plans"]
    assert names(House(visit("/", make.user(panel)))) == ["Plans to advise on", "My sign-in"]


def test_the_set_up_is_for_its_people_only(funder: Funder) -> None:
    person = make.person("Bea")
    house = House(visit("/", make.user(person, is_staff=True)))
    assert names(house) == ["My plans", "Set-up"]


# Forms


class Ask(Form):
    what = CharField(label="What?", help_text="Two sentences.")
    who = ChoiceField(label="Who?", choices=[("me", "Me"), ("we", "We")], widget=RadioSelect)
    phone = CharField(
        label="Phone", required=False, widget=TextInput(attrs={"placeholder": "06", "autocomplete": "tel"})
    )
    name = CharField(label="Name")
    iban = CharField(label="IBAN")
    why = {"what": "decision", "who": "payment", "phone": "voluntary", "name": "contact", "iban": "payment"}  # noqa: RUF012  # as every form does


def test_a_field_says_what_is_asked_and_what_is_optional() -> None:
    html = str(Ask())
    assert html.count("(optional)") == 1
    assert html.count('aria-required="true"') == 3  # not on radios: there the legend is enough
    assert " required" not in html
    assert "placeholder" not in html
    assert 'autocomplete="tel"' in html
    assert 'aria-describedby="id_what_helptext"' in html
    assert '<div class="hint" id="id_what_helptext">Two sentences.</div>' in html


def test_what_only_narrows_a_list_does_not_say_that_it_is_optional() -> None:
    class Narrow(Ask):
        narrows = True

    assert "(optional)" not in str(Narrow())


def test_why_it_is_asked_is_said_once_for_each_reason() -> None:
    html = str(Ask())
    assert html.count("to be able to pay") == html.count("to be able to reach you") == 1
    assert html.index("to be able to pay") < html.index("IBAN")


def test_what_is_missing_is_said_above_and_at_the_field() -> None:
    html = str(Ask({}))
    assert '<a href="#id_what">What?</a><br>Fill this in.' in html
    assert '<a href="#id_who_0">Who?</a><br>Choose one.' in html
    assert 'id="id_who_0"' in html
    assert 'id="id_what_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_what_helptext id_what_error"' in html
    assert "autofocus" in html
    assert "errors" not in str(Ask(COMPLETE))


COMPLETE = {"what": "x", "who": "me", "name": "Samira", "iban": "x"}


class Line(Form):
    what = CharField(label="What")
    amount = CharField(label="Amount")


def test_only_a_filled_line_can_be_removed_and_a_blank_one_waits_for_the_script() -> None:
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-what": "Sand", "form-0-amount": ""}
    lines = formset_factory(Line, extra=2, can_delete=True)(data)
    lines.is_valid()
    html = render_to_string("components/lines.html", {"formset": lines, "title": "Costs"})
    assert 'name="form-TOTAL_FORMS"' in html
    assert 'name="form-0-DELETE"' in html
    assert 'name="form-1-DELETE"' not in html
    assert '<template><div class="line"' in re.sub(r">\s+<", "><", html)
    assert 'name="form-__prefix__-amount"' in html
    above = render_to_string("components/errors.html", {"form": Ask(COMPLETE), "lines": lines})
    assert '<a href="#id_form-0-amount">Amount</a><br>Fill this in.' in above


# Pieces


PIECES = [
    ('page_head.html" with title="A"', "<h1>A</h1>"),
    ('page_head.html" with title="A" badge="Now"', "–</span> Now"),
    ('big_figure.html" with text="3"', "3"),
    ('big_figure.html" with amount=none', "€&nbsp;0"),
    ('message.html" with text="Kept"', 'role="status"'),
    ('message.html" with text="No" kind="error"', 'role="alert"'),
    ('criterion.html" with title="Safe?" judgement="no"', "✕</span> No"),
    ('criterion.html" with title="Safe?" judgement="yes" said="Very"', "✓</span> Very"),
    ('criterion.html" with title="Safe?" judgement="partly"', "…</span> Partly"),
    ('criterion.html" with title="Safe?" judgement=""', "–</span> Not judged yet"),
    ('empty.html" with text="Nothing yet."', "Nothing yet."),
    ('help.html" with title="What?" text="This."', "<summary>What?</summary>"),
    ('copyable.html" with value="NL91"', 'hidden data-copy="NL91"'),
    ('badge.html" with text="Granted" kind="good"', "✓</span> Granted"),
    ('more.html" with next_url="?after=3"', 'href="?after=3" rel="next"'),
    ('letter.html" with subject="Yes" text="Dear"', "<h2>Yes</h2>"),
    ('step_line.html" with steps=none', "Where is it now?"),
    ('money_cards.html" with cards=none', "<ul"),
    ('money_flow.html" with title="Money" places=none total_cents=0', "Money"),
    ('table.html" with caption="A" columns=none rows=none empty="No rows."', "No rows."),
    ('facts.html" with facts=none', "<dl"),
    ('action.html" with url="/x/" text="Close" csrf_token="t"', 'name="csrfmiddlewaretoken" value="t"'),
]


@pytest.mark.parametrize(("piece", "expected"), PIECES)
def test_a_piece_needs_only_what_it_must_have(piece: str, expected: str, settings: Any) -> None:
    """Optional arguments may be left out: no piece then looks for a name that isn't there."""
    engine = engines["django"].engine  # type: ignore[attr-defined]  # django's own backend has it
    before, engine.string_if_invalid = engine.string_if_invalid, "NOT THERE: %s"
    try:
        source = '{% include "components/' + piece + " only %}"
        html = engines["django"].from_string(source).render({"none": None})
    finally:
        engine.string_if_invalid = before
    assert "NOT THERE" not in html
    assert expected in html


def test_a_step_says_in_words_where_it_is() -> None:
    steps = [
        {"name": "Sent", "state": "done"},
        {"name": "Reading", "state": "now"},
        {"name": "Money", "state": "later"},
    ]
    html = render_to_string("components/step_line.html", {"steps": steps})
    assert re.findall(r"Done|Now|Later", html) == ["Done", "Now", "Later"]
    assert html.count('aria-current="step"') == 1


def test_a_bar_is_as_long_as_its_share() -> None:
    places = [{"label": "Promised", "cents": 2_500}, {"label": "Given", "cents": 7_500}]
    html = render_to_string("components/money_flow.html", {"title": "", "places": places, "total_cents": 10_000})
    assert re.findall(r'bar-part" width="(\d+)"', html) == ["250", "750"]


def test_a_table_puts_money_to_the_right_and_links_every_number() -> None:
    columns = [{"title": "Plan"}, {"title": "Amount", "kind": "money"}]
    rows = [["Trees", {"text": euro(450), "url": "/x/"}]]
    html = render_to_string("components/table.html", {"caption": "Paid", "columns": columns, "rows": rows})
    assert '<td class="number" data-label="Amount"><a href="/x/">€ 450</a></td>' in html
    assert '<th scope="col" class="number">Amount</th>' in html


def test_a_row_of_another_length_than_its_table_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="longer"):
        beside(["one"], ["a", "b"])


def test_a_cell_is_shown_as_people_write_it() -> None:
    assert [shown(None), shown(euro("1250.50")), shown("x")] == ["", "€ 1.250,50", "x"]
    assert shown(date(2026, 3, 9)) == "9 March 2026"
    assert shown(datetime(2026, 3, 8, 23, 30, tzinfo=UTC)) == "9 March 2026"  # in Amsterdam it is past midnight
