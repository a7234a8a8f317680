"""What calls to networks cost: a month's meter and the price of a post, as plain data. Money is in millionths of the currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.runtime.words import Message, message

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class ItemSpent:
    """One item of the price list in a month."""

    item: str
    calls: int
    units: int
    spent: int


@dataclass(frozen=True, slots=True)
class MonthSpent:
    """A network's meter for one month (UTC, as networks bill)."""

    network: str
    calls: int = 0
    spent: int = 0
    """Settled in price, and what is set aside for calls without an answer, in full."""
    set_aside: int = 0
    """Of `spent`, what is not settled."""
    items: tuple[ItemSpent, ...] = ()


@dataclass(frozen=True, slots=True)
class Meter:
    """The meter with what the user set, for screens. `ends_at`: the beginning of next month, aware UTC."""

    month: MonthSpent
    currency: str
    limit: int
    minutes: int
    """Reading interval."""
    reading_price: int
    """Estimate of reading at this interval for a month."""
    ends_at: datetime

    @property
    def left(self) -> int:
        return max(0, self.limit - self.month.spent)


@dataclass(frozen=True, slots=True)
class PostPrice:
    """What publishing a post is going to cost on one network, all accounts together."""

    network: str
    currency: str
    price: int
    with_link: bool
    """A link makes it dearer."""
    fits: bool
    """Whether this month's limit still allows it."""


def amount(millionths: int, currency: str) -> Message:
    """As a sentence has it: `5.00 USD`, in each language's own figures."""
    return message("money.amount", millionths=millionths, currency=currency)


@dataclass(frozen=True, slots=True)
class SearchPrice:
    """What asking a network for a saved search costs at most."""

    network: str
    """Its name."""
    currency: str
    look: int
    """Each time."""
    month: int
    """In a month, asked as often as it is."""
    limit: int
    """The user's, for all calls to the network in a month."""
    hours: int
    """So many lie between two times."""
