"""What happens around every page."""

import logging
from collections.abc import Iterator

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, reverse

from tests.conftest import Visitor
from web.logs import NothingPersonal
from web.models import Person, User
from web.requests import public
from web.sign_in.adopt import HOLDER

pytestmark = pytest.mark.django_db


@public
def for_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


def for_some(request: HttpRequest) -> HttpResponse:
    return HttpResponse("closed")


@public
def refuses(request: HttpRequest) -> HttpResponse:
    raise ValidationError("Not twice.")


@public
def forbids(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only an officer can do that.")


@public
def breaks(request: HttpRequest) -> HttpResponse:
    raise IntegrityError("Key (email)=(anna@example.nl) of Anna de Vries already exists")


@public
def is_lost(request: HttpRequest, name: str) -> HttpResponse:
    raise Http404("anna@example.nl")


urlpatterns = [
    path("open/", for_all),
    path("closed/", for_some),
    path("refuses/", refuses),
    path("forbids/", forbids),
    path("breaks/", breaks),
    path("lost/<str:name>/", is_lost),
    path("", include("web.urls")),
]


@pytest.fixture(autouse=True)
def these_pages(settings: object) -> None:
    settings.ROOT_URLCONF = __name__  # type: ignore[attr-defined]  # pytest-django's settings


@pytest.fixture
def user() -> User:
    return User.objects.create_user("anna@example.nl", name="Anna de Vries")


def test_every_page_asks_to_sign_in_unless_it_is_marked_public(client: Visitor, user: User) -> None:
    assert client.get("/open/").content == b"open"
    assert client.get("/closed/")["Location"] == f"{reverse('account_request_login_code')}?next=/closed/"
    client.force_login(user)
    assert client.get("/closed/").content == b"closed"


def test_personal_pages_are_kept_by_nobody(client: Visitor, user: User) -> None:
    assert not client.get("/open/").has_header("Cache-Control")
    assert "no-store" in client.get("/closed/")["Cache-Control"]
    client.force_login(user)
    assert "no-store" in client.get("/open/")["Cache-Control"]
    assert "no-store" in client.get("/closed/")["Cache-Control"]


def test_a_page_for_the_holder_of_a_draft_is_personal(client: Visitor) -> None:
    session = client.session
    session[HOLDER] = Person.objects.create().pk
    session.save()
    assert "no-store" in client.get("/open/")["Cache-Control"]


def test_an_erased_holder_is_nobody(client: Visitor) -> None:
    session = client.session
    session[HOLDER] = Person.objects.create().erase().pk
    session.save()
    assert not client.get("/open/").has_header("Cache-Control")


def test_a_session_never_stands_in_for_signing_in(client: Visitor, user: User) -> None:
    """The draft of somebody who can sign in is opened by signing in, not by holding a code on some device."""
    session = client.session
    session[HOLDER] = user.person.pk
    session.save()
    assert client.get("/open/").wsgi_request.person is None  # type: ignore[attr-defined]  # our middleware sets it


def test_a_refusal_of_a_button_becomes_a_message_on_the_page_before(client: Visitor) -> None:
    answer = client.post("/refuses/", headers={"referer": "http://testserver/open/?page=2"})
    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/open/?page=2")
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Not twice."]


@pytest.mark.parametrize("before", ["", "https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_refusal_never_leads_out_of_the_house(client: Visitor, before: str) -> None:
    assert client.post("/refuses/", headers={"referer": before})["Location"] == reverse("home")


def test_a_refusal_while_only_looking_is_an_error_of_ours(client: Visitor) -> None:
    with pytest.raises(ValidationError):
        client.get("/refuses/")


def test_who_may_not_do_it_reads_why(client: Visitor) -> None:
    answer = client.post("/forbids/")
    assert answer.status_code == 403
    assert "Only an officer can do that." in answer.content.decode()


class Listener(logging.Handler):
    """Keeps the lines as the settings' formatter writes them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(NothingPersonal("{levelname} {name} {message}", style="{"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[list[str]]:
    listener = Listener()
    logging.getLogger().addHandler(listener)
    yield listener.lines
    logging.getLogger().removeHandler(listener)


def test_an_error_leaves_its_place_in_the_log_and_nobody_s_name(client: Visitor, user: User, log: list[str]) -> None:
    client.raise_request_exception = False
    client.force_login(user)
    answer = client.post("/breaks/?email=anna@example.nl", {"name": "Anna de Vries"})
    assert answer.status_code == 500
    text = "\n".join(log)
    assert "IntegrityError" in text
    assert "in breaks" in text
    assert "anna" not in text.lower()


def test_a_page_that_is_not_there_leaves_no_address_in_the_log(client: Visitor, log: list[str]) -> None:
    assert client.get("/lost/anna@example.nl/?who=anna@example.nl").status_code == 404
    text = "\n".join(log)
    assert "/lost/(address)/" in text
    assert "anna" not in text.lower()


def test_the_settings_write_logs_with_this_formatter(settings: object) -> None:
    logs = settings.LOGGING  # type: ignore[attr-defined]  # pytest-django's settings
    assert logs["formatters"]["line"]["()"] == "web.logs.NothingPersonal"
    assert {each["formatter"] for each in logs["handlers"].values()} == {"line"}
    assert {handler for each in logs["loggers"].values() for handler in each["handlers"]} <= set(logs["handlers"])


def test_a_line_of_the_server_loses_its_query() -> None:
    record = logging.LogRecord(
        "django.server", logging.INFO, "", 0, '"%s" %s', ("GET /x/?q=Anna HTTP/1.1", "200"), None
    )
    assert NothingPersonal("%(message)s").format(record) == '"GET /x/ HTTP/1.1" 200'


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ('"GET /meedoen/aB3-_x9/ HTTP/1.1" 200', '"GET /meedoen/(key)/ HTTP/1.1" 200'),
        ("Not Found: /partner/aB3-_x9/", "Not Found: /partner/(key)/"),
        ("Not Found: /steun/ACEF-ACEF-ACEF-ACEF/", "Not Found: /steun/(key)/"),
        ("Gone: /steun/ACEFACEF", "Gone: /steun/(key)"),
        ("Forbidden: /ja/aB3-_x9/blad/9.jpg", "Forbidden: /ja/(key)/blad/9.jpg"),
        ("Method Not Allowed: /idee/5/aB3-_x9/plan/", "Method Not Allowed: /idee/5/(key)/plan/"),
        ("Not Found: /plan/verder/20-ACEFH-JKQRW/", "Not Found: /plan/verder/(key)/"),
        ("Not Found: /hulp/20/ja/hier/", "Not Found: /hulp/20/ja/hier/"),
        ("/aanmelden/wachtwoord/kiezen/1a-c0ffee-12/", "/aanmelden/wachtwoord/kiezen/(key)/"),
        ("Forbidden: /steun/plan/12/openen/", "Forbidden: /steun/plan/12/openen/"),
        ("Forbidden: /steun/zorg/12/", "Forbidden: /steun/zorg/12/"),
        ("Forbidden: /plan/12/groep/partner/3/weg/", "Forbidden: /plan/12/groep/partner/3/weg/"),
        ('"GET /meedoen/ HTTP/1.1" 200', '"GET /meedoen/ HTTP/1.1" 200'),
    ],
)
def test_no_key_of_a_link_reaches_the_log(line: str, masked: str) -> None:
    record = logging.LogRecord("django.request", logging.INFO, "", 0, line, None, None)
    assert NothingPersonal("%(message)s").format(record) == masked
