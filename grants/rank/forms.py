"""What deciders type about a round: a number for each plan, and what is possible for those below the line."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Application
from web.forms import Form, Why


class RankForm(Form):
    """A number for each plan. `up` or `down`, with the number of an application, moves that one plan by one."""

    why: ClassVar[dict[str, Why]] = {"seen": "decision"}

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, plans: Sequence[Application], seen: str) -> None:
        """`plans` in the order in which they stand."""
        super().__init__(data, initial={"seen": seen})
        self.plans = {plan.pk: plan for plan in plans}
        for number, plan in enumerate(plans, start=1):
            self.fields[f"number_{plan.pk}"] = forms.IntegerField(
                label=_("Number of %(plan)s") % {"plan": plan},
                min_value=1,
                initial=number,
                widget=forms.TextInput(attrs={"class": "tiny", "inputmode": "numeric"}),
            )

    def clean(self) -> dict[str, Any]:
        """What the action takes. The same number twice is asked back at the second of them."""
        numbers: dict[int, int] = {}
        for pk, plan in self.plans.items():
            number = self.cleaned_data.get(f"number_{pk}")
            if number is None:
                continue
            if same := next((other for other, taken in numbers.items() if taken == number), None):
                words = {"number": number, "plan": self.plans[same]}
                sentence = _("%(plan)s has number %(number)s already. Which of the two is better?") % words
                self.add_error(f"number_{plan.pk}", sentence)
            numbers[pk] = number
        return {"numbers": moved(numbers, self.data), "seen": self.cleaned_data.get("seen")}

    def field_of(self, plan: Application) -> forms.BoundField:
        return self[f"number_{plan.pk}"]


def moved(numbers: dict[int, int], typed: Mapping[str, Any]) -> dict[int, int]:
    """The same numbers, with one plan in the place of the one before or after it."""
    ordered = sorted(numbers, key=lambda pk: numbers[pk])
    for button, step in (("up", -1), ("down", 1)):
        pressed = next((place for place, pk in enumerate(ordered) if str(pk) == typed.get(button)), None)
        if pressed is not None and 0 <= pressed + step < len(ordered):
            one, other = ordered[pressed], ordered[pressed + step]
            numbers[one], numbers[other] = numbers[other], numbers[one]
    return numbers


class LineForm(Form):
    """Said to everybody below the line: the published order is the reason, this is what they can do."""

    why: ClassVar[dict[str, Why]] = {"possible": "decision"}

    possible = forms.CharField(
        label=_("What is possible for the plans below the line?"),
        help_text=_("The residents read this in their letter."),
        initial=_("Send your plan again in the next round, or ask for a smaller part of it. Call us: we think along."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what would be possible: a smaller plan, another fund, a next time.")},
    )


class AnnounceForm(Form):
    """Nothing is typed: only what they read is announced."""

    why: ClassVar[dict[str, Why]] = {"seen": "decision"}

    seen = forms.CharField(widget=forms.HiddenInput)
