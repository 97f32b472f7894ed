"""Joke from next door, and what she says about a plan."""

from grants.models import Support, SupportPage
from grants.support import actions
from grants.support.forms import SpeakForm
from web.models import Person

SAID = {"kind": "good", "first_name": "Joke", "postcode": "1234ab"}
WORRY = SAID | {"kind": "worry", "message": "Waar parkeren wij dan?", "reach": "joke@waterveen.example"}


def speak(page: SupportPage, *, device: str = "phone", **said: str) -> Support:
    """As the form hands it on."""
    form = SpeakForm(SAID | said)
    assert form.run(actions.speak, page, device=device, by=Person.system()), form.errors
    outcome: Support = form.outcome
    return outcome
