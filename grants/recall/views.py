"""One button, for ten minutes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.models import Application
from grants.recall import actions
from web.requests import Request


@require_POST
def recall(request: Request, pk: int) -> HttpResponse:
    person = request.user.person
    application = get_object_or_404(Application.objects.sent_to_funder_of(person).for_application_page(), pk=pk)
    actions.recall(application, by=person)
    messages.success(request, _("Taken back. No letter leaves, and you can decide again."))
    return redirect("grants:application", pk)
