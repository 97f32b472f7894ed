"""A logo is made ready for paper, or refused with what to do instead. Nothing hostile is kept."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from tests.hostile import HOSTILE, NEEDLES, pdf, png_of_zeros, with_html
from web.logos import HIGHEST, SHARP, WIDEST, safe_logo, within

GREEN = (35, 101, 74)


def drawn(size: tuple[int, int] = (400, 100), *, mode: str = "RGB", edge: int = 0, colour: Any = GREEN) -> bytes:
    """A green block, with so much nothing around it: white, or see-through where the mode can."""
    paper = (255, 255, 255, 0)[: len(mode)]
    image = Image.new(mode, (size[0] + 2 * edge, size[1] + 2 * edge), paper)
    block = (edge, edge, edge + size[0] - 1, edge + size[1] - 1)
    ImageDraw.Draw(image).rectangle(block, fill=(*colour, 255)[: len(mode)])
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def made(content: bytes, name: str = "logo.png") -> Image.Image:
    image = Image.open(BytesIO(safe_logo(ContentFile(content, name=name)).read()))
    image.load()
    return image


def near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(seen - meant) < 12 for seen, meant in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_of_what_was_sent_only_the_light_is_kept(kind: str) -> None:
    sent = with_html(kind, (300, 90))
    kept = safe_logo(ContentFile(sent, name="../../logo.png"))
    content = kept.read()
    assert b"script" in sent
    assert [needle for needle in NEEDLES if needle in content] == []
    assert not Image.open(BytesIO(content)).getexif()
    assert str(kept.name).endswith(".jpg")
    assert "logo" not in str(kept.name)


def test_what_is_see_through_becomes_paper() -> None:
    """A ring on nothing: its inside is white, not black."""
    image = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 299, 119), outline=(*GREEN, 255), width=20)
    written = BytesIO()
    image.save(written, "PNG")
    kept = made(written.getvalue())
    assert kept.mode == "RGB"
    assert near(kept.getpixel((kept.width // 2, kept.height // 2)), (255, 255, 255))
    assert near(kept.getpixel((4, 4)), GREEN)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_the_empty_edge_around_it_is_cut_off(mode: str) -> None:
    assert made(drawn((400, 100), mode=mode, edge=150)).size == (400, 100)


def test_half_see_through_colours_get_lighter_not_darker() -> None:
    image = Image.new("RGBA", (300, 120), (*GREEN, 128))
    written = BytesIO()
    image.save(written, "PNG")
    assert near(made(written.getvalue()).getpixel((50, 50)), (145, 178, 164))


@pytest.mark.parametrize(
    ("size", "pixels", "points"),
    [
        ((3_000, 600), (640, 128), (160, 32)),
        ((1_900, 200), (640, 67), (160, 17)),
        ((300, 1_800), (32, 192), (8, 48)),
        ((900, 900), (192, 192), (48, 48)),
        ((120, 40), (120, 40), (120, 40)),
    ],
)
def test_wide_and_tall_logos_fit_the_same_room(
    size: tuple[int, int], pixels: tuple[int, int], points: tuple[int, int]
) -> None:
    kept = made(drawn(size))
    assert kept.size == pixels
    wide, high = within(*kept.size)
    assert (round(wide), round(high)) == points
    assert max(wide / WIDEST, high / HIGHEST) <= 1
    assert kept.width <= WIDEST * SHARP


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "one pixel": (lambda: drawn((1, 1)), "too small"),
    "smaller than its edge": (lambda: drawn((60, 30), edge=200), "too small"),
    "a thread": (lambda: drawn((2_000, 60)), "long and thin"),
    "a pole": (lambda: drawn((30, 2_000)), "long and thin"),
    "white on nothing": (lambda: drawn(mode="RGBA", edge=20, colour=(255, 255, 255)), "white or empty"),
    "nothing at all": (lambda: drawn((1, 1), mode="RGBA", edge=90, colour=(255, 255, 255)), "white or empty"),
    "an svg": (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'></svg>".strip, "SVG or EPS"),
    "an eps": (b"%!PS-Adobe-3.0 EPSF-3.0".strip, "SVG or EPS"),
    "a pdf": (pdf, "This is a PDF"),
    "200 million pixels": (lambda: png_of_zeros(20_000, 10_000, 200), "too large to open"),
    "16 MB": (lambda: drawn() + bytes(16_000_000), "larger than 15 MB"),
    "no picture behind its first letters": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(600), "PNG or JPEG|damaged"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_use_on_paper_is_refused_with_what_to_do(kind: str) -> None:
    content, sentence = REFUSED[kind]
    with pytest.raises(ValidationError, match=sentence) as refusal:
        made(content())
    assert str(refusal.value.messages[0]).endswith(".")


@pytest.mark.wide
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_hostile_file_is_a_logo(kind: str) -> None:
    """All are too small to print, or refused before that; with a sentence, and nothing else."""
    with pytest.raises(ValidationError) as refusal:
        made(HOSTILE[kind][0]())
    assert all(sentence.endswith(".") for sentence in refusal.value.messages)
