"""What the clock does for whoever has left: their work goes to somebody else on the day after their last."""

from grants.appoint.actions import hand_over
from grants.models.handover import to_hand_over
from web.models import Person


def hand_over_what_was_left() -> None:
    """Each seat once, however often the clock asks; what is missed on the day itself goes later."""
    for seat in to_hand_over():
        hand_over(seat, by=Person.system())
