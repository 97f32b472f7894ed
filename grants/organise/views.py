"""The page of an organisation that helps: who helps there, and for its lead to invite and to end helpers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import may, require
from grants.models import Helper
from grants.organise import actions
from grants.organise.forms import InviteHelperForm
from web.limits import MANY_MAILS, may_mail
from web.requests import Request


def my_place(request: Request) -> Helper:
    """Where this person helps; whoever doesn't help has no such page."""
    return get_object_or_404(Helper.objects.of(request.user.person).select_related("organisation"))


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
        messages.success(request, _("%(name)s gets a mail, and can help from now on.") % {"name": form.outcome.person})
        return redirect("grants:organisation")
    return render(request, "grants/organise/invite.html", {"organisation": mine.organisation, "form": form})


@require_POST
def end_helper(request: Request, number: int) -> HttpResponse:
    colleagues = my_place(request).organisation.helpers.filter(ended_at=None).select_related("person", "organisation")
    helper = get_object_or_404(colleagues, pk=number)
    actions.end_helper(helper, by=request.user.person)
    messages.success(request, _("%(name)s doesn't help here any more, and sees no plan.") % {"name": helper.person})
    return redirect("grants:organisation")
