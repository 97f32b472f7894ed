"""What stands on the one page: the residents' words and lines, as they are now or as a fund got them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djmoney.money import Money

from grants.models.budget_line import BudgetLine, together
from grants.models.questions import QUESTIONS
from web.amounts import euro, from_cents, in_cents
from web.language import said


class Permission(models.TextChoices):
    YES = "yes", gettext_lazy("Yes")
    NO = "no", gettext_lazy("No")
    DONT_KNOW = "dont_know", gettext_lazy("I don't know")


# The words of a plan, by their names on Plan.
WORDS = ("title", *(question.field for question in QUESTIONS), "permission", "changed")


class Extra(NamedTuple):
    """What one scheme asked besides, why, and the answer."""

    text: str
    text_en: str
    purpose: str
    answer: str


@dataclass(frozen=True)
class Page:
    """`words` by their names on Plan, empty where nothing was written; `lines` in their order; `extra` answers."""

    words: Mapping[str, str]
    lines: tuple[BudgetLine, ...]
    extra: tuple[Extra, ...] = ()

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """A page as `as_json` kept it. Its lines are rows of no table: copies, to read."""
        lines = []
        for kind, what, who, cents in kept["lines"]:
            amount: Any = None if cents is None else from_cents(cents)  # the stubs take a MoneyField for a DecimalField
            lines.append(BudgetLine(kind=kind, what=what, who=who, amount=amount))
        return cls(kept["words"], tuple(lines), tuple(Extra(*each) for each in kept.get("extra", [])))

    def as_json(self) -> dict[str, Any]:
        """Amounts in cents; None for what is given without money."""
        lines = [
            [line.kind, line.what, line.who, in_cents(line.amount) if line.amount else None] for line in self.lines
        ]
        return {"words": dict(self.words), "lines": lines, "extra": [list(each) for each in self.extra]}

    @property
    def without_givers(self) -> Self:
        """The same, without from whom the money or the help comes: that is often somebody's name."""
        lines = (BudgetLine(kind=line.kind, what=line.what, amount=line.amount) for line in self.lines)
        return replace(self.without_contact, lines=tuple(lines))

    @property
    def without_contact(self) -> Self:
        """The same, without the extra answers that are there to reach or to pay people."""
        return replace(self, extra=tuple(each for each in self.extra if each.purpose in {"decision", "voluntary"}))

    @property
    def answered(self) -> frozenset[str]:
        """The names of what was written."""
        return frozenset(name for name, text in self.words.items() if text)

    def answers(self) -> list[tuple[str, str]]:
        """The questions that were answered, each with its answer, in the reader's language."""
        answered = [(str(question.text), self.words.get(question.field, "")) for question in QUESTIONS]
        in_kind = [line for line in self.lines if line.kind == BudgetLine.Kind.IN_KIND]
        given = "\n".join(f"{line.what} ({line.who})" if line.who else line.what for line in in_kind)
        answered.append((_("What is given without money?"), given))
        permission = self.words.get("permission", "")
        allowed = str(Permission(permission).label) if permission else ""
        answered.append((_("Is permission or a permit needed?"), allowed))
        answered.append((_("What is different this time?"), self.words.get("changed", "")))
        answered += [(said(each, "text"), each.answer) for each in self.extra]
        return [(question, answer) for question, answer in answered if answer]

    @property
    def cost(self) -> Money:
        return together(self.lines, BudgetLine.Kind.COST)

    @property
    def paid_by_others(self) -> Money:
        """What the group itself and others pay: what needn't be asked."""
        return together(self.lines, BudgetLine.Kind.OWN_MONEY, BudgetLine.Kind.PAID_BY_OTHERS)

    @property
    def needed(self) -> Money:
        """What is still to be paid for: the costs less what others pay, never below zero."""
        return max(self.cost - self.paid_by_others, euro(0))
