"""How much room is left on the page, measured by laying out what was typed, before anything is kept."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from grants.models import Plan, Scheme, Sheet
from grants.models.page import Extra
from grants.models.questions import QUESTIONS
from grants.papers.pictures import pictures_of
from grants.papers.plan import PlanOnPaper
from web.amounts import in_cents
from web.clock import today


def typed_on_paper(scheme: Scheme, typed: dict[str, Any], language: str, sheets: Iterable[Sheet] = ()) -> PlanOnPaper:
    """The page as it would be. `typed` is what the form could read; what it couldn't takes no room yet.

    `sheets` are the photos and documents that are with the plan already.
    """
    plan = Plan(**{question.field: typed.get(question.field) or "" for question in QUESTIONS})
    plan.permission = typed.get("permission") or ""
    own = [each for each in scheme.edition.extra_questions.all() if typed.get(each.field)]
    extra = tuple(Extra(each.text, each.text_en, each.purpose, typed[each.field]) for each in own)
    asked = typed.get("asked")
    costs = [line for line in typed.get("costs", []) if line.get("amount")]
    others = [line for line in typed.get("others", []) if line.get("amount")]
    return PlanOnPaper(
        number="",
        title=typed.get("title") or plan.first_words,
        scheme=scheme.title,
        funder=scheme.funder.name,
        questions=tuple(replace(plan.page, extra=extra).without_contact.answers()),
        lines=tuple((line["what"], in_cents(line["amount"])) for line in costs),
        paid_by_others=tuple((line["what"], in_cents(line["amount"])) for line in others),
        asked=in_cents(asked) if asked else None,
        group="",
        date=today(),
        language=language if language in {"nl", "en"} else "nl",
        pictures=pictures_of(sheets),
    )


def room_left(share: float) -> str:
    """A sentence about the share of the page that is used (1 is a full page). Too long is never a problem."""
    if share > 1:
        return _("Your page is full. The rest goes on an extra sheet. That is fine.")
    return _("Your plan fills %(percent)s%% of the page.") % {"percent": round(share * 100)}
