"""Taking over a whole register: in portions, each row on its own, and an account of every one of them."""

from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from djmoney.money import Money
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
    """Take over every row of the file that the mapping wants. Raises Unreadable when the file itself can't be read.

    A dry run really does it, and then undoes it, so that it tells the truth.
    """
    lines = read_register(path, mapping.used)
    wanted = [(key, line) for key, line in with_keys(lines) if mapping.takes(line.cells)]
    account = Account(rows=len(lines), left_out=len(lines) - len(wanted))
    resource = RegisterResource(scheme, mapping)
    with transaction.atomic(durable=False) if dry_run else no_transaction():
        for start in range(0, len(wanted), PORTION):
            take_portion(resource, wanted[start : start + PORTION], account)
        if dry_run:
            transaction.set_rollback(True)
    return account
