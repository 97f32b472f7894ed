"""The poster and the questionnaire: one A4 each, and the poster's code leads to the plan's own page."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate
from PIL import Image
from pypdf import PdfReader

from grants.models import SupportPage
from grants.papers import poster, questionnaire
from web.models import Person

ADDRESS = "https://buurtkas.example.nl/steun/ACEF-HJKQ-RWXY-3479/"
CHOICES = ("Ik doe mee", "Goed plan", "Ik heb een zorg")
POSTER = poster.PosterOnPaper("Geveltuinen", "Wij planten samen.", "In mei, Lindestraat.", ADDRESS, CHOICES)
SHEET = questionnaire.QuestionnaireOnPaper("Geveltuinen", "Wij planten.", "Gemeente Waterveen", "0900 0000", CHOICES)
LONG = "Wij planten geveltuinen met de hele straat. " * 200


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def words_on(pdf: bytes) -> str:
    return " ".join(read(pdf).pages[0].extract_text().split())


def seen(pdf: bytes, folder: Path) -> Image.Image:
    """The first page as a printer makes it, 144 dots to the inch, in black and white."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("There is no pdftoppm. Install it: sudo apt install poppler-utils")
    (folder / "paper.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "144", "-gray", "-singlefile", "paper.pdf", "paper"], cwd=folder, check=True)
    with Image.open(folder / "paper.pgm") as picture:
        return picture.convert("1")


def figure_in(pdf: bytes) -> dict[str, Any]:
    """The one picture of the structure tree."""
    root: Any = read(pdf).trailer["/Root"]
    parts = [part.get_object() for part in root["/StructTreeRoot"]["/K"]["/K"]]
    figures = [part for part in parts if part["/S"] == "/Figure"]
    assert len(figures) == 1
    return dict(figures[0])


def code_on(pdf: bytes, folder: Path) -> list[list[int]]:
    """The squares of the code, read back from the picture: 1 where the middle of a square is dark."""
    picture, figure = seen(pdf, folder), figure_in(pdf)
    left, bottom, right, top = (float(edge) * 2 for edge in figure["/A"]["/BBox"])
    number = len(segno.make(ADDRESS, error="m", micro=False).matrix)
    side = (right - left) / number
    assert top - bottom == pytest.approx(right - left)

    def dark(row: int, column: int) -> int:
        across, down = left + (column + 0.5) * side, picture.height - top + (row + 0.5) * side
        return int(picture.getpixel((int(across), int(down))) == 0)

    return [[dark(row, column) for column in range(number)] for row in range(number)]


def squares(address: str) -> list[list[int]]:
    return [list(row) for row in segno.make(address, error="m", micro=False).matrix]


def test_the_code_on_the_poster_leads_to_the_page(tmp_path: Path) -> None:
    read_back = code_on(poster.poster_pdf(POSTER), tmp_path)
    assert read_back == squares(ADDRESS)
    assert read_back != squares(ADDRESS.replace("3479", "3477"))


def test_the_poster_is_of_the_plan_and_names_nobody(support_page: SupportPage) -> None:
    made = poster.on_paper(support_page)
    assert made.address == f"http://testserver{support_page.get_absolute_url()}"
    text = words_on(poster.poster_pdf(made))
    for said in ("Geveltuinen", "In de Lindestraat, in mei.", "Ik doe mee", "Ik heb een zorg", support_page.address):
        assert said in text
    assert all(secret not in text for secret in ("Samira", "06 0000", "samira@"))


def test_who_cannot_see_the_code_hears_where_it_leads() -> None:
    assert figure_in(poster.poster_pdf(POSTER))["/Alt"] == f"Code voor uw telefoon. Hij gaat naar {ADDRESS}"


def test_the_questionnaire_asks_what_the_page_asks_and_says_first_who_keeps_it(support_page: SupportPage) -> None:
    text = words_on(questionnaire.questionnaire_pdf(questionnaire.on_paper(support_page)))
    for said in (
        "Wat is er nu al",
        "☐ Ik doe mee",
        "☐ Goed plan",
        "☐ Ik heb een zorg",
        "Wat wilt u daaraan bijdragen?",
    ):
        assert said in text
    assert text.index("Gemeente Waterveen zorgt") < text.index("Zes weken na het besluit") < text.index("Uw voornaam")
    assert "Bel 0900 0000" in text


def test_papers_are_in_the_language_of_the_first_contact(support_page: SupportPage, resident: Person) -> None:
    Person.objects.filter(pk=resident.pk).update(language="en")
    page = SupportPage.objects.get()
    assert "What do you think of it?" in words_on(poster.poster_pdf(poster.on_paper(page)))
    assert "☐ I have a worry" in words_on(questionnaire.questionnaire_pdf(questionnaire.on_paper(page)))


@pytest.mark.parametrize("title", ["Tuin", "Geveltuinen in de hele straat " * 4, "W" * 120])
def test_both_stay_on_one_a4_however_long_the_plan_is(title: str, tmp_path: Path) -> None:
    long_poster = poster.poster_pdf(replace(POSTER, title=title, what=LONG, where_when=LONG))
    sheet = replace(SHEET, title=title, what=LONG, funder="Stichting " * 20)
    assert len(read(long_poster).pages) == 1
    assert len(read(questionnaire.questionnaire_pdf(sheet)).pages) == 1
    assert code_on(long_poster, tmp_path) == squares(ADDRESS), "no letter stands on the code"
    assert words_on(long_poster).count("…") >= 2


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=120), st.text(max_size=900))
def test_any_text_can_be_put_on_both(title: str, text: str) -> None:
    assert len(read(poster.poster_pdf(replace(POSTER, title=title, what=text, where_when=text))).pages) == 1
    assert len(read(questionnaire.questionnaire_pdf(replace(SHEET, title=title, what=text))).pages) == 1


@pytest.mark.parametrize("pdf", [poster.poster_pdf(POSTER), questionnaire.questionnaire_pdf(SHEET)])
def test_both_can_be_read_aloud_in_order(pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    assert [finding.message for finding in validate(str(path)).findings] == []
