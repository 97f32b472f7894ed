"""What a form reads, whoever sends it: a browser never puts a line break in a field of one line, others do."""

from typing import ClassVar

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.urls import get_resolver

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


def test_each_sentence_of_a_refusal_stands_at_its_field_or_at_the_form_where_that_isnt_asked() -> None:
    def refuse(**_typed: str) -> None:
        raise ValidationError({"title": ["Korter."], "amount": ["Minder.", "Nog minder."]})

    form = NoteForm({"title": "Zomerfeest"})
    assert not form.run(refuse)
    assert form.errors == {"title": ["Korter."], "__all__": ["Minder.", "Nog minder."]}
    assert form["title"].value() == "Zomerfeest"


def all_forms() -> list[type[Form]]:
    """Every form of the house: its modules are read with the addresses."""
    assert get_resolver().url_patterns, "reading them imports every view, and with it every form"
    found: set[type[Form]] = set()
    new = [Form]
    while new:
        new = [each for form in new for each in form.__subclasses__() if each not in found]
        found |= set(new)
    return sorted((each for each in found if not each.__module__.startswith("tests")), key=str)


def test_no_box_takes_text_without_end() -> None:
    """A plan's own texts get the most: its length never blocks sending it."""
    boxes = []
    for kind in all_forms():
        form = kind.__new__(kind)
        Form.__init__(form)  # what a form of this kind wants to know besides is of no matter here
        texts = (field for field in form.fields.values() if not isinstance(field, forms.UUIDField))
        boxes += [field for field in texts if isinstance(field, forms.CharField)]
    assert len(boxes) > 50
    for field in boxes:
        bounds = [each for each in field.validators if isinstance(each, MaxLengthValidator)]
        assert bounds, f"{field.label} takes text without end"
        with pytest.raises(ValidationError, match=r"more than [\d,]+ letters|lines are enough|at most \d+ char"):
            bounds[0]("a" * 60_001)


def test_a_long_story_is_refused_with_a_sentence_and_kept() -> None:
    long = "a" * 10_001
    form = NoteForm({"title": "x", "story": long})
    assert not form.is_valid()
    assert "more than 10,000 letters" in str(form.errors["story"])
    assert form["story"].value() == long
    assert NoteForm({"title": "x", "story": long[1:]}).is_valid()


@pytest.mark.parametrize("name", ["Anna\nBeste boef", " Anna \u2029 Beste\tboef "])
def test_a_name_in_a_letter_is_one_line_however_it_came_in(name: str) -> None:
    assert str(Person(name=name)) == "Anna Beste boef"
