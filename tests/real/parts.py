"""What is tried on real data, in parts that know nothing of each other."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.real.areas import areas
from tests.real.forms import telling, writing
from tests.real.lists import plans_shown, words_shown
from tests.real.registers import registers
from tests.real.scene import set_up
from tests.real.table import Outcome
from tests.real.uploads import uploads
from tests.real.words import words


def plans(data: Path) -> Iterator[Outcome]:
    """Every text in the forms of a plan, and on the pages and papers that show it."""
    on, texts = set_up(), words(data)
    yield from writing(on, texts)
    yield from plans_shown(on, texts)


def told(data: Path) -> Iterator[Outcome]:
    """Every text in the forms around a plan, and on the pages that show it."""
    on, texts = set_up(), words(data)
    yield from telling(on, texts)
    yield from words_shown(on, texts)


def places_and_registers(data: Path) -> Iterator[Outcome]:
    yield from areas(data)
    yield from registers(data)


PARTS: dict[str, Callable[[Path], Iterator[Outcome]]] = {
    "plans": plans,
    "words": told,
    "registers": places_and_registers,
    "uploads": uploads,
}
