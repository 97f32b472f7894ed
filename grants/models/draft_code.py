"""The code of a draft as people type it: `1042-ACEFH-JKQRW`, in small letters too, with or without its dashes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grants.models.plan import Plan
from web.models.code import as_typed


def plan_opened_by(typed: str) -> Plan:
    """The plan this code opens. The draft of somebody who can sign in is opened by signing in.

    Raises ValidationError when there is no such plan, or no longer a draft of it.
    """
    number, _dash, letters = typed.strip().partition("-")
    number = "".join(filter(str.isdecimal, number))[:12]
    plan = Plan.objects.filter(pk=int(number), applications__status="draft").first() if number else None
    opens = plan is not None and as_typed(letters) and plan.is_opened_by(typed)
    if plan is None or not opens or plan.first_contact.can_sign_in:
        raise ValidationError(
            _("We can't find this plan. Check the code. Have you sent the plan already? Then sign in.")
        )
    return plan


class DraftCodeField(forms.CharField):
    """Gives the Plan that the typed code opens."""

    def __init__(self) -> None:
        super().__init__(
            label=_("The code of your plan"),
            help_text=_("It looks like 1042-ACEFH-JKQRW."),
            max_length=40,
            widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "off"}),
        )

    def clean(self, value: Any) -> Plan:
        return plan_opened_by(super().clean(value))
