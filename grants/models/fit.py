"""Whether a scheme fits what somebody is looking for; and where it doesn't: why, and what they can do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.models.area import Place
from grants.models.pace import usual_days
from grants.models.round import Round
from grants.models.scheme import Scheme
from grants.models.track import Track
from web import clock
from web.amounts import write_amount, write_number


@dataclass(frozen=True)
class Wish:
    """About how much money somebody looks for, and where they live. Both may be left open."""

    amount: Money | None = None
    place: Place | None = None


@dataclass(frozen=True)
class Reason:
    """Why a scheme doesn't fit, and a next step with its link: nobody is sent away with nothing."""

    why: str
    step: str
    url: str


@dataclass(frozen=True)
class Fit:
    """One scheme beside one wish. `usual_days`: what answers really took, None when there are too few of them."""

    scheme: Scheme
    wish: Wish
    usual_days: int | None
    reasons: tuple[Reason, ...]

    @property
    def url(self) -> str:
        return with_amount(self.scheme, self.wish.amount)

    @property
    def track(self) -> Track | None:
        """What holds for the amount; without one, the scheme's lightest track."""
        return self.scheme.edition.track_for(self.wish.amount) if self.wish.amount else self.scheme.edition.first_track

    @property
    def round(self) -> Round | None:
        """The one that a plan sent today comes in."""
        return self.scheme.edition.round_on(clock.today()) if self.scheme.edition.in_rounds else None

    @property
    def answer_by(self) -> date:
        """When a plan sent today hears at the latest; far away where nothing is promised."""
        if self.round:
            return self.round.answer_by
        return self.track.duties.answer_by(clock.today()) if self.track else date.max

    @property
    def longest(self) -> Track | None:
        """Where the amount isn't known and more money takes longer: the track that takes longest."""
        last = max(self.scheme.edition.tracks.all(), key=lambda track: track.up_to, default=None)
        return None if self.wish.amount or last == self.track else last


def fits(schemes: Sequence[Scheme], wish: Wish) -> tuple[list[Fit], list[Fit]]:
    """Those that fit, the quickest answer first, and those that don't; one query, for what answers really took."""
    days = usual_days()
    found = [Fit(scheme, wish, days.get(scheme.pk), tuple(reasons(scheme, wish))) for scheme in schemes]
    fitting = sorted((fit for fit in found if not fit.reasons), key=lambda fit: fit.answer_by)
    return fitting, [fit for fit in found if fit.reasons]


def reasons(scheme: Scheme, wish: Wish) -> Iterator[Reason]:
    """Every reason why this doesn't fit; the heaviest first. Nothing we don't know counts as a reason."""
    if not scheme.is_open:
        yield not_open(scheme)
    elif scheme.money_left < scheme.edition.minimum:
        yield Reason(left_of(scheme), *call(scheme, _("Call %(phone)s and ask about next year.")))
    areas = scheme.edition.areas.all()
    if areas and wish.place and wish.place.is_known and not wish.place.may_lie_in(areas):
        yield another_area(scheme, wish)
    if wish.amount:
        yield from about_the_amount(scheme, wish.amount)


def not_open(scheme: Scheme) -> Reason:
    if scheme.edition.opens_on > clock.today():
        day = date_format(scheme.edition.opens_on, "j F Y")
        step = _("Read the rules now, and come back on that day.")
        return Reason(_("Opens on %(day)s.") % {"day": day}, step, scheme.get_absolute_url())
    return Reason(_("Closed now."), *call(scheme, _("Call %(phone)s and ask when it opens again.")))


def left_of(scheme: Scheme) -> str:
    return _("There is %(amount)s left this year.") % {"amount": write_amount(scheme.money_left)}


def call(scheme: Scheme, sentence: str) -> tuple[str, str]:
    phone = scheme.funder.phone
    return sentence % {"phone": phone}, f"tel:{phone.replace(' ', '')}"


def another_area(scheme: Scheme, wish: Wish) -> Reason:
    """Never more than what we know: CBS gives a neighbourhood one postcode, and a street may lie just across."""
    step = _("Is your street in there? Then you can ask here.")
    return Reason(_("Only for %(areas)s.") % {"areas": scheme.edition.where}, step, with_amount(scheme, wish.amount))


def about_the_amount(scheme: Scheme, amount: Money) -> Iterator[Reason]:
    if amount > scheme.edition.maximum:
        most = _("At most %(amount)s for one plan.") % {"amount": write_amount(scheme.edition.maximum)}
        yield Reason(most, *ask_instead(scheme, scheme.edition.maximum))
    elif amount < scheme.edition.minimum:
        least = _("For plans of %(amount)s and more.") % {"amount": write_amount(scheme.edition.minimum)}
        yield Reason(least, *ask_instead(scheme, scheme.edition.minimum))
    elif scheme.is_open and scheme.edition.minimum <= scheme.money_left < amount:
        yield Reason(left_of(scheme), *ask_instead(scheme, scheme.money_left))


def ask_instead(scheme: Scheme, amount: Money) -> tuple[str, str]:
    return _("Ask %(amount)s here.") % {"amount": write_amount(amount)}, with_amount(scheme, amount)


def with_amount(scheme: Scheme, amount: Money | None) -> str:
    """The scheme's page; the amount travels along to it and from there to the form."""
    address = scheme.get_absolute_url()
    return f"{address}?{urlencode({'bedrag': write_number(amount)})}" if amount else address
