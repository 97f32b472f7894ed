"""A day is read as people write it, and asked back with an example where it can't be."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from web.days import DayField


@pytest.mark.parametrize("typed", ["31-12-2026", "31/12/2026", "2026-12-31", " 31-12-2026 "])
def test_a_day_is_read_in_each_way_people_write_it(typed: str) -> None:
    assert DayField().clean(typed) == date(2026, 12, 31)


@pytest.mark.parametrize("typed", ["12-31-2026", "oudjaarsdag", "31-12-26x"])
def test_what_isnt_a_day_is_asked_back_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match="31-12-2026"):
        DayField().clean(typed)


def test_it_is_shown_as_it_is_typed_with_digits_at_hand() -> None:
    shown = DayField().widget.render("until", date(2026, 12, 31))
    assert 'value="31-12-2026"' in shown
    assert 'inputmode="numeric"' in shown
