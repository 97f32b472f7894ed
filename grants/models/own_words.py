"""A fund's own words: one paragraph that it adds to one kind of letter of a scheme."""

import re
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.scheme import Scheme
from web import clock
from web.language import said
from web.lettering import clean
from web.models import Person

LONGEST = 350  # letters: what nearly every letter still holds on one page
LONGEST_SENTENCE = 15  # words: above that people get a hint, no refusal


def as_one_paragraph(typed: str) -> str:
    """Without empty lines, with which somebody could write a letter of their own, and without invisible signs."""
    return " ".join(clean(typed).split())


def long_sentences(text: str) -> list[str]:
    """Those that few people read in one go."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    return [sentence for sentence in sentences if len(sentence.split()) > LONGEST_SENTENCE]


class OwnWordsQuerySet(models.QuerySet["OwnWords"]):
    def in_letter(self, event: str) -> str:
        """What one of these schemes adds to this letter, in the language that is spoken now."""
        if event not in OwnWords.Kind.values:
            return ""
        found = self.filter(kind=event).first()
        return said(found, "text") if found else ""

    def by_kind(self) -> "dict[str, OwnWords]":
        """Of one scheme, with who wrote them."""
        return {words.kind: words for words in self.select_related("by")}

    def copy_to(self, scheme: Scheme) -> None:
        """Those of one scheme, for another that begins as its copy."""
        self.bulk_create(
            OwnWords(scheme=scheme, kind=each.kind, text=each.text, text_en=each.text_en, by_id=each.by_id, at=each.at)
            for each in self.all()
        )


class OwnWords(models.Model):
    """No rule, so no part of an edition: it changes whenever the fund wants, for letters that are written after that.

    A letter that was written keeps its text. Nothing the law asks of a letter stands here (decision record 21).
    """

    class Kind(models.TextChoices):
        """The letters residents get about what they asked, by their template."""

        RECEIVED = "ask/received", _("We have your plan")
        TAKEN_IN = "take_in/received", _("We have your plan, taken in by us")
        QUESTION = "enquire/question", _("A question about the plan")
        RETURNED = "review/returned", _("The plan has to be completed")
        REMINDER = "remind/wait", _("Reminder of a question or of what is missing")
        EXTENDED = "extend/longer", _("The answer takes longer")
        GRANTED = "decide/granted", _("Granted")
        PARTLY = "decide/partly", _("Granted in part")
        DECLINED = "decide/declined", _("Declined")
        NOT_HANDLED = "decide/not_handled", _("Not handled")
        PAID = "pay/paid", _("The money has been paid")
        CLOSED = "report/closed", _("The plan is done")
        REVISED = "revise/revised", _("The grant becomes less")
        ANEW = "revise/anew", _("Decided anew after an objection")
        REACTION = "objection/received", _("We have your objection or other reaction")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="own_words")
    kind = models.CharField(max_length=40, choices=Kind)
    text = models.CharField(max_length=LONGEST, blank=True)
    text_en = models.CharField(max_length=LONGEST, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[OwnWordsQuerySet] = OwnWordsQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("own words")
        constraints = [
            models.UniqueConstraint(name="one_paragraph_a_letter", fields=["scheme", "kind"]),
            models.CheckConstraint(name="english_beside_dutch", condition=Q(text_en="") | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} · {self.get_kind_display()}"
