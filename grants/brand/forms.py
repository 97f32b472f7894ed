"""The logo that a fund admin chooses."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from web.forms import Form, Why
from web.logos import LogoField


class LogoForm(Form):
    why: ClassVar[dict[str, Why]] = {"logo": "decision"}

    logo = LogoField(
        label=_("Your logo"),
        help_text=_("A PNG or JPEG, best 700 pixels wide. What is see-through becomes white, like the paper."),
        error_messages={"required": _("Choose the file with your logo.")},
    )
