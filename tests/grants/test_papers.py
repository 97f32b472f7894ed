"""The plan is one A4 that everybody can read; what doesn't fit follows on an annex. Letters are paper too."""

import json
import os
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from grants.models import BudgetLine, Scheme
from grants.papers.letter import LetterOnPaper, letter_pdf
from grants.papers.pictures import PictureOnPaper
from grants.papers.plan import PlanOnPaper, filled, on_paper, plan_page, share
from tests import make
from web.lettering import MISSING, Style, clean, width, wrap
from web.models import Person

A4 = (595, 842)
SENTENCE = "Wij maken een bankje voor de deur, zodat oud en jong elkaar vaker ontmoeten. "
PLAN = PlanOnPaper(
    number="2026-12",
    title="Een bankje voor de Lindestraat",
    scheme="Straatpot",
    funder="Gemeente Waterveen",
    questions=(
        ("Wat gaat u doen?", SENTENCE * 4),
        ("Wie doen er mee?", "Alle buren van nummer 1 tot 19."),
        ("Waar en wanneer is het?", "In mei, voor de school."),
    ),
    lines=(("Hout en verf", 15_000), ("Koffie", 4_550)),
    asked=19_550,
    group="De Lindes, Mia Bakker",
    date=date(2026, 3, 5),
)
LETTER = LetterOnPaper(
    funder="Gemeente Waterveen",
    phone="0800 1234",
    address=("Mia Bakker", "1234 AB 12"),
    date=date(2026, 3, 5),
    reference="2026-12",
    subject="U krijgt € 195,50 voor uw plan",
    text="Beste Mia Bakker,\n\nU krijgt het geld voor uw bankje.\nVeel plezier ermee.\n\nGroet,\nFatima",
    acts_for="burgemeester en wethouders van Waterveen",
)


def of_words(number: int) -> PlanOnPaper:
    """A plan of so many words, over seven questions."""
    words = (SENTENCE * (number // 10)).split()
    each = number // 7
    return replace(PLAN, questions=tuple((f"Vraag {which}?", " ".join(words[:each])) for which in range(7)))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def words_on(pdf: bytes, page: int = 0) -> str:
    return " ".join(read(pdf).pages[page].extract_text().split())


def sizes_on(pdf: bytes) -> set[float]:
    sizes: set[float] = set()

    def look(text: str, _cm: Any, matrix: list[float], _font: Any, size: float) -> None:
        if text.strip():
            sizes.add(round(size * matrix[0], 1))

    for page in read(pdf).pages:
        page.extract_text(visitor_text=look)
    return sizes


def fonts_of(pdf: bytes) -> list[DictionaryObject]:
    pages = read(pdf).pages
    return [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]  # pypdf's dictionaries


def test_a_plan_is_one_a4_with_everything_on_it() -> None:
    pdf = plan_page(PLAN)
    assert [tuple(map(int, page.mediabox[2:])) for page in read(pdf).pages] == [(595, 841)]
    text = words_on(pdf)
    for part in ("2026-12", PLAN.title, "Straatpot", "Mia Bakker", "5 maart 2026", "Wij vragen € 195,50"):
        assert part in text
    for part in (
        *(said.strip() for _asked, said in PLAN.questions),
        "Hout en verf",
        "€ 150",
        "€ 45,50",
        "Samen € 195,50",
    ):
        assert part in text
    assert "Meer uitleg" not in text


def test_an_application_goes_on_paper_as_it_was_written(scheme: Scheme, resident: Person) -> None:
    draft = make.draft(scheme, resident, title="Geveltuinen")
    make.line(draft.plan, "Buurthuis", 60, BudgetLine.Kind.PAID_BY_OTHERS)
    on_its_paper = on_paper(draft)
    assert on_its_paper.title == "Geveltuinen"
    assert on_its_paper.group == "Samira Lindeboom"
    assert on_its_paper.lines == (("Tegels", 10_000),)
    assert on_its_paper.paid_by_others == (("Buurthuis", 6_000),)
    assert on_its_paper.asked == 45_000
    text = words_on(plan_page(on_its_paper))
    assert "We planten geveltuinen met de hele straat." in text
    assert all(contact not in text for contact in ("samira@", "06 00000001", "1234 AB"))


def test_the_a4_of_an_english_reader_is_english() -> None:
    text = words_on(plan_page(replace(PLAN, language="en", paid_by_others=(("Church", 5_000),))))
    assert "We ask for € 195,50" in text
    assert "5 March 2026" in text
    assert "Somebody else pays: Church − € 50" in text
    assert "Together € 145,50" in text


@pytest.mark.parametrize("words", [0, 50, 300, 430, 460, 500, 5_000])
def test_no_letter_is_smaller_than_ten_points(words: int) -> None:
    assert min(sizes_on(plan_page(of_words(words)))) >= 10
    assert min(sizes_on(letter_pdf(replace(LETTER, text=SENTENCE * (words // 10))))) >= 10


def test_a_short_plan_gets_larger_letters() -> None:
    assert 12 in sizes_on(plan_page(PLAN))
    assert 12 not in sizes_on(plan_page(of_words(430)))


def test_five_thousand_words_fill_the_a4_and_go_on_on_the_annex() -> None:
    plan = of_words(5_000)
    pdf = plan_page(plan)
    first, annex = words_on(pdf), words_on(pdf, 1)
    assert first.count("Lees verder op het blad ‘Meer uitleg’") == 7
    assert all(asked in first for asked, _said in plan.questions)
    assert "Samen € 195,50" in first
    assert annex.startswith(f"Meer uitleg Bij het plan “{PLAN.title}” Vraag 0?")
    lines = len(read(pdf).pages[0].extract_text().strip().splitlines())
    assert lines > 45  # the first page is used to the end


def test_no_word_is_lost_between_the_a4_and_its_annex() -> None:
    said = " ".join(f"w{number}" for number in range(3_000))
    pdf = plan_page(replace(PLAN, questions=(("Wat gaat u doen?", said),)))
    text = " ".join(page.extract_text() for page in read(pdf).pages)
    assert re.findall(r"\bw\d+\b", text) == said.split()


def test_many_costs_are_taken_together_on_the_a4_and_listed_on_the_annex() -> None:
    lines = tuple((f"Post {number}", 1_001) for number in range(80))
    pdf = plan_page(replace(PLAN, lines=lines, asked=80_080))
    assert "En nog 69 regels, op het blad ‘Meer uitleg’ € 690,69" in words_on(pdf)
    assert "Samen € 800,80" in words_on(pdf)
    assert "Post 79 € 10,01" in words_on(pdf, 2)


@pytest.mark.parametrize(("words", "least", "most"), [(0, 0.4, 0.6), (150, 0.5, 0.8), (5_000, 5, 8)])
def test_how_full_the_a4_is_comes_from_laying_it_out(words: int, least: float, most: float) -> None:
    assert least < filled(of_words(words)) < most


@settings(max_examples=25, deadline=None)
@given(st.integers(380, 560))
def test_full_means_exactly_that_an_annex_follows(words: int) -> None:
    plan = of_words(words)
    assert (len(read(plan_page(plan)).pages) > 1) == (filled(plan) > 1)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None, categories=None)), st.text(max_size=80), st.integers(0, 10**11))
def test_any_text_can_be_put_on_paper(said: str, title: str, cents: int) -> None:
    plan = replace(PLAN, title=title, group=title, questions=((title, said),), lines=((said, cents),), asked=cents)
    assert len(read(plan_page(plan)).pages) > 0
    assert letter_pdf(replace(LETTER, text=said, subject=title, address=(said,), funder=title)).startswith(b"%PDF")


def test_naughty_strings_can_be_put_on_paper() -> None:
    folder = Path(os.environ.get("BUURTKAS_REAL_DATA", "../shared/data")) / "text" / "blns.json"
    if not folder.exists():
        pytest.skip("the list of naughty strings is not here (BUURTKAS_REAL_DATA)")
    naughty = json.loads(folder.read_text())
    assert "Meer uitleg" in words_on(plan_page(replace(PLAN, questions=(("Wat?", "\n".join(naughty)),))), 1)
    for each in naughty:
        assert read(plan_page(replace(PLAN, title=each))).pages


def test_a_letter_our_fonts_lack_is_seen_as_a_box_and_invisible_signs_are_gone() -> None:
    assert clean("ńśżąęț é 漢\u202eab\u200bc\x00\ud800") == f"ńśżąęț é {MISSING}abc{MISSING}"
    assert clean("e\u0301") == "é"
    assert clean("a\tb\r\nc\rd") == "a   b\nc\nd"


def test_a_word_of_ten_thousand_letters_is_broken_over_lines() -> None:
    lines = wrap("a" * 10_000, Style(), 400)
    assert "".join(lines) == "a" * 10_000
    assert all(width(line, Style()) <= 400 for line in lines)


@given(st.text(alphabet="ab éW\n", max_size=300))
def test_lines_hold_the_same_words_and_never_more_than_the_room(text: str) -> None:
    lines = wrap(text, Style(size=12), 60)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(width(line, Style(size=12)) <= 60 for line in lines)


@pytest.mark.parametrize(
    ("wanted", "room", "got"),
    [([2, 9, 9], 12, [2, 5, 5]), ([2, 2], 99, [2, 2]), ([5, 5], 3, [2, 1]), ([], 5, []), ([4], -2, [0])],
)
def test_short_answers_stay_whole_and_long_ones_share(wanted: list[int], room: int, got: list[int]) -> None:
    assert share(wanted, room) == got


@pytest.mark.parametrize("pdf", [plan_page(PLAN), plan_page(of_words(5_000)), letter_pdf(LETTER)])
def test_the_paper_can_be_read_aloud_in_order(pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    assert [finding.message for finding in validate(str(path)).findings] == []
    root: Any = read(pdf).trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    kinds = [part.get_object()["/S"] for part in root["/StructTreeRoot"]["/K"]["/K"]]
    assert "/H1" in kinds
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_our_own_fonts_are_inside() -> None:
    for pdf in (plan_page(of_words(600)), letter_pdf(LETTER)):
        fonts = fonts_of(pdf)
        assert {str(font["/BaseFont"]).split("+")[-1] for font in fonts} <= {"DejaVuSans", "DejaVuSans-Bold"}
        assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)  # type: ignore[operator]  # pypdf's dictionaries


def test_a_letter_says_who_writes_to_whom_about_what_and_in_whose_name() -> None:
    pdf = letter_pdf(LETTER)
    text = words_on(pdf)
    assert len(read(pdf).pages) == 1
    for part in ("Gemeente Waterveen", "Mia Bakker 1234 AB 12", "5 maart 2026 · Ons nummer: 2026-12", LETTER.subject):
        assert part in text
    for part in ("Veel plezier ermee.", "Namens burgemeester en wethouders van Waterveen,", "Vragen? Bel 0800 1234"):
        assert part in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_foot_of_a_fund_with_a_long_name_still_has_its_phone(language: str) -> None:
    name = "Stichting Samenwerkende Buurtfondsen van Waterveen en Omstreken"
    foot = words_on(letter_pdf(replace(LETTER, funder=name, phone="0900 000 01 00", language=language)))
    asked = {"nl": "Vragen? Bel", "en": "Questions? Call"}[language]
    assert f"… · {asked} 0900 000 01 00" in foot


@pytest.mark.parametrize("words", range(14))
def test_a_phone_number_stands_on_one_line(words: int) -> None:
    paper = read(letter_pdf(replace(LETTER, text=f"{'tafel ' * words}Bel 0900 000 01 00.")))
    assert any("0900 000 01 00." in line.replace("\xa0", " ") for line in paper.pages[0].extract_text().splitlines())


def test_lines_with_a_dash_are_a_list_on_paper(tmp_path: Path) -> None:
    pdf = letter_pdf(replace(LETTER, text="Het past niet bij:\n- Steun van buren\n- " + SENTENCE * 3 + "\nBel ons."))
    (tmp_path / "list.pdf").write_bytes(pdf)
    assert "Het past niet bij: • Steun van buren • Wij maken" in words_on(pdf)
    assert not validate(str(tmp_path / "list.pdf")).findings
    kinds = [part.get_object()["/S"] for part in read(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"]["/K"]]  # type: ignore[index]  # pypdf's dictionaries
    assert kinds[-4:] == ["/P", "/L", "/P", "/P"]


def test_a_fund_without_a_board_above_it_writes_in_its_own_name() -> None:
    words = words_on(letter_pdf(replace(LETTER, acts_for="", language="en", phone="")))
    assert "On behalf" not in words
    assert "Kind regards, Gemeente Waterveen" in words


def test_who_wrote_it_down_stands_below_the_amount_not_under_it() -> None:
    by = "Opgeschreven door Hanneke Hulst (betaald door de gemeente Waterveen)"
    heights: dict[str, float] = {}

    def note(text: str, _matrix: Any, place: Any, *_font: Any) -> None:
        heights[text.strip()] = float(place[5])

    read(plan_page(replace(PLAN, written_by=by))).pages[0].extract_text(visitor_text=note)
    assert heights["De Lindes, Mia Bakker · 5 maart 2026"] == pytest.approx(heights["Wij vragen € 195,50"], abs=2)
    assert heights[by] < heights["Wij vragen € 195,50"] - 10


def lines_of(pages: PdfReader) -> list[list[str]]:
    """What is written on each page, without its foot."""
    return [[line.strip() for line in page.extract_text().splitlines()][:-2] for page in pages.pages]


@pytest.mark.parametrize(
    ("before", "after"), [*((each, 14) for each in range(15, 26)), *((each, 0) for each in range(45, 58))]
)
def test_nothing_short_is_torn_at_the_foot_of_a_page(before: int, after: int) -> None:
    """A line with a colon stays with its list, a question with its answer, and the name with the last words."""
    line = "\n\nEen regel."
    torn = "Dit kost het:\n\n- Tegels: € 100\n- Planten: € 50\n\nWat gaat u doen?\nWij maken een bankje."
    text = f"Dag,{line * before}\n\n{torn}{line * after}\n\nBel ons."
    *pages, last = lines_of(read(letter_pdf(replace(LETTER, text=text))))
    assert pages, "more than one"
    assert not [page[-1] for page in pages if page[-1].endswith((":", "?"))]
    assert "Bel ons." in last
    assert last[-1] == "Gemeente Waterveen"


def test_a_letter_that_nearly_fits_gets_smaller_letters_and_a_long_one_more_pages() -> None:
    sizes = [len(read(letter_pdf(replace(LETTER, text=(SENTENCE * 3 + "\n\n") * number))).pages) for number in (9, 60)]
    assert sizes[0] == 1
    assert sizes[1] > 2


def a_picture(width: int = 800, height: int = 600, *, is_document: bool = False) -> PictureOnPaper:
    return PictureOnPaper(width, height, is_document, lambda: make.drawing((width, height)))


def pictures_on(pdf: bytes, page: int) -> int:
    return len(read(pdf).pages[page].images)


def figures_in(pdf: bytes) -> list[Any]:
    parts = [part.get_object() for part in read(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"]["/K"]]  # type: ignore[index]  # pypdf's dictionaries
    return [part for part in parts if part["/S"] == "/Figure"]


def test_a_photo_stands_on_the_a4_beside_the_text(tmp_path: Path) -> None:
    pdf = plan_page(replace(PLAN, pictures=(a_picture(),)))
    assert (len(read(pdf).pages), pictures_on(pdf, 0)) == (1, 1)
    (figure,) = figures_in(pdf)
    assert figure["/Alt"] == f"Foto of tekening 1 van 1 bij het plan “{PLAN.title}”"
    left, bottom, right, top = figure["/A"]["/BBox"]
    assert (right - left) / (top - bottom) == pytest.approx(800 / 600, abs=0.01)
    assert bottom >= 66
    assert top - bottom >= 150
    (tmp_path / "photo.pdf").write_bytes(pdf)
    assert [finding.message for finding in validate(str(tmp_path / "photo.pdf")).findings] == []


def test_a_photo_beside_a_long_text_gets_a_page_of_its_own() -> None:
    pdf = plan_page(replace(of_words(430), pictures=(a_picture(),)))
    assert [pictures_on(pdf, page) for page in range(2)] == [0, 1]
    assert words_on(pdf, 1).startswith("Foto of tekening 1 van 1 bij het plan")
    assert words_on(pdf) == words_on(plan_page(of_words(430)))


def test_a_page_of_a_document_is_never_shrunk_until_nobody_can_read_it() -> None:
    page = a_picture(1_414, 2_000, is_document=True)
    assert [pictures_on(plan_page(replace(PLAN, pictures=(page,))), number) for number in range(2)] == [0, 1]
    bare = replace(PLAN, questions=(), lines=())
    assert len(read(plan_page(replace(bare, pictures=(page,)))).pages) == 1
    three = plan_page(replace(bare, pictures=(page,) * 3, language="en"))
    assert [pictures_on(three, number) for number in range(3)] == [1, 1, 1]
    assert words_on(three, 2).startswith("Page 3 of 3 with the plan")
    assert len(figures_in(three)) == 3


@settings(max_examples=25, deadline=None)
@given(st.integers(150, 460), st.integers(0, 3), st.integers(1, 3_000), st.integers(1, 3_000), st.booleans())
def test_full_means_an_annex_with_pictures_too(words: int, many: int, wide: int, high: int, document: bool) -> None:
    one = PictureOnPaper(wide, high, document, lambda: make.drawing((9, 9)))
    plan = replace(of_words(words), pictures=(one,) * many)
    assert (len(read(plan_page(plan)).pages) > 1) == (filled(plan) > 1)
