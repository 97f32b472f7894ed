"""Logs without people: a log says where things went wrong, never for whom."""

import logging
import re
import traceback
from types import TracebackType

ADDRESS = re.compile(r"[^\s@/<>'\"(]+@[^\s@/<>'\")]+")
QUERY = re.compile(r"\?\S*")
# Links that open something for whoever has them: the part that is the key. Numbers of our own pages stay readable.
OPENS = r"meedoen|partner|plan/verder|steun|ja|idee/\d+|wachtwoord/kiezen"
KEY = re.compile(rf"(?<!/groep)(?<!\d)/({OPENS})/(?!plan/|zorg/)[^/\s\"']+")


class NothingPersonal(logging.Formatter):
    """Takes addresses, keys in links and query strings out of a line; keeps of an error its kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have written it in full
        line = ADDRESS.sub("(address)", super().format(record))
        return QUERY.sub("", KEY.sub(r"/\1/(key)", line))

    def formatException(  # noqa: N802  # logging's own name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """File, line and function of every step, and the error's class. Its words may quote what somebody typed."""
        kind, _, steps = ei
        places = [f"  {step.filename}:{step.lineno} in {step.name}" for step in traceback.extract_tb(steps)]
        return "\n".join([*places, kind.__name__ if kind else ""])
