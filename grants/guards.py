"""The guards of what was published: an edition, and what belongs to it, stays as everybody could read it.

How each was tried is in tests/grants/test_edition.py. One more keeps with an application when its last news came.
"""

from grants.models.news import NEWS
from web.guards import Guard, no, not_truncated, refuse

EDITION, SCHEME, APPLICATION = "grants_edition", "grants_scheme", "grants_application"
PARTS = (
    "grants_track",
    "grants_criterion",
    "grants_exclusion",
    "grants_obligation",
    "grants_check",
    "grants_round",
    "grants_extraquestion",
    "grants_waiver",
    "grants_edition_areas",
)


def checked(name: str, table: str, when: str, broken: str) -> Guard:
    """Refuse what makes `broken` true, which may look at other tables: PostgreSQL's WHEN may not."""
    return Guard(
        name=name,
        table=table,
        when=when,
        only_if=broken,
        sqlite=f"SELECT RAISE(ABORT, '{name}');",
        only_if_postgresql="TRUE",
        postgresql=f"BEGIN IF {broken} THEN {no(name)} END IF; RETURN {'OLD' if 'DELETE' in when else 'NEW'}; END",
    )


def published(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {EDITION} WHERE id = {row}.edition_id AND published_at IS NOT NULL)"


def frozen(table: str) -> list[Guard]:
    """Rows of a published edition are never added, changed or taken away."""
    ways = {
        "insert": published("NEW"),
        "update": f"{published('OLD')} OR {published('NEW')}",
        "delete": published("OLD"),
    }
    return [
        checked(f"{table}_is_frozen_{verb}", table, f"BEFORE {verb.upper()}", broken) for verb, broken in ways.items()
    ] + [not_truncated(table)]


ANOTHERS_OR_DRAFT = f"""NEW.current_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {EDITION}
    WHERE id = NEW.current_id AND scheme_id = NEW.id AND published_at IS NOT NULL)"""
OF_ANOTHER_SCHEME = f"""NEW.frozen_edition_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {EDITION}
    WHERE id = NEW.frozen_edition_id AND scheme_id = NEW.scheme_id AND published_at IS NOT NULL)"""
OF_ANOTHER_EDITION = """NEW.round_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM grants_round
    WHERE id = NEW.round_id AND edition_id = NEW.frozen_edition_id)"""

KEEP_NEWS = f"""UPDATE {APPLICATION} SET news_at = NEW.at WHERE plan_id = NEW.thread
    AND (NEW.strand IS NULL OR id = NEW.strand) AND (news_at IS NULL OR news_at < NEW.at);"""

GUARDS: list[Guard] = [
    Guard(
        name="an_application_knows_its_last_news",
        table="web_deed",
        when="AFTER INSERT",
        only_if="NEW.verb IN ({})".format(", ".join(f"'{verb}'" for verb in NEWS)),
        sqlite=KEEP_NEWS,
        postgresql=f"BEGIN {KEEP_NEWS} RETURN NULL; END",
    ),
    refuse("a_published_edition_stays", EDITION, "BEFORE UPDATE", "OLD.published_at IS NOT NULL"),
    refuse("a_published_edition_is_never_deleted", EDITION, "BEFORE DELETE", "OLD.published_at IS NOT NULL"),
    not_truncated(EDITION),
    *(guard for table in PARTS for guard in frozen(table)),
    checked("a_scheme_shows_an_edition_of_its_own", SCHEME, "BEFORE UPDATE OF current_id", ANOTHERS_OR_DRAFT),
    checked("a_new_scheme_shows_no_edition", SCHEME, "BEFORE INSERT", "NEW.current_id IS NOT NULL"),
    checked("a_plan_is_sent_under_an_edition", APPLICATION, "BEFORE UPDATE OF frozen_edition_id", OF_ANOTHER_SCHEME),
    checked("a_plan_comes_in_under_an_edition", APPLICATION, "BEFORE INSERT", OF_ANOTHER_SCHEME),
    checked("a_plan_is_sent_in_a_round_of_its_edition", APPLICATION, "BEFORE UPDATE OF round_id", OF_ANOTHER_EDITION),
    checked("a_plan_comes_in_in_a_round_of_its_edition", APPLICATION, "BEFORE INSERT", OF_ANOTHER_EDITION),
    refuse(
        "a_plan_keeps_its_edition",
        APPLICATION,
        "BEFORE UPDATE OF frozen_edition_id",
        "OLD.frozen_edition_id IS NOT NULL AND OLD.frozen_edition_id IS DISTINCT FROM NEW.frozen_edition_id",
    ),
]
