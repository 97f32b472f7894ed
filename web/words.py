"""Finding by words: full text with an index on PostgreSQL; LIKE on SQLite, which is enough for a demo and for tests.

`dutch` knows that “tuinen” and “tuin” are one word, `simple` leaves names as they are. A word that was typed finds
whatever begins with it; on SQLite also what has it in the middle.
"""

import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorExact
from django.db import connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.models import F, Func, Model, Q, QuerySet
from django.db.models.lookups import IContains

MOST = 6  # words looked for; more narrow nothing down
# The words that PostgreSQL's `dutch` doesn't keep: they stand in every second text, and tell nothing apart.
SMALL = frozenset(
    """
    aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een eens en er ge geen
    geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan kon kunnen maar me meer
    men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op over reeds te tegen toch toen tot u
    uit uw van veel voor want waren was wat werd wezen wie wil worden wordt zal ze zelf zich zij zijn zo zonder zou
    """.split()  # noqa: SIM905  # a text of words reads better
)
POSTCODE = re.compile(r"\b([1-9]\d{3})\s+([a-z]{2})\b")


def words_in(typed: str) -> list[str]:
    """What to look for: in small letters, a postcode as one word, no signs, and SMALL words only without others."""
    found = re.findall(r"[^\W_]+", POSTCODE.sub(r"\1\2", typed.lower()))
    return ([word for word in found if word not in SMALL] or found)[:MOST]


class WordsIndex(GinIndex):
    """The index of a full text. On SQLite, which has none, it stands in the migration and makes nothing."""

    def create_sql(
        self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor, using: str = "", **extra: Any
    ) -> Statement:
        made: Any = super().create_sql(model, schema_editor, using, **extra)
        return made if schema_editor.connection.vendor == "postgresql" else Statement("SELECT 1")

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor, **extra: Any) -> str:
        made = super().remove_sql(model, schema_editor, **extra)
        return made if schema_editor.connection.vendor == "postgresql" else "SELECT 1"


@dataclass(frozen=True)
class Text:
    """What can be looked through of one table: these columns, in this language. Its index is made of the same."""

    fields: Sequence[F | Func]
    language: str

    @property
    def vector(self) -> SearchVector:
        return SearchVector(*self.fields, config=self.language)

    def having(self, rows: QuerySet[Any], word: str) -> QuerySet[Any]:
        """Those of `rows` in which `word` (one of `words_in`) stands."""
        if connections[rows.db].vendor == "postgresql":
            asked = SearchQuery(f"{word}:*", config=self.language, search_type="raw")
            return rows.filter(SearchVectorExact(self.vector, asked))
        return rows.filter(reduce(operator.or_, (Q(IContains(field, word)) for field in self.fields)))
