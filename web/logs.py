"""Logs without people: a log says where things went wrong, never for whom."""

import logging
import re
import traceback
from types import TracebackType

ADDRESS = re.compile(r"[^\s@/<>'\"(]+@[^\s@/<>'\")]+")
QUERY = re.compile(r"\?\S*")


class NothingPersonal(logging.Formatter):
    """Takes e-mail addresses and query strings out of a line, and keeps an error's kind and place, not its words."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have written it in full
        return QUERY.sub("", ADDRESS.sub("(address)", super().format(record)))

    def formatException(  # noqa: N802  # logging's own name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """File, line and function of every step, and the error's class. Its words may quote what somebody typed."""
        kind, _, steps = ei
        places = [f"  {step.filename}:{step.lineno} in {step.name}" for step in traceback.extract_tb(steps)]
        return "\n".join([*places, kind.__name__ if kind else ""])
