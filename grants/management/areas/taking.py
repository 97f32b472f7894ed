"""Taking areas over from a list: all at once, nothing overwritten, and an account of every row."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from grants.management.areas.reading import RefusedError, Row, read_list
from grants.models import Area, AreaPostcode

FACTS = ("kind", "name", "municipality_code", "municipality_name", "district_code", "inhabitants")
PORTION = 2_000  # rows in one statement


@dataclass
class Account:
    """What became of the rows: rows = new + same + refused. `districts`: new ones, named in those rows."""

    rows: int = 0
    new: int = 0
    same: int = 0
    districts: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Known:
    """The areas of one year that are there already or were read just now, and what has to be written."""

    areas: dict[str, Area]
    postcodes: set[tuple[str, str]]
    new_areas: list[Area] = field(default_factory=list)
    new_postcodes: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, year: int) -> "Known":
        """Two queries."""
        pairs = AreaPostcode.objects.filter(area__year=year).values_list("area__code", "digits")
        return cls({area.code: area for area in Area.objects.filter(year=year)}, set(pairs))

    def take(self, row: Row) -> bool:
        """Whether the row's own area, or a postcode of it, is new. Raises RefusedError, and then takes nothing."""
        for area in row.areas:
            self.never_overwrite(area)
        own = row.areas[-1].code
        fresh = {(own, digits): None for digits in row.postcodes if (own, digits) not in self.postcodes}
        is_new = own not in self.areas or bool(fresh)
        for area in row.areas:
            if area.code not in self.areas:
                self.areas[area.code] = area
                self.new_areas.append(area)
        self.postcodes.update(fresh)
        self.new_postcodes += fresh
        return is_new

    def never_overwrite(self, area: Area) -> None:
        """Plans and schemes point at what is there: a code means the same thing as long as its year lasts."""
        before = self.areas.get(area.code)
        if before is None:
            return
        for fact in FACTS:
            was, now = getattr(before, fact), getattr(area, fact)
            if was != now:
                raise RefusedError(f"{area.code} of {area.year} is there already, with {fact} “{was}”, not “{now}”.")

    def write(self) -> None:
        """A few statements, however many rows."""
        Area.objects.bulk_create(self.new_areas, batch_size=PORTION)
        rows = [AreaPostcode(area_id=self.areas[code].pk, digits=digits) for code, digits in self.new_postcodes]
        AreaPostcode.objects.bulk_create(rows, batch_size=PORTION)


@transaction.atomic
def take_areas(path: Path, *, year: int, dry_run: bool = False) -> Account:
    """Take over every row of a list of `year`. Raises UnreadableError when the file itself can't be read."""
    lines, reader = read_list(path)
    known, account = Known.of(year), Account(rows=len(lines))
    for line in lines:
        try:
            is_new = known.take(reader(line, year))
        except RefusedError as why:
            account.refused.append((line.number, str(why)))
        else:
            account.new += is_new
            account.same += not is_new
    account.districts = sum(area.kind == Area.Kind.DISTRICT for area in known.new_areas)
    if not dry_run:
        known.write()
    return account
