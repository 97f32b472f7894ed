"""What people are told by mail: which of it always comes, and which of it each of them may choose not to get.

Awb 3:41, 4:5, 4:15 and 4:89: a receipt, a question, a decision and a payment are told to whom they concern.
"""

from enum import IntEnum

from web.models import Person


class Weight(IntEnum):
    """How much depends on hearing it. Who wants fewer mails doesn't get the lighter ones."""

    STEP = 1  # it goes on, and nothing is asked
    NEWS = 2  # it matters to the plan, and nothing is asked
    LETTER = 3  # legal effect, a question, a key, or something about one's own data: always


LIGHTEST: dict[str, Weight] = {
    Person.WantsMails.ALL: Weight.STEP,
    Person.WantsMails.NEWS: Weight.NEWS,
    Person.WantsMails.LETTERS: Weight.LETTER,
}

# Every other event is a letter: a new one is sent until somebody says here that it may be left out.
LIGHTER: dict[str, Weight] = {
    "join/joined": Weight.STEP,
    "post/group_letter": Weight.STEP,
    "review/taken_up": Weight.STEP,
    "report/closed": Weight.NEWS,
    "support/worry": Weight.NEWS,
}


def wants(person: Person, event: str) -> bool:
    """Whether `person` is to hear of this. Nobody misses a letter."""
    return LIGHTER.get(event, Weight.LETTER) >= LIGHTEST[person.wants_mails]
