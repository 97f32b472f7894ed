"""An extra answer: what an application says to an extra question of its scheme. The other funds don't read it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.models.extra_question import ExtraQuestion
from grants.models.page import Extra
from web.language import said

if TYPE_CHECKING:
    from grants.models.application import Application

CACHED = "extra questions"  # on an application


class ExtraAnswer(models.Model):
    """Kept under the key of its question, so that it stays when a next edition asks the same."""

    application = models.ForeignKey("grants.Application", models.CASCADE, related_name="extra_answers")
    key = models.UUIDField()
    text = models.TextField(gettext_lazy("answer"))

    objects: ClassVar[models.Manager["ExtraAnswer"]] = models.Manager()

    class Meta:
        verbose_name = gettext_lazy("extra answer")
        verbose_name_plural = gettext_lazy("extra answers")
        constraints = [
            models.UniqueConstraint(name="an_extra_question_is_answered_once", fields=["application", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.key}"


def all_extra(application: "Application") -> list[ExtraQuestion]:
    """The extra questions of its scheme, each with its `answer`: a query, two where there are any; asked once."""
    read = application._state.fields_cache
    if CACHED not in read:
        asked = list(ExtraQuestion.objects.filter(edition=application.edition).order_by("order"))
        given = dict(application.extra_answers.values_list("key", "text")) if asked else {}
        for each in asked:
            each.answer = given.get(each.key, "")
        read[CACHED] = asked
    found: list[ExtraQuestion] = read[CACHED]
    return found


def extra_of(application: "Application") -> list[ExtraQuestion]:
    """What this amount is asked besides: nothing in the short form, and then no query either."""
    duties = application.duties
    return [] if duties is None or duties.asks_little else all_extra(application)


def keep_extra(application: "Application", typed: Mapping[str, str]) -> None:
    """Keep the answers among `typed`, by their names in the form; an empty one is no answer."""
    answered = [question for question in all_extra(application) if question.field in typed]
    for question in answered:
        rows = ExtraAnswer.objects.filter(application=application, key=question.key)
        if text := typed[question.field]:
            rows.update_or_create(application=application, key=question.key, defaults={"text": text})
        else:
            rows.delete()
    application._state.fields_cache.pop(CACHED, None)


def as_told(application: "Application") -> tuple[Extra, ...]:
    """What was answered, as it stands on the page."""
    return tuple(
        Extra(each.text, each.text_en, each.purpose, each.answer) for each in extra_of(application) if each.answer
    )


def extra_missing(application: "Application") -> dict[str, str]:
    """A sentence for each answer that a plan can't be sent without."""
    sentence = _("Answer this question too: %(question)s")
    missing = [each for each in extra_of(application) if each.obligatory and not each.answer]
    return {each.field: sentence % {"question": said(each, "text")} for each in missing}
