"""An idea first: somebody tells it, an officer answers it, and with one click it becomes a draft of a plan."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Idea, Scheme
from grants.models.draft import begin_draft
from grants.suggest import letters
from web import clock
from web.models import Funder, Person, record

A_MOMENT = timedelta(minutes=2)  # between two clicks, on a slow phone


@transaction.atomic
def tell_idea(
    funder: Funder, *, text: str, came_from: str, where: str, by: Person, scheme: Scheme | None = None, **reach: str
) -> Idea:
    """Keep an idea and promise an answer. `by` is the system: nobody signs in here.

    The deed is done by the Person made for whoever tells it. `reach` may hold an `email` or a `phone`.
    A second click gives the idea that is there.
    """
    require(by, "tell_idea", funder)
    Funder.objects.select_for_update(no_key=True).get(pk=funder.pk)  # one idea after the other
    if before := _told_just_now(funder, reach, text=text, came_from=came_from, where=where):
        return before
    teller = Person.objects.create(language=(get_language() or "nl")[:2], **reach)
    idea = _keep(funder, teller, text=text, came_from=came_from, where=where, scheme=scheme)
    record(teller, "tell_idea", idea)
    return idea


@transaction.atomic
def write_down_idea(
    funder: Funder, *, text: str, came_from: str, where: str, came_by: str, by: Person, **teller: str
) -> Idea:
    """Keep an idea that came by phone or letter, in the words of whoever told it to the officer `by`.

    `teller` may hold a name and ways to be reached: an e-mail address, a phone number, an address for the post.
    """
    require(by, "write_down_idea", funder)
    told = Person.objects.create(**teller)
    idea = _keep(funder, told, text=text, came_from=came_from, where=where, came_by=came_by)
    record(by, "write_down_idea", idea)
    return idea


def _keep(funder: Funder, teller: Person, **told: Any) -> Idea:
    """With a day on which it is answered. Whoever left an e-mail address gets the address of its page."""
    answer_by = clock.add_working_days(clock.today(), funder.answers_ideas_within)
    idea = Idea.objects.create(funder=funder, teller=teller, answer_by=answer_by, **told)
    if teller.email:
        letters.tell_kept(idea)
    return idea


def _told_just_now(funder: Funder, reach: dict[str, str], **told: str) -> Idea | None:
    """The same words about the same place from the same address, a moment ago."""
    lately = Idea.objects.filter(funder=funder, told_at__gt=clock.now() - A_MOMENT, erased_at=None)
    teller = {f"teller__{field}": value for field, value in ({"email": "", "phone": ""} | reach).items()}
    return lately.filter(**told, **teller).first()


@transaction.atomic
def answer_idea(idea: Idea, *, answer: str, by: Person, scheme: Scheme | None = None) -> Idea:
    """Say what is possible. Whoever left an address gets it by mail or post; it stands on the idea's page too."""
    require(by, "answer_idea", idea)
    if scheme and scheme.funder_id != idea.funder_id:
        raise ValidationError(_("Choose one of your own schemes."))
    idea.give_answer(answer, scheme=scheme, by=by)
    record(by, "answer_idea", idea)
    letters.tell_answer(idea)
    return idea


@transaction.atomic
def become_plan(idea: Idea, *, scheme: Scheme, by: Person) -> Application:
    """Start a draft with what was told. `by` holds it; their way to be reached goes along, so they type it once."""
    require(by, "become_plan", idea)
    application = begin_draft(scheme, by=by, what=idea.text, where_when=idea.where)
    idea.become(application.plan)
    for field in ("email", "phone"):
        if not getattr(by, field):
            setattr(by, field, getattr(idea.teller, field))
    by.save()
    record(by, "become_plan", application)
    return application


@transaction.atomic
def take_idea_back(idea: Idea, *, by: Person) -> None:
    """Whoever told it doesn't want it here any more: it is forgotten at once."""
    require(by, "take_idea_back", idea)
    record(by, "take_idea_back", idea)
    idea.erase()
