"""What fund admins add to the letters of a scheme."""

from django.db import transaction

from grants.access import require
from grants.models import OwnWords, Scheme
from grants.models.own_words import as_one_paragraph
from web import clock
from web.models import Person, record


@transaction.atomic
def phrase(scheme: Scheme, *, kind: OwnWords.Kind, text: str, by: Person, text_en: str = "") -> OwnWords:
    """From now on letters of this kind hold this paragraph; an empty one takes it away. What was sent stays as it is.

    `text_en` stands in English letters; without it those hold `text`.
    """
    require(by, "phrase", scheme)
    said = {"text": as_one_paragraph(text), "text_en": as_one_paragraph(text_en)}
    words, _is_new = OwnWords.objects.update_or_create(
        scheme=scheme, kind=kind, defaults={**said, "by": by, "at": clock.now()}
    )
    record(by, "phrase", scheme, kind=kind.value, text=words.text, text_en=words.text_en)
    return words
