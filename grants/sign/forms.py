"""What the second person types: nothing to sign, a reason not to."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms import Form, Why


class RefuseForm(Form):
    """For the colleague who proposed it."""

    why: ClassVar[dict[str, Why]] = {"reason": "decision"}

    reason = forms.CharField(
        label=_("Why not? Your colleague reads this"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why not, for your colleague.")},
    )
