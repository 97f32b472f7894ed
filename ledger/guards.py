"""The guards of the books: totals that only a transfer can change, rows that stay, ways that money may go.

How each was tried, and on which database, is in tests/ledger/test_guards.py.
"""

from ledger.models.account import At
from ledger.models.posting import Transfer
from web.guards import Guard, append_only, no, not_truncated, refuse

ACCOUNT, POSTING, TRANSFER = "ledger_account", "ledger_posting", "ledger_transfer"
EXPENSE, PURSE = "ledger_expense", "ledger_purse"

WAYS = ", ".join(f"('{debit}', '{credit}')" for debit, credit in Transfer.WAYS)
WAYS_BACK = ", ".join(f"('{credit}', '{debit}')" for debit, credit in Transfer.WAYS)

# What must hold of a new transfer `t` in posting `p`, from account `d` to account `c`, in budget `b`.
BROKEN = {
    "a_transfer_stays_in_one_budget": (
        "d.budget_id <> c.budget_id OR p.budget_id <> d.budget_id OR d.currency <> c.currency"
        " OR (d.commitment_id IS NOT NULL AND c.commitment_id IS NOT NULL AND d.commitment_id <> c.commitment_id)"
        " OR COALESCE(d.commitment_id, c.commitment_id, 0) <> COALESCE(p.commitment_id, 0)"
    ),
    "a_closed_period_takes_no_postings": "b.closed_on IS NOT NULL",
    "to_recover_needs_a_decision": f"c.kind = '{At.TO_RECOVER}' AND p.decision_ref = ''",
    "money_goes_only_where_it_may": (
        f"(p.reverses_id IS NULL AND (d.kind, c.kind) NOT IN (VALUES {WAYS}))"
        f" OR (p.reverses_id IS NOT NULL AND (d.kind, c.kind) NOT IN (VALUES {WAYS_BACK}))"
    ),
}

# One row at a time on SQLite, where nothing else writes meanwhile.
ADD_UP_SQLITE = "".join(
    f"""SELECT RAISE(ABORT, '{name}') FROM {POSTING} p, {ACCOUNT} d, {ACCOUNT} c, ledger_budget b
        WHERE p.id = NEW.posting_id AND d.id = NEW.debit_id AND c.id = NEW.credit_id AND b.id = d.budget_id
        AND ({broken});"""
    for name, broken in BROKEN.items()
) + (
    f"UPDATE {ACCOUNT} SET debits = debits + NEW.cents, newest_transfer = NEW.id WHERE id = NEW.debit_id;"
    f"UPDATE {ACCOUNT} SET credits = credits + NEW.cents, newest_transfer = NEW.id WHERE id = NEW.credit_id;"
)

# A whole statement at a time on PostgreSQL: row by row is quadratic within one transaction. Accounts are locked in the
# order of their ids, or opposite postings would wait for each other for ever; the budget so that it can't be closed.
WHAT_IS_BROKEN = " ".join(f"WHEN {broken} THEN '{name}'" for name, broken in BROKEN.items())
ADD_UP_POSTGRESQL = f"""DECLARE refused text;
BEGIN
    PERFORM FROM ledger_budget WHERE id IN (
        SELECT a.budget_id FROM {ACCOUNT} a JOIN fresh ON fresh.debit_id = a.id) ORDER BY id FOR SHARE;
    PERFORM FROM {ACCOUNT} WHERE id IN (SELECT debit_id FROM fresh UNION SELECT credit_id FROM fresh)
        ORDER BY id FOR NO KEY UPDATE;
    SELECT MIN(CASE {WHAT_IS_BROKEN} END) INTO refused
        FROM fresh t JOIN {POSTING} p ON p.id = t.posting_id JOIN {ACCOUNT} d ON d.id = t.debit_id
        JOIN {ACCOUNT} c ON c.id = t.credit_id JOIN ledger_budget b ON b.id = d.budget_id;
    IF refused IS NOT NULL THEN RAISE EXCEPTION '%', refused USING ERRCODE = '23514'; END IF;
    UPDATE {ACCOUNT} a SET debits = a.debits + s.gone, credits = a.credits + s.come, newest_transfer = s.newest
        FROM (SELECT account, SUM(gone) AS gone, SUM(come) AS come, MAX(id) AS newest FROM (
            SELECT id, debit_id AS account, cents AS gone, 0 AS come FROM fresh
            UNION ALL SELECT id, credit_id, 0, cents FROM fresh) both_sides GROUP BY account) s
        WHERE s.account = a.id;
    RETURN NULL;
END"""

# On SQLite a total may only move by the cents of a transfer that is newer than the newest one counted so far.
NOT_BY_A_TRANSFER = f"""NOT EXISTS (SELECT 1 FROM {TRANSFER} t
    WHERE t.id = NEW.newest_transfer AND t.id > OLD.newest_transfer
    AND ((t.debit_id = NEW.id AND NEW.debits = OLD.debits + t.cents AND NEW.credits = OLD.credits)
        OR (t.credit_id = NEW.id AND NEW.credits = OLD.credits + t.cents AND NEW.debits = OLD.debits)))"""

WHAT_AN_ACCOUNT_IS = ("id", "kind", "currency", "budget_id", "commitment_id", "may_go_negative")
WHAT_WAS_HANDED_IN = ("purse_id", "key", "direction", "cents", "on", "payment_id", "reverses_id")


def changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)


def unless_handed_in(name: str, when: str, row: str, and_if: str = "TRUE") -> Guard:
    """Refuse a change of a line in a cash book that was handed in."""
    handed_in = f"EXISTS (SELECT 1 FROM {PURSE} WHERE id = {row}.purse_id AND handed_in_at IS NOT NULL) AND ({and_if})"
    done = "OLD" if when == "BEFORE DELETE" else "NEW"
    return Guard(
        name=name,
        table=EXPENSE,
        when=when,
        only_if=handed_in,
        sqlite=f"SELECT RAISE(ABORT, '{name}');",
        only_if_postgresql="TRUE",
        postgresql=f"BEGIN IF {handed_in} THEN {no(name)} END IF; RETURN {done}; END",
    )


GUARDS: list[Guard] = [
    *append_only(POSTING),
    *append_only(TRANSFER),
    Guard(
        name="transfers_add_up",
        table=TRANSFER,
        when="AFTER INSERT",
        sqlite=ADD_UP_SQLITE,
        also="REFERENCING NEW TABLE AS fresh",
        postgresql=ADD_UP_POSTGRESQL,
        each="FOR EACH STATEMENT",
    ),
    refuse("an_account_opens_empty", ACCOUNT, "BEFORE INSERT", "NEW.debits <> 0 OR NEW.credits <> 0"),
    refuse("an_account_stays_what_it_is", ACCOUNT, "BEFORE UPDATE", changed(WHAT_AN_ACCOUNT_IS)),
    refuse("an_account_is_never_deleted", ACCOUNT, "BEFORE DELETE"),
    not_truncated(ACCOUNT),
    refuse(
        "totals_are_never_written_by_hand",
        ACCOUNT,
        "BEFORE UPDATE OF debits, credits, newest_transfer",
        NOT_BY_A_TRANSFER,
        only_if_postgresql=f"pg_trigger_depth() = 0 AND ({changed(('debits', 'credits', 'newest_transfer'))})",
    ),
    unless_handed_in("what_was_handed_in_stays", "BEFORE UPDATE", "OLD", changed(WHAT_WAS_HANDED_IN)),
    unless_handed_in("what_was_handed_in_is_never_deleted", "BEFORE DELETE", "OLD"),
    unless_handed_in(
        "what_was_handed_in_is_mended_by_a_counter_entry",
        "BEFORE INSERT",
        "NEW",
        "NEW.reverses_id IS NULL AND NEW.payment_id IS NULL",
    ),
]
