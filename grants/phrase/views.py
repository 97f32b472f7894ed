"""A scheme's letters, and one of them with what the fund adds to it, as it will look."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import OwnWords, Scheme
from grants.models.own_words import as_one_paragraph, long_sentences
from grants.papers.letter import fits_one_page, letter_pdf
from grants.phrase import actions
from grants.phrase.forms import PhraseForm
from grants.phrase.letters import NAME, on_paper
from web.models import Person, Seat
from web.requests import Request

LANGUAGES = {"nl": "text", "en": "text_en"}


def own_scheme(person: Person, slug: str) -> Scheme:
    """A scheme of a funder where they work; only its fund admin comes in."""
    seats = Seat.objects.of(person).values("funder")
    schemes = Scheme.objects.select_related("funder", "current")
    scheme = get_object_or_404(schemes, slug=slug, funder__in=seats)
    require(person, "phrase", scheme)
    return scheme


def letters_of_scheme(request: Request, slug: str) -> HttpResponse:
    """Every kind of letter, and which have words of the fund's own."""
    scheme = own_scheme(request.user.person, slug)
    there = scheme.own_words.by_kind()
    rows = [(kind, there.get(kind)) for kind in OwnWords.Kind]
    return render(request, "grants/phrase/letters.html", {"scheme": scheme, "funder": scheme.funder, "rows": rows})


def phrase(request: Request, slug: str, kind: str) -> HttpResponse:
    """The paragraph, and the letter around it: as it is now, or with what was just typed (`show`), also as PDF."""
    scheme = own_scheme(request.user.person, slug)
    if kind not in OwnWords.Kind.values:
        raise Http404
    letter, words = OwnWords.Kind(kind), scheme.own_words.by_kind().get(kind)
    now = {name: getattr(words, name, "") for name in LANGUAGES.values()}
    form, show = PhraseForm(request.POST or None, initial=now), request.POST.get("show", "")
    if show:
        now = {name: as_one_paragraph(form.data.get(name, "")) for name in now} if form.is_valid() else now
    elif form.run(actions.phrase, scheme, kind=letter, by=request.user.person):
        messages.success(request, _("Kept. It stands in letters from now on; what was sent stays as it was."))
        return redirect("grants:phrase", slug, kind)
    if show in LANGUAGES and form.is_valid():
        return paper(scheme, letter, now, language=show)
    context = {
        "scheme": scheme,
        "funder": scheme.funder,
        "kind": letter,
        "words": words,
        "form": form,
        "long": long_sentences(now["text"]),
        "letters": [written(scheme, letter, now, language=language) for language in LANGUAGES],
    }
    return render(request, "grants/phrase/phrase.html", context)


def added(now: dict[str, str], language: str) -> str:
    """English where it was written."""
    return now[LANGUAGES[language]] or now["text"]


def written(scheme: Scheme, kind: OwnWords.Kind, now: dict[str, str], *, language: str) -> dict[str, Any]:
    letter = on_paper(scheme, kind, own_words=added(now, language), language=language)
    return {"letter": letter, "to": NAME, "is_longer": not fits_one_page(letter)}


def paper(scheme: Scheme, kind: OwnWords.Kind, now: dict[str, str], *, language: str) -> HttpResponse:
    return HttpResponse(
        letter_pdf(on_paper(scheme, kind, own_words=added(now, language), language=language)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="voorbeeld-{kind.name.lower()}-{language}.pdf"'},
    )
