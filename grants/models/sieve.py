"""A sieve: what somebody narrows the inbox down to. It lives in the address, so that every list is a link."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, Subquery

from grants.models.finding import found_by
from grants.models.status import WAITING, Status
from grants.models.track import Track
from web.clock import today
from web.keyset import Page, page_by_date, page_newest_first

if TYPE_CHECKING:
    from grants.models.applications import ApplicationQuerySet

TO_DO = ("todo", "mine", "nobody", "late")  # what waits for an answer: due first
LOOKED_AT = "inbox"  # session key: {"list": the address of the list last looked at, "theirs": whose work it showed}
LISTS = (*TO_DO, "granted", "all")  # the newest first
# Each part of a sieve by its name in the address.
NAMES = {
    "which": "lijst",
    "words": "zoek",
    "status": "stand",
    "scheme": "regeling",
    "officer": "wie",
    "kind": "soort",
    "funder": "fonds",
}


@dataclass(frozen=True)
class Sieve:
    """`scheme` and `funder` by their slugs, `officer` by their number; empty: whatever it is."""

    which: str = "todo"
    words: str = ""
    status: str = ""
    scheme: str = ""
    officer: str = ""
    kind: str = ""
    funder: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> Self:
        """What an address says. What it can't mean is left out; whoever looks for words looks everywhere."""
        said = {part: str(asked.get(name, ""))[:200].strip() for part, name in NAMES.items()}
        said["status"] = said["status"] if said["status"] in set(Status) - {Status.DRAFT} else ""
        said["kind"] = said["kind"] if said["kind"] in Track.Kind.values else ""
        said["officer"] = said["officer"][:18] if said["officer"].isdecimal() else ""
        if said["which"] not in LISTS:
            said["which"] = "all" if any(said.values()) else "todo"
        return cls(**said)

    @property
    def parts(self) -> dict[str, str]:
        """By their names in the address; what is empty left out."""
        return {NAMES[part]: value for part, value in asdict(self).items() if value}

    @property
    def address(self) -> str:
        return urlencode(self.parts)

    def without_words(self, funder: str) -> "Sieve":
        """To keep, of the funder with this slug alone."""
        return replace(self, words="", funder=funder)

    @property
    def is_narrowed(self) -> bool:
        """Whether it is more than one of the lists that everybody has."""
        return bool(self.parts.keys() - {"lijst"})

    @property
    def only(self) -> str:
        """Which list of everybody's it is; nothing when it is narrowed down."""
        return "" if self.is_narrowed else self.which

    @property
    def is_by_date(self) -> bool:
        """Whether all of it waits for an answer: then what is due first comes first."""
        return self.which in TO_DO or self.status in WAITING

    def condition(self, theirs: Collection[int]) -> Q:
        """All but the words. `theirs`: ids of those whose work is the reader's today."""
        lists = {
            "todo": Q(status__in=WAITING),
            "mine": Q(status__in=WAITING, officer__in=theirs),
            "nobody": Q(status__in=WAITING, officer=None),
            "late": Q(status__in=WAITING, answer_by__lt=today()),
            "granted": Q(status=Status.GRANTED),
            "all": Q(),
        }
        narrowed = {
            "status": self.status,
            "scheme__slug": self.scheme,
            "scheme__funder__slug": self.funder,
            "officer": self.officer,
            "frozen_duties__kind": self.kind,
        }
        return lists[self.which] & Q(**{name: value for name, value in narrowed.items() if value})

    def of(self, sent: "ApplicationQuerySet", theirs: Collection[int]) -> "ApplicationQuerySet":
        """What of `sent` stays in it."""
        rows = sent.filter(self.condition(theirs))
        return found_by(rows, self.words) if self.words else rows

    def page(self, rows: "ApplicationQuerySet", after: str) -> Page[Any]:
        """Fifty of these rows, in the order of this list, with what is new of what waits."""
        whole = rows.model.objects.for_inbox()
        if self.is_by_date:
            return page_by_date(rows, field="answer_by", after=after, whole=whole.marking_news())
        return page_newest_first(rows, after=after, whole=whole)

    def marking_neighbours(self, seen: "ApplicationQuerySet", rows: "ApplicationQuerySet") -> "ApplicationQuerySet":
        """`seen`, each with the one before and the one after it in these rows: in the same query, by an index."""
        here, day = OuterRef("pk"), OuterRef("answer_by")
        if self.is_by_date:
            later = rows.filter(Q(answer_by__gt=day) | Q(pk__gt=here), answer_by__gte=day).order_by("answer_by", "pk")
            sooner = rows.filter(Q(answer_by__lt=day) | Q(pk__lt=here), answer_by__lte=day).order_by(
                "-answer_by", "-pk"
            )
        else:
            later, sooner = rows.filter(pk__lt=here).order_by("-pk"), rows.filter(pk__gt=here).order_by("pk")
        return seen.annotate(
            the_one_before=Subquery(sooner.values("pk")[:1]), the_one_after=Subquery(later.values("pk")[:1])
        )


def counted(sent: "ApplicationQuerySet", sieves: Sequence[Sieve], theirs: Collection[int]) -> list[int]:
    """How much of what waits is in each of these sieves, and last how much is due within a week: one query."""
    day = today()
    conditions = [sieve.condition(theirs) for sieve in sieves]
    conditions.append(Q(answer_by__range=(day, day + timedelta(days=7))))
    tallies = {f"tally_{place}": Count("pk", filter=each) for place, each in enumerate(conditions)}
    return list(sent.undecided().aggregate(**tallies).values())
