"""What every page's frame needs: the demo banner, the languages, and the links of whoever has a seat."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from web.models import Funder, Seat

Role = Seat.Role

# A page of the staff navigation, and the roles that find something to do or to read there.
PAGES: tuple[tuple[str, str | Promise, frozenset[str]], ...] = (
    (
        "grants:inbox",
        _("Inbox"),
        frozenset({Role.OFFICER, Role.DECIDER, Role.FUND_ADMIN, Role.AUDITOR}),
    ),
    (
        "grants:oversee",
        _("How it goes"),
        frozenset({Role.OFFICER, Role.DECIDER, Role.FUND_ADMIN, Role.AUDITOR}),
    ),
    ("grants:panel", _("Plans to advise on"), frozenset({Role.PANEL})),
    ("ledger:budgets", _("Money"), frozenset({Role.TREASURER, Role.FUND_ADMIN, Role.AUDITOR})),
    ("ledger:payments", _("Payments"), frozenset({Role.TREASURER, Role.AUDITOR})),
    ("grants:export", _("Export"), frozenset({Role.TREASURER, Role.AUDITOR})),
    ("grants:set_up", _("Schemes"), frozenset({Role.FUND_ADMIN})),
    ("grants:readings", _("Read by whom"), frozenset({Role.AUDITOR})),
    ("powers", _("Powers"), frozenset({Role.AUDITOR, Role.FUND_ADMIN})),
    ("mfa_index", _("My sign-in"), frozenset(Role.values)),
)


@dataclass(frozen=True)
class Link:
    """One link of the navigation. `is_here`: the reader stands on that page or below it."""

    url: str
    label: str | Promise
    is_here: bool


class House:
    """The frame of one request's page. Nothing is asked of the database until a template shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def organisation(self) -> str:
        """What stands on the button to sign in through one's organisation; nothing where that isn't set up."""
        return (settings.OIDC_NAME or gettext("your organisation")) if settings.OIDC_ISSUER else ""

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Each language's code, and its name as its own speakers write it."""
        return [(code, str(get_language_info(code)["name_local"])) for code, _name in settings.LANGUAGES]

    @cached_property
    def seats(self) -> list[Seat]:
        """The seats the signed-in person holds today (one query); none for everybody else."""
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        return Seat.look_up(user.person)

    @property
    def funder(self) -> Funder | None:
        """The funder of a reader who has seats at one funder only."""
        funders = {seat.funder for seat in self.seats}
        return funders.pop() if len(funders) == 1 else None

    @cached_property
    def navigation(self) -> list[Link]:
        """The links for this reader's roles. Without a seat: their own plans, and only once signed in."""
        return list(self._links())

    def _links(self) -> Iterable[Link]:
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated or getattr(self._request, "lacks_second_factor", False):
            return
        roles = {seat.role for seat in self.seats}
        names = [(name, label) for name, label, wanted in PAGES if roles & wanted]
        if user.helps and not roles:
            names.append(("grants:my_residents", _("My residents")))
        if not roles:
            names.append(("grants:my_plans", _("My plans")))
        if user.is_staff:
            names.append(("admin:index", _("Set-up")))
        pages = [(url, label) for name, label in names if (url := _address(name))]
        here = max((url for url, _label in pages if self._request.path.startswith(url)), key=len, default="")
        for url, label in pages:
            yield Link(url, label, is_here=url == here)


def _address(name: str) -> str:
    """The address of a page by its name, or nothing when this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def house(request: HttpRequest) -> dict[str, House]:
    """Context processor: `house` in every template."""
    return {"house": House(request)}
