"""Applications: which of them somebody sees, and what each page reads of them at once."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q, Subquery, Sum
from djmoney.money import Money

from grants.models.consent import Consent
from grants.models.edition import Division
from grants.models.news import UNREAD
from grants.models.plan import Member
from grants.models.round import Round
from grants.models.status import WAITING
from grants.models.status import Status as State
from ledger.models import Account, Payee
from web.amounts import euro
from web.clock import now, today
from web.models import Person, Seat

if TYPE_CHECKING:
    from grants.models.application import Application  # noqa: F401  # the query set is one of these

# Who reads applications for a funder. The panel reads plans without contact data, on pages of its own.
READERS = (
    Seat.Role.OFFICER,
    Seat.Role.DECIDER,
    Seat.Role.TREASURER,
    Seat.Role.FUND_ADMIN,
    Seat.Role.AUDITOR,
)

# By the rules it was sent under, and with the page as it was sent: nothing that is being written.
WITH_A_PANEL = Q(frozen_edition__panel_from__lte=F("asked"), frozen_page__isnull=False)


def _to_advise_on() -> Q:
    here = Q(status__in=(State.SUBMITTED, State.COMPLETE, State.JUDGED)) | Q(told_at__gt=now())
    return here & Q(complete_at__isnull=False, answer_by__isnull=False)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, person: Person | None) -> Self:
        """Whoever sees all of it, and a helper for as long as the residents let them in."""
        let_in = Consent.objects.of(person).filter(plan=OuterRef("plan"))
        return self.filter(self._own_or_read(person) | Q(Exists(let_in)))

    def open_to(self, person: Person | None) -> Self:
        """Members see their own plan's applications with their letters; who reads for a funder what was sent to it."""
        return self.filter(self._own_or_read(person))

    def helped_by(self, person: Person | None) -> Self:
        """Those a helper sees now, because the residents let them in."""
        return self.filter(Exists(Consent.objects.of(person).filter(plan=OuterRef("plan"))))

    def completed_by(self, person: Person | None) -> Self:
        """The group's own, and what came back to be completed to residents who let this helper in."""
        own = Member.objects.filter(plan=OuterRef("plan"), person=person)
        let_in = Consent.objects.of(person).filter(plan=OuterRef("plan"))
        return self.filter(Q(Exists(own)) | Q(Exists(let_in), status=State.RETURNED))

    def written_by(self, person: Person | None) -> Self:
        """What this person may write on now: their group's, or of residents who let them in."""
        own = Member.objects.filter(plan=OuterRef("plan"), person=person)
        let_in = Consent.objects.of(person).filter(plan=OuterRef("plan"))
        return self.being_written().filter(Q(Exists(own)) | Q(Exists(let_in)))

    @staticmethod
    def _own_or_read(person: Person | None) -> Q:
        own = Member.objects.filter(plan=OuterRef("plan"), person=person)
        seat = Seat.objects.of(person, *READERS).filter(funder=OuterRef("scheme__funder"))
        return Q(Exists(own)) | (~Q(status=State.DRAFT) & Q(Exists(seat)))

    def sent_to_funder_of(self, person: Person) -> Self:
        """What was sent to the funders this person reads for: no drafts."""
        return self.filter(scheme__funder__in=Seat.funders_of(person, *READERS)).exclude(status=State.DRAFT)

    def of_members(self, person: Person) -> Self:
        return self.filter(Exists(Member.objects.filter(plan=OuterRef("plan"), person=person)))

    def to_advise_on(self) -> Self:
        """Complete, not decided yet, and asking so much that the panel of residents is heard."""
        return self.filter(WITH_A_PANEL, _to_advise_on())

    def decided(self) -> Self:
        return self.filter(status__in=(State.GRANTED, State.DECLINED, State.CLOSED))

    def told(self) -> Self:
        """Without those that were decided minutes ago: their letter can still be stopped, so nobody else knows."""
        return self.filter(Q(told_at=None) | Q(told_at__lte=now()))

    def known_undecided(self) -> Self:
        """The same as everybody outside the fund knows it."""
        return self.filter(Q(status__in=WAITING) | Q(told_at__gt=now()))

    def read_by_panel(self, person: Person) -> Self:
        """What a member of a funder's panel reads without contact data: to advise on, or decided after advice."""
        return self.filter(self._read_by_panel(person))

    def read_by_panel_or_fund(self, person: Person) -> Self:
        funders = Seat.objects.of(person, *READERS).values("funder")
        sent = Q(scheme__funder__in=funders) & ~Q(status=State.DRAFT)
        return self.filter(sent | self._read_by_panel(person))

    def _read_by_panel(self, person: Person) -> Q:
        fresh = self.model.objects.filter(pk=OuterRef("pk"))
        advised = fresh.decided().told().filter(advices__isnull=False)
        funders = Seat.objects.of(person, Seat.Role.PANEL).values("funder")
        return Q(scheme__funder__in=funders) & WITH_A_PANEL & (_to_advise_on() | Q(Exists(advised)))

    def handled_by(self, person: Person) -> Self:
        """Those this person has on their desk, or judged, or signed first."""
        return self.filter(self._handled_by(person))

    def _handled_by(self, person: Person) -> Q:
        """Asked of each row: over all that were ever judged it would take long."""
        fresh = self.model.objects.filter(pk=OuterRef("pk"))
        ways = ("reviews__by", "proposals__by", "decisions__by")
        return reduce(or_, (Q(Exists(fresh.filter(**{way: person}))) for way in ways), Q(officer=person))

    def not_their_own(self, person: Person) -> Self:
        """Neither of a group this person is in, nor of the street they said they live in."""
        left = self.model.objects.filter(pk=OuterRef("pk"), asides__person=person)
        own = Member.objects.filter(plan=OuterRef("plan"), person=person)
        return self.exclude(Exists(own)).exclude(Exists(left))

    def free_to_advise(self, person: Person) -> Self:
        """Nor what they handle: whoever advises looks at a plan from one side alone."""
        return self.not_their_own(person).exclude(self._handled_by(person))

    def for_panel(self, person: Person) -> Self:
        """With the rules it was sent under, and whether this person advised (`has_advised`). Nobody of the group."""
        given = self.model.objects.filter(pk=OuterRef("pk"), advices__by=person)
        related = self.select_related("scheme__funder", "frozen_edition", "plan").marking_scans()
        return related.annotate(has_advised=Exists(given))

    def drafts(self) -> Self:
        return self.filter(status=State.DRAFT)

    def running_out(self, by_day: date) -> Self:
        """Drafts that weren't told yet and whose scheme, or round, closes by then; or has less left than it gives."""
        day = today()
        rounds = Round.objects.filter(edition=OuterRef("scheme__current"), opens_on__lte=day)
        closes = Q(scheme__current__closes_on__range=(day, by_day)) | Q(
            Exists(rounds.filter(closes_on__range=(day, by_day))), scheme__current__in_rounds=True
        )
        accounts = Account.objects.filter(kind=Account.Kind.AVAILABLE, commitment=None, budget__year=day.year)
        left = accounts.filter(budget__schemes=OuterRef("scheme")).order_by("budget__name").values("balance")[:1]
        drafts = self.drafts().filter(running_out_told_on=None, scheme__current__opens_on__lte=day)
        drafts = drafts.annotate(left_cents=Subquery(left))
        # a budget counts in cents, an edition in euros
        empty = Q(left_cents__lt=F("scheme__current__minimum") * 100)
        related = drafts.select_related("plan", "scheme__funder", "scheme__current")
        return related.filter(closes | empty).order_by("pk")

    def being_written(self) -> Self:
        """In the hands of the residents: drafts, and what came back to be completed."""
        return self.filter(status__in=(State.DRAFT, State.RETURNED))

    def undecided(self) -> Self:
        """Sent and not yet decided: what they ask may still be granted."""
        return self.filter(status__in=WAITING)

    def waiting_in(self, round_: "Round") -> Self:
        """Those of a round, under whichever edition they were sent, that aren't announced yet; as they came in."""
        same = Q(scheme=round_.edition.scheme_id, round__opens_on=round_.opens_on)
        ranked = Q(frozen_edition__division=Division.RANKING, status__in=WAITING)
        return self.filter(same, ranked).exclude(place__announced_at__isnull=False).order_by("pk")

    def for_ranking(self) -> Self:
        """With their places, quiet decisions, judgements and rules: nine queries, however many."""
        related = ("scheme__funder", "frozen_edition", "round", "plan__purse", "place__by", "quiet__by")
        judged = ("reviews__judgements__criterion", "quiet__grounds", "quiet__obligations")
        return self.select_related(*related).prefetch_related(
            *judged, "scheme__budgets", "frozen_edition__obligations", "advices__points"
        )

    def asked_in_total(self) -> Money:
        """The sum of what these ask, to the cent (SQLite adds decimals as floats, hence the rounding)."""
        total = self.aggregate(total=Sum("asked"))["total"] or 0
        return euro(round(total, 2))

    def marking_news(self) -> Self:
        """With whether residents did something since whoever has it last looked (`has_news`)."""
        return self.annotate(has_news=ExpressionWrapper(UNREAD, models.BooleanField()))

    def news_for(self, people: Iterable[int]) -> Self:
        """Those with such news that one of these people has, the oldest first."""
        return self.filter(UNREAD, officer__in=people).exclude(status=State.CLOSED).order_by("pk")

    def for_inbox(self) -> Self:
        return self.select_related("scheme__funder", "plan", "officer").defer("frozen_page")

    def for_application_page(self) -> Self:
        """Each with its plan, scheme, people and lines: three queries, however many."""
        related = self.select_related(
            "scheme__funder",
            "scheme__current",
            "frozen_edition",
            "plan__purse",
            "plan__area",
            "plan__support_page",
            "round",
            "place",
            "referral__scheme__funder",
            "referral__by",
            "confirmation__on_behalf_of",
            "confirmation__by",
            "intake__by",
            "plan__story",
            "plan__scribe__helper__person",
            "plan__scribe__helper__organisation",
            "officer__desk__replaced_by",
            "extension__by",
            "grant__commitment__budget",
        )
        people = Prefetch("plan__members", Member.objects.select_related("person").order_by("pk"))
        return related.prefetch_related(people, "plan__lines").marking_scans()

    def marking_scans(self) -> Self:
        """With whether something came on paper, for this fund and the group alone (`has_scans`)."""
        return self.annotate(has_scans=Exists(self.model.objects.filter(pk=OuterRef("pk"), scans__isnull=False)))

    def for_writing(self) -> Self:
        """With the sheets, the plan elsewhere and the scheme's tracks besides: the amount asked decides which it is."""
        return self.for_application_page().prefetch_related(
            "plan__sheets", "plan__applications", "scheme__current__tracks", "frozen_edition__tracks"
        )

    def for_my_residents(self) -> Self:
        """The same, and whether the bank details are in (`bank_details_known`)."""
        known = Payee.objects.filter(commitment__thread=OuterRef("plan"), replaced_at=None)
        return self.for_writing().annotate(bank_details_known=Exists(known))

    def marking_clearances(self) -> Self:
        """With whether something is still found out (`is_finding_out`), or may not be done (`may_not_be_done`)."""
        fresh = self.model.objects.filter(pk=OuterRef("pk"))
        return self.annotate(
            is_finding_out=Exists(fresh.filter(clearances__answer="")),
            may_not_be_done=Exists(fresh.filter(clearances__answer="no")),
        )

    def for_decision_page(self) -> Self:
        """With the criteria to judge by and the budget to promise from besides."""
        related = self.for_application_page().marking_clearances()
        return related.prefetch_related("frozen_edition__criteria", "scheme__budgets")
