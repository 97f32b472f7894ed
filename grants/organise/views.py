"""The pages of organisations that help: for a fund to let them in, and for their lead to invite and end helpers."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import may, require
from grants.models import Consent, Helper, HelpingOrganisation
from grants.organise import actions
from grants.organise.forms import InviteHelperForm, LetInForm
from web.limits import MANY_MAILS, may_mail
from web.models import Funder, Seat
from web.requests import Request


def my_place(request: Request) -> Helper:
    """Where this person helps; whoever doesn't help has no such page."""
    return get_object_or_404(Helper.objects.of(request.user.person).select_related("organisation"))


def set_up_at(request: Request) -> QuerySet[Funder]:
    """The funders this person sets up; whoever sets up none has no such page."""
    seats = Seat.objects.of(request.user.person, Seat.Role.FUND_ADMIN)
    if not seats.exists():
        raise PermissionDenied(_("Only who sets up this fund lets an organisation in, or ends that."))
    return Funder.objects.filter(pk__in=seats.values("funder"))


def organisations(request: Request) -> HttpResponse:
    """Which organisations a fund let in, how many help there, and the way to one more."""
    funders = set_up_at(request)
    let_in = HelpingOrganisation.objects.filter(funder__in=funders).select_related("funder")
    helps = Count("helpers", filter=Q(helpers__ended_at=None))
    context = {
        "funders": funders,
        "organisations": let_in.annotate(how_many=helps).order_by("ended_at", "name"),
    }
    return render(request, "grants/organise/organisations.html", context)


def let_in(request: Request, slug: str) -> HttpResponse:
    """A new organisation, with who leads its helpers."""
    funder = get_object_or_404(set_up_at(request), slug=slug)
    form = LetInForm(request.POST or None)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        lead, name = typed.pop("lead"), typed.pop("lead_name")
        new = HelpingOrganisation(funder=funder, **typed)
        let_in_now = partial(actions.let_in_organisation, new, lead=lead, name=name, by=request.user.person)
        if not may_mail(request, lead):
            form.add_error(None, MANY_MAILS)
        elif form.attempt("", let_in_now):
            messages.success(request, _("%(name)s may help residents from now on.") % {"name": new})
            return redirect("grants:organisations")
    return render(request, "grants/organise/let_in.html", {"funder": funder, "form": form})


def end_organisation(request: Request, number: int) -> HttpResponse:
    """How many this concerns, and one button."""
    found = HelpingOrganisation.objects.filter(funder__in=set_up_at(request), ended_at=None).select_related("funder")
    ending = get_object_or_404(found, pk=number)
    if request.method == "POST":
        actions.end_organisation(ending, by=request.user.person)
        messages.success(request, _("%(name)s sees no plan any more. The residents are told.") % {"name": ending})
        return redirect("grants:organisations")
    context = {
        "organisation": ending,
        "funder": ending.funder,
        "helpers": ending.helpers.filter(ended_at=None).count(),
        "plans": Consent.objects.open().filter(helper__organisation=ending).count(),
    }
    return render(request, "grants/organise/end.html", context)


def organisation(request: Request) -> HttpResponse:
    """Everybody who helps here. Who leads may invite somebody, or end it."""
    mine = my_place(request)
    leads = may(request.person, "invite_helper", mine.organisation)
    context = {
        "organisation": mine.organisation,
        "helpers": mine.organisation.helpers.today().for_page(),
        "leads": leads,
        "me": mine,
    }
    return render(request, "grants/organise/organisation.html", context)


def invite_helper(request: Request) -> HttpResponse:
    mine = my_place(request)
    require(request.user.person, "invite_helper", mine.organisation)
    form = InviteHelperForm(request.POST or None)
    if form.is_valid() and not may_mail(request, form.cleaned_data["email"]):
        form.add_error(None, MANY_MAILS)
    elif form.run(actions.invite_helper, mine.organisation, by=request.user.person):
        messages.success(
            request, _("%(name)s gets a mail, and can help from now on.") % {"name": form.cleaned_data["name"]}
        )
        return redirect("grants:organisation")
    return render(request, "grants/organise/invite.html", {"organisation": mine.organisation, "form": form})


@require_POST
def end_helper(request: Request, number: int) -> HttpResponse:
    colleagues = (
        my_place(request).organisation.helpers.filter(ended_at=None).select_related("person__user", "organisation")
    )
    helper = get_object_or_404(colleagues, pk=number)
    actions.end_helper(helper, by=request.user.person)
    messages.success(request, _("%(name)s doesn't help here any more, and sees no plan.") % {"name": helper.known_as})
    return redirect("grants:organisation")
