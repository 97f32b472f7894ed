"""The sentences of the source and what the Dutch catalogue makes of them, read without gettext's own tools."""

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parents[2]
CATALOGUE = HOUSE / "web/locale/nl/LC_MESSAGES/django.po"
COMPILED = CATALOGUE.with_suffix(".mo")

ASKS_FOR_TEXT = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
IN_TEMPLATES = re.compile(r"\b(n?p?)gettext\(((?:\s*u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"),?)+)")
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass
class Entry:
    """One entry of a .po file: `key` is what gettext looks up; a plural has two texts in both languages."""

    context: str
    english: list[str]
    dutch: list[str]
    fuzzy: bool

    @property
    def key(self) -> str:
        return f"{self.context}\x04{self.english[0]}" if self.context else self.english[0]


def read_catalogue(text: str) -> list[Entry]:
    """Every entry of a .po file, its header left out. Entries that are no longer used (#~) count as comments."""
    return [entry for entry in map(_read_entry, re.split(r"\n\s*\n", text)) if entry and entry.english[0]]


def _read_entry(block: str) -> Entry | None:
    parts: dict[str, str] = {}
    name, fuzzy = "", False
    for line in block.splitlines():
        if line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        keyword, quoted = re.fullmatch(r"(\w+(?:\[\d\])?)?\s*(\".*\")", line.strip()).groups()  # type: ignore[union-attr]  # a line of another form is a broken file
        name = keyword or name
        parts[name] = parts.get(name, "") + ast.literal_eval(quoted)
    if "msgid" not in parts:
        return None
    english = [parts["msgid"], *([parts["msgid_plural"]] if "msgid_plural" in parts else [])]
    dutch = [parts[each] for each in sorted(parts) if each.startswith("msgstr")]
    return Entry(parts.get("msgctxt", ""), english, dutch, fuzzy)


def of_code(source: str) -> Iterator[str]:
    """What Python code asks gettext for."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKS_FOR_TEXT:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if texts and node.func.id.startswith("pgettext"):
                yield "\x04".join(texts[:2])
            elif texts:
                yield texts[0]


def of_template(source: str) -> Iterator[str]:
    """What a template asks gettext for."""
    for kind, quoted in IN_TEMPLATES.findall(templatize(source)):
        texts = ast.literal_eval(f"[{quoted}]")
        yield "\x04".join(texts[:2]) if "p" in kind else texts[0]


def asked_by(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    return list(of_code(source) if path.suffix == ".py" else of_template(source))


def compiled(path: Path = COMPILED) -> dict[str | tuple[str, int], str]:
    """What the compiled catalogue holds: text by msgid, or by (msgid, form) for a plural."""
    with path.open("rb") as file:
        read = gettext.GNUTranslations(file)
    held: dict[str | tuple[str, int], str] = dict(read._catalog)  # type: ignore[attr-defined]  # the standard library has no public way
    held.pop("", None)
    return held


def expected(entries: list[Entry]) -> dict[str | tuple[str, int], str]:
    """What a compiled catalogue of these entries has to hold."""
    held: dict[str | tuple[str, int], str] = {}
    for entry in entries:
        if len(entry.english) == 1:
            held[entry.key] = entry.dutch[0]
        else:
            held |= {(entry.key, form): text for form, text in enumerate(entry.dutch)}
    return held
