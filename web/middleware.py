"""What happens around every page: who acts, how long they may, what is never kept, and how a refusal is told."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from web.models import Person
from web.sign_in import session
from web.sign_in.adopt import HOLDER
from web.sign_in.second import has_second_factor

NextDoor = Callable[[HttpRequest], HttpResponseBase]


# All that is open to a seat holder with one factor: setting up the other, the language, and leaving.
WITH_ONE_FACTOR = frozenset(
    {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_logout", "set_language", "health"}
)


class SessionsEnd:
    """Whoever has a seat came in by two factors, at most eight hours ago; with one they set up the second first."""

    def __init__(self, get_response: NextDoor) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        session.look_at(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        match = request.resolver_match
        if not getattr(request, "lacks_second_factor", False) or match is None:
            return None
        if has_second_factor(request.user):  # set up in another browser: so here it is asked
            logout(request)
            return redirect("account_login")
        return None if match.view_name in WITH_ONE_FACTOR else redirect("mfa_index")


class PersonOfTheRequest:
    """Sets `request.person`: the signed-in user's Person, else the holder of a draft on this device, else None."""

    def __init__(self, get_response: NextDoor) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.person = person_of(request)  # type: ignore[attr-defined]  # web.requests.Request declares it for views
        return self.get_response(request)


def person_of(request: HttpRequest) -> Person | None:
    """Who acts. Whoever can sign in must sign in: the code of one draft opens no account and no other plan."""
    if request.user.is_authenticated:
        return request.user.person
    holder = request.session.get(HOLDER)
    without_account = Person.objects.filter(became=None, user=None, seats=None, erased_at=None)
    return without_account.filter(pk=holder).first() if holder else None


class PersonalPagesAreNotStored:
    """Pages made for one person are kept by nobody: not by the browser of a library, not by a proxy."""

    def __init__(self, get_response: NextDoor) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not for_everybody(request):
            response["Cache-Control"] = "no-store, private"
        return response


def for_everybody(request: HttpRequest) -> bool:
    """A public view, seen by somebody we don't know."""
    if request.user.is_authenticated or getattr(request, "person", None):
        return False
    return request.resolver_match is not None and not getattr(request.resolver_match.func, "login_required", True)


class RefusalsBecomeMessages:
    """A button without fields has no form to put a refusal at: it becomes a message on the page one came from."""

    def __init__(self, get_response: NextDoor) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        if request.method != "POST" or not isinstance(refusal, ValidationError):
            return None
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return redirect(own_page_before(request) or "home")


def own_page_before(request: HttpRequest) -> str | None:
    """The page of ours this request came from, if the browser says so."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if ours else None
