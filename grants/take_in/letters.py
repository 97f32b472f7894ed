"""The receipt of a request that came another way."""

from grants.models import Application, Letter
from grants.papers.post import send_letter
from web.models import Person


def tell_received(application: Application, *, to: Person) -> Letter:
    """At once, with number, days, and a copy of what was typed over: they see if it is what they asked (Awb 2:17)."""
    return send_letter(application, "take_in/received", to=to)
