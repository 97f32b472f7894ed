"""A letter as it will look, about people and a plan that don't exist. The rules and the funder are the real ones."""

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from grants.models import Application, Ground, OwnWords, Scheme
from grants.models.completion import PARTS
from grants.models.intake import Intake
from grants.models.reaction import Reaction
from grants.papers.letter import LetterOnPaper
from grants.papers.post import words_of
from web import clock
from web.amounts import euro
from web.models import Person

ASKED, GRANTED, BACK = 450, 300, 150  # euros
NUMBER, NAME = "0000-0000", "Samira Voorbeeld"


@dataclass(frozen=True)
class MadeUp:
    """Whatever a template asks of a noun, by name; prints as `name`."""

    name: str
    has: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.has[name]
        except KeyError:
            raise AttributeError(name) from None

    def __str__(self) -> str:
        return self.name


def as_it_will_look(scheme: Scheme, kind: OwnWords.Kind, *, own_words: str, language: str) -> tuple[str, str]:
    """Subject and text, with this paragraph in it. Nothing is kept or sent."""
    with translation.override(language):
        told = {**made_up(scheme, kind), "own_words": own_words}
        return words_of(cast(Application, told.pop("application")), kind, **told)


def on_paper(scheme: Scheme, kind: OwnWords.Kind, *, own_words: str, language: str) -> LetterOnPaper:
    """The same as it would lie in an envelope."""
    subject, text = as_it_will_look(scheme, kind, own_words=own_words, language=language)
    funder = scheme.funder
    return LetterOnPaper.from_funder(
        funder,
        address=(NAME, "1234 AB 7"),
        date=clock.today(),
        reference=NUMBER,
        subject=subject,
        text=text,
        acts_for=funder.acts_for,
        language=language,
    )


def made_up(scheme: Scheme, kind: OwnWords.Kind) -> dict[str, Any]:
    """What the templates of all these letters tell, in the language that is spoken now."""
    today, language = clock.today(), translation.get_language() or "nl"
    soon, later = today + timedelta(days=14), today + timedelta(days=56)
    rules: Any = scheme.current or scheme.draft  # a scheme has one or the other
    reason = _("Here you give the reason.")
    to = Person(name=NAME, email="samira@voorbeeld.example", postcode="1234 AB", house_number="7", language=language)
    colleague = "Noor Voorbeeld"
    completion: Any = SimpleNamespace(parts=[PARTS["costs"]], explanation="", reason="")
    enquiry = SimpleNamespace(question=_("Here stands your question."))
    wait = SimpleNamespace(until=soon, asked_by=colleague, stops_clock=True, completion=None, enquiry=enquiry)
    completion.wait = wait
    decision = decision_of(kind, rules, by=colleague, reason=reason)
    commitment = SimpleNamespace(to_recover=None, payee=True, label=_("A made-up plan"), page="/aanvraag/0/")
    return {
        "application": application_of(scheme, commitment=commitment, answer_by=later, by=colleague),
        "to": to,
        "decision": decision,
        "obligations": list(rules.obligations.all()),
        "wait": SimpleNamespace(until=today, completion=completion) if kind == OwnWords.Kind.NOT_HANDLED else wait,
        "completion": completion,
        "enquiry": enquiry,
        "extension": SimpleNamespace(until=later, before=soon, reason=reason, by=colleague),
        "intention": intention_of(Ground.NOT_DONE),
        "to_recover": euro(BACK),
        "reaction": reaction_of(decision, until=later),
        "payment": SimpleNamespace(amount=euro(ASKED), confirmed_on=today),
        "commitment": commitment,
        "payee": SimpleNamespace(name="S. Voorbeeld"),
        "holder": to,
        "funder": scheme.funder,
        "address": settings.SITE_ADDRESS,
        "by_post": False,
    }


def intention_of(ground: Ground) -> Any:
    answer = _("Here stands what they answered.")
    return SimpleNamespace(get_ground_display=ground.label, answer=answer, reason_in_law=ground.article)


def decision_of(kind: OwnWords.Kind, rules: Any, *, by: str, reason: str) -> Any:
    amount = GRANTED if kind in {OwnWords.Kind.PARTLY, OwnWords.Kind.REVISED} else ASKED
    return SimpleNamespace(
        number=NUMBER,
        at=timezone.localtime(),
        by=by,
        amount=euro(amount),
        reason=reason,
        possible=_("Here you write what is possible."),
        granted_lines=[],
        grounds=SimpleNamespace(all=list(rules.criteria.all()[:1])),
        follows=None,
        object_until=clock.today() + timedelta(days=42),
    )


def reaction_of(decision: Any, *, until: Any) -> Any:
    return SimpleNamespace(
        number=NUMBER,
        kind=Reaction.Kind.OBJECTION,
        get_kind_display=Reaction.Kind.OBJECTION.label,
        received_on=clock.today(),
        decision=decision,
        text=_("Here stands what they wrote."),
        answer_by=until,
        is_late=False,
    )


def application_of(scheme: Scheme, *, commitment: Any, answer_by: Any, by: str) -> Any:
    answers = [(_("What are you going to do?"), _("Here stands the plan."))]
    sheets = SimpleNamespace(all=SimpleNamespace(in_files=[]))
    return SimpleNamespace(
        pk=0,
        number=NUMBER,
        plan=MadeUp(_("A made-up plan"), {"sheets": sheets}),
        page=SimpleNamespace(answers=answers, lines=[]),
        scans=sheets,
        scheme=scheme,
        asked=euro(ASKED),
        received_on=clock.today(),
        answer_by=answer_by,
        is_overdue=False,
        confirmation=None,
        intake=SimpleNamespace(by=by, yes="signed", outside=False, get_came_by_display=Intake.CameBy.PAPER.label),
        duties=SimpleNamespace(fixed_at_once=True),
        grant=SimpleNamespace(commitment=commitment),
        get_absolute_url="/aanvraag/0/",
    )
