"""Pictures are made anew, or refused with a sentence. Nothing hostile is kept."""

import struct
import threading
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from web.pictures import _as_jpeg, hand_out, safe_picture
from web.uploads import PictureField

SCRIPT = "<script>alert('boe')</script>"
RED, BLUE = (220, 20, 20), (20, 20, 220)


def picture(format_: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    """Left half red, right half blue."""
    image = Image.new(mode, size, RED if mode == "RGB" else 0)
    if mode == "RGB":
        ImageDraw.Draw(image).rectangle((size[0] // 2, 0, size[0], size[1]), fill=BLUE)
    written = BytesIO()
    image.save(written, format_, **options)
    return written.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def kept(content: bytes, name: str = "foto.jpg") -> Image.Image:
    return Image.open(BytesIO(safe_picture(ContentFile(content, name=name)).read()))


def near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(seen - meant) < 40 for seen, meant in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_usual_kind_becomes_a_jpeg_that_looks_the_same(format_: str) -> None:
    image = kept(picture(format_), name="foto.bin")
    assert (image.format, image.size) == ("JPEG", (60, 40))
    assert near(image.getpixel((5, 20)), RED)
    assert near(image.getpixel((55, 20)), BLUE)


def test_a_photo_taken_sideways_is_kept_upright_without_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right to see it upright
    exif[0x010E] = SCRIPT
    exif.get_ifd(0x8825)[1] = "N"  # a place on earth
    sent = picture(exif=exif, comment=SCRIPT.encode(), icc_profile=SCRIPT.encode(), xmp=SCRIPT.encode())
    assert SCRIPT.encode() in sent
    image = kept(sent)
    assert image.size == (40, 60)
    assert near(image.getpixel((20, 5)), RED)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_no_word_of_the_metadata_of_a_png_or_gif_is_kept() -> None:
    notes = PngInfo()
    notes.add_text("Comment", SCRIPT)
    notes.add_itxt("XML:com.adobe.xmp", SCRIPT)
    for sent in (picture("PNG", pnginfo=notes), picture("GIF", comment=SCRIPT)):
        assert SCRIPT.encode() in sent
        assert b"script" not in safe_picture(ContentFile(sent, name="x.png")).read()


def test_what_hides_behind_a_picture_is_left_behind() -> None:
    made = safe_picture(ContentFile(picture("GIF") + b"<?php system('ls'); ?>PK\x03\x04", name="x.php.gif"))
    assert b"php" not in made.read()


def test_a_large_photo_becomes_2000_pixels_long() -> None:
    assert kept(picture(size=(6000, 3000))).size == (2000, 1000)
    assert kept(picture("PNG", size=(10, 4100))).size == (5, 2000)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(mode: str) -> None:
    options: dict[str, Any] = {"transparency": 0} if mode == "P" else {}
    assert near(kept(picture("PNG", mode=mode, **options)).getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "CMYK", "I;16"])
def test_other_colour_models_are_kept_as_pictures(mode: str) -> None:
    content = picture("JPEG" if mode == "CMYK" else "PNG", mode=mode)
    assert kept(content).mode == "RGB"


def test_a_scan_of_many_greys_keeps_its_greys() -> None:
    """A PNG of 16 bits a pixel, as scanners make: half light stays half light."""
    written = BytesIO()
    Image.new("I;16", (40, 40), 0x8000).save(written, "PNG")
    assert near(kept(written.getvalue()).getpixel((20, 20)), (128, 128, 128))


def test_the_name_is_random_and_says_nothing() -> None:
    names = {safe_picture(ContentFile(picture(), name="../../oma jansen.jpg")).name for _ in range(2)}
    assert len(names) == 2
    assert not any("oma" in str(name) or "/" in str(name) for name in names)


def heic() -> bytes:
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + bytes(400)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "heic": (heic, "HEIC"),
    "svg": (f"<svg xmlns='http://www.w3.org/2000/svg'>{SCRIPT}</svg>".encode, "can't open this"),
    "html": (f"<!doctype html>{SCRIPT}".encode, "can't open this"),
    "bmp": (lambda: picture("BMP"), "can't open this"),
    "tiff": (lambda: picture("TIFF"), "can't open this"),
    "eps": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "can't open this"),
    "zip": (lambda: b"PK\x03\x04" + bytes(90), "can't open this"),
    "half a jpeg": (lambda: picture(size=(900, 900))[:4000], "damaged"),
    "half a png": (lambda: picture("PNG", size=(90, 90))[:-40], "damaged"),
    "half a webp": (lambda: picture("WEBP", size=(900, 900))[:-400], "damaged"),
    "a png of 200 million pixels": (lambda: png_that_claims(20_000, 10_000), "too large to open"),
    "a png of 26 million pixels": (lambda: png_that_claims(2_600, 10_000), "too large to open"),
    "a photo of 26 million pixels": (lambda: picture(size=(6_500, 4_000)), "too large to open"),
    "a png of 4 billion pixels": (lambda: png_that_claims(65_535, 65_535), "too large to open"),
    "16 MB": (lambda: picture() + bytes(15_000_000), "larger than 15 MB"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_safe_picture_is_refused_in_plain_words(kind: str) -> None:
    content, sentence = REFUSED[kind]
    with override("en"), pytest.raises(ValidationError, match=sentence):
        safe_picture(ContentFile(content(), name="foto.jpg"))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.data())
def test_a_spoiled_picture_is_made_anew_or_refused(format_: str, data: st.DataObject) -> None:
    content = bytearray(picture(format_, size=(24, 24)))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert kept(bytes(content)).format == "JPEG"
    except ValidationError as refusal:
        assert len(refusal.messages) == 1  # noqa: PT017 (both ends are right, and one of them must be reached)


class PhotoForm(forms.Form):
    photo = PictureField(required=False)


def sent(content: bytes, name: str = "a.jpg") -> MultiValueDict[str, UploadedFile[Any]]:
    return MultiValueDict({"photo": [SimpleUploadedFile(name, content)]})


def test_the_field_gives_the_fresh_picture() -> None:
    form = PhotoForm({}, sent(picture("PNG"), "oma.png"))
    assert form.is_valid(), form.errors
    assert Image.open(form.cleaned_data["photo"]).format == "JPEG"
    assert 'accept="image/jpeg,image/png,image/webp,image/gif,application/pdf"' in str(form["photo"])


def test_the_field_says_why_it_refuses() -> None:
    for content in (b"", heic()):
        form = PhotoForm({}, sent(content))
        assert not form.is_valid()
        assert form.errors["photo"]


def test_the_field_may_stay_empty() -> None:
    form = PhotoForm({}, MultiValueDict())
    assert form.is_valid()
    assert form.cleaned_data["photo"] is None


def test_a_picture_is_handed_out_to_one_reader_and_stored_nowhere(tmp_path: Path) -> None:
    storage = FileSystemStorage(tmp_path)
    name = storage.save("x.jpg", safe_picture(ContentFile(picture(), name="a.jpg")))
    response = hand_out(storage.open(name))
    assert response.content.startswith(b"\xff\xd8")
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == "inline"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_photos_are_opened_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = [], []

    def slow(_upload: Any, _write: Any) -> bytes:
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.05)
        inside.pop()
        return b"x"

    monkeypatch.setattr("web.pictures._made_anew", slow)
    threads = [threading.Thread(target=safe_picture, args=[ContentFile(picture(), name="a.jpg")]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]


def test_a_photo_of_24_million_pixels_passes_and_is_never_in_memory_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []

    def watched(image: Image.Image) -> bytes:
        seen.append(image.size)
        return _as_jpeg(image)

    monkeypatch.setattr("web.pictures._as_jpeg", watched)
    assert kept(picture(size=(6_000, 4_000))).size == (2_000, 1_333)
    assert seen == [(3_000, 2_000)]
