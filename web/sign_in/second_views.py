"""Setting up a second factor, seeing and ending one's own sessions: allauth's pages, with our deeds and our order."""

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from web.models import User, Visit, record
from web.models.visit import VISIT
from web.requests import Request
from web.sign_in import colleague
from web.sign_in.forms import ResetSecondFactor
from web.sign_in.letters import tell_changed
from web.sign_in.second import MAIN, Locksmith, for_staff
from web.sign_in.session import second_was_shown

asks_again = method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
staff_only = method_decorator(for_staff, name="dispatch")


def whose(request: HttpRequest) -> User:
    """The user of a page that only somebody signed in can see."""
    return cast("User", request.user)


@for_staff
def my_sign_in(request: Request) -> HttpResponse:
    """One's own second factors and sessions. Whoever has none yet finds here how to get one, and nothing else."""
    mine = list(Authenticator.objects.filter(user=request.user).order_by("type", "pk"))
    codes = next((each for each in mine if each.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "factors": [each for each in mine if each.type in MAIN],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "visits": [] if request.lacks_second_factor else Visit.objects.filter(user=request.user).still_open(),
        "this_visit": request.session.get(VISIT),
        "organisations": [] if request.lacks_second_factor else SocialAccount.objects.filter(user=request.user),
    }
    return render(request, "mfa/index.html", context)


@require_POST
@for_staff
def end_visits(request: Request) -> HttpResponse:
    """End one of my other sessions (`visit`), or all of them."""
    others = Visit.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    if one := request.POST.get("visit", "")[:18]:
        others = others.filter(pk=one) if one.isdecimal() else others.none()
    ended = others.end()
    record(request.user.person, "end_sessions", request.user, sessions=ended)
    messages.success(request, ngettext("%d session ended.", "%d sessions ended.", ended) % ended)
    return redirect("mfa_index")


@require_POST
@for_staff
@transaction.atomic
def end_organisation(request: Request) -> HttpResponse:
    """The account at my organisation opens nothing here any more, until it is connected anew."""
    gone, _rows = SocialAccount.objects.filter(user=request.user).delete()
    if gone:
        record(request.user.person, "disconnect_oidc", request.user)
        tell_changed(request.user, "removed", "oidc")
        messages.success(request, _("Ended. You get a mail that says so."))
    return redirect("mfa_index")


def was_added(request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    """Setting it up was showing it: in this session nothing more is asked. Deed, and mail to whom it belongs."""
    post_authentication(request, authenticator, reauthenticated=True)
    second_was_shown(request, authenticator.type)
    record(user.person, "add_second_factor", user, kind=authenticator.type)
    tell_changed(user, "added", authenticator.type)


def was_removed(user: User, kind: str) -> None:
    record(user.person, "remove_second_factor", user, kind=kind)
    tell_changed(user, "removed", kind)


@staff_only
@asks_again
class SetUpApp(totp.ActivateTOTPView):
    """An app: the first one, or another phone instead of the one before."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # allauth sends away who has an app already; here it is replaced.
        return super(totp.ActivateTOTPView, self).dispatch(request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        mine = Authenticator.objects.filter(user=whose(self.request), type=Authenticator.Type.TOTP)
        mine.delete()
        answer = super().form_valid(form)
        was_added(self.request, whose(self.request), mine.get())
        return answer


@staff_only
class TakeAppAway(totp.DeactivateTOTPView):
    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        answer = super().form_valid(form)
        was_removed(whose(self.request), Authenticator.Type.TOTP)
        return answer


@staff_only
class AddKey(webauthn.AddWebAuthnView):
    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        answer = super().form_valid(form)
        mine = Authenticator.objects.filter(user=whose(self.request), type=Authenticator.Type.WEBAUTHN)
        was_added(self.request, whose(self.request), mine.latest("pk"))
        return answer


@staff_only
class RemoveKey(webauthn.RemoveWebAuthnView):
    """allauth lets the last key go; here somebody with a seat is never without."""

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        if not Locksmith().can_delete_authenticator(self.object):
            messages.error(self.request, Locksmith.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        answer = super().form_valid(form)
        was_removed(whose(self.request), Authenticator.Type.WEBAUTHN)
        return answer


@staff_only
class NewRecoveryCodes(recovery.GenerateRecoveryCodesView):
    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        answer = super().form_valid(form)
        record(whose(self.request).person, "make_recovery_codes", whose(self.request))
        tell_changed(whose(self.request), "added", Authenticator.Type.RECOVERY_CODES)
        return answer


def reset_second_factor(request: Request, pk: int) -> HttpResponse:
    """A fund admin takes away the second factor of a colleague who lost it."""
    near = colleague.seats_near(request.user.person).values("person")
    user = get_object_or_404(User.objects.filter(person__in=near).select_related("person"), pk=pk)
    form = ResetSecondFactor(request.POST or None)
    colleague.require(request.user.person, "reset_second_factor", user)
    if form.run(colleague.reset_second_factor, user, by=request.user.person):
        messages.success(request, _("Done. At their next sign-in they set up a new one."))
        return redirect("powers")
    return render(request, "web/reset_second_factor.html", {"colleague": user.person, "form": form})
