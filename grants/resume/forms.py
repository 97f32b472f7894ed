"""What somebody types to come back to a draft: its code, or an address to mail it to."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models.draft_code import DraftCodeField
from web.forms import Form, Why


class WayBackForm(Form):
    """Where the link and the code of a draft may be mailed to."""

    why: ClassVar[dict[str, Why]] = {"email": "contact"}

    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}), max_length=254
    )


class ContinueForm(Form):
    """The code that finds a draft again."""

    why: ClassVar[dict[str, Why]] = {"code": "contact"}

    code = DraftCodeField()
