"""Whether a draft of an edition can be published: what can't be, what is still missing, and what is good to know."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from grants.models.edition import Edition
from web.amounts import euro, write_amount
from web.models import Seat

DECIDERS = (Seat.Role.OFFICER, Seat.Role.DECIDER)


def impossible(edition: Edition) -> dict[str, str]:
    """What contradicts itself: a sentence for each field where it shows."""
    found: dict[str, str] = {}
    if edition.maximum < edition.minimum:
        found["maximum"] = _("This is less than the smallest amount.")
    if edition.closes_on and edition.closes_on < edition.opens_on:
        found["closes_on"] = _("This is before the first day.")
    if edition.division == Edition.Division.RANKING and not edition.in_rounds:
        found["division"] = _("Ranking is done in a round. Choose rounds too.")
    if edition.members_at_least < 1:
        found["members_at_least"] = _("At least one person asks.")
    return found


def still_to_do(edition: Edition) -> list[str]:
    """Why this can't be published yet; nothing when it can."""
    return [*impossible(edition).values(), *_what_is_missing(edition)]


def _what_is_missing(edition: Edition) -> Iterator[str]:
    if not all((edition.purpose, edition.who_may_ask, edition.who_decides, edition.responsible)):
        yield _("Write the four texts: what it is for, who may ask, who decides and who is responsible.")
    if not edition.criteria.all():
        yield _("Choose at least one criterion.")
    if edition.track_for(edition.maximum) is None:
        yield _("No track reaches %(amount)s. Add one, or lower the maximum.") % {
            "amount": write_amount(edition.maximum)
        }
    if edition.in_rounds and not edition.rounds.all():
        yield _("Add at least one round.")


def good_to_know(edition: Edition) -> list[str]:
    """What doesn't stop publishing, and may surprise."""
    return [*_surprises(edition), *_unpublished(edition)]


def _unpublished(edition: Edition) -> Iterator[str]:
    if edition.ceiling is not None and not edition.ceiling_link and edition.scheme.funder.is_public_body:
        yield edition.scheme.funder.citing(_("The ceiling has no link to where it was published."), "4:27")


def _surprises(edition: Edition) -> Iterator[str]:
    seats = Seat.objects.today().filter(funder=edition.funder_id)
    if not seats.filter(role__in=DECIDERS).reaching(edition.maximum).exists():
        yield _("Nobody has a mandate up to %(amount)s.") % {"amount": write_amount(edition.maximum)}
    above = edition.second_signature_above
    if above is not None and above < edition.maximum and _deciders(edition) == 1:
        yield _("A second signature needs two people with a mandate.")
    if edition.panel_from is not None and not seats.filter(role=Seat.Role.PANEL).exists():
        yield _("Nobody is in the panel.")
    if edition.scheme.current_budget is None:
        yield _("There is no budget for this year yet. A treasurer sets it, and you choose it for this scheme.")
    elif edition.scheme.money_left == euro(0):
        yield _("There is no money left this year.")


def _deciders(edition: Edition) -> int:
    seats = Seat.objects.today().filter(funder=edition.funder_id, role__in=DECIDERS, mandate__isnull=False)
    return seats.values("person").distinct().count()
