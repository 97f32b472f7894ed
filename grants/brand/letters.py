"""A letter that was never sent: how the fund's paper looks."""

from dataclasses import replace
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image

from grants.papers.letter import LetterOnPaper
from web import clock
from web.models import Funder

NAME = "Samira Voorbeeld"


def example(funder: Funder, *, language: str, logo: ContentFile[Any] | None = None) -> LetterOnPaper:
    """With the logo that is there, or with this one, which isn't kept yet."""
    letter = LetterOnPaper.from_funder(
        funder,
        address=(NAME, "1234 AB 7"),
        date=clock.today(),
        reference="0000-0000",
        subject=_("This is how a letter looks"),
        text="\n\n".join(
            [
                _("Dear %(name)s,") % {"name": NAME},
                _("This letter is an example. Nobody gets it."),
                _("Each letter stays as it was sent. A new logo stands in letters that you send from now on."),
            ]
        ),
        acts_for=funder.acts_for,
        language=language,
    )
    if logo is None:
        return letter
    content = logo.read()
    with Image.open(BytesIO(content), formats=["JPEG"]) as picture:
        return replace(letter, logo=content, logo_size=picture.size)
