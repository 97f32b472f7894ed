"""What the neighbours of a plan say in the town: nobody here signs in."""

from collections.abc import Sequence

from grants.models import Plan
from grants.support import actions
from web.models import Person


def speak(plan: Plan, said: Sequence[Sequence[str]], *, by: Person) -> None:
    """The group opens its page, and neighbours come by: each a kind, a first name, a postcode and a message."""
    page = actions.open_support(plan, by=by)
    for kind, name, postcode, message in said:
        actions.speak(
            page,
            device=name,
            kind=kind,
            first_name=name,
            postcode=postcode,
            message=message,
            email="",
            phone="",
            by=Person.system(),
        )


def answer(plan: Plan, text: str, *, by: Person) -> None:
    """The group answers the oldest worry that nobody answered yet."""
    worry = plan.support_page.worries.filter(answered_at=None).earliest("pk")
    actions.answer_worry(worry, answer=text, by=by)
