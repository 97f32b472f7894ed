"""What members of a panel type: a verdict for each published criterion, and why."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Advice, Application
from grants.models.aside import Lives
from grants.typed import CriteriaForm
from web.forms import Why


class AdviseForm(CriteriaForm):
    """A verdict for each criterion, with what they advised before."""

    WRITE_WHY = _("Write why. Who decides weighs your reason.")

    why: ClassVar[dict[str, Why]] = {"street": "decision"}

    street = forms.ChoiceField(
        label=_("Do you live in this street?"),
        choices=[(Lives.ELSEWHERE.value, Lives.ELSEWHERE.label), (Lives.HERE.value, _("Yes, so the others advise"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say if you live in this street.")},
    )

    def __init__(
        self, data: Any = None, *, application: Application, before: Advice | None, draft: Mapping[str, str]
    ) -> None:
        """What they advised before stands there, and over it what `draft` holds of what they typed since."""
        super().__init__(data)
        points = {each.criterion_id: each for each in before.points.all()} if before else {}
        if before:
            self.initial["street"] = Lives.ELSEWHERE
        self.add_criteria(application, points)
        self.initial = {**self.initial, **draft}
