"""A helper's desk: the residents who let this helper in, where each of their plans is, and a plan for one more."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import may, require
from grants.help import actions
from grants.help.forms import CONTACT, CorrectForm, ResidentForm
from grants.models import Application, Consent, Helper
from grants.models.sending import what_is_still_missing
from grants.models.turn import missing_words, turn_of
from web.keyset import page_newest_first
from web.limits import MANY_MAILS, may_mail
from web.requests import Request
from web.sign_in.adopt import HOLDER


def at_my_desk(request: Request) -> Helper:
    """As whom this person helps; whoever doesn't help has no desk."""
    return get_object_or_404(Helper.objects.of(request.user.person).select_related("organisation", "person"))


def helped(request: Request, pk: int) -> Application:
    """A plan this helper is let in at now; any other is not found."""
    found = get_object_or_404(Application.objects.helped_by(request.user.person).for_my_residents(), pk=pk)
    return found.as_told()


def my_residents(request: Request) -> HttpResponse:
    """Every plan this helper is let in at: whose turn it is, by when, and what is missing."""
    me = at_my_desk(request)
    theirs = Application.objects.helped_by(request.user.person).only("pk")
    page = page_newest_first(theirs, after=request.GET.get("after", ""))
    # By their ids: else a database may join all that belongs to any application before it asks who is let in where.
    whole = Application.objects.for_my_residents().in_bulk([each.pk for each in page.rows])
    known = [whole[each.pk].as_told() for each in page.rows]
    rows = [(each, turn_of(each), missing_words(each) if each.status == "draft" else []) for each in known]
    return render(request, "grants/help/my_residents.html", {"me": me, "rows": rows, "after": page.after})


def start(request: Request) -> HttpResponse:
    """A plan for a resident: who they are, and that they said yes. `?van=` takes an earlier plan's words along;
    with `?zelfde` it is for the same resident again."""
    me = at_my_desk(request)
    number = request.GET.get("van", "")
    earlier = helped(request, int(number)) if number.isdecimal() and len(number) < 12 else None  # noqa: PLR2004  # digits
    known = earlier.plan.first_contact if earlier and "zelfde" in request.GET else None
    form = ResidentForm(request.POST or None, by=request.user.person, earlier=earlier, known=known)
    if request.method == "POST" and not ratelimit.consume(request, action="start"):
        form.add_error(None, _("Many plans are started from here right now. Wait a minute, then try again."))
    elif form.is_valid() and not may_mail(request, form.cleaned_data["resident"].email):
        form.add_error(None, MANY_MAILS)
    elif form.run(actions.start_for_resident, earlier=earlier, by=request.user.person):
        messages.success(request, _("The plan has begun. Write it down together."))
        return redirect(form.outcome.form_url)
    return render(request, "grants/help/start.html", {"me": me, "form": form, "known": known, "earlier": earlier})


def resident(request: Request, pk: int) -> HttpResponse:
    """One plan at a helper's desk: what it says, whose turn it is, and until when this helper may see it."""
    me, application = at_my_desk(request), helped(request, pk)
    context = {
        "me": me,
        "application": application,
        "funder": application.scheme.funder,
        "turn": turn_of(application),
        "missing": what_is_still_missing(application).values() if application.status in {"draft", "returned"} else (),
        "consent": Consent.objects.of(request.user.person).filter(plan=application.plan_id).for_page().first(),
        "may_correct": application.status == "draft" and may(request.person, "correct_contact", application),
        "may_complete": application.status == "returned" and may(request.person, "save_draft", application),
        "may_write": application.status == "draft" and may(request.person, "save_draft", application),
    }
    return render(request, "grants/help/resident.html", context)


def correct_contact(request: Request, pk: int) -> HttpResponse:
    """A name, an address or a number that was written down wrong, while nothing is sent yet."""
    at_my_desk(request)
    application = helped(request, pk)
    require(request.user.person, "correct_contact", application)
    known = application.plan.first_contact
    form = CorrectForm(
        request.POST or None, by=request.user.person, initial={name: getattr(known, name) for name in CONTACT}
    )
    if form.is_valid() and not may_mail(request, form.cleaned_data["resident"].email):
        form.add_error(None, MANY_MAILS)
    elif form.run(actions.correct_contact, application, by=request.user.person):
        messages.success(request, _("Changed. Codes and links of before don’t work any more."))
        return redirect("grants:resident", pk)
    return render(request, "grants/help/correct.html", {"application": application, "form": form, "known": known})


@require_POST
def next_resident(request: Request) -> HttpResponse:
    """ "Done, next resident": this device forgets whoever sat here. The helper stays signed in."""
    at_my_desk(request)
    for key in set(request.session.keys()) & OF_A_RESIDENT:
        del request.session[key]
    request.session.cycle_key()
    list(messages.get_messages(request))  # sentences about them go too
    answer = redirect("grants:my_residents")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


OF_A_RESIDENT = {HOLDER, "invited", "handed_over"}
