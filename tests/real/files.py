"""Real photos, receipts and broken files through every form that takes one."""

import html
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from PIL import Image

from grants.models import Application, Confirmation, Plan, Sheet, StoryPhoto
from grants.models.draft import mark_of_the_whole
from ledger.models import Expense, Purse
from tests import make
from tests.conftest import Visitor
from tests.real.table import Outcome
from web.models import Person, Seat
from web.pictures import LONGEST_SIDE
from web.uploads import MOST_PAGES_OF_A_PICTURE

# What can't be opened, and words of the sentence that says so. Everything else in those folders is kept.
REFUSED = {
    "IMG_5195.HEIC": "HEIC-foto",
    "corrupted.heic": "HEIC-foto",
    "empty.heic": "leeg",
    "019.key.json": "niet openen",
    "broken.png": "niet openen",
    "decompression_bomb.gif": "te groot",
    "pillars-1024x1024-truncated.jpg": "kapot",
    "truncated_end_chunk.png": "kapot",
}
WHAT = "Een vlag op het plein."
FOUR = MOST_PAGES_OF_A_PICTURE
JFIF = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@dataclass(frozen=True)
class Form:
    """A form that takes files: how to send one, and how many pictures come of it at most."""

    name: str
    send: Callable[[SimpleUploadedFile], HttpResponseBase]
    kept: Callable[[], list[bytes]]
    below_each_other: int = 1


def files(data: Path) -> Iterator[Outcome]:
    for form in (
        as_a_plan(),
        as_a_receipt(),
        as_another_receipt(),
        after_it_came_back(),
        with_a_story(),
        as_a_signature(),
    ):
        for folder in ("photos", "receipts", "broken"):
            yield through(form, data / folder)


def visitor(asked: int = 450) -> tuple[Client, Application]:
    """Samira's browser, with her plan that was granted."""
    funder, samira, fatima = make.funder(), make.person(), make.person()
    make.seat(fatima, funder, Seat.Role.OFFICER, mandate=10_000)
    grant = make.grant(make.application(make.scheme(funder), samira, asked=asked), by=fatima)
    browser = Visitor(HTTP_ACCEPT_LANGUAGE="nl")
    browser.force_login(make.user(samira))
    return browser, grant.application


def as_a_plan() -> Form:
    """A new draft for each: its sheets are what became of the file."""
    browser, granted = visitor()
    ask = reverse("grants:ask", args=[granted.scheme.slug])

    def send(upload: SimpleUploadedFile) -> HttpResponseBase:
        Sheet.objects.all().take_away()
        opened = browser.post(ask, {"asked": "450", "what": WHAT, "sheets": "1"})
        return browser.post(opened["Location"], {"sheets": upload})

    return Form("as a plan", send, lambda: [sheet.read() for sheet in Sheet.objects.all()])


def as_a_receipt() -> Form:
    browser, granted = visitor()
    purse = Plan.objects.get(applications=granted).purse
    assert purse is not None
    address = reverse("ledger:book_expense", args=[purse.pk])

    def send(upload: SimpleUploadedFile) -> HttpResponseBase:
        typed = {"amount": "12,50", "what": WHAT, "on": "", "key": str(uuid.uuid4())}
        return browser.post(address, typed | {"photo": upload})

    return Form("as a receipt", send, lambda: receipts_of(purse), FOUR)


def receipts_of(purse: Purse) -> list[bytes]:
    """The newest line's picture; the line goes again."""
    line = Expense.objects.filter(purse=purse).last()
    made = [bytes(line.photo.read())] if line and line.photo else []
    Expense.objects.filter(purse=purse).delete()
    return made


def as_another_receipt() -> Form:
    """In the place of the photo of a line that stands in the cash book."""
    browser, granted = visitor()
    purse = Plan.objects.get(applications=granted).purse
    assert purse is not None

    def send(upload: SimpleUploadedFile) -> HttpResponseBase:
        line = purse.expenses.create(cents=500, what="Aarde")
        address = reverse("ledger:change_expense", args=[purse.pk, line.pk])
        return browser.post(address, {"amount": "12,50", "what": WHAT, "on": str(line.on), "photo": upload})

    return Form("as another receipt", send, lambda: receipts_of(purse), FOUR)


def after_it_came_back() -> Form:
    """With a plan that was sent back to be completed."""
    browser, granted = visitor()
    fatima = granted.decisions.get().by
    returned = make.returned(make.application(granted.scheme, samira_of(granted), title=WHAT), by=fatima)
    application = returned.wait.application

    def send(upload: SimpleUploadedFile) -> HttpResponseBase:
        Sheet.objects.all().take_away()
        return browser.post(reverse("grants:sheets", args=[application.pk]), {"sheets": upload})

    return Form("when it came back", send, lambda: [sheet.read() for sheet in Sheet.objects.all()])


def with_a_story() -> Form:
    browser, granted = visitor(asked=2_000)
    address = reverse("grants:tell_story", args=[granted.pk])

    def send(upload: SimpleUploadedFile) -> HttpResponseBase:
        StoryPhoto.objects.all().delete()
        return browser.post(address, {"worked": "yes", "best": WHAT, "photo": upload})

    return Form("with a story", send, lambda: [bytes(each.picture.read()) for each in StoryPhoto.objects.all()], FOUR)


def as_a_signature() -> Form:
    """A new plan for each that a helper wrote down: the photo of its signature sends it."""
    _browser, granted = visitor()
    hanneke = make.person()
    make.helper(hanneke)
    browser = Visitor(HTTP_ACCEPT_LANGUAGE="nl")
    browser.force_login(hanneke.user)

    def send(upload: SimpleUploadedFile) -> HttpResponseBase:
        Confirmation.objects.all().delete()
        draft = make.draft(granted.scheme, make.person())
        make.consent(draft.plan, hanneke)
        typed = {"statement": WHAT, "seen": mark_of_the_whole(draft), "picture": upload}
        return browser.post(reverse("grants:confirm_on_paper", args=[draft.pk]), typed)

    return Form(
        "as a signature", send, lambda: [bytes(each.picture.read()) for each in Confirmation.objects.all()], FOUR
    )


def samira_of(application: Application) -> Person:
    return application.plan.first_contact


def through(form: Form, folder: Path) -> Outcome:
    """Every file of a folder through this form: kept as fresh pictures, or refused in plain words."""
    sent = sorted(path for path in folder.iterdir() if path.is_file())
    outcome = Outcome(f"{folder.name}/ {form.name}", len(sent), 0, 0)
    for path in sent:
        cache.clear()  # nobody sends so many in a minute
        answer = form.send(SimpleUploadedFile(path.name, path.read_bytes()))
        kept = form.kept()
        outcome.accepted += bool(kept)
        outcome.refused += not kept
        faults = faults_of_kept(form, path, kept) if kept else faults_of_refusal(path, answer)
        outcome.wrong += [f"{path.name}: {fault}" for fault in faults]
    return outcome


def faults_of_kept(form: Form, path: Path, kept: list[bytes]) -> Iterator[str]:
    if path.name in REFUSED:
        yield "was kept"
    for made in kept:
        image = Image.open(BytesIO(made))
        image.load()
        if image.format != "JPEG" or max(image.size) > LONGEST_SIDE * form.below_each_other:
            yield f"became {image.format} of {image.size}"
        if image.getexif() or set(image.info) - JFIF or not made.endswith(b"\xff\xd9"):
            yield "has metadata"
        upright = {"portrait": image.height > image.width, "landscape": image.width > image.height}
        if not upright.get(path.name.partition("_")[0], True):
            yield "lies on its side"


def faults_of_refusal(path: Path, answer: HttpResponseBase) -> Iterator[str]:
    page = html.unescape(getattr(answer, "text", ""))
    if answer.status_code != 200:
        yield f"{answer.status_code} instead of a sentence"
    if REFUSED.get(path.name, "was refused") not in page:
        yield f"is not told “{REFUSED.get(path.name, 'nothing: it was refused')}”"
    if WHAT not in page:
        yield "what was typed is gone"
