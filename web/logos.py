"""The logo of a funder: opened as carefully as a photo (web/pictures.py), made anew, ready for paper.

What is kept is a fresh JPEG on white, without the empty edge around it.
"""

from io import BytesIO
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageChops

from web.pictures import MOST_BYTES, made_by, on_white

MEDIA_TYPES = "image/png,image/jpeg"
STARTS = (b"\x89PNG", b"\xff\xd8\xff")
WIDEST, HIGHEST = 160, 48  # points: the room that it has on a letter
SHARP = 4  # pixels a point, 288 an inch: printers show no more
SMALLEST = 100  # pixels, of the longer side
THINNEST = 10  # times as wide as high, or as high as wide
FAINT = 12  # of 255: what differs less from white is paper
OTHER_KIND = _("Send the logo as PNG or JPEG. We can't use another kind of file.")
QUALITY = 92  # JPEG, 1-95: flat colours and letters, so finer than a photo


def within(width: int, height: int) -> tuple[float, float]:
    """How wide and high a logo of so many pixels is on paper, in points: never larger than it was made."""
    scale = min(WIDEST / width, HIGHEST / height, 1)
    return width * scale, height * scale


def safe_logo(upload: File[Any]) -> ContentFile[bytes]:
    """A fresh JPEG of what was sent, under a random name. Raises ValidationError in plain words when it can't be."""
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("This file is larger than 15 MB. Save the logo smaller: 700 pixels wide is enough."))
    _refuse_other_kinds(upload)
    return made_by(_as_logo, upload, unknown=ValidationError(OTHER_KIND))


def _refuse_other_kinds(upload: File[Any]) -> None:
    """Say what to do instead. A drawing (SVG) and a PDF can hold programs, and look different on each machine."""
    upload.seek(0)
    start = upload.read(1024)
    if start.startswith(STARTS):
        return
    if b"<svg" in start or start.startswith(b"%!PS"):
        raise ValidationError(_("We can't use a drawing (SVG or EPS). Save it as PNG, 700 pixels wide, and send that."))
    if b"%PDF-" in start:
        raise ValidationError(_("This is a PDF. Save the logo as PNG, 700 pixels wide, and send that."))
    raise ValidationError(OTHER_KIND)


def _as_logo(picture: Image.Image) -> bytes:
    """On white, cut to what is seen, as fine as paper shows it."""
    sheet = on_white(picture)
    paper = Image.new("RGB", sheet.size, "white")
    seen = ImageChops.difference(sheet, paper).convert("L").point(lambda light: 255 if light > FAINT else 0).getbbox()
    if seen is None:
        raise ValidationError(_("This logo is white or empty: on paper nobody would see it. Send it in a colour."))
    logo = sheet.crop(seen)
    if max(logo.size) < SMALLEST:
        raise ValidationError(
            _("This logo is too small for paper. Send one of at least %(pixels)s pixels wide or high.")
            % {"pixels": SMALLEST}
        )
    if max(logo.size) > THINNEST * min(logo.size):
        raise ValidationError(_("This logo is so long and thin that nobody can read it on paper. Send another form."))
    logo.thumbnail((WIDEST * SHARP, HIGHEST * SHARP))
    written = BytesIO()
    logo.save(written, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return written.getvalue()


class LogoField(forms.FileField):
    """A logo sent by people. Gives one fresh JPEG."""

    widget = forms.FileInput
    default_error_messages: ClassVar = {"empty": _("This file is empty. Choose another.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": MEDIA_TYPES}

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = super().clean(data, initial)
        return safe_logo(sent) if isinstance(sent, UploadedFile) else sent
