"""A program of its own: draws the pages of the PDF on its input as JPEGs on its output. web/documents.py runs it.

A PDF is a program in disguise, so it is opened here, apart from the server, by somebody who first gives up the
right to much memory, time and disk. Nothing of the file goes on but what its pages look like: no script, no link, no
form, no file inside, no metadata.
"""

import resource
import sys
from io import BytesIO
from typing import BinaryIO

import pypdfium2

LONGEST_SIDE = 2_000  # pixels: 170 dots an inch for A4
MOST_SCALE = 4  # a page the size of a stamp isn't blown up
QUALITY = 90  # JPEG; web/pictures.py makes each of them anew after this
MEMORY, SECONDS, OUTPUT = 500_000_000, 6, 60_000_000  # bytes, of the processor, bytes
PASSWORD, MANY_PAGES = 3, 4  # ways to end; 0 is well, every other one means that it can't be read


def give_up_rights(*, memory: int = MEMORY, seconds: int = SECONDS, output: int = OUTPUT) -> None:
    """From now on this process can't take more than this, nor start another. There is no way back."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: output,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
    }
    if sys.platform == "darwin":  # knows no limit of memory; a workplace of developers, never a server
        del limits[resource.RLIMIT_AS]
    for right, most in limits.items():
        resource.setrlimit(right, (most, most))


def draw(sent: bytes, *, most_pages: int, into: BinaryIO) -> int:
    """Write each page as its length (4 bytes) and its JPEG. Gives the way to end."""
    try:
        pdf = pypdfium2.PdfDocument(sent)
    except pypdfium2.PdfiumError as error:
        return PASSWORD if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD else 1
    if len(pdf) > most_pages:
        return MANY_PAGES
    for page in pdf:
        scale = min(LONGEST_SIDE / max(page.get_size()), MOST_SCALE)
        written = BytesIO()
        page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB").save(written, "JPEG", quality=QUALITY)
        into.write(written.tell().to_bytes(4, "big") + written.getvalue())
    return 0


if __name__ == "__main__":
    give_up_rights()
    sys.exit(draw(sys.stdin.buffer.read(), most_pages=int(sys.argv[1]), into=sys.stdout.buffer))
