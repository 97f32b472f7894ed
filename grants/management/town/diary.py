"""The diary of the town: what happens at which moment. Lived in order, with the clock standing at each."""

from collections.abc import Callable
from datetime import datetime, timedelta

from web import clock

Deed = Callable[..., object]


class Diary:
    """Filled in any order, lived once: nobody judges a plan by rules that came later."""

    def __init__(self) -> None:
        self._entries: list[tuple[datetime, Callable[[], object]]] = []

    def note(self, moment: datetime, deed: Callable[[], object]) -> None:
        self._entries.append((min(moment, clock.now()), deed))

    def live(self) -> None:
        for moment, deed in sorted(self._entries, key=lambda entry: entry[0]):
            with clock.at(moment):
                deed()


def days_ago(days: int, *, hour: int, minute: int = 0) -> datetime:
    return (clock.now() - timedelta(days=days)).replace(hour=hour, minute=minute)


def on_a_working_day(moment: datetime) -> datetime:
    """Who works for a funder does so on working days: what falls on another day is done on the next one."""
    return moment if clock.is_working_day(moment.date()) else on_a_working_day(moment + timedelta(days=1))
