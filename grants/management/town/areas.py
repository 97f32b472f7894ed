"""The made-up neighbourhoods of the town, and which schemes are for some of them alone."""

from typing import Any

from grants.models import Area, AreaPostcode, Edition
from web import clock
from web.town import book


def make_areas() -> None:
    """Municipality, districts and neighbourhoods, as of this year; without a source, for nobody drew them."""
    listed = book("areas")
    make_area(listed["municipality"], Area.Kind.MUNICIPALITY)
    for district in listed["district"]:
        make_area(district, Area.Kind.DISTRICT, district_code=district["code"])
    for facts in listed["neighbourhood"]:
        area = make_area(facts, Area.Kind.NEIGHBOURHOOD, district_code=facts["in"])
        AreaPostcode.objects.bulk_create(AreaPostcode(area=area, digits=digits) for digits in facts["postcodes"])


def make_area(facts: dict[str, Any], kind: Area.Kind, *, district_code: str = "") -> Area:
    town = book("areas")["municipality"]
    return Area.objects.create(
        code=facts["code"],
        name=facts["name"],
        kind=kind,
        year=clock.today().year,
        municipality_code=town["code"],
        municipality_name=town["name"],
        district_code=district_code,
    )


def limit(edition: Edition, codes: list[str]) -> None:
    """This edition is for these areas alone; without codes, for everywhere."""
    edition.areas.set(Area.objects.filter(code__in=codes))
