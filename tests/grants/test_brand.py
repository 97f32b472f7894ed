"""The logo of a fund: put above its letters by its fund admin, and taken away again."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pdfua import validate
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from grants.ask.actions import submit
from grants.brand import actions
from grants.brand.letters import example
from grants.models import Letter, Scheme
from grants.papers.letter import letter_pdf
from grants.papers.post import on_paper
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.letter_town import Town
from tests.grants.test_letters import town as town  # noqa: PLC0414  # the fixture
from tests.grants.test_letters_on_paper import LONGER, every_kind, paper_about, words_on
from tests.web.test_logos import drawn
from web.logos import safe_logo
from web.models import Deed, Funder, Person

PAGE = "/fonds/waterveen/"
WIDE, TALL = (3_000, 500), (300, 1_500)


def file_of(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def logo_of(size: tuple[int, int] = WIDE) -> ContentFile[Any]:
    return safe_logo(ContentFile(drawn(size), name="logo.png"))


def pictures_on(paper: PdfReader) -> list[tuple[int, int]]:
    """Pixels of each picture that is drawn on it."""
    return [each.image.size for page in paper.pages for each in page.images if each.image]


def figures(paper: PdfReader) -> list[Any]:
    root: Any = paper.trailer["/Root"]
    parts = [part.get_object() for part in root["/StructTreeRoot"]["/K"].get_object()["/K"]]
    return [part for part in parts if part["/S"] == "/Figure"]


@pytest.fixture
def yusuf(as_: SignedIn, fund_admin: Person) -> Visitor:
    return as_(fund_admin)


# The page


def test_a_fund_admin_puts_a_logo_above_the_letters(yusuf: Visitor, funder: Funder, fund_admin: Person) -> None:
    assert reverse("grants:fund", args=[funder.slug]) in yusuf.get(reverse("grants:set_up")).text
    assert "There is no logo yet." in yusuf.get(PAGE).text
    assert yusuf.post(PAGE, {"logo": file_of(drawn(WIDE))}).status_code == 302
    funder.refresh_from_db()
    assert funder.logo_size == (640, 107)
    assert str(funder.logo).startswith("logos/")
    shown = yusuf.get(PAGE).text
    assert f'src="{PAGE}logo.jpg" alt="Logo of Gemeente Waterveen" width="160" height="27"' in shown
    assert "Yusuf Ypsilon put this logo here on" in shown
    assert yusuf.get(f"{PAGE}logo.jpg").content == funder.read_logo()
    assert pictures_on(PdfReader(BytesIO(yusuf.get(f"{PAGE}voorbeeld.pdf").content))) == [(640, 107)]
    deed = Deed.objects.get(verb="show_logo")
    assert (deed.by, deed.funder) == (fund_admin, funder)
    assert "Logo above the letters changed" in yusuf.get(reverse("powers")).text


def test_a_logo_is_seen_in_a_letter_before_it_is_kept(yusuf: Visitor, funder: Funder) -> None:
    paper = yusuf.post(PAGE, {"logo": file_of(drawn(TALL)), "show": "pdf"})
    assert paper["Content-Type"] == "application/pdf"
    assert pictures_on(PdfReader(BytesIO(paper.content))) == [(38, 192)]
    funder.refresh_from_db()
    assert not funder.logo
    assert not Deed.objects.filter(verb="show_logo").exists()


@pytest.mark.parametrize("show", [{}, {"show": "pdf"}])
def test_what_is_no_logo_is_refused_at_the_field(yusuf: Visitor, funder: Funder, show: dict[str, str]) -> None:
    svg = file_of(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "logo.svg")
    for sent, sentence in (
        ({"logo": svg}, "Save it as PNG"),
        ({"csrfmiddlewaretoken": "x"}, "Choose the file with your logo."),
    ):
        answer = yusuf.post(PAGE, sent | show)
        assert answer.status_code == 200
        assert sentence in answer.text
    funder.refresh_from_db()
    assert not funder.logo


def test_nobody_sends_logos_on_and_on(yusuf: Visitor, funder: Funder, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"send_files": "1/m/ip"}
    assert yusuf.post(PAGE, {"logo": file_of(drawn(WIDE))}).status_code == 302
    assert "Many files are sent from here right now." in yusuf.post(PAGE, {"logo": file_of(drawn(TALL))}).text
    funder.refresh_from_db()
    assert funder.logo_size == (640, 107)


def test_a_logo_that_could_not_be_noted_leaves_no_file(
    yusuf: Visitor, funder: Funder, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path

    def refuse(*_what: object) -> None:
        raise ValidationError("Niet nu.")

    monkeypatch.setattr(actions, "record", refuse)
    assert "Niet nu." in yusuf.post(PAGE, {"logo": file_of(drawn(WIDE))}).text
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


@pytest.mark.django_db(transaction=True)
def test_a_replaced_logo_and_one_that_is_taken_away_leave_no_file(funder: Funder, fund_admin: Person) -> None:
    first = actions.show_logo(funder, logo=logo_of(), by=fund_admin).logo
    second = actions.show_logo(funder, logo=logo_of(TALL), by=fund_admin).logo
    assert [Path(first.path).exists(), Path(second.path).exists()] == [False, True]
    funder.refresh_from_db()
    actions.take_logo_away(funder, by=fund_admin)
    assert not Path(second.path).exists()
    funder.refresh_from_db()
    assert (str(funder.logo), funder.logo_width, funder.read_logo()) == ("", None, b"")


def test_a_logo_is_taken_away_once(yusuf: Visitor, funder: Funder, fund_admin: Person) -> None:
    actions.show_logo(funder, logo=logo_of(), by=fund_admin)
    away = reverse("grants:take_logo_away", args=[funder.slug])
    assert "mark of Buurtkas again" in yusuf.post(away, follow=True).text
    assert "There is no logo any more." in yusuf.post(away, follow=True).text
    assert yusuf.get(f"{PAGE}logo.jpg").status_code == 404
    assert Deed.objects.filter(verb="take_logo_away").count() == 1


def test_only_the_fund_admin_of_a_fund_may(
    officer: Person, fund_admin: Person, other_funder: Funder, funder: Funder
) -> None:
    for by, of in ((officer, funder), (fund_admin, other_funder)):
        with pytest.raises(PermissionDenied):
            actions.show_logo(of, logo=logo_of(), by=by)
        with pytest.raises(PermissionDenied):
            actions.take_logo_away(of, by=by)


def test_the_page_asks_as_much_with_a_logo(
    yusuf: Visitor, funder: Funder, fund_admin: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actions.show_logo(funder, logo=logo_of(), by=fund_admin)
    yusuf.get(PAGE)
    with django_assert_num_queries(6):  # the door 3, the fund, may they, the deed
        yusuf.get(PAGE)


# On paper


@pytest.mark.wide
@pytest.mark.alike
@every_kind
def test_every_letter_has_the_logo_on_as_many_pages(event: str, town: Town, tmp_path: Path) -> None:
    """A wide one with the Dutch letters, a tall one with the English."""
    town.funder.logo.save("logo.jpg", logo_of({"nl": WIDE, "en": TALL}[town.language]))
    town.funder.refresh_from_db()
    paper = paper_about(event, town)
    assert paper
    assert len(paper.pages) <= LONGER.get(event.split(":", maxsplit=1)[0], 1)
    assert pictures_on(paper) == [town.funder.logo_size]
    alt = {"nl": "Logo van Gemeente Waterveen", "en": "Logo of Gemeente Waterveen"}[town.language]
    assert [figure["/Alt"] for figure in figures(paper)] == [alt]
    left, bottom, right, top = (float(edge) for edge in figures(paper)[0]["/A"]["/BBox"])
    assert right - left <= 160.1
    assert top - bottom <= 48.1
    assert words_on(paper).startswith("Gemeente Waterveen Samira Lindeboom 1234 AB 7")
    (tmp_path / "letter.pdf").write_bytes(bytes(Letter.objects.latest("pk").pdf))
    assert [finding.message for finding in validate(str(tmp_path / "letter.pdf")).findings] == []


@pytest.fixture
def letter(scheme: Scheme, resident: Person) -> Letter:
    """The receipt."""
    submit(make.draft(scheme, resident), by=resident)
    return Letter.objects.select_related("application__scheme__funder").get()


def test_what_was_sent_keeps_the_logo_it_had(letter: Letter, fund_admin: Person) -> None:
    before = bytes(letter.pdf)
    funder = actions.show_logo(letter.funder, logo=logo_of(), by=fund_admin)
    kees = make.person("Kees Kastanje")
    submit(make.draft(Scheme.objects.get(), kees), by=kees)
    actions.take_logo_away(funder, by=fund_admin)
    assert [bytes(each.pdf) == before for each in Letter.objects.order_by("pk")] == [True, False]
    first, second = (PdfReader(BytesIO(bytes(each.pdf))) for each in Letter.objects.order_by("pk"))
    assert (pictures_on(first), pictures_on(second)) == ([], [(640, 107)])


def test_a_letter_leaves_without_a_logo_whose_file_is_lost(
    letter: Letter, fund_admin: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """A backup that was put back without its uploads stops no decision."""
    funder = actions.show_logo(letter.funder, logo=logo_of(), by=fund_admin)
    funder.logo.storage.delete(str(funder.logo))
    assert on_paper(Letter.objects.get()).logo == b""
    assert "waterveen" in caplog.text


@pytest.mark.parametrize("left", [lambda whole: whole[:300], lambda _whole: b"", lambda _whole: b"GIF89a"])
def test_a_letter_leaves_without_a_logo_that_was_damaged(
    letter: Letter, fund_admin: Person, left: Callable[[bytes], bytes]
) -> None:
    funder = actions.show_logo(letter.funder, logo=logo_of(), by=fund_admin)
    kept = Path(funder.logo.path)
    kept.write_bytes(left(kept.read_bytes()))
    made = on_paper(Letter.objects.get())
    assert made.logo == b""
    assert made.funder in words_on(PdfReader(BytesIO(letter_pdf(made))))


def test_a_long_name_stands_whole_beside_the_logo(funder: Funder, fund_admin: Person) -> None:
    name = "Stichting Samenwerkende Buurtfondsen en Dorpsraden van Waterveen, Oeverland en de Zeven Polders"
    Funder.objects.filter(pk=funder.pk).update(name=name)
    made = actions.show_logo(funder, logo=logo_of(), by=fund_admin)
    bare = actions.take_logo_away(made, by=fund_admin)
    for each in (made, bare):
        assert name in words_on(PdfReader(BytesIO(letter_pdf(example(each, language="nl")))))
