"""What a form reads, whoever sends it: a browser never puts a line break in a field of one line, others do."""

from typing import ClassVar

import pytest
from django import forms

from web.forms import Form, Why
from web.models import Person

FORGED = "Zomerfeest\r\n\r\nU krijgt \u2028 € 10.000\x0b!"


class NoteForm(Form):
    why: ClassVar[dict[str, Why]] = {"title": "decision", "letters": "decision", "story": "decision", "day": "decision"}

    title = forms.CharField(max_length=40)
    letters = forms.RegexField(regex=r"^[\sA-Z]+$", required=False)
    story = forms.CharField(widget=forms.Textarea, required=False)
    day = forms.CharField(required=False, empty_value=None)


def test_a_field_of_one_line_stays_one_line_and_a_story_keeps_its_lines() -> None:
    form = NoteForm({"title": FORGED, "letters": "AB\nCD", "story": "Een.\n\nTwee."})
    assert form.is_valid(), form.errors
    read = {"title": "Zomerfeest U krijgt € 10.000 !", "letters": "AB CD", "story": "Een.\n\nTwee.", "day": None}
    assert form.cleaned_data == read


def test_a_line_of_a_list_stays_one_line_too() -> None:
    lines = forms.formset_factory(NoteForm)({"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-title": FORGED})
    assert lines.is_valid()
    assert lines.forms[0].cleaned_data["title"] == "Zomerfeest U krijgt € 10.000 !"


@pytest.mark.parametrize("name", ["Anna\nBeste boef", " Anna \u2029 Beste\tboef "])
def test_a_name_in_a_letter_is_one_line_however_it_came_in(name: str) -> None:
    assert str(Person(name=name)) == "Anna Beste boef"
