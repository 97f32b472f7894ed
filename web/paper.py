"""A4 paper that everybody can read: PDF with our own fonts inside, and tagged (PDF/UA, ISO 14289-1).

Every text belongs to an element (H1, P, TD …) of the structure tree, so that a screen reader reads it in order;
everything else is marked as decoration. Lengths are in points (1/72 inch), measured from the bottom of the page.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from web.lettering import BOLD, MUTED, REGULAR, Style, clean, letters, width

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 54.0, WIDTH - 54.0, HEIGHT - 48.0, 66.0  # the edges of what is written
INDENT = 12.0  # of a list
BRICK, EDGE, WHITE, BLACK = HexColor("#a63a28"), HexColor("#8b8371"), HexColor("#ffffff"), HexColor("#000000")
XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    "<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
    '<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


@dataclass
class Element:
    """A node of the structure tree. `marks` are (page, number) of the pieces of text that belong to it.

    A picture (Figure) has an `alt`, what it is in words, and a `box`: its left, bottom, right and top.
    """

    tag: str
    parts: list["Element"] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    alt: str = ""
    box: tuple[float, ...] = ()

    def add(self, tag: str) -> "Element":
        self.parts.append(Element(tag))
        return self.parts[-1]


class Paper:
    """Sheets of A4, filled from top to bottom. `y` is where the next line goes."""

    def __init__(self, title: str, *, language: str) -> None:
        self.title, self.language = clean(title), language
        self._written = BytesIO()
        for font in (REGULAR, BOLD):
            letters(font)  # registers it
        canvas: Any = Canvas  # the stubs know neither the document behind a canvas nor that a font has a name
        self._canvas = canvas(self._written, pagesize=A4, lang=language, initialFontName=REGULAR)
        self._canvas.setTitle(self.title)
        self._canvas.setProducer("Buurtkas")
        self.document = Element("Document")
        self._marks: list[list[Element]] = [[]]  # per page, which element each mark belongs to
        self.foot, self.before = "", 0  # `before`: pages of what comes earlier in this PDF, which aren't counted
        self.y = TOP

    @property
    def pages(self) -> int:
        return len(self._marks)

    @property
    def room(self) -> float:
        return self.y - BOTTOM

    def new_page(self) -> None:
        self._end_page()
        self._marks.append([])
        self.y = TOP

    def text(self, lines: Sequence[str], style: Style, *, into: Element | None = None, x: float = LEFT) -> Element:
        """Write lines below each other, on a new page where this one is full."""
        element = (into or self.document).add(style.tag)
        for line in lines:
            if self.room < style.line:
                self.new_page()
            self.y -= style.line
            self.mark(line, style, element, x=x)
        return element

    def items(self, texts: Sequence[Sequence[str]], style: Style) -> None:
        """A list: each text's lines, with a dot before the first."""
        items = self.document.add("L")
        for lines in texts:
            if self.room < style.line:
                self.new_page()
            item, beside = items.add("LI"), self.y
            dot = item.add("Lbl")
            self.y -= style.line
            self.mark("•", style, dot, x=LEFT)
            self.y = beside
            self.text(lines, replace(style, tag="LBody"), into=item, x=LEFT + INDENT)

    def row(self, table: Element, what: Sequence[str], amount: str, style: Style) -> None:
        """A row of two cells: lines of text at the left, an amount at the right."""
        row, height = table.add("TR"), style.line * len(what)
        if self.room < height:
            self.new_page()
        below, left = self.y - height, row.add(style.tag)
        for number, line in enumerate(what):
            self.y -= style.line
            self.mark(line, style, left, x=LEFT)
            if number == 0:
                first = self.y
        self.y = first
        self.mark(amount, style, row.add(style.tag), x=RIGHT, to_right=True)
        self.y = below

    def mark(self, text: str, style: Style, element: Element, *, x: float, to_right: bool = False) -> None:
        """Write one line at `x` on the height `y`, as a part of `element`."""
        with self._part_of(element):
            self._draw(text, style, x - width(text, style) if to_right else x)

    @contextmanager
    def _part_of(self, element: Element) -> Iterator[None]:
        """What is drawn meanwhile belongs to `element`."""
        marks = self._marks[-1]
        element.marks.append((self.pages - 1, len(marks)))
        self._canvas.addLiteral(f"/{element.tag} <</MCID {len(marks)}>> BDC")
        yield
        self._canvas.addLiteral("EMC")
        marks.append(element)

    def squares(self, rows: Sequence[Sequence[int]], alt: str, *, x: float, side: float) -> None:
        """A picture of black squares (where a row holds a 1), such as a QR code: `side` points wide, its top at `y`."""
        element, each = self.document.add("Figure"), side / len(rows)
        element.alt, element.box = clean(alt), (x, self.y - side, x + side, self.y)
        with self._part_of(element):
            self._canvas.setFillColor(BLACK)
            for down, row in enumerate(rows):
                for across, dark in enumerate(row):
                    if dark:
                        corner = x + across * each, self.y - (down + 1) * each
                        self._canvas.rect(*corner, each * 1.01, each * 1.01, stroke=0, fill=1)  # no seams between them
        self.y -= side

    def picture(self, jpeg: bytes, alt: str, *, wide: float, high: float, to_right: bool = False) -> None:
        """A photo in the middle of the line or at its end, so many points wide and high, its top at `y`."""
        element = self.document.add("Figure")
        x = RIGHT - wide if to_right else (LEFT + RIGHT - wide) / 2
        element.alt, element.box = clean(alt), (x, self.y - high, x + wide, self.y)
        with self._part_of(element):
            self._canvas.drawImage(ImageReader(BytesIO(jpeg)), x, self.y - high, wide, high)
        self.y -= high

    def _draw(self, text: str, style: Style, x: float) -> None:
        self._canvas.setFont(style.font, style.size)
        self._canvas.setFillColor(style.colour)
        self._canvas.drawString(x, self.y + style.size * 0.3, f"{text} ")  # the space keeps words of two lines apart

    def rule(self, *, above: float = 4) -> None:
        """A thin line from edge to edge: decoration."""
        self.y -= above
        self._canvas.addLiteral("/Artifact BMC")
        self._canvas.setStrokeColor(EDGE)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(LEFT, self.y, RIGHT, self.y)
        self._canvas.addLiteral("EMC")

    def gables(self, size: float = 30) -> None:
        """The mark of the house at the top left: two gables and a coin (as in web/static/web/mark.svg)."""
        canvas = self._canvas
        steps = ((1, 18), (4, 18), (4, 13), (7, 13), (7, 8), (11, 8), (11, 13), (14, 13), (14, 18))
        canvas.addLiteral("/Artifact BMC")
        canvas.saveState()
        canvas.translate(LEFT, TOP)
        canvas.scale(size / 48, -size / 48)  # the drawing counts from the top, 48 by 48
        canvas.setFillColor(BRICK)
        for corners in ([(1, 45), *steps, (17, 18), (17, 45)], [(20, 45), (20, 14), (27, 4), (34, 14), (34, 45)]):
            shape = canvas.beginPath()
            shape.moveTo(*corners[0])
            for corner in corners[1:]:
                shape.lineTo(*corner)
            canvas.drawPath(shape, stroke=0, fill=1)
        for colour, radius in ((WHITE, 13), (BRICK, 10)):
            canvas.setFillColor(colour)
            canvas.circle(37.5, 34.5, radius, stroke=0, fill=1)
        canvas.setFillColor(WHITE)
        canvas.rect(35.5, 29.5, 4, 10.5, stroke=0, fill=1)
        canvas.rect(7, 36, 4, 9, stroke=0, fill=1)
        canvas.restoreState()
        canvas.addLiteral("EMC")

    def _end_page(self) -> None:
        self.y = BOTTOM - 34
        style = Style(colour=MUTED)
        self._canvas.addLiteral("/Artifact <</Type /Pagination /Subtype /Footer>> BDC")
        self._draw(clean(self.foot), style, LEFT)
        self._draw(number := str(self.pages - self.before), style, RIGHT - width(number, style))
        self._canvas.addLiteral("EMC")
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The PDF's bytes."""
        self._end_page()
        _write_tags(self._canvas, self.document, self._marks)
        catalog = self._canvas._doc.Catalog
        xmp = XMP.format(title=escape(self.title), language=self.language).encode()
        about = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
        catalog.Metadata = PDFStream(about, xmp, filters=[])
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        self._canvas.save()
        return self._written.getvalue()


def _write_tags(canvas: Any, document: Element, marks: list[list[Element]]) -> None:
    """The structure tree, and the way back from each piece of text to its element (ISO 32000-1, 14.7)."""
    pdf = canvas._doc
    pages = [pdf.Reference(page) for page in pdf.Pages.pages]
    root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
    nodes: dict[int, PDFDictionary] = {}

    def write(element: Element, parent: PDFDictionary) -> PDFDictionary:
        node = nodes[id(element)] = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.tag)})
        node["P"] = pdf.Reference(parent)
        own = [
            PDFDictionary({"Type": PDFName("MCR"), "Pg": pages[page], "MCID": number}) for page, number in element.marks
        ]
        node["K"] = PDFArray(own + [pdf.Reference(write(part, node)) for part in element.parts])
        if element.alt:
            node["Alt"] = PDFString(element.alt)
            box = PDFArray(round(edge, 2) for edge in element.box)
            node["A"] = PDFDictionary({"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": box})
        if element.tag == "TH":
            node["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Column")})
        return node

    root["K"] = pdf.Reference(write(document, root))
    numbers: list[object] = []
    for number, (page, elements) in enumerate(zip(pdf.Pages.pages, marks, strict=True)):
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = number, PDFName("S")
        numbers += [number, PDFArray(pdf.Reference(nodes[id(element)]) for element in elements)]
    root["ParentTree"] = pdf.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
    root["ParentTreeNextKey"] = len(marks)
    pdf.Catalog.StructTreeRoot = root
