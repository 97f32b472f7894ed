"""Commitments: which of them somebody sees or holds, and what each page reads of them at once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum

from ledger.models.account import At
from web import clock
from web.models import Person, Seat

if TYPE_CHECKING:
    from ledger.models.commitment import Commitment  # noqa: F401  # the query set is one of these

# Who may look at a funder's money. Who may touch it is in ledger/access.py.
LOOKERS = (Seat.Role.TREASURER, Seat.Role.AUDITOR, Seat.Role.DECIDER, Seat.Role.OFFICER, Seat.Role.FUND_ADMIN)
PLACES = (At.PROMISED, At.ON_ITS_WAY, At.GIVEN, At.ADVANCED, At.TO_RECOVER)


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, person: Person | None) -> Self:
        """Those of the groups this person is in, and those of the funders where they have a seat."""
        seat = Seat.objects.of(person, *LOOKERS).filter(funder=OuterRef("budget__funder"))
        held = Q(Exists(self._listed(person, "holders")), known_from__lte=clock.now())
        return self.filter(held | Q(Exists(seat)))

    def held_by(self, person: Person | None) -> Self:
        """Those this person holds: they may say where the money goes."""
        return self.known().filter(Exists(self._listed(person, "holders")))

    def known(self) -> Self:
        """Those their group knows of."""
        return self.filter(known_from__lte=clock.now())

    def for_group_of(self, person: Person | None) -> Self:
        """Those for a group this person is in, or was in at any moment since the promise, whatever they do there."""
        held, in_group = (Q(Exists(self._listed(person, people))) for people in ("holders", "group"))
        return self.filter(held | in_group)

    def hand_over(self, *, thread: int, holders: Iterable[Person], group: Iterable[Person]) -> None:
        """From now on `holders` hold what was promised on this plan, and nobody else. `group`: all in it now."""
        people, everybody = list(holders), list(group)
        for commitment in self.filter(thread=thread):
            commitment.holders.set(people)
            commitment.group.add(*everybody)  # who leaves stays listed, or somebody could step out and pay it

    def with_balances(self) -> Self:
        """Every commitment with its balances (`<kind>_cents`), in the same query."""
        sums = {f"{kind}_cents": Sum("accounts__balance", filter=Q(accounts__kind=kind), default=0) for kind in PLACES}
        return self.annotate(**sums)

    def _listed(self, person: Person | None, people: str) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = getattr(self.model, people).through.objects.filter(commitment_id=OuterRef("pk"))
        return rows.filter(Q(person=person) | Q(person__became=person)) if person else rows.none()
