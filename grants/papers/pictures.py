"""Photos, drawings and pages of documents on paper: one beside the text where there is room, the others on a page each.

Lengths are in points.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from grants.models import Application, Sheet
from web.paper import BOTTOM, LEFT, RIGHT, TOP, Paper

PAGE = TOP - BOTTOM
ABOVE = 8.0  # between the text and a picture
SMALLEST_PHOTO = 150.0  # high, about five centimetres: below that it gets a page of its own
SMALLEST_DOCUMENT = 0.7 * PAGE  # high: its letters of 10 points are then read as 7
ALT = {
    "nl": {True: "Bladzijde %d van %d bij het plan “%s”", False: "Foto of tekening %d van %d bij het plan “%s”"},
    "en": {True: "Page %d of %d with the plan “%s”", False: "Photo or drawing %d of %d with the plan “%s”"},
}


@dataclass(frozen=True)
class PictureOnPaper:
    """A sheet with the plan: pixels wide and high, and how to get at its JPEG."""

    width: int
    height: int
    is_document: bool
    jpeg: Callable[[], bytes]

    def within(self, room: float) -> tuple[float, float]:
        """How wide and high it is in so much height: never wider than the page, never coarser than 72 dots an inch."""
        scale = min((RIGHT - LEFT) / self.width, room / self.height, 1)
        return self.width * scale, self.height * scale

    @property
    def least_height(self) -> float:
        """What it needs at least to stand beside text."""
        _wide, high = self.within(PAGE)
        return min(high, SMALLEST_DOCUMENT if self.is_document else SMALLEST_PHOTO)


def pictures_of(sheets: Iterable[Sheet]) -> tuple[PictureOnPaper, ...]:
    return tuple(PictureOnPaper(each.width, each.height, each.is_document, each.read) for each in sheets)


def write_picture(paper: Paper, picture: PictureOnPaper, alt: str) -> None:
    """In the room that is left on this page."""
    paper.y -= ABOVE
    wide, high = picture.within(paper.room)
    paper.picture(picture.jpeg(), alt, wide=wide, high=high)


def instead_of_scans(application: Application) -> Iterator[tuple[str, str]]:
    """Where something came on paper: that it did. It may hold names and addresses, and the A4 has none."""
    if getattr(application, "has_scans", True) and application.scans.exists():
        told = {"funder": application.scheme.funder}
        yield _("On paper"), _("More came on paper. Only %(funder)s and the group read that.") % told
