"""Pictures people send: opened with care, made anew, kept private.

What is kept is never the file that was sent but a fresh JPEG: upright, without metadata, at most 2,000 pixels a side.
"""

import secrets
import threading
import warnings
from collections.abc import Callable, Sequence
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
# Named one by one: then an iPhone hands over a JPEG.
MEDIA_TYPES = "image/jpeg,image/png,image/webp,image/gif,application/pdf"
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

OLE = b"\xd0\xcf\x11\xe0"
OFFICE = (b"PK\x03\x04", b"{\\rtf", OLE)
OFFICE_NAMES = (".docx", ".odt", ".rtf", ".xlsx", ".ods", ".pptx", ".odp", ".pages")
OFFICE_SIGNS = (b"[Content_Types].xml", b"word/", b"mimetypeapplication/vnd.oasis", b"{\\rtf")

# Pillow warns above this number and refuses above twice this number, from the header, before it decodes anything.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)

ONE_AT_A_TIME = threading.Lock()  # ten photos at once would be ten times the memory of one


def safe_picture(upload: File[Any]) -> ContentFile[bytes]:
    """A fresh JPEG of what was sent, under a random name. Raises ValidationError in plain words when it can't be."""
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("This photo is larger than 15 MB. Take a screenshot of it and send that."))
    _refuse_other_kinds(upload)
    unknown = ValidationError(_("We can't open this. Send a photo (JPEG, PNG, WebP or GIF) or a PDF."))
    return made_by(_as_jpeg, upload, unknown=unknown)


def made_by(
    write: Callable[[Image.Image], bytes], upload: File[Any], *, unknown: ValidationError
) -> ContentFile[bytes]:
    """What `write` makes of the picture that was sent, upright, under a random name.

    Raises ValidationError, with `unknown` when it is no picture.
    """
    try:
        with ONE_AT_A_TIME:
            content = _made_anew(upload, write)
    except ValidationError:
        raise
    except UnidentifiedImageError as error:
        raise unknown from error
    except Image.DecompressionBombError as error:
        raise ValidationError(_("This picture is too large to open. Take a screenshot of it and send that.")) from error
    except Exception as error:  # on hostile bytes the readers of the formats raise nearly anything
        raise ValidationError(_("This photo is damaged or not complete. Send it again, or choose another.")) from error
    return ContentFile(content, name=f"{secrets.token_hex(16)}.jpg")


def _refuse_other_kinds(upload: File[Any]) -> None:
    """Say what to do instead for the kinds of file that people often send."""
    upload.seek(0)
    start = upload.read(1024)
    if not start:
        raise ValidationError(_("This file is empty. Choose another."))
    if start[4:8] == b"ftyp" and start[8:12] in HEIC_BRANDS:
        raise ValidationError(_("We can't open HEIC photos. Take a screenshot of the photo and send that."))
    if start.startswith(OFFICE) and (start.startswith(OLE) or _is_office(start, upload.name or "")):
        raise ValidationError(_("This is a file of Word or a program like it. Save it as PDF, or take a photo of it."))


def _is_office(start: bytes, name: str) -> bool:
    """Whether a ZIP is a document: by what is in it first, or by its name."""
    return name.lower().endswith(OFFICE_NAMES) or any(sign in start for sign in OFFICE_SIGNS)


def is_picture(upload: File[Any]) -> bool:
    """Whether it begins as one of the kinds of pictures we open."""
    upload.seek(0)
    start = upload.read(12)
    return start.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8")) or (start[:4], start[8:]) == (b"RIFF", b"WEBP")


def _made_anew(upload: File[Any], write: Callable[[Image.Image], bytes]) -> bytes:
    upload.seek(0)
    with Image.open(upload, formats=FORMATS) as picture:
        picture.verify()
    upload.seek(0)
    with Image.open(upload, formats=FORMATS) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded at a fraction of its size
        picture.load()
        return write(ImageOps.exif_transpose(picture))


def on_white(picture: Image.Image) -> Image.Image:
    """Painted on a new white sheet, because saving the old one would keep some metadata (a JPEG's comment)."""
    see_through = picture.has_transparency_data
    mode = "RGBA" if see_through else "RGB"
    if picture.mode.startswith("I;16"):  # of 65,536 greys: taken as they are, all but the darkest would be white
        picture = picture.point(lambda grey: grey / 256).convert("L")
    picture = picture if picture.mode == mode else picture.convert(mode)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, mask=picture if see_through else None)
    return sheet


def _as_jpeg(picture: Image.Image) -> bytes:
    written = BytesIO()
    on_white(picture).save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def together(pages: Sequence[ContentFile[bytes]]) -> ContentFile[bytes]:
    """Fresh JPEGs below each other, as one picture."""
    if len(pages) == 1:
        return pages[0]
    with ONE_AT_A_TIME:
        pictures = [Image.open(page, formats=["JPEG"]) for page in pages]
        size = max(picture.width for picture in pictures), sum(picture.height for picture in pictures)
        sheet, top = Image.new("RGB", size, "white"), 0
        for picture in pictures:
            sheet.paste(picture, (0, top))
            top += picture.height
        written = BytesIO()
        sheet.save(written, "JPEG", quality=QUALITY, optimize=True)
    return ContentFile(written.getvalue(), name=pages[0].name)


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
