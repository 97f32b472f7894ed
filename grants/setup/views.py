"""The pages of a fund admin: their schemes, the parts of a draft, a preview as residents see it, and publishing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import require
from grants.models import Application, Edition, Scheme
from grants.models.area import sources_of
from grants.models.differences import differences
from grants.models.ground import published_grounds
from grants.models.process import steps_of
from grants.models.ready import good_to_know, still_to_do
from grants.models.register import Chosen, returned
from grants.models.suggested import suggested
from grants.setup import actions
from grants.setup.forms import PARTS, NameForm, NewSchemeForm, PaidFromForm, Part, PublishForm
from web.models import Funder, Seat
from web.requests import Request


def funders_of(request: Request) -> list[Funder]:
    """Where this person sets up schemes."""
    seats = Seat.objects.of(request.user.person, Seat.Role.FUND_ADMIN).values("funder")
    return list(Funder.objects.filter(pk__in=seats))


def own_scheme(request: Request, slug: str) -> Scheme:
    """A scheme of a funder where they work; what they may do there is asked of the access table."""
    seats = Seat.objects.of(request.user.person).values("funder")
    scheme = get_object_or_404(Scheme.objects.select_related("funder", "current"), slug=slug, funder__in=seats)
    require(request.user.person, "begin_edition", scheme)
    return scheme


def own_draft(request: Request, slug: str) -> Edition:
    """The draft of a scheme of theirs, with everything in it."""
    scheme = own_scheme(request, slug)
    drafts = scheme.editions.select_related("scheme__funder").prefetch_related(*Edition.SHOWN)
    return get_object_or_404(drafts, published_at=None)


def schemes(request: Request) -> HttpResponse:
    """Every scheme of their funders, by fund, and what is published of it."""
    funders = funders_of(request)
    if not funders:
        raise PermissionDenied(_("Only a fund admin sets up schemes."))
    found = Scheme.objects.filter(funder__in=funders).select_related("funder", "current").order_by("funder", "title")
    drafts = {draft.scheme_id: draft for draft in Edition.objects.filter(scheme__in=found, published_at=None)}
    rows: dict[Funder, list[tuple[Scheme, Edition | None]]] = {funder: [] for funder in funders}
    for scheme in found:
        rows[scheme.funder].append((scheme, drafts.get(scheme.pk)))
    return render(request, "grants/setup/schemes.html", {"funds": list(rows.items()), "funder": funders[0]})


def new_scheme(request: Request, slug: str) -> HttpResponse:
    """A name, an address, and what it begins as. `slug` is the funder's."""
    seats = Seat.objects.of(request.user.person).values("funder")
    funder = get_object_or_404(Funder, slug=slug, pk__in=seats)
    require(request.user.person, "begin_scheme", funder)
    own = Scheme.objects.published().filter(funder=funder).order_by("title")
    form = NewSchemeForm(request.POST or None, schemes=own, initial={"copy_of": request.GET.get("van")})
    if form.run(actions.begin_scheme, funder, by=request.user.person):
        messages.success(request, _("The draft is there. Nobody sees it yet."))
        return redirect("grants:set_up_scheme", form.outcome.slug)
    return render(request, "grants/setup/new_scheme.html", {"form": form, "funder": funder})


def set_up_scheme(request: Request, slug: str) -> HttpResponse:
    """What holds, what is in the draft, and what was published before."""
    scheme = own_scheme(request, slug)
    draft = scheme.editions.select_related("scheme").prefetch_related(*Edition.SHOWN).filter(published_at=None).first()
    context = {
        "scheme": scheme,
        "funder": scheme.funder,
        "draft": draft,
        "parts": [(name, part, how_many(draft, part)) for name, part in PARTS.items()] if draft else [],
        "todo": still_to_do(draft) if draft else [],
        "published": scheme.editions.exclude(published_at=None).select_related("published_by").order_by("-number"),
    }
    return render(request, "grants/setup/scheme.html", context)


def rename_scheme(request: Request, slug: str) -> HttpResponse:
    """As long as it was never published."""
    scheme = own_scheme(request, slug)
    if scheme.current:
        messages.info(request, _("This scheme has been published, so it keeps its name and address."))
        return redirect("grants:set_up_scheme", slug)
    now = {name: getattr(scheme, name) for name in NameForm.base_fields}
    form = NameForm(request.POST or None, initial=now)
    if form.run(actions.rename_scheme, scheme, by=request.user.person):
        messages.success(request, _("Kept in the draft."))
        return redirect("grants:set_up_scheme", scheme.slug)
    return render(request, "grants/setup/rename.html", {"scheme": scheme, "funder": scheme.funder, "form": form})


def pay_from(request: Request, slug: str) -> HttpResponse:
    """The budgets and the mailbox: they hold at once, for what is published too."""
    scheme = own_scheme(request, slug)
    form = PaidFromForm(request.POST or None, scheme=scheme)
    if form.run(actions.pay_from, scheme, by=request.user.person):
        messages.success(request, _("Kept. It holds from now on."))
        return redirect("grants:set_up_scheme", slug)
    context = {"scheme": scheme, "funder": scheme.funder, "form": form, "title": _("Budgets and mailbox")}
    return render(request, "grants/setup/paid_from.html", context)


def how_many(draft: Edition, part: Part) -> int | None:
    return len(getattr(draft, part.rows).all()) if part.rows else None


@require_POST
def begin_edition(request: Request, slug: str) -> HttpResponse:
    actions.begin_edition(own_scheme(request, slug), by=request.user.person)
    messages.success(request, _("The draft is there. Nobody sees it yet."))
    return redirect("grants:set_up_scheme", slug)


def part_called(name: str, *, with_rows: bool) -> Part:
    part = PARTS.get(name)
    if part is None or bool(part.rows) is not with_rows:
        raise Http404
    return part


def about(draft: Edition, part: Part, **more: Any) -> dict[str, Any]:
    return {"scheme": draft.scheme, "funder": draft.scheme.funder, "draft": draft, "part": part, **more}


def set_up_part(request: Request, slug: str, name: str) -> HttpResponse:
    """One short form of the draft, or the rows of one kind with a form for one more."""
    part, draft = PARTS.get(name), own_draft(request, slug)
    if part is None:
        raise Http404
    if part.rows:
        return rows(request, draft, name, part)
    form = part.form(request.POST or None, initial=part.initial(draft))
    if form.run(actions.change_edition, draft, by=request.user.person):
        messages.success(request, _("Kept in the draft."))
        return redirect("grants:set_up_scheme", slug)
    return render(request, "grants/setup/part.html", about(draft, part, form=form))


def rows(request: Request, draft: Edition, name: str, part: Part) -> HttpResponse:
    choices = suggested("criteria") if part.rows == "criteria" else {}
    chosen = choices.get(request.GET.get("kies", ""), {})
    form = part.form(request.POST or None, initial=chosen)
    if form.run(actions.add_row, draft, part=part.rows, by=request.user.person):
        messages.success(request, _("Kept in the draft."))
        return redirect("grants:set_up_part", draft.scheme.slug, name)
    there = list(getattr(draft, part.rows).all())
    titles = {str(row) for row in there}
    offered = [(key, each["title"]) for key, each in choices.items() if each["title"] not in titles]
    context = about(draft, part, form=form, name=name, rows=there, offered=offered)
    return render(request, "grants/setup/rows.html", context)


def set_up_row(request: Request, slug: str, name: str, pk: int) -> HttpResponse:
    """One row: change it, put it one place earlier, or take it away."""
    part, draft = part_called(name, with_rows=True), own_draft(request, slug)
    row = get_object_or_404(getattr(draft, part.rows), pk=pk)
    if "away" in request.POST:
        actions.take_row_away(row, by=request.user.person)
        messages.success(request, _("Taken out of the draft."))
        return redirect("grants:set_up_part", slug, name)
    if "up" in request.POST and part.in_order:
        actions.move_row_up(row, by=request.user.person)
        return redirect("grants:set_up_part", slug, name)
    form = part.form(request.POST or None, initial=part.initial(row))
    if form.run(actions.change_row, row, by=request.user.person):
        messages.success(request, _("Kept in the draft."))
        return redirect("grants:set_up_part", slug, name)
    return render(request, "grants/setup/row.html", about(draft, part, form=form, name=name, row=row))


def preview(request: Request, slug: str) -> HttpResponse:
    """The page as residents will see it: the same template, of the draft."""
    draft = own_draft(request, slug)
    context = {
        "scheme": draft.scheme,
        "edition": draft,
        "funder": draft.scheme.funder,
        "is_open": True,
        "is_preview": True,
        "money_left": draft.scheme.money_left,
        "sources": sources_of(draft.areas.all()),
        "sent_back_twice": returned(Chosen(scheme=draft.scheme.slug))["twice"],
        "waiting_asks": draft.scheme.applications.undecided().asked_in_total(),
    }
    return render(request, "grants/overview/scheme.html", context)


def preview_process(request: Request, slug: str) -> HttpResponse:
    """The steps as residents will see them."""
    draft = own_draft(request, slug)
    context = {
        "scheme": draft.scheme,
        "edition": draft,
        "funder": draft.scheme.funder,
        "is_preview": True,
        "steps": steps_of(draft),
        "grounds": published_grounds(public_body=draft.scheme.funder.is_public_body),
        "published": draft.scheme.editions.exclude(published_at=None).order_by("-number"),
    }
    return render(request, "grants/overview/process.html", context)


def publish_edition(request: Request, slug: str) -> HttpResponse:
    """What is different, for whom, and the button."""
    draft = own_draft(request, slug)
    require(request.user.person, "publish_edition", draft)
    form = PublishForm(request.POST or None)
    if form.run(actions.publish_edition, draft, by=request.user.person):
        messages.success(request, _("Published. From now on this holds for who asks."))
        return redirect("grants:set_up_scheme", slug)
    before = draft.scheme.current
    asked = Application.objects.filter(scheme=draft.scheme)
    context = about(
        draft,
        PARTS["teksten"],
        form=form,
        todo=still_to_do(draft),
        surprises=good_to_know(draft),
        differences=differences(before, draft) if before else [],
        drafts=asked.drafts().count(),
        undecided=asked.undecided().count(),
    )
    return render(request, "grants/setup/publish.html", context)


@require_POST
def drop_edition(request: Request, slug: str) -> HttpResponse:
    draft = own_draft(request, slug)
    was_published = draft.scheme.current is not None
    actions.drop_edition(draft, by=request.user.person)
    messages.success(request, _("The draft is gone. What is published holds."))
    return redirect("grants:set_up_scheme", slug) if was_published else redirect("grants:set_up")
