"""A PDF becomes pictures of its pages, drawn by a program apart that can't take much, or is refused with a sentence."""

import os
import signal
import subprocess
import sys
from io import BytesIO
from math import inf
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.hostile import pdf, pdf_of, stream
from web import documents, pages_of_pdf, uploads
from web.documents import safe_pages
from web.pages_of_pdf import MANY_PAGES, PASSWORD, draw
from web.uploads import FilesField, PictureField

HALF_RED = stream(b"1 0 0 rg 0 421 595 421 re f")
RED_ABOVE = pdf(HALF_RED, page="/Contents 4 0 R")


def pages_of(content: bytes, *, most: int = 10) -> list[Image.Image]:
    return [Image.open(BytesIO(page.read())) for page in safe_pages(ContentFile(content, name="x.pdf"), most=most)]


def test_a_page_becomes_a_jpeg_that_looks_the_same() -> None:
    (page,) = pages_of(RED_ABOVE)
    assert (page.format, page.size) == ("JPEG", (1_414, 2_000))
    assert page.getpixel((700, 300)) == pytest.approx((255, 0, 0), abs=10)
    assert page.getpixel((700, 1_800)) == pytest.approx((255, 255, 255), abs=10)


def test_each_page_becomes_one_and_more_than_the_most_is_refused() -> None:
    assert len(pages_of(pdf(kids=3), most=3)) == 3
    with pytest.raises(ValidationError, match="more than 2 pages"):
        pages_of(pdf(kids=3), most=2)


def test_a_stamp_is_not_blown_up_and_a_poster_is_made_smaller() -> None:
    assert pages_of(pdf(box="0 0 72 36"))[0].size == (288, 144)
    assert max(pages_of(pdf(box="0 0 9000 3000"))[0].size) == 2_000


def test_an_invoice_of_two_pages_is_one_picture() -> None:
    field = PictureField()
    kept = field.clean(upload(pdf(HALF_RED, page="/Contents 4 0 R", kids=2)))
    image = Image.open(kept)
    assert (image.format, image.size) == ("JPEG", (1_414, 4_000))
    for height, colour in ((300, (255, 0, 0)), (1_800, (255, 255, 255)), (2_300, (255, 0, 0))):
        assert image.getpixel((700, height)) == pytest.approx(colour, abs=10)
    with pytest.raises(ValidationError, match="more than 4 pages"):
        field.clean(upload(pdf(kids=5)))


def upload(content: bytes) -> Any:
    return SimpleUploadedFile("x.pdf", content)


def test_the_program_says_how_it_ended() -> None:
    drawn = BytesIO()
    assert draw(RED_ABOVE, most_pages=1, into=drawn) == 0
    assert int.from_bytes(drawn.getvalue()[:4], "big") == len(drawn.getvalue()) - 4
    assert draw(pdf(kids=2), most_pages=1, into=drawn) == MANY_PAGES
    assert draw(pdf_of(lambda made: made.encrypt("geheim")), most_pages=1, into=drawn) == PASSWORD
    assert draw(b"%PDF-1.7", most_pages=1, into=drawn) not in {0, MANY_PAGES, PASSWORD}


# What it can't do


def after_giving_up(code: str, **limits: int) -> subprocess.CompletedProcess[str]:
    """What happens in a process of its own when it does this after giving up its rights."""
    given = ", ".join(f"{name}={most}" for name, most in limits.items())
    start = f"import sys; sys.path.insert(0, {str(documents.PROGRAM.parent)!r}); import pages_of_pdf as program\n"
    command = [sys.executable, "-I", "-B", "-c", f"{start}program.give_up_rights({given})\n{code}"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_it_gives_up_memory_time_and_disk_for_good() -> None:
    code = "import resource as r; print([r.getrlimit(which) for which in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE)])"
    limits = [(most, most) for most in (pages_of_pdf.MEMORY, pages_of_pdf.SECONDS, pages_of_pdf.OUTPUT)]
    assert after_giving_up(code).stdout.strip() == str(limits)
    assert pages_of_pdf.MEMORY <= 500_000_000
    assert 2 * pages_of_pdf.SECONDS < documents.LONGEST_WAIT < uploads.LONGEST_WAIT < 30  # a web server waits no longer


def test_it_gets_no_more_memory_than_that() -> None:
    assert "MemoryError" in after_giving_up("bytearray(program.MEMORY)").stderr


def test_it_is_ended_when_its_seconds_are_up() -> None:
    assert after_giving_up("while True: pass", seconds=1).returncode in {-signal.SIGXCPU, -signal.SIGKILL}


def test_it_fills_no_disk(tmp_path: Path) -> None:
    ended = after_giving_up(f"open({str(tmp_path / 'x')!r}, 'wb').write(bytes(20_000))", output=10_000)
    assert ended.returncode != 0
    assert (tmp_path / "x").stat().st_size <= 10_000


@pytest.mark.skipif(os.geteuid() == 0, reason="root starts as many as it likes")
def test_it_starts_no_other_program() -> None:
    assert "BlockingIOError" in after_giving_up("import os; os.fork()").stderr


def test_it_knows_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It finds an environment without settings, and can't import the house."""
    program = tmp_path / "program.py"
    seen = tmp_path / "seen"
    program.write_text(
        f"import os, sys\nopen({str(seen)!r}, 'w').write(str(dict(os.environ)) + str(sys.path))\nsys.exit(3)"
    )
    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setattr(documents, "PROGRAM", program)
    with pytest.raises(ValidationError, match="password"):
        pages_of(RED_ABOVE)
    assert "geheim" not in seen.read_text()
    assert str(documents.PROGRAM.parents[1] / "web") not in seen.read_text()


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(60)",
        "import sys; sys.stdout.buffer.write(b'\\x00\\x00\\x00\\x09<script>\\n')",
        "import sys; sys.stdout.buffer.write(b'\\xff\\xff\\xff\\xff')",
        "",
        "import os; os.abort()",
    ],
)
def test_whatever_it_does_the_server_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """It hangs, or was taken over and writes something else, or falls over."""
    (tmp_path / "program.py").write_text(code)
    monkeypatch.setattr(documents, "PROGRAM", tmp_path / "program.py")
    monkeypatch.setattr(documents, "LONGEST_WAIT", 2)
    with pytest.raises(ValidationError, match=r"We can't open this|This file is empty"):
        pages_of(RED_ABOVE)


# Nobody waits long


def test_who_comes_while_another_document_is_opened_waits_a_little_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LONGEST_TURN", 0.1)
    with documents.ONE_AT_A_TIME, pytest.raises(ValidationError, match="Try again in a minute"):
        pages_of(RED_ABOVE)
    assert len(pages_of(RED_ABOVE)) == 1, "it is free again"


def test_a_document_that_was_refused_frees_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LONGEST_WAIT", 0)
    with pytest.raises(ValidationError, match="We can't open this"):
        pages_of(RED_ABOVE)
    assert not documents.ONE_AT_A_TIME.locked()


def test_its_pages_are_made_within_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn in time, but so many and so large that making them anew takes longer than there is."""
    made = []

    def slow(page: ContentFile[bytes]) -> ContentFile[bytes]:
        monkeypatch.setattr(documents, "time", SimpleNamespace(monotonic=lambda: inf))
        made.append(page)
        return page

    monkeypatch.setattr(documents, "safe_picture", slow)
    with pytest.raises(ValidationError, match="Try again in a minute"):
        pages_of(pdf(kids=3))
    assert len(made) == 1


def test_four_files_take_no_longer_together_than_a_page_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LONGEST_WAIT", 0)
    field = FilesField(most=4, most_pages=10)
    with pytest.raises(ValidationError) as refused:
        field.clean([upload(RED_ABOVE) for _each in range(4)])
    assert len(refused.value.messages) == 4
