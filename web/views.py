"""The few pages that belong to no verb: the front door, who is behind it, and is it well."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.module_loading import import_string
from django.views.i18n import set_language as django_set_language

from web.models import Funder, Mail, User
from web.requests import Request, public
from web.sign_in.second import code_of_now
from web.town import guises

set_language = public(django_set_language)


@public
def home(request: Request) -> HttpResponse:
    """The front door shows what one may ask for; which page that is, the settings say."""
    page: HttpResponse = import_string(settings.FRONT_DOOR)(request)
    return page


@public
def health(request: HttpRequest) -> HttpResponse:
    """ "ok" when the database answers. For machines: no sign-in, no HTTPS asked, nothing told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@public
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is public. Personal pages turn them away by themselves."""
    return HttpResponse("User-agent: *\nDisallow: /aanmelden/\nDisallow: /beheer/\n", content_type="text/plain")


@public
def about(request: Request) -> HttpResponse:
    return render(request, "web/about.html", {"funders": Funder.objects.all()})


@public
def about_funder(request: Request, slug: str) -> HttpResponse:
    return render(request, "web/about_funder.html", {"funder": get_object_or_404(Funder, slug=slug)})


@public
def demo_mails(request: Request) -> HttpResponse:
    """The outbox of the demo, for developers. Anywhere else this page doesn't exist."""
    if not settings.DEMO:
        raise Http404
    mails = Mail.objects.select_related("to").order_by("-pk")[:50]
    return render(request, "web/demo_mails.html", {"mails": mails})


@public
def demo_codes(request: Request) -> HttpResponse:
    """Whom one can be in the demo, and the codes that the phones of the made-up staff would show."""
    if not settings.DEMO:
        raise Http404
    staff = User.objects.filter(authenticator__type="totp").select_related("person").order_by("person__name")
    codes = {user.email: (user.person, code_of_now(user)) for user in staff}
    rows = [(each, *codes.pop(each.email, (None, ""))) for each in guises()]
    context = {
        "residents": [(guise, code) for guise, _person, code in rows if not code],
        "staff": [(guise, code) for guise, _person, code in rows if code],
        "others": [(person, email, code) for email, (person, code) in codes.items()],
        "password": settings.DEMO_PASSWORD,
    }
    return render(request, "web/demo_codes.html", context)
