"""The pages of an idea: where it is told, its own private page, and the officer's answer."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import require
from grants.models import Idea, Scheme
from grants.models.desk import ANSWERERS
from grants.suggest import actions
from grants.suggest.forms import AnswerForm, IdeaForm, WriteDownForm
from web.keyset import page_newest_first
from web.limits import MANY_MAILS, may_mail
from web.models import Funder, Person, Seat
from web.requests import Request, private, public
from web.sign_in.adopt import new_holder


@public
def tell_idea(request: Request, slug: str = "") -> HttpResponse:
    """Four lines. On the page of a scheme it goes to that funder, else people choose one."""
    scheme = get_object_or_404(Scheme.objects.published().select_related("funder"), slug=slug) if slug else None
    all_of_them = Funder.objects.filter(schemes__in=Scheme.objects.published()).distinct()
    funders = [scheme.funder] if scheme else list(all_of_them)
    if not funders:
        raise Http404
    form = IdeaForm(request.POST or None, funders=funders)
    if form.is_bound and kept(request, form, scheme):
        messages.success(request, _("We have your idea. Keep the address of this page: it is for you alone."))
        return private(redirect(form.outcome))
    context = {"form": form, "scheme": scheme, "funder": funders[0] if len(funders) == 1 else None, "funders": funders}
    return render(request, "grants/suggest/tell.html", context)


def kept(request: Request, form: IdeaForm, scheme: Scheme | None) -> bool:
    """Whether what was typed is kept: not too many ideas from one place, nor mails to one address."""
    if not form.is_valid():
        return False
    if not ratelimit.consume(request, action="tell_idea"):
        form.add_error(None, _("Many ideas are told from here right now. Wait ten minutes, then try again."))
        return False
    if not may_mail(request, form.cleaned_data.get("email", "")):
        form.add_error(None, MANY_MAILS)
        return False
    return form.run(actions.tell_idea, form.told_to, scheme=scheme, by=Person.system())


def own_idea(pk: int, key: str) -> Idea:
    """The idea this link opens; any other link opens nothing."""
    ideas = Idea.objects.select_related("funder", "scheme__current", "teller", "answered_by", "plan")
    idea = get_object_or_404(ideas, pk=pk)
    if not idea.is_opened_by(key):
        raise Http404
    return idea


@public
def idea(request: Request, pk: int, key: str) -> HttpResponse:
    """What was told, when they hear, the answer; and the button that makes it a plan."""
    found = own_idea(pk, key)
    schemes = [] if found.plan_id else places_for(found)
    context = {"idea": found, "funder": found.funder, "schemes": schemes}
    return private(render(request, "grants/suggest/idea.html", context))


def places_for(idea: Idea) -> list[Scheme]:
    """Where it may become a plan: the scheme it was told to or the officer named, else all that are open."""
    if idea.scheme and idea.scheme.is_open:
        return [idea.scheme]
    return list(Scheme.objects.open_now().filter(funder=idea.funder).order_by("current__maximum"))


@public
@require_POST
def become_plan(request: Request, pk: int, key: str) -> HttpResponse:
    """The idea as a draft, on this device. Nothing is sent."""
    found = own_idea(pk, key)
    scheme = get_object_or_404(Scheme.objects.published().filter(funder=found.funder), slug=request.POST.get("scheme"))
    application = actions.become_plan(found, scheme=scheme, by=new_holder(request))
    messages.success(request, _("Your idea is a plan now. Fill in the rest; nothing has been sent."))
    return redirect(application.form_url)


@public
@require_POST
def take_idea_back(request: Request, pk: int, key: str) -> HttpResponse:
    found = own_idea(pk, key)
    actions.take_idea_back(found, by=found.teller)
    messages.success(request, _("Your idea is erased. Thank you for telling it."))
    return redirect("home")


def ideas(request: Request) -> HttpResponse:
    """Every idea told to this person's funders, newest first."""
    seen = Idea.objects.of_funders_of(request.user.person).select_related("funder", "answered_by")
    page = page_newest_first(seen, after=request.GET.get("after", ""))
    answers = Seat.objects.of(request.user.person, *ANSWERERS).exists()
    return render(request, "grants/suggest/ideas.html", {"page": page, "answers": answers})


def write_down_idea(request: Request) -> HttpResponse:
    """An idea that came by phone, by letter or at the desk."""
    person = request.user.person
    seats = Seat.objects.of(person, *ANSWERERS).values("funder")
    told_to = Funder.objects.filter(pk__in=seats, schemes__in=Scheme.objects.published()).distinct()
    if not (funders := list(told_to)):
        raise PermissionDenied(_("Only an officer of this funder can do this."))
    form = WriteDownForm(request.POST or None, funders=funders)
    if form.is_valid() and form.run(actions.write_down_idea, form.told_to, by=person):
        messages.success(request, _("Written down. Answer it when you know what is possible."))
        return redirect("grants:answer_idea", form.outcome.pk)
    context = {"form": form, "funder": funders[0] if len(funders) == 1 else None, "funders": funders}
    return render(request, "grants/suggest/write_down.html", context)


def answer_idea(request: Request, pk: int) -> HttpResponse:
    """The idea beside the answer to it."""
    seen = Idea.objects.of_funders_of(request.user.person)
    seen = seen.select_related("funder", "scheme", "teller", "answered_by")
    found = get_object_or_404(seen, pk=pk)
    require(request.user.person, "answer_idea", found)
    schemes = list(Scheme.objects.published().filter(funder=found.funder).order_by("current__maximum"))
    chosen = {"scheme": found.scheme_id or ""}
    form = AnswerForm(request.POST or None, schemes=schemes, initial=chosen)
    if form.run(actions.answer_idea, found, by=request.user.person):
        messages.success(
            request, _("Answered. They read it on the page of the idea, and by mail or post if we have an address.")
        )
        return redirect("grants:ideas")
    return render(request, "grants/suggest/answer.html", {"idea": found, "funder": found.funder, "form": form})
