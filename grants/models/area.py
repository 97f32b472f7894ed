"""An area: a municipality, district or neighbourhood as Statistics Netherlands (CBS) drew it for one year.

Codes and borders change every year, so a code belongs to its year and is never overwritten: what points to an area
keeps pointing to what was meant. The parent stands in the code: BU00140001 lies in WK001400, and that in GM0014.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

# Since about 2022 letters occur in the last part, for instance BU0363AD03.
KINDS = ("gm", "wk", "bu")  # the largest first
POSTCODE = re.compile(r"([1-9][0-9]{3})\s*(?:[A-Za-z]{2})?")
CODES = {
    "gm": re.compile(r"GM[0-9]{4}"),
    "wk": re.compile(r"WK[0-9]{4}[0-9A-Z]{2}"),
    "bu": re.compile(r"BU[0-9]{4}[0-9A-Z]{4}"),
}


class AreaQuerySet(models.QuerySet["Area"]):
    def at_postcode(self, digits: str) -> Self:
        """The neighbourhoods, of every year, where a postcode's four digits occur."""
        return self.filter(kind=Area.Kind.NEIGHBOURHOOD, postcodes__digits=digits).order_by("-year", "name", "code")

    def newest(self) -> list["Area"]:
        """Each code once, as it is in the newest year we know of it; the largest areas first."""
        found = {area.code: area for area in self.order_by("year")}
        return sorted(found.values(), key=lambda area: (KINDS.index(area.kind), area.name, area.code))

    def meant_by(self, line: str) -> list["Area"]:
        """What somebody means by a line with a code, four digits of a postcode, or (a part of) a name."""
        if code := next((found[0] for each in CODES.values() if (found := each.search(line.upper()))), ""):
            return self.filter(code=code).newest()
        if postcode := POSTCODE.fullmatch(line.strip()):
            return self.at_postcode(postcode[1]).newest()
        name = line.strip()
        return self.filter(name__iexact=name).newest() or self.filter(name__icontains=name).newest()


class Area(models.Model):
    """`inhabitants` is None where CBS keeps it to itself. `source` is named wherever the area is shown (CC BY 4.0)."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "gm", _("municipality")
        DISTRICT = "wk", _("district")
        NEIGHBOURHOOD = "bu", _("neighbourhood")

    code = models.CharField(_("code"), max_length=10)
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=2, choices=Kind)
    name = models.CharField(_("name"), max_length=80)
    municipality_code = models.CharField(max_length=6)
    municipality_name = models.CharField(_("municipality"), max_length=80)
    district_code = models.CharField(max_length=8, blank=True)
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=40, blank=True)

    postcodes: "RelatedManager[AreaPostcode]"
    objects: ClassVar[AreaQuerySet] = AreaQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ("municipality_name", "name", "-year")
        constraints = [
            models.UniqueConstraint(name="a_code_is_used_once_a_year", fields=["code", "year"]),
            models.CheckConstraint(
                name="a_code_says_what_kind_of_area_it_is",
                condition=Q(kind="gm", code__startswith="GM")
                | Q(kind="wk", code__startswith="WK")
                | Q(kind="bu", code__startswith="BU"),
            ),
            models.CheckConstraint(
                name="a_neighbourhood_lies_in_a_district", condition=~Q(kind="bu") | ~Q(district_code="")
            ),
        ]

    def __str__(self) -> str:
        """For set-up, where names that occur twice must be told apart. Residents read the name alone."""
        return f"{self.name} ({self.municipality_name}, {self.code}, {self.year})"

    @property
    def in_town(self) -> str:
        """For everybody: its name and its town's, unless it is the whole town."""
        return self.name if self.kind == self.Kind.MUNICIPALITY else f"{self.name}, {self.municipality_name}"

    @property
    def in_words(self) -> str:
        """For who sets up, to choose by and to keep: the code says which it is."""
        return f"{self.code} {self.name} ({self.get_kind_display()}, {self.municipality_name})"

    def contains(self, other: "Area") -> bool:
        """Whether `other` is this area or lies in it. Only areas of the same year can be compared."""
        return self.year == other.year and self.code in {other.code, other.district_code, other.municipality_code}


def sources_of(areas: Iterable[Area]) -> list[tuple[str, int]]:
    """Whom to name, with the year, where these areas are shown."""
    return sorted({(area.source, area.year) for area in areas if area.source})


class AreaPostcode(models.Model):
    """The four digits of a postcode that occur in an area. Neither lies wholly inside the other."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="postcodes")
    digits = models.CharField(max_length=4, db_index=True)

    objects: ClassVar[models.Manager["AreaPostcode"]] = models.Manager()

    class Meta:
        verbose_name = _("postcode of an area")
        constraints = [models.UniqueConstraint(name="a_postcode_stands_once_at_an_area", fields=["area", "digits"])]

    def __str__(self) -> str:
        return self.digits


@dataclass(frozen=True)
class Place:
    """Where somebody lives, as far as they said: the neighbourhoods of their postcode, or the one they chose."""

    digits: str
    neighbourhoods: tuple[Area, ...]
    chosen: str = ""

    @classmethod
    def at(cls, digits: str, chosen: str = "") -> Self:
        """One query. A `chosen` code that doesn't occur at this postcode is no choice."""
        found = tuple(Area.objects.at_postcode(digits))
        return cls(digits, found, chosen if any(area.code == chosen for area in found) else "")

    @property
    def choices(self) -> list[Area]:
        """The neighbourhoods to choose from: those of the newest year we know."""
        return [area for area in self.neighbourhoods if area.year == self.neighbourhoods[0].year]

    @property
    def is_known(self) -> bool:
        return bool(self.neighbourhoods)

    def smallest_area(self, areas: Collection[Area]) -> Area | None:
        """The smallest area that holds all this may be: a neighbourhood, else a district, else a municipality.

        Only what lies in `areas` counts, where there are any; of one alone it is that one when nothing does. One query
        at most.
        """
        lying = [each for each in self.neighbourhoods if any(area.contains(each) for area in areas)]
        found = smallest_around(lying if areas else self.choices)
        return found or (next(iter(areas)) if len(areas) == 1 else None)

    def may_lie_in(self, areas: Collection[Area]) -> bool:
        """Whether one of the neighbourhoods where this may be lies in one of `areas`; yes when we can't compare.

        A choice narrows its own year only: in another year the same code may be another neighbourhood.
        """
        year = self.choices[0].year if self.chosen else None
        possible = [area for area in self.neighbourhoods if area.year != year or area.code == self.chosen]
        if {area.year for area in areas}.isdisjoint(area.year for area in possible):
            return True
        return any(area.contains(neighbourhood) for area in areas for neighbourhood in possible)


def smallest_around(neighbourhoods: Sequence[Area]) -> Area | None:
    """The smallest area in which these lie, as they were drawn in the newest year among them."""
    drawn = [each for each in neighbourhoods if each.year == neighbourhoods[0].year]
    if len(drawn) <= 1:
        return next(iter(drawn), None)
    shared = set.intersection(*({each.district_code, each.municipality_code} for each in drawn))
    around = Area.objects.filter(code__in=shared, year=drawn[0].year)
    return max(around, key=lambda area: KINDS.index(area.kind), default=None)
