"""An idea first: somebody tells it, an officer answers it, and with one click it becomes a draft of a plan."""

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


@transaction.atomic
def tell_idea(
    funder: Funder, *, text: str, came_from: str, where: str, by: Person, scheme: Scheme | None = None, **reach: str
) -> Idea:
    """Keep an idea and promise an answer. `by` is the system: nobody signs in here.

    The deed is done by the Person made for whoever tells it. `reach` may hold an `email` or a `phone`.
    """
    require(by, "tell_idea", funder)
    teller = Person.objects.create(language=(get_language() or "nl")[:2], **reach)
    idea = Idea.objects.create(
        funder=funder,
        scheme=scheme,
        text=text,
        came_from=came_from,
        where=where,
        teller=teller,
        answer_by=clock.add_working_days(clock.today(), funder.answers_ideas_within),
    )
    record(teller, "tell_idea", idea)
    if teller.email:
        letters.tell_kept(idea)
    return idea


@transaction.atomic
def answer_idea(idea: Idea, *, answer: str, by: Person, scheme: Scheme | None = None) -> Idea:
    """Say what is possible. Whoever left an address reads it in a mail; it stands on the idea's own page as well."""
    require(by, "answer_idea", idea)
    if scheme and scheme.funder_id != idea.funder_id:
        raise ValidationError(_("Choose one of your own schemes."))
    idea.give_answer(answer, scheme=scheme, by=by)
    record(by, "answer_idea", idea)
    if idea.teller.email:
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
