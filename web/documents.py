"""PDFs that people send: never kept, never handed out. Of each page a picture is made, apart from the server."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _

from web import pages_of_pdf
from web.pictures import MOST_BYTES, is_picture, safe_picture

PROGRAM = Path(pages_of_pdf.__file__)
LONGEST_TURN = 5  # seconds on the clock to wait until the document before this one is done
LONGEST_WAIT = 15  # for one document, its turn and its pages included; of the processor it gets less than half
ONE_AT_A_TIME = threading.Lock()

LARGE = _("This document is larger than 15 MB. Send photos of the pages that matter most.")
PASSWORD = _("There is a password on this PDF. Save it without a password, or send photos of the pages.")
MANY_PAGES = _("This document has more than %(most)s pages. Send the pages that matter most.")
BUSY = _("Many documents are being opened right now. Try again in a minute, or send photos of the pages.")
DAMAGED = _("We can't open this PDF. Save it as PDF once more, or send photos of the pages.")


def is_pdf(upload: File[Any]) -> bool:
    """By what is in it, not by its name. What is a picture too is read as one."""
    upload.seek(0)
    return b"%PDF-" in upload.read(1024) and not is_picture(upload)


def safe_pages(upload: File[Any], *, most: int, until: float = inf) -> list[ContentFile[bytes]]:
    """Each page as a fresh JPEG. Raises ValidationError in plain words when it can't be, or has more than `most`.

    `until`: when all of it must be done, on the clock of `time.monotonic`.
    """
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(LARGE)
    until = min(until, time.monotonic() + LONGEST_WAIT)
    with _its_turn(until), TemporaryFile() as sent, TemporaryFile() as drawn:
        upload.seek(0)
        sent.writelines(upload.chunks())
        sent.seek(0)
        _draw(sent, drawn, most=most, until=until)
        drawn.seek(0)
        return [_made_anew(page, until) for page in _pages_in(drawn)]


@contextmanager
def _its_turn(until: float) -> Iterator[None]:
    """One document at a time, so that memory stays bounded. Nobody waits long for the one before them."""
    if not ONE_AT_A_TIME.acquire(timeout=max(0, min(LONGEST_TURN, until - time.monotonic()))):
        raise ValidationError(BUSY)
    try:
        yield
    finally:
        ONE_AT_A_TIME.release()


def _draw(sent: IO[bytes], drawn: IO[bytes], *, most: int, until: float) -> None:
    """Run the program that draws, with nothing of ours around it: no settings, no secrets, no house to import."""
    command = [sys.executable, "-I", "-B", str(PROGRAM), str(most)]
    left = max(0, until - time.monotonic())
    try:
        # Our own program, and a number of ours.
        ended = subprocess.run(  # noqa: S603
            command, stdin=sent, stdout=drawn, stderr=subprocess.DEVNULL, env={}, timeout=left, check=False
        ).returncode
    except subprocess.TimeoutExpired as error:
        raise ValidationError(DAMAGED) from error
    if ended == pages_of_pdf.PASSWORD:
        raise ValidationError(PASSWORD)
    if ended == pages_of_pdf.MANY_PAGES:
        raise ValidationError(MANY_PAGES, params={"most": most})
    if ended:
        raise ValidationError(DAMAGED)


def _made_anew(page: bytes, until: float) -> ContentFile[bytes]:
    if time.monotonic() > until:
        raise ValidationError(BUSY)
    return safe_picture(ContentFile(page, name="page.jpg"))


def _pages_in(drawn: IO[bytes]) -> list[bytes]:
    """The JPEGs as the program wrote them: each after its length. A PDF without a page is no document."""
    pages = []
    while length := int.from_bytes(drawn.read(4), "big"):
        pages.append(drawn.read(length))
    if not pages:
        raise ValidationError(DAMAGED)
    return pages
