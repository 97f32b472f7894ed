"""The public register: a page for everybody, and the same as a file."""

from hashlib import sha256
from urllib.parse import urlencode

from allauth.core.internal import ratelimit  # the one outside counts no GET
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grants.disclose.forms import RegisterForm
from grants.models.area import sources_of
from grants.models.register import FEWEST, Chosen, Entry, Sums
from web.clock import today
from web.keyset import page_latest_first
from web.language import said
from web.requests import Request, public
from web.sheets import Cell, csv_lines

MOST_ROWS = 5_000  # in one file: the newest; who wants more chooses a year or a scheme

KEPT = 5 * 60  # seconds that a file is given again as it was made
# Of one place, generously: a town hall or a library has one address for everybody.
RATES = {"register": "120/m/ip", "register_csv": "20/m/ip"}


def within_limits(request: Request, action: str) -> bool:
    return bool(ratelimit.consume(request, app="allauth.account", action=action, config=RATES, limit_get=True))


@public
def register(request: Request) -> HttpResponse:
    """Every award, the latest first, with the figures above it, and what was refused and sent back below."""
    if not within_limits(request, "register"):
        return ratelimit.respond_429(request)
    form = RegisterForm(request.GET)
    grants = form.chosen.grants()
    page = page_latest_first(grants.for_register(), field="awarded_on", after=request.GET.get("after", ""))
    entries = [Entry.of(grant) for grant in page.rows]
    sums = Sums.of(form.chosen)
    narrowed = urlencode({name: value for name in form.fields if (value := request.GET.get(name))})
    context = {
        "form": form,
        "entries": entries,
        "after": page.after,
        "is_later_page": "after" in request.GET,
        "narrowed": narrowed,
        "count": sums.count,
        "total": sums.total,
        "refusals": sums.refusals,
        "fewest": FEWEST,
        "returned": sums.returned,
        "most_rows": MOST_ROWS,
        "sources": sources_of({entry.area for entry in entries if entry.area}),
    }
    return render(request, "grants/disclose/register.html", context)


@public
def register_csv(request: Request) -> HttpResponse:
    """The newest awards of what was chosen, as a file that any spreadsheet opens."""
    if not within_limits(request, "register_csv"):
        return ratelimit.respond_429(request)
    form = RegisterForm(request.GET)
    return HttpResponse(
        cache.get_or_set(key_of(form.chosen), lambda: file_of(form.chosen), KEPT),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="register.csv"'},
    )


def key_of(chosen: Chosen) -> str:
    """One for each choice, language and day: a day brings new awards."""
    said = f"{chosen!r} {get_language()} {today()}"
    return f"register {sha256(said.encode()).hexdigest()}".replace(" ", ":")


def file_of(chosen: Chosen) -> bytes:
    grants = chosen.grants().for_register().order_by("-awarded_on", "-pk")
    rows = [row_of(Entry.of(grant)) for grant in grants[:MOST_ROWS]]
    return "".join(csv_lines(heads(), rows)).encode()


def heads() -> list[str]:
    return [
        _("Number"),
        _("Date"),
        _("Who gave it (the team decided)"),
        _("Scheme"),
        _("Plan"),
        _("Recipient"),
        _("Town"),
        _("Neighbourhood"),
        _("First amount"),
        _("Became"),
        _("More about it"),
    ]


def row_of(entry: Entry) -> list[Cell]:
    area = entry.area
    return [
        entry.number,
        entry.awarded_on,
        entry.scheme.funder.name,
        said(entry.scheme, "title"),
        entry.title,
        entry.recipient,
        area.municipality_name if area else "",
        area.name if area else "",
        entry.awarded,
        entry.outcome,
        entry.note,
    ]
