"""The next edition of a scheme: a copy of one to work on, and the moment it is published and frozen."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from grants.models.criterion import Criterion
from grants.models.edition import Edition
from grants.models.scheme import Scheme
from grants.models.suggested import suggested
from grants.models.track import Track
from web import clock
from web.amounts import euro
from web.models import Person


@transaction.atomic
def draft_of(edition: Edition, *, by: Person, of: Scheme | None = None, **changes: Any) -> Edition:
    """A copy of this edition with all that belongs to it, to work on. `of` is another scheme that it becomes one of."""
    scheme = of or edition.scheme
    last = scheme.editions.aggregate(last=Max("number"))["last"] or 0
    fields = {field.name: getattr(edition, field.name) for field in Edition._meta.concrete_fields if field.editable}
    anew = {"scheme": scheme, "number": last + 1, "drafted_by": by, "publication_link": "", "what_changed": ""}
    fields |= anew | {"what_changed_en": ""} | changes
    fresh = Edition.objects.create(**{name: value for name, value in fields.items() if name != "id"})
    for part in Edition.PARTS:
        rows = list(getattr(edition, part).all())
        for row in rows:
            row.pk, row.edition, row._state.adding = None, fresh, True
        getattr(edition, part).model.objects.bulk_create(rows)
    fresh.areas.set(edition.areas.all())
    return fresh


@transaction.atomic
def first_draft(scheme: Scheme, *, by: Person) -> Edition:
    """To fill in: no texts yet, the four tracks, and all criteria there are to choose from."""
    most: Any = euro(500)
    about = {"maximum": most, "opens_on": clock.today()}
    fresh = Edition.objects.create(scheme=scheme, number=1, drafted_by=by, **about)
    for order, fields in enumerate(suggested("criteria").values(), start=1):
        Criterion.objects.create(edition=fresh, order=order, **fields)
    for kind, fields in suggested("tracks").items():
        Track.objects.create(edition=fresh, kind=kind, **fields | {"up_to": euro(fields["up_to"])})
    return fresh


def shift_a_year(edition: Edition) -> None:
    """Last year's days become this year's, for a draft; rules that were waived until then hold again."""
    edition.opens_on = next_year(edition.opens_on)
    edition.closes_on = next_year(edition.closes_on) if edition.closes_on else None
    edition.ceiling_link = ""  # it says where last year's ceiling was published
    edition.save(update_fields=["opens_on", "closes_on", "ceiling_link"])
    for each in edition.rounds.order_by("-opens_on"):  # the last one first: days are a round's own
        each.opens_on, each.closes_on = next_year(each.opens_on), next_year(each.closes_on)
        each.answer_by = next_year(each.answer_by)
        each.save()
    edition.waivers.all().delete()


def next_year(day: date) -> date:
    """The same day a year later; 28 February after a 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


@transaction.atomic
def publish(edition: Edition, *, by: Person) -> None:
    """From now on this holds for who asks, and nobody can change it any more."""
    drafts = Edition.objects.filter(pk=edition.pk, published_at=None)
    now = clock.now()
    if not drafts.update(published_at=now, published_by=by):
        raise ValidationError(_("This edition has been published already."))
    edition.published_at, edition.published_by = now, by
    edition.scheme.show(edition)
