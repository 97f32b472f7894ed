"""Every file of tests/hostile.py, through every form that takes files: a safe picture, or a refusal in plain words."""

import html
import re
import uuid
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from grants.models import Application, Scheme, Sheet, StoryPhoto
from ledger.models import Expense, Purse
from tests.conftest import SignedIn, Visitor
from tests.grants.typed import plan_as_typed
from tests.hostile import HOSTILE, KEPT, NAMES, NEEDLES, TYPES, picture
from web.models import Person
from web.pictures import LONGEST_SIDE, MOST_BYTES, MOST_PIXELS
from web.uploads import made_anew

pytestmark = [pytest.mark.wide, pytest.mark.alike]

JFIF = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@cache
def content_of(kind: str) -> bytes:
    return HOSTILE[kind][0]()


def faults(made: bytes, *, most_pages: int = 1) -> list[str]:
    """What is wrong with a picture that we kept."""
    image = Image.open(BytesIO(made))
    image.load()
    wrong = [f"says {needle!r}" for needle in NEEDLES if needle in made]
    wrong += [] if image.format == "JPEG" and made.endswith(b"\xff\xd9") else ["is not a JPEG to its last byte"]
    wrong += [] if not image.getexif() and set(image.info) <= JFIF else ["has metadata"]
    return wrong + ([] if max(image.size) <= LONGEST_SIDE * most_pages else ["is too large"])


def sent(kind: str, name: str = "foto.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content_of(kind), content_type)


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_made_anew_or_refused_in_plain_words(kind: str) -> None:
    expected = HOSTILE[kind][1]
    upload = ContentFile(content_of(kind), name="foto.jpg")
    if expected == KEPT:
        made = made_anew(upload, most_pages=10)
        assert [fault for page in made.pages for fault in faults(page.read())] == []
        assert made.is_document == kind.startswith("pdf")
    else:
        with pytest.raises(ValidationError, match=expected) as refusal:
            made_anew(upload, most_pages=10)
        assert all(sentence.endswith((".", "!")) for sentence in refusal.value.messages)


def test_what_is_opened_is_bounded() -> None:
    """By bytes and pixels here; by memory, seconds and pages for a PDF (tests/web/test_documents.py)."""
    assert MOST_BYTES == 15_000_000
    assert Image.MAX_IMAGE_PIXELS is not None
    assert Image.MAX_IMAGE_PIXELS * 2 == MOST_PIXELS == 25_000_000


# Through the forms


def shown(page: Any) -> str:
    assert page.status_code in {200, 302}
    return html.unescape(page.text)


@pytest.fixture
def draft(client: Visitor, scheme: Scheme) -> Application:
    client.post(reverse("grants:ask", args=[scheme.slug]), plan_as_typed() | {"save": "1"})
    return Application.objects.get()


def address_of(draft: Application) -> str:
    return reverse("grants:sheets", args=[draft.pk])


@pytest.mark.parametrize("kind", HOSTILE)
def test_with_a_plan(kind: str, client: Visitor, draft: Application) -> None:
    page = client.post(address_of(draft), {"sheets": sent(kind)})
    if HOSTILE[kind][1] == KEPT:
        assert [fault for sheet in Sheet.objects.all() for fault in faults(sheet.read())] == []
        assert Sheet.objects.exists()
        assert client.get(Sheet.objects.all()[0].get_absolute_url())["Content-Type"] == "image/jpeg"
        return
    assert not Sheet.objects.exists()
    assert HOSTILE[kind][1] in shown(page)


@pytest.mark.parametrize("kind", HOSTILE)
def test_with_a_receipt_and_with_a_story(kind: str, granted: Application, resident: Person, as_: SignedIn) -> None:
    visitor, purse = as_(resident), Purse.objects.get()
    line = {"amount": "12,50", "what": "Bollen bij de markt", "on": "", "key": str(uuid.uuid4()), "photo": sent(kind)}
    receipt = visitor.post(reverse("ledger:book_expense", args=[purse.pk]), line)
    told = {"worked": "partly", "photo": sent(kind)}
    story = visitor.post(reverse("grants:tell_story", args=[granted.pk]), told)
    if HOSTILE[kind][1] == KEPT:
        for kept in (Expense.objects.get().photo, StoryPhoto.objects.get().picture):
            assert faults(kept.read(), most_pages=4) == []
        return
    assert not Expense.objects.exists()
    assert not StoryPhoto.objects.exists()
    for page, typed in ((receipt, "Bollen bij de markt"), (story, 'value="partly"[^>]+checked')):
        assert HOSTILE[kind][1] in shown(page)
        assert re.search(typed, page.text)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_says_nothing_about_where_it_is_kept(name: str, client: Visitor, draft: Application) -> None:
    client.post(address_of(draft), {"sheets": SimpleUploadedFile(name or "x", picture(), "image/jpeg")})
    (kept,) = Sheet.objects.all()
    folder, _slash, own = str(kept.picture).rpartition("/")
    assert folder.startswith("plans/2")
    assert len(own) == 36
    assert own.endswith(".jpg")
    refused = client.post(address_of(draft), {"sheets": SimpleUploadedFile(name or "x", b"<b>boe</b>")})
    assert "can't open this" in shown(refused)


@pytest.mark.parametrize("content_type", TYPES)
def test_what_a_browser_says_it_is_counts_for_nothing(content_type: str, client: Visitor, draft: Application) -> None:
    html_as_picture = SimpleUploadedFile("foto.jpg", b"<!doctype html>", content_type)
    assert "can't open this" in shown(client.post(address_of(draft), {"sheets": html_as_picture}))
    client.post(address_of(draft), {"sheets": SimpleUploadedFile("x.html", picture(), content_type)})
    assert faults(Sheet.objects.get().read()) == []
