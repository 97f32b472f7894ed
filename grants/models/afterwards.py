"""What came after our letter: what residents sent, and what they say when their grant may change."""

from collections.abc import Iterable

from grants.models.application import Application
from grants.models.intention import Intention
from grants.models.reaction import Reaction
from web.models import Deed


def afterwards(application: Application, deeds: Iterable[Deed]) -> dict[str, list[Reaction] | list[Intention]]:
    """Both by name, for a page of staff. `deeds` are all there are of it: without one nothing is asked."""
    verbs = {deed.verb for deed in deeds}
    reacted, heard = verbs & {"react", "register_reaction"}, "intend" in verbs
    return {
        "reactions": list(application.reactions.for_reading()) if reacted else [],
        "intentions": list(Intention.objects.filter(grant__application=application).for_reading()) if heard else [],
    }
