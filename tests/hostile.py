"""Files that somebody sends to do harm, or by mistake: made here, each with how it must end.

`KEPT` ends as safe pictures; everything else is refused, with a sentence in which these words stand.
"""

import zlib
from collections.abc import Callable
from io import BytesIO
from struct import pack
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter

KEPT = ""
SCRIPT = "<script>alert('boe')</script>"
NEEDLES = (b"script", b"alert", b"PK\x03\x04", b"JavaScript", b"Launch", b"EmbeddedFile", b"%PDF", b"GIF8", b"Exif")
MEGABYTE = 1_000_000


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "seagreen").save(written, kind, **options)
    return written.getvalue()


def zeros(megabytes: int) -> bytes:
    """A zlib stream of so many million zeros, in a thousandth of that."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    return b"\x78\xda" + block * megabytes + last + pack(">I", (megabytes * MEGABYTE % 65_521 << 16) + 1)


def png_of_zeros(width: int, height: int, megabytes: int) -> bytes:
    """A black PNG of so many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zeros(megabytes)) + chunk(b"IEND", b"")


def pdf(*more: bytes, page: str = "", catalog: str = "", box: str = "0 0 595 842", kids: int = 1) -> bytes:
    """A PDF written by hand: 1 is its catalog, 2 its pages, 3 the one page it has (`kids` times), 4 and on `more`."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        f"<</Type/Pages/Count {kids}/Kids[{'3 0 R ' * kids}]>>".encode(),
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]{page}>>".encode(),
        *more,
    ]
    written, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    return written + f"{head}trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(written)}\n%%EOF".encode()


def stream(content: bytes, about: str = "") -> bytes:
    return f"<</Length {len(content)}{about}>>\nstream\n".encode() + content + b"\nendstream"


def pdf_of(change: Callable[[PdfWriter], Any]) -> bytes:
    writer, written = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    change(writer)
    writer.write(written)
    return written.getvalue()


def pdf_bomb(megabytes: int) -> bytes:
    """Its one page draws what is packed a thousand times smaller."""
    return pdf(stream(zeros(megabytes), "/Filter/FlateDecode"), page="/Contents 4 0 R")


def pdf_of_a_giant_image() -> bytes:
    about = "/Type/XObject/Subtype/Image/Width 40000/Height 40000/ColorSpace/DeviceGray/BitsPerComponent 8"
    return pdf(
        stream(b"595 0 0 842 0 0 cm /X Do"),
        stream(zeros(1_600), f"{about}/Filter/FlateDecode"),
        page="/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>",
    )


def with_html(kind: str, size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture with a page in its metadata, and its place on earth."""
    notes = PngInfo()
    notes.add_text("Comment", SCRIPT)
    exif = Image.Exif()
    exif[0x010E] = SCRIPT
    exif.get_ifd(0x8825)[1] = "N"
    return picture(kind, size, comment=SCRIPT.encode(), pnginfo=notes, exif=exif)


def animated(frames: int) -> bytes:
    still = picture("GIF")
    colours = 13 + 3 * 2 ** (1 + (still[10] & 7))  # where its table of colours ends
    return still[:colours] + still[colours:-1] * frames + b";"


RUN = "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
LAUNCH = "/OpenAction<</S/Launch/F(cmd.exe)>>"
OPEN_URL = "/OpenAction<</S/URI/URI(https://example.org/steal)>>"
DAMAGED, PHOTO, UNKNOWN = "open this PDF", "damaged", "can't open this. Send a photo"

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "svg with a script": (f"<svg xmlns='http://www.w3.org/2000/svg'>{SCRIPT}</svg>".encode, UNKNOWN),
    "html": (f"<!doctype html>{SCRIPT}".encode, UNKNOWN),
    "zip": (lambda: b"PK\x03\x04" + bytes(90), UNKNOWN),
    "exe": (lambda: b"MZ\x90\x00" + bytes(600), UNKNOWN),
    "word": (lambda: b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + bytes(200), "file of Word"),
    "odt": (lambda: b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", "file of Word"),
    "old word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file of Word"),
    "rtf": (lambda: b"{\\rtf1\\ansi hallo}", "file of Word"),
    "heic": (lambda: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + bytes(400), "HEIC"),
    "empty": (lambda: b"", "empty"),
    "16 MB": (lambda: picture() + bytes(16_000_000), "larger than 15 MB"),
    "jpeg with html": (lambda: with_html("JPEG"), KEPT),
    "png with html": (lambda: with_html("PNG"), KEPT),
    "webp with html": (lambda: with_html("WEBP"), KEPT),
    "gif and script": (lambda: picture("GIF")[:-1] + f";/*{SCRIPT}*/".encode(), KEPT),
    "jpeg and html": (lambda: picture() + f"<html>{SCRIPT}</html>".encode(), KEPT),
    "jpeg and zip": (lambda: picture() + b"PK\x03\x04" + bytes(90), KEPT),
    "gif and pdf": (lambda: picture("GIF", comment=b"%PDF-1.7") + pdf(), KEPT),
    "half a jpeg": (lambda: picture(size=(900, 900))[:4_000], PHOTO),
    "half a png": (lambda: picture("PNG", size=(90, 90))[:-40], PHOTO),
    "png of 200 million pixels": (lambda: png_of_zeros(20_000, 10_000, 200), "too large to open"),
    "png as long as a street": (lambda: png_of_zeros(1, 60_000_000, 120), "too large to open"),
    "gif of 5,000 frames": (lambda: animated(5_000), KEPT),
    "gif of gigapixels": (
        lambda: b"GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x08;",
        "too",
    ),
    "pdf with a script": (lambda: pdf(catalog=RUN), KEPT),
    "pdf that launches": (lambda: pdf(catalog=LAUNCH), KEPT),
    "pdf that goes elsewhere": (lambda: pdf(catalog=OPEN_URL), KEPT),
    "pdf with a file inside": (lambda: pdf_of(lambda made: made.add_attachment("a.exe", b"MZ" * 900)), KEPT),
    "pdf with a password": (lambda: pdf_of(lambda made: made.encrypt("geheim")), "password"),
    "pdf of 10,000 pages": (lambda: pdf(kids=10_000), "more than"),
    "pdf of a gigantic page": (lambda: pdf(box="0 0 2000000000 2000000000"), KEPT),
    "pdf of no page": (lambda: pdf(kids=0), DAMAGED),
    "pdf as thin as a hair": (lambda: pdf(box="0 0 0.001 14400"), KEPT),
    "pdf in itself": (lambda: pdf().replace(b"/Kids[3 0 R ", b"/Kids[2 0 R "), DAMAGED),
    "pdf that unpacks to a gigabyte": (lambda: pdf_bomb(1_000), DAMAGED),
    "pdf of a giant image": (pdf_of_a_giant_image, KEPT),
    "half a pdf": (lambda: pdf(box="0 0 595 842")[:40], DAMAGED),
    "pdf of 16 MB": (lambda: pdf() + bytes(16_000_000), "larger than 15 MB"),
    "pdf and zip": (lambda: pdf() + b"PK\x03\x04" + bytes(90), KEPT),
    "pdf and html": (lambda: f"<html>{SCRIPT}<!--".encode() + pdf() + b"-->", KEPT),
}
NAMES = (
    "../../etc/passwd",
    "=cmd().jpg",
    "a" * 300 + ".jpg",
    "oma\njansen\r\n.jpg",
    "x.php",
    "\u202egpj.exe",
    "%00.jpg",
    "",
)
TYPES = ("image/jpeg", "text/html", "application/x-msdownload", "image/svg+xml", "")
