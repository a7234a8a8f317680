"""Orders of the shop: as the card shows them, and as a file of them is read (columns, rows that fit, rows that do not)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.runtime.words import Message

MARKS = ("source", "campaign", "content", "coupon")
"""What an order says of where it came from."""
LONGEST_MARK = 120


def folded_mark(text: str) -> str:
    """A UTM value or a coupon as orders, links and campaigns are compared by it."""
    return " ".join(text.split()).lower()[:LONGEST_MARK]


class OrderRow(NamedTuple):
    """One order. `amount` in hundredths of `currency`'s unit; `ordered_at` aware UTC."""

    id: int
    number: str
    products: str
    amount: int | None
    currency: str
    state: str
    ordered_at: datetime | None


class Column(StrEnum):
    """What a column of the file may be."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    EMAIL = "email"
    HANDLE = "handle"
    PRODUCT = "product"
    AMOUNT = "amount"
    CURRENCY = "currency"
    STATE = "state"
    SOURCE = "source"
    CAMPAIGN = "campaign"
    CONTENT = "content"
    LANDING = "landing"
    """The address of the first page of the visit: what the three above say stands in its query."""
    COUPON = "coupon"


class DayOrder(StrEnum):
    """How the days of a file are written."""

    YEAR_FIRST = "ymd"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class Mapped(NamedTuple):
    """How a file is to be read: which column is what (by its place), and in which order days are written."""

    columns: Mapping[Column, int]
    days: DayOrder | None = None
    """None: the file alone does not say, and nobody was asked yet."""
    currency: str = ""
    """Of amounts beside which none stands."""


class FileForm(NamedTuple):
    """How the bytes of a file were understood."""

    encoding: str
    separator: str


class FilePreview(NamedTuple):
    """The beginning of a file, and what its columns seem to be."""

    form: FileForm
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guessed: Mapped
    ambiguous_days: bool
    """Each day of the file could be read in two ways."""
    data_lines: int
    """Rows below the header."""


class ReadOrder(NamedTuple):
    """One row of the file that could be read."""

    line: int
    number: str
    name: str = ""
    email: str = ""
    handle: str = ""
    products: str = ""
    amount: int | None = None
    currency: str = ""
    state: str = ""
    ordered_at: int | None = None
    """UTC milliseconds."""
    source: str = ""
    """utm_source of the visit, small; as the two below."""
    campaign: str = ""
    content: str = ""
    coupon: str = ""
    """The codes used, folded, a comma between them."""
    sold: bool = True
    """False: cancelled, or paid back."""


class WrongRow(NamedTuple):
    """A row that was left out: its line in the file, counted from 1, and why."""

    line: int
    reason: Message


class ImportResult(NamedTuple):
    """What an import did, so far or in the end. `wrong` names the first of the rows that were left out, `wrong_count` counts them all."""

    read: int = 0
    new: int = 0
    changed: int = 0
    matched: int = 0
    wrong_count: int = 0
    wrong: tuple[WrongRow, ...] = ()
    stopped: bool = False
