"""The page that asks for a code, once more and for another address; everything else is allauth's own."""

from allauth.account import views as allauth
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStage
from django.http import HttpRequest, HttpResponseRedirect


class AskForCodeView(allauth.RequestLoginCodeView):
    """Asking again for the same address sends the same code again; asking for another address starts anew."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> HttpResponseRedirect | None:
        typed = request.POST.get("email", "").strip().lower()
        if request.method == "POST" and typed == stage.state.get("email"):
            return send_again(self, request, stage)
        if request.method == "POST" or "other" in request.GET:
            clear_login(request)
            return None
        return HttpResponseRedirect(self.get_success_url())


def send_again(view: AskForCodeView, request: HttpRequest, stage: LoginStage) -> HttpResponseRedirect | None:
    process = LoginCodeVerificationProcess.resume(stage)
    if process is None:  # the code is too old: a new one
        return None
    if process.can_resend:
        process.resend()
    return HttpResponseRedirect(view.get_success_url())


ask_for_code = AskForCodeView.as_view()
