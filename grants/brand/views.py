"""What a fund is called in its letters, and the logo above them."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import require
from grants.brand import actions
from grants.brand.forms import LogoForm
from grants.brand.letters import NAME, example
from grants.papers.letter import LetterOnPaper, letter_pdf
from web.logos import within
from web.models import Deed, Funder, Seat
from web.pictures import hand_out
from web.requests import Request

SHOW = "show"


def own_funder(request: Request, slug: str) -> Funder:
    """A fund where they work; only its fund admin comes in."""
    seats = Seat.objects.of(request.user.person).values("funder")
    funder = get_object_or_404(Funder, slug=slug, pk__in=seats)
    require(request.user.person, "show_logo", funder)
    return funder


def fund(request: Request, slug: str) -> HttpResponse:
    """Its name and where it is reached, its logo, and a letter as it looks now; or with the chosen file, as PDF."""
    funder = own_funder(request, slug)
    form = sent_form(request)
    if SHOW in request.POST and form.is_valid():
        return paper(example(funder, language=spoken(), logo=form.cleaned_data["logo"]))
    if SHOW not in request.POST and form.run(actions.show_logo, funder, by=request.user.person):
        messages.success(request, _("Kept. Your logo stands in letters from now on."))
        return redirect("grants:fund", slug)
    context = {
        "funder": funder,
        "form": form,
        "letter": example(funder, language=spoken()),
        "to": NAME,
        "since": Deed.objects.about(funder).filter(verb="show_logo").select_related("by").last(),
        "size": [round(side) for side in within(*funder.logo_size)] if funder.logo else [],
    }
    return render(request, "grants/brand/fund.html", context)


def sent_form(request: Request) -> LogoForm:
    """With the file that was sent. Opening it takes time and memory, so nobody sends many at once."""
    is_sent = request.method == "POST"
    crowded = request.FILES and not ratelimit.consume(request, action="send_files")
    form = LogoForm(request.POST if is_sent else None, request.FILES if is_sent and not crowded else None)
    if crowded:
        form.add_error(None, _("Many files are sent from here right now. Wait a minute, then choose yours once more."))
    return form


def logo(request: Request, slug: str) -> HttpResponse:
    funder = own_funder(request, slug)
    if not funder.logo:
        raise Http404
    return hand_out(funder.logo)


def example_letter(request: Request, slug: str) -> HttpResponse:
    """The letter with the logo that is there."""
    return paper(example(own_funder(request, slug), language=spoken()))


@require_POST
def take_logo_away(request: Request, slug: str) -> HttpResponse:
    actions.take_logo_away(own_funder(request, slug), by=request.user.person)
    messages.success(request, _("Taken away. Letters have the mark of Buurtkas again."))
    return redirect("grants:fund", slug)


def spoken() -> str:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def paper(letter: LetterOnPaper) -> HttpResponse:
    return HttpResponse(
        letter_pdf(letter),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="voorbeeld-{letter.language}.pdf"'},
    )
