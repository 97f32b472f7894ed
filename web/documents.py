"""PDFs that people send: never kept, never handed out. Of each page a picture is made, apart from the server."""

import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _

from web import pages_of_pdf
from web.pictures import MOST_BYTES, is_picture, safe_picture

PROGRAM = Path(pages_of_pdf.__file__)
LONGEST_WAIT = 20  # seconds on the clock; of the processor it gets half of that
ONE_AT_A_TIME = threading.Lock()

LARGE = _("This document is larger than 15 MB. Send photos of the pages that matter most.")
PASSWORD = _("There is a password on this PDF. Save it without a password, or send photos of the pages.")
MANY_PAGES = _("This document has more than %(most)s pages. Send the pages that matter most.")
DAMAGED = _("We can't open this PDF. Save it as PDF once more, or send photos of the pages.")


def is_pdf(upload: File[Any]) -> bool:
    """By what is in it, not by its name. What is a picture too is read as one."""
    upload.seek(0)
    return b"%PDF-" in upload.read(1024) and not is_picture(upload)


def safe_pages(upload: File[Any], *, most: int) -> list[ContentFile[bytes]]:
    """Each page as a fresh JPEG. Raises ValidationError in plain words when it can't be, or has more than `most`."""
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(LARGE)
    with ONE_AT_A_TIME, TemporaryFile() as sent, TemporaryFile() as drawn:
        upload.seek(0)
        sent.writelines(upload.chunks())
        sent.seek(0)
        _draw(sent, drawn, most=most)
        drawn.seek(0)
        return [safe_picture(ContentFile(page, name="page.jpg")) for page in _pages_in(drawn)]


def _draw(sent: IO[bytes], drawn: IO[bytes], *, most: int) -> None:
    """Run the program that draws, with nothing of ours around it: no settings, no secrets, no house to import."""
    command = [sys.executable, "-I", "-B", str(PROGRAM), str(most)]
    try:
        # Our own program, and a number of ours.
        ended = subprocess.run(  # noqa: S603
            command, stdin=sent, stdout=drawn, stderr=subprocess.DEVNULL, env={}, timeout=LONGEST_WAIT, check=False
        ).returncode
    except subprocess.TimeoutExpired as error:
        raise ValidationError(DAMAGED) from error
    if ended == pages_of_pdf.PASSWORD:
        raise ValidationError(PASSWORD)
    if ended == pages_of_pdf.MANY_PAGES:
        raise ValidationError(MANY_PAGES, params={"most": most})
    if ended:
        raise ValidationError(DAMAGED)


def _pages_in(drawn: IO[bytes]) -> list[bytes]:
    """The JPEGs as the program wrote them: each after its length. A PDF without a page is no document."""
    pages = []
    while length := int.from_bytes(drawn.read(4), "big"):
        pages.append(drawn.read(length))
    if not pages:
        raise ValidationError(DAMAGED)
    return pages
