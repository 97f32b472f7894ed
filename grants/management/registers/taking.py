"""Taking over a whole register: in portions, each row on its own, and an account of every one of them."""

from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from djmoney.money import Money
from import_export.results import RowResult
from tablib import Dataset

from grants.management.registers.mapping import Mapping
from grants.management.registers.reading import Line, read_register
from grants.management.registers.resource import RegisterResource, with_keys
from grants.models import Scheme
from web.amounts import euro

PORTION = 200  # rows in one transaction: quick, and others get their turn


@dataclass
class Account:
    """What became of the rows: rows = left out + taken + there + refused."""

    rows: int = 0
    left_out: int = 0
    taken: int = 0
    there: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    asked: Money = field(default_factory=lambda: euro(0))
    granted: Money = field(default_factory=lambda: euro(0))


def take_register(path: Path, scheme: Scheme, mapping: Mapping, *, dry_run: bool = False) -> Account:
    """Take over every row that the mapping wants. Raises UnreadableError when the file itself can't be read.

    A dry run really does it, and then undoes it, so that it tells the truth.
    """
    lines = read_register(path, mapping.used)
    wanted = [(key, line) for key, line in with_keys(lines) if mapping.takes(line.cells)]
    account = Account(rows=len(lines), left_out=len(lines) - len(wanted))
    resource = RegisterResource(scheme, mapping)
    with transaction.atomic() if dry_run else nullcontext():
        for start in range(0, len(wanted), PORTION):
            take_portion(resource, wanted[start : start + PORTION], account)
        if dry_run:
            transaction.set_rollback(True)
    return account


def take_portion(resource: RegisterResource, portion: list[tuple[str, Line]], account: Account) -> None:
    """Take over these rows. Each is a savepoint of its own: one that fails leaves nothing and stops nothing."""
    before = len(resource.taken_over)
    with transaction.atomic():
        result = resource.import_data(Dataset(*portion, headers=["key", "line"]), use_transactions=False)
    for row in resource.taken_over[before:]:
        account.taken += 1
        account.asked += row.asked or euro(0)
        account.granted += row.granted or euro(0)
    for (_key, line), outcome in zip(portion, result.rows, strict=True):
        account.there += outcome.import_type == outcome.IMPORT_TYPE_SKIP
        if why := reason(outcome, resource.mapping):
            account.refused.append((line.number, why))


def reason(outcome: RowResult, mapping: Mapping) -> str:
    """Why a row was refused, with the register's own names of the columns. Empty when it wasn't."""
    if outcome.errors:
        return "; ".join(f"{type(error.error).__name__}: {error.error}" for error in outcome.errors)
    if outcome.validation_error is None:
        return ""
    columns = mapping.columns | {"received_on": mapping.columns.get("received_on") or mapping.columns.get("year", "")}
    said = []
    for name, messages in outcome.validation_error.update_error_dict({}).items():
        where = f"{columns[name]}: " if name in columns else ""
        said += [f"{where}{message}" for message in ValidationError(messages).messages]
    return "; ".join(said)
