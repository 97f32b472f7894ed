"""The pages on which residents change what we know about them."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Letter
from grants.reach import actions
from grants.reach.forms import ByPostForm, DetailsForm, MoveCodeForm, NewEmailForm, SaidCodeForm, ToldEmailForm
from web.limits import MANY_MAILS, may_mail
from web.models import Code, Person
from web.requests import Request


def details(request: Request) -> HttpResponse:
    """Name, phone, address, by mail or by post. The e-mail address has a page of its own."""
    person = request.user.person
    require(person, "change_details", person)
    form = DetailsForm(request.POST or None, initial={name: getattr(person, name) for name in DetailsForm.base_fields})
    if form.run(actions.change_details, person, by=person):
        messages.success(request, _("Kept. From now on we use this."))
        return redirect("grants:details")
    return render(request, "grants/reach/details.html", {"form": form, "email": request.user.email})


def new_email(request: Request) -> HttpResponse:
    person = request.user.person
    require(person, "change_details", person)
    form = NewEmailForm(request.POST or None)
    if form.is_valid() and not may_mail(request, form.cleaned_data["email"]):
        form.add_error(None, MANY_MAILS)
    elif form.run(actions.ask_to_move, person, by=person):
        return redirect("grants:change_email")
    return render(request, "grants/reach/new_email.html", {"form": form, "email": request.user.email})


def change_email(request: Request) -> HttpResponse:
    person = request.user.person
    require(person, "change_details", person)
    form = MoveCodeForm(request.POST or None)
    if form.run(actions.change_email, person, by=person):
        update_session_auth_hash(request, form.outcome.user)  # this device goes on; every other one signs in again
        messages.success(request, _("Done. From now on you sign in with your new address."))
        return redirect("grants:details")
    return render(request, "grants/reach/change_email.html", {"form": form})


def back_to(person: Person, pk: int) -> Letter:
    """A letter whose mail never arrived, for an officer of the fund."""
    return get_object_or_404(Letter.objects.of_officer(person).came_back().for_tray(), pk=pk)


def another_address(request: Request, pk: int) -> HttpResponse:
    """They have another e-mail address: a code goes there, they read it out, and the letter is mailed again."""
    person = request.user.person
    letter = back_to(person, pk)
    said = SaidCodeForm(request.POST if "code" in request.POST else None)
    if said.run(actions.reach_by_mail, letter, by=person):
        messages.success(request, _("Kept. The letter is mailed to the new address."))
        return redirect("grants:inbox")
    told = ToldEmailForm(request.POST if "email" in request.POST else None)
    if told.run(actions.ask_new_address, letter, by=person):
        messages.success(request, _("A code is on its way there. Ask them to read it out."))
        return redirect("grants:another_address", pk)
    mailed_to = Code.waits_at(letter.to, purpose=letter.purpose_of_code)
    context = {"letter": letter, "funder": letter.funder, "told": told, "said": said, "mailed_to": mailed_to}
    return render(request, "grants/reach/another_address.html", context)


def came_back(request: Request, pk: int) -> HttpResponse:
    """A letter whose mail never arrived: whom to call, and where it goes instead."""
    person = request.user.person
    letter = back_to(person, pk)
    form = ByPostForm(request.POST or None, person=letter.to)
    if form.run(actions.reach_by_post, letter, by=person):
        messages.success(request, _("Kept. The letter lies with the letters to post."))
        return redirect("grants:post_tray")
    return render(request, "grants/reach/came_back.html", {"letter": letter, "form": form, "funder": letter.funder})
