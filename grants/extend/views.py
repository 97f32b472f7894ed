"""One page to say that an answer takes longer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import require
from grants.extend import actions
from grants.extend.forms import ExtendForm
from grants.models import Application
from web.models import Reading
from web.requests import Request, noted


def extend(request: Request, pk: int) -> HttpResponse:
    """What was promised, the new day, and why."""
    person = request.user.person
    application = get_object_or_404(Application.objects.sent_to_funder_of(person).for_application_page(), pk=pk)
    require(person, "extend", application)
    form = ExtendForm(request.POST or None, application=application)
    if form.run(actions.extend, application, by=person):
        messages.success(request, _("The residents get a letter today with the new day."))
        return redirect("grants:application", pk)
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    noted(request, Reading.Page.APPLICATION, application)
    return render(request, "grants/extend/extend.html", context)
