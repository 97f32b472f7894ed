"""Pages people only read: the catalogue, a scheme, my plans, a plan's story so far, and an application."""

from urllib.parse import parse_qsl

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from grants.access import allowed, may
from grants.models import Application, Decision, Letter, Proposal, Scheme, Wait
from grants.models.advice import opinions_of
from grants.models.afterwards import afterwards
from grants.models.applications import ApplicationQuerySet
from grants.models.area import sources_of
from grants.models.completion import asked_as_sent
from grants.models.elsewhere import given_by, others_of, others_shown_to_funds, too_much, too_much_with
from grants.models.fit import fits
from grants.models.ground import published_grounds
from grants.models.news import news_of, open_by
from grants.models.process import steps_of
from grants.models.register import Chosen, returned
from grants.models.road import road_of
from grants.models.series import earlier, earlier_shown_to_fund, seen_by
from grants.models.sieve import LOOKED_AT, Sieve
from grants.overview.forms import SearchForm
from ledger.models import Commitment
from web.clock import today
from web.keyset import page_newest_first
from web.models import Deed, Person, Reading, Seat
from web.requests import Known, Request, known, noted, public
from web.sign_in.adopt import HOLDER

EDITIONS_AT_ONCE = 20
OFFICERS_DEEDS = (
    *("judge", "settle", "award", "close", "fix", "hand_over_with_note", "send_back", "enquire", "extend"),
    *("set_aside", "sign", "refuse_to_sign", "recall", "register_reaction", "export_case", "assign", "jot"),
)


@public
def catalogue(request: Request) -> HttpResponse:
    """The home page: where one may ask, for about so much money in that place; and why not elsewhere."""
    form = SearchForm(request.GET)
    schemes = list(Scheme.objects.published().for_catalogue())
    fitting, others = fits(schemes, form.wish)
    areas = [area for scheme in schemes for area in scheme.edition.areas.all()]
    if areas:
        form.offer_neighbourhoods()
    context = {
        "form": form,
        "wish": form.wish,
        "fitting": fitting,
        "others": others,
        "is_limited": bool(areas),
        "sources": sources_of(areas),
    }
    return render(request, "grants/overview/catalogue.html", context)


@public
def scheme(request: Request, slug: str) -> HttpResponse:
    """All rules before the form: what, who, how much is left, criteria, who decides, when money must go back.

    `?bedrag=` is the amount somebody was looking for; it travels on to the form.
    """
    shown = get_object_or_404(Scheme.objects.published().for_scheme_page(), slug=slug)
    context = {
        "scheme": shown,
        "edition": shown.edition,
        "is_open": shown.is_open,
        "funder": shown.funder,
        "money_left": shown.money_left,
        "sources": sources_of(shown.edition.areas.all()),
        "bedrag": request.GET.get("bedrag", ""),
        "sent_back_twice": returned(Chosen(scheme=shown.slug))["twice"],
        "waiting_asks": shown.applications.known_undecided().asked_in_total(),
    }
    return render(request, "grants/overview/scheme.html", context)


@public
def process(request: Request, slug: str) -> HttpResponse:
    """The way of a plan through this scheme: each step, who takes it and how long, made from its own rules."""
    shown = get_object_or_404(Scheme.objects.published().for_scheme_page(), slug=slug)
    context = {
        "scheme": shown,
        "edition": shown.edition,
        "funder": shown.funder,
        "steps": steps_of(shown.edition),
        "grounds": published_grounds(public_body=shown.funder.is_public_body),
        "published": shown.editions.exclude(published_at=None).order_by("-number")[:EDITIONS_AT_ONCE],
    }
    return render(request, "grants/overview/process.html", context)


def my_plans(request: Request) -> HttpResponse:
    """What this person asked for, newest first."""
    mine = Application.objects.of_members(request.user.person).for_inbox()
    page = page_newest_first(mine, after=request.GET.get("after", ""))
    held = Application.objects.drafts().for_inbox().filter(plan__members__person=request.session.get(HOLDER))
    on_this_device = held.first() if HOLDER in request.session else None
    funders = {each.scheme.funder for each in page.rows}
    funder = funders.pop() if len(funders) == 1 else None
    for each in page.rows:
        each.as_told()
    context = {"page": page, "on_this_device": on_this_device, "funder": funder}
    return render(request, "grants/overview/my_plans.html", context)


@known
def track(request: Known, pk: int) -> HttpResponse:
    """The residents' status page: where it is, who has it, when they hear, and everything that happened."""
    own = Application.objects.of_members(request.person).for_application_page()
    application = get_object_or_404(own.exclude(status=Application.Status.DRAFT), pk=pk).as_told()
    others = others_of(application)

    waits = list(application.waits.for_reading())
    road = road_of(application, waiting_for(application, waits))
    holds_money, keeps_book = application.plan.roles_of(request.person)
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "road": road,
        "now": next((step for step in road if step.state == "now"), None),
        "next": next((step for step in road if step.state == "later"), None),
        "deeds": Deed.objects.on_strand(application.thread, application.strand),
        "letters": Letter.objects.left().filter(application=application).defer("pdf", "text"),
        "waits": waits,
        "clearances": application.clearances.for_reading(),
        "wait": waiting_for(application, waits),
        "reactions": application.reactions.for_reading(),
        "promises": application.promises.due_first(),
        "intention": application.grant.intentions.to_answer().first() if application.is_granted else None,
        "commitment": application.grant.commitment if application.is_granted else None,
        "others": others,
        "earlier": seen_by(request.person, earlier(application)),
        "too_much": too_much(application.plan, given_by([application, *others])),
        "story": getattr(application.plan, "story", None),
        "is_first_contact": may(request.person, "withdraw", application),
        "holds_money": holds_money,
        "keeps_book": keeps_book,
        "today": today(),
    }
    return render(request, "grants/overview/track.html", context)


def waiting_for(application: Application, waits: list[Wait]) -> Wait | None:
    """What the residents were asked and haven't answered, while it still matters. `waits` are the newest first."""
    return next((wait for wait in waits if wait.ended_on is None and application.is_waiting), None)


def letter(request: Request, pk: int) -> HttpResponse:
    """A letter's PDF, byte for byte as it was sent."""
    seen = Letter.objects.visible_to(request.user.person)
    kept = get_object_or_404(seen.select_related("application__scheme"), pk=pk)
    if kept.application:
        noted(request, Reading.Page.LETTER, kept.application)
    return HttpResponse(
        bytes(kept.pdf),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{kept.number or "idee"}-{kept.pk}.pdf"'},
    )


def application(request: Request, pk: int) -> HttpResponse:
    """An officer's page: the plan, what was judged and decided, the money, and everything that happened.
    What residents did stands first; whoever it is for has read it then.
    """
    Seat.keep(person := request.user.person)
    shown = get_object_or_404(sent_to(request, person).for_application_page().marking_clearances(), pk=pk)
    noted(request, Reading.Page.APPLICATION, shown)
    others = others_shown_to_funds(shown)
    waits, deeds = list(shown.waits.for_reading()), list(Deed.objects.on_strand(shown.thread, shown.strand))
    news = news_of(shown, deeds)
    if news:
        open_by(shown, person)
    decisions = list(shown.decisions.select_related("by"))
    prefetch_related_objects([each for each in decisions if each.outcome == Decision.Outcome.DECLINED], "grounds")
    context = {
        "application": shown,
        "news": news,
        "waits": waits,
        "wait": waiting_for(shown, waits),
        **afterwards(shown, deeds),
        "funder": shown.scheme.funder,
        "review": (review := shown.reviews.for_reading().first()),
        "opinions": opinions_of(shown, review.judgements.all() if review else ()),
        "decisions": decisions,
        "recallable": next((each for each in decisions if each.can_be_recalled), None),
        "proposal": proposal_on(shown),
        "deeds": deeds,
        "letters": shown.letters.defer("pdf", "text"),
        "notes": shown.notes.visible_to(person).for_reading(),
        "commitment": commitment_of(shown),
        "others": others,
        "earlier": earlier_shown_to_fund(shown),
        "too_much": too_much_with(shown, others),
        "story": getattr(shown.plan, "story", None) if shown.is_granted else None,
        "may": allowed(person, OFFICERS_DEEDS, shown),
        "longer": getattr(shown, "extension", None),
        "asked": asked_as_sent(shown, waits),
        "today": today(),
    }
    return render(request, "grants/overview/application.html", context)


def sent_to(request: Request, person: Person) -> ApplicationQuerySet:
    """What this person reads, each with its neighbours in the list that was looked at last, if any was."""
    sent, looked_at = Application.objects.sent_to_funder_of(person), request.session.get(LOOKED_AT)
    if not looked_at:
        return sent
    sieve = Sieve.read(dict(parse_qsl(looked_at["list"])))
    return sieve.marking_neighbours(sent, sieve.of(sent, looked_at["theirs"]))


def proposal_on(shown: Application) -> Proposal | None:
    """What waits for a second signature."""
    return Proposal.objects.open().filter(application=shown).select_related("by").first() if shown.is_waiting else None


def commitment_of(shown: Application) -> Commitment | None:
    """The money of an award, in the ledger."""
    return Commitment.objects.with_balances().get(pk=shown.grant.commitment_id) if shown.is_granted else None
