"""Inviting somebody to a seat: they get a link by mail to choose a password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from djmoney.money import Money

from web import outbox
from web.models import Funder, Person, Seat, User, record


@transaction.atomic
def give_a_seat(user: User, *, funder: Funder, role: Seat.Role, mandate: Money | None, by: Person) -> Seat:
    """Seat `user` at `funder` from today. Whoever has this seat already keeps it, with the mandate given now."""
    seat = Seat.objects.of(user.person, role).filter(funder=funder).first()
    seat = seat or Seat(person=user.person, funder=funder, role=role)
    seat.mandate = mandate
    seat.full_clean()
    seat.save()
    record(by, "give_a_seat", seat, person_id=user.person_id, role=role, mandate=mandate or "")
    return seat


@transaction.atomic
def invite(user: User, *, by: Person) -> str:
    """Mail `user` a link to choose a password; the link, for whoever must hand it over otherwise. Valid three days."""
    link = link_to_choose_a_password(user)
    with translation.override(user.person.language):
        values = {"link": link, "site": settings.SITE_ADDRESS, "email": user.email}
        outbox.write(
            user.person,
            address=user.email,
            subject=render_to_string("letters/sign_in/invited_subject.txt", values),
            text=render_to_string("letters/sign_in/invited.txt", values),
        )
    record(by, "invite", user)
    return link


def link_to_choose_a_password(user: User) -> str:
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    path = reverse("account_reset_password_from_key", kwargs=key)
    return f"{settings.SITE_ADDRESS}{path}"
