"""Where uploads are kept. What a refused action wrote goes away with it, as its rows do: nobody would find it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import IO, Any

from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction

WRITTEN: ContextVar[set[str] | None] = ContextVar("WRITTEN", default=None)  # since the action began, not yet for good


class Uploads(FileSystemStorage):
    """Files on disk, outside every address (web/pictures.py hands them out)."""

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        saved = super().save(name, content, max_length)
        if (written := WRITTEN.get()) is not None:
            written.add(saved)
            transaction.on_commit(partial(written.discard, saved))
        return saved


@contextmanager
def nothing_left_behind() -> Iterator[None]:
    """Take away what was written here, unless its rows are kept: a database undoes those, and no file."""
    written: set[str] = set()
    before = WRITTEN.set(written)
    try:
        yield
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise
    finally:
        WRITTEN.reset(before)
