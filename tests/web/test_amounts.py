"""Amounts are read as Dutch people type them, and never as another amount."""

import re
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from web.amounts import (
    LARGEST,
    AmountField,
    euro,
    from_cents,
    in_cents,
    read_amount,
    write_amount,
    write_whole,
)

READ = {
    "450": 45_000,
    "450,-": 45_000,
    "450,=": 45_000,
    "450,--": 45_000,
    "€ 450": 45_000,
    "€450": 45_000,
    "EUR 450": 45_000,
    "eur 450,00": 45_000,
    "450 euro": 45_000,
    " 450\t": 45_000,
    "0450": 45_000,
    "1.250": 125_000,
    "1.250,-": 125_000,
    "1.250,50": 125_050,
    "1250.50": 125_050,
    "1250,5": 125_050,
    "12.5": 1_250,
    "1 250,50": 125_050,
    "1\u00a0250,50": 125_050,
    "1\u202f250,50": 125_050,
    "1 250.50": 125_050,
    "0,50": 50,
    "1.234.567,89": 123_456_789,
    "9.999.999.999,99": LARGEST,
}
REFUSED = {
    "1.25": "Do you mean 1 euro and 25 cents, or 125 euro",
    "1.5": "Do you mean 1 euro and 50 cents, or 15 euro",
    "€ 0.50": "Do you mean 0 euro and 50 cents, or 50 euro",
    "1,250": "Do you mean 1250 euro",
    "-450": "without a minus sign",
    "€ −450": "without a minus sign",
    "0": "more than 0 euro",
    "0,00": "more than 0 euro",
    "10.000.000.000": "too large",
    "9" * 5000: "too large",
    "": "in numbers",
    "€": "in numbers",
    "NaN": "in numbers",
    "Infinity": "in numbers",
    "1e3": "in numbers",
    "1_000": "in numbers",
    "٤٥٠": "in numbers",
    "４５０": "in numbers",
    "²": "in numbers",
    "450 of 500": "in numbers",
    "1.250 000": "in numbers",
    "1 250.000": "in numbers",
    "1.2500": "in numbers",
    "0.450": "in numbers",
    "1250.500": "in numbers",
    "12.50,-": "in numbers",
    "1,250.50": "in numbers",
    "450,505": "Do you mean 450505 euro",
    "4 50": "in numbers",
    "450\n450": "in numbers",
    "$ 450": "in numbers",
    "=450": "in numbers",
}


@pytest.mark.parametrize(("typed", "cents"), READ.items())
def test_an_amount_is_read_as_dutch_people_type_it(typed: str, cents: int) -> None:
    assert in_cents(read_amount(typed)) == cents


@pytest.mark.parametrize(("typed", "sentence"), REFUSED.items())
def test_an_amount_that_is_not_clear_is_asked_back(typed: str, sentence: str) -> None:
    with override("en"), pytest.raises(ValidationError, match=re.escape(sentence)):
        read_amount(typed)


def test_how_many_there_are_has_dots_as_amounts_have() -> None:
    assert [write_whole(number) for number in (0, 999, 1_000, 12_345_678)] == ["0", "999", "1.000", "12.345.678"]
    assert Template("{{ number|whole }}").render(Context({"number": 1_554})) == "1.554"


def test_zero_is_read_where_zero_is_an_answer() -> None:
    assert read_amount("€ 0", zero_too=True) == euro(0)


@given(st.integers(1, LARGEST))
@example(LARGEST)
def test_what_we_write_is_read_back_as_the_same(cents: int) -> None:
    amount = from_cents(cents)
    assert read_amount(write_amount(amount)) == amount


def strict_reading(text: str) -> set[int]:
    """The amounts in cents somebody could mean: a mark before the last one or two digits starts the cents."""
    number = re.sub(r"(?i)^(€|eur|euro)|(€|eur|euro)$", "", text.strip()).strip()
    number = re.sub(r",(--?|–|=)$", "", number)
    digits = re.sub(r"[^0-9]", "", number)
    meanings = set()
    last = re.search(r"[.,]([0-9]{1,2})$", number)
    if last:
        meanings.add(int(digits[: -len(last[1])] or 0) * 100 + int(last[1].ljust(2, "0")))
    else:
        meanings.add(int(digits) * 100)
    return meanings


@given(st.from_regex(r"\A(€ ?|EUR )?[0-9]{1,4}([., \u00a0][0-9]{1,4}){0,3}(,-|,=| euro)?\Z"))
@example("1.250")
def test_an_accepted_amount_is_what_a_strict_reader_reads(text: str) -> None:
    with suppress(ValidationError):
        assert in_cents(read_amount(text)) in strict_reading(text)


@given(st.text())
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    with suppress(ValidationError):
        assert in_cents(read_amount(text)) > 0


def test_fractions_of_a_cent_and_other_money_are_refused() -> None:
    with pytest.raises(ValueError, match="whole number of cents"):
        euro(Decimal("0.005"))
    with pytest.raises(ValueError, match="whole number of cents"):
        euro("NaN")
    with pytest.raises(ValueError, match="not EUR"):
        in_cents(type(euro(1))(1, "USD"))


def test_amounts_are_written_alike_in_dutch_and_english() -> None:
    for language in ("nl", "en"):
        with override(language):
            shown = [write_amount(each) for each in (euro("1250.50"), euro(1250), euro("0.05"), euro("-12.50"))]
            assert shown == ["€ 1.250,50", "€ 1.250", "€ 0,05", "− € 12,50"]


class PriceForm(forms.Form):
    price = AmountField()
    tip = AmountField(required=False)


def typed(**data: Any) -> PriceForm:
    return PriceForm(data)


def test_the_field_gives_money_and_nothing_for_an_empty_voluntary_amount() -> None:
    form = typed(price="1.250,50", tip=" ")
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"price": euro("1250.50"), "tip": None}


def test_the_field_keeps_what_was_typed_when_it_asks_back() -> None:
    form = typed(price="1.25")
    assert not form.is_valid()
    assert 'value="1.25"' in str(form["price"])
    assert 'inputmode="decimal"' in str(form["price"])
    assert 'type="text"' in str(form["price"])


def test_the_field_writes_a_kept_amount_as_people_do_and_sees_no_change_in_it() -> None:
    form = PriceForm({"price": "1.250,50"}, initial={"price": euro("1250.50")})
    assert not form.has_changed()
    assert PriceForm({"price": "1.25"}, initial={"price": euro("1250.50")}).has_changed()
    assert 'value="1.250,50"' in str(PriceForm(initial={"price": euro("1250.50")})["price"])


def test_templates_write_money_and_cents() -> None:
    page = Template("{{ money|euro }};{{ number|cents }};{{ none|euro }};{{ none|cents }}")
    assert page.render(Context({"money": euro(450), "number": 45_005, "none": None})) == "€ 450;€ 450,05;;"
