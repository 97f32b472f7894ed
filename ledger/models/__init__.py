"""The nouns of money. Every euro of a budget is in exactly one account; see account.py and posting.py."""

from ledger.models.account import Account
from ledger.models.budget import Budget, Cards
from ledger.models.change import kept, lift, lower
from ledger.models.commitment import Commitment
from ledger.models.expense import Expense
from ledger.models.known_number import KnownNumber
from ledger.models.payee import Payee
from ledger.models.payment import Payment
from ledger.models.posting import Move, Posting, Transfer
from ledger.models.purse import Purse

__all__ = [
    "Account",
    "Budget",
    "Cards",
    "Commitment",
    "Expense",
    "KnownNumber",
    "Move",
    "Payee",
    "Payment",
    "Posting",
    "Purse",
    "Transfer",
    "kept",
    "lift",
    "lower",
]
