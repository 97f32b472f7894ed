"""The page that asks for a code, once more and for another address; everything else is allauth's own."""

from allauth.account import views as allauth
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginByCodeStage, LoginStage
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from web.models import Visit


class AskForCodeView(allauth.RequestLoginCodeView):
    """Asking again for the same address sends the same code again; asking for another address starts anew."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> HttpResponseRedirect | None:
        typed = request.POST.get("email", "").strip().lower()
        if typed and typed == stage.state.get("email"):
            return self.send_again(stage)
        if typed or "other" in request.GET:
            clear_login(request)
            return None
        if stage.key != LoginByCodeStage.key:  # the second factor of whoever typed their password here
            return super()._redirect_to_pending_stage(request, stage)
        return self.to_the_code()

    def send_again(self, stage: LoginStage) -> HttpResponseRedirect | None:
        process = LoginCodeVerificationProcess.resume(stage)
        if process is None:  # too old: a new code
            return None
        if process.can_resend:
            process.resend()
        return self.to_the_code()

    def to_the_code(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_confirm_login_code")))


class TypeCodeView(allauth.ConfirmLoginCodeView):
    """The code signs in until the browser closes, as on the computer of a library; for weeks only on one's own."""

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        if self.request.user.is_authenticated and not form.cleaned_data["own_device"]:
            self.request.session.set_expiry(0)
        return response


class ChangePassword(allauth.PasswordChangeView):
    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        Visit.go_on(self.request)
        return response


ask_for_code = AskForCodeView.as_view()
type_code = TypeCodeView.as_view()
change_password = ChangePassword.as_view()
