"""Pictures for the town, drawn on the spot: a receipt with its lines, and a street in flower. Of nobody."""

from io import BytesIO
from random import Random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from web.pictures import safe_picture
from web.uploads import Made, made_anew

SKY, GRASS, BRICK, ROOF, WINDOW = "#bcd9ee", "#7cab6d", "#b5604b", "#6b3b30", "#f7ecc9"
PETALS = ("#e4572e", "#f2b84b", "#c65b8f", "#fffdf8")


def receipt(amount: str, what: str) -> ContentFile[bytes]:
    """A made-up receipt for this amount, as a phone would photograph it: a little askew."""
    paper = Image.new("RGB", (420, 620), "#fffef9")
    pen = ImageDraw.Draw(paper)
    for place, text in enumerate(("WINKEL IN WATERVEEN", "Marktplein 1", "", what or "Diversen", "", "TOTAAL")):
        pen.text((40, 60 + place * 46), text, fill="#23211d", font_size=26)
    pen.text((40, 380), f"EUR {amount}", fill="#23211d", font_size=48)
    pen.text((40, 520), "Deze bon is verzonnen.", fill="#6b665c", font_size=22)
    table = Image.new("RGB", (640, 800), "#8a6f52")
    askew = paper.rotate(4, expand=True, fillcolor="#8a6f52")
    table.paste(askew, (80, 60))
    return as_sent(table)


def street(seed: int) -> ContentFile[bytes]:
    """A row of houses with flowers before them; the same for the same seed."""
    dice = Random(seed)  # noqa: S311  # flowers, no secrets
    picture = Image.new("RGB", (960, 640), SKY)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 430, 960, 640), fill=GRASS)
    for place in range(6):
        house(pen, left=20 + place * 156, top=190 + dice.randrange(60))
    for _flower in range(160):
        x, y = dice.randrange(960), dice.randrange(450, 630)
        pen.ellipse((x, y, x + 12, y + 12), fill=dice.choice(PETALS))
    return as_sent(picture)


def lantern_walk() -> Made:
    """A plan as children drew it: a row of houses, a moon, and who walks along with a lantern."""
    paper = Image.new("RGB", (1000, 1300), "#fffdf6")
    pen = ImageDraw.Draw(paper)
    pen.text((70, 60), "ONZE LAMPIONNENTOCHT", fill="#23211d", font_size=64)
    pen.ellipse((830, 40, 930, 140), fill=PETALS[1])
    for place in range(5):
        house(pen, left=70 + place * 172, top=230 + 12 * (place % 2))
    for place, colour in enumerate(PETALS[:3] * 2):
        child(pen, left=90 + place * 150, top=700 + 25 * (place % 2), lantern=colour)
    lines = ("1  Om zes uur bij school", "2  Een rondje door de Eikenlaan", "3  Warme chocolademelk!")
    for place, text in enumerate(lines):
        pen.text((90, 1010 + place * 74), text, fill="#23211d", font_size=46)
    written = BytesIO()
    paper.rotate(-1.5, expand=True, fillcolor="#8a6f52").save(written, "PNG")
    return made_anew(ContentFile(written.getvalue(), name="tekening.png"), most_pages=1)


def child(pen: ImageDraw.ImageDraw, *, left: int, top: int, lantern: str) -> None:
    """A head, a body, and a hand that holds a lantern."""
    pen.ellipse((left, top, left + 52, top + 52), outline="#23211d", width=5)
    for line in (
        (left + 26, top + 52, left + 26, top + 140),
        (left + 26, top + 140, left + 2, top + 200),
        (left + 26, top + 140, left + 50, top + 200),
        (left + 26, top + 84, left + 92, top + 60),
        (left + 92, top + 60, left + 92, top + 100),
    ):
        pen.line(line, fill="#23211d", width=5)
    pen.ellipse((left + 68, top + 98, left + 116, top + 146), fill=lantern, outline="#23211d", width=4)


def house(pen: ImageDraw.ImageDraw, *, left: int, top: int) -> None:
    pen.rectangle((left, top, left + 136, 440), fill=BRICK)
    pen.polygon(((left - 6, top), (left + 68, top - 80), (left + 142, top)), fill=ROOF)
    for row in (top + 30, top + 120):
        for column in (left + 20, left + 84):
            pen.rectangle((column, row, column + 34, row + 44), fill=WINDOW)


def as_sent(picture: Image.Image) -> ContentFile[bytes]:
    """Through the same door as every picture that people send."""
    written = BytesIO()
    picture.save(written, "PNG")
    return safe_picture(ContentFile(written.getvalue(), name="picture.png"))
