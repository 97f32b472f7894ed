"""Pictures people send: opened with care, made anew, kept private.

What is kept is never the file that was sent but a fresh JPEG: upright, without metadata, at most 2,000 pixels a side.
"""

import secrets
import threading
import warnings
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 15_000_000
MOST_PIXELS = 25_000_000  # a phone's photo has 12 to 24 million; more would be 100 MB in memory
LONGEST_SIDE = 2_000  # pixels
SMALL = 480  # pixels: a picture among text
QUALITY = 82  # JPEG, 1-95: at 2,000 pixels a receipt stays readable in about 500 kB
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MEDIA_TYPES = "image/jpeg,image/png,image/webp,image/gif"  # named one by one: then an iPhone hands over a JPEG
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

# Pillow warns above this number and refuses above twice this number, from the header, before it decodes anything.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)

ONE_AT_A_TIME = threading.Lock()  # ten photos at once would be ten times the memory of one


def safe_picture(upload: File[Any]) -> ContentFile[bytes]:
    """A fresh JPEG of what was sent, under a random name. Raises ValidationError in plain words when it can't be."""
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("This photo is larger than 15 MB. Take a screenshot of it and send that."))
    _refuse_other_kinds(upload)
    try:
        with ONE_AT_A_TIME:
            content = _made_anew(upload)
    except UnidentifiedImageError as error:
        raise ValidationError(_("We can't open this as a photo. Send a JPEG, PNG, WebP or GIF.")) from error
    except Image.DecompressionBombError as error:
        raise ValidationError(_("This picture is too large to open. Take a screenshot of it and send that.")) from error
    except Exception as error:  # on hostile bytes the readers of the formats raise nearly anything
        raise ValidationError(_("This photo is damaged or not complete. Send it again, or choose another.")) from error
    return ContentFile(content, name=f"{secrets.token_hex(16)}.jpg")


def _refuse_other_kinds(upload: File[Any]) -> None:
    """Say what to do instead for the two kinds of file that people often send."""
    upload.seek(0)
    start = upload.read(1024)
    if not start:
        raise ValidationError(_("This file is empty. Choose another."))
    if start[4:8] == b"ftyp" and start[8:12] in HEIC_BRANDS:
        raise ValidationError(_("We can't open HEIC photos. Take a screenshot of the photo and send that."))
    if b"%PDF-" in start:
        raise ValidationError(_("This is a PDF. Take a photo or a screenshot of it and send that."))


def _made_anew(upload: File[Any]) -> bytes:
    upload.seek(0)
    with Image.open(upload, formats=FORMATS) as picture:
        picture.verify()
    upload.seek(0)
    with Image.open(upload, formats=FORMATS) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded at a fraction of its size
        picture.load()
        return _as_jpeg(ImageOps.exif_transpose(picture))


def _as_jpeg(picture: Image.Image) -> bytes:
    """Painted on a new white sheet, because saving the old one would keep some metadata (a JPEG's comment)."""
    see_through = picture.has_transparency_data
    mode = "RGBA" if see_through else "RGB"
    picture = picture if picture.mode == mode else picture.convert(mode)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, mask=picture if see_through else None)
    written = BytesIO()
    sheet.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _shrunk(kept: File[Any]) -> bytes:
    """A picture we made ourselves, as small as a page shows it."""
    with Image.open(kept, formats=["JPEG"]) as picture:
        picture.draft("RGB", (SMALL, SMALL))
        picture.thumbnail((SMALL, SMALL))
        written = BytesIO()
        picture.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def hand_out(picture: File[Any], *, small: bool = False) -> HttpResponse:
    """A kept picture, for this reader alone: whoever calls this has checked that they may see it."""
    with picture.open("rb") as kept:
        response = HttpResponse(_shrunk(kept) if small else kept.read(), content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
