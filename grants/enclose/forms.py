"""What residents choose on their device: a photo, a drawing or a document of their plan."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from grants.models.draft_code import DraftCodeField
from grants.models.sheet import MOST_FILES, MOST_PAGES
from web.forms import Form, Why
from web.uploads import FilesField


class DoorForm(Form):
    """The code of the draft that somebody was adding to, after their session ended."""

    why: ClassVar[dict[str, Why]] = {"code": "contact"}

    code = DraftCodeField()


class SheetsForm(Form):
    """Several files at once; what is there already stays."""

    why: ClassVar[dict[str, Why]] = {"sheets": "voluntary"}

    sheets = FilesField(
        most=MOST_FILES,
        most_pages=MOST_PAGES,
        label=_("Photo, drawing or PDF"),
        help_text=_(
            "At most 4 files, 10 pages together. "
            "Are people in the photo easy to recognise? Ask them first if it is all right."
        ),
    )
