"""An agreement as plain data: what was settled with a customer, as it stood that day, with what was said before it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class AgreementKind(StrEnum):
    """What was agreed. In the order in which they are offered."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    REPLACEMENT = "replacement"
    DISCOUNT = "discount"
    OTHER = "other"


class AgreementRow(NamedTuple):
    """One agreement as lists show it. `amount` in hundredths of `currency`'s unit; times are aware UTC."""

    id: int
    conversation_id: int
    kind: AgreementKind
    text: str
    amount: int | None
    currency: str
    order_number: str
    agreed_at: datetime


class Quoted(NamedTuple):
    """One message of the transcript, as it read when the agreement was made."""

    ours: bool
    name: str
    handle: str
    at: datetime
    text: str
    url: str = ""


class Settled(NamedTuple):
    """What the user settles. `amount` in hundredths; `agreed_at` aware UTC."""

    kind: AgreementKind
    text: str
    amount: int | None = None
    currency: str = ""
    order_number: str = ""
    agreed_at: datetime | None = None
    """None: now."""
    messages: tuple[int, ...] | None = None
    """The messages that belong to it; None: the last ones of the conversation."""


class AgreementPaper(NamedTuple):
    """All of one agreement, for reading it and for its PDF."""

    row: AgreementRow
    customer: str
    profiles: tuple[tuple[str, str], ...]
    """(network, handle) pairs."""
    network: str
    account: str
    """Handle of ours that the conversation was with."""
    terms: str
    """Where the shop's terms stood; empty where it had not said."""
    transcript: tuple[Quoted, ...]
    made_at: datetime
    replaces: tuple[int, datetime] | None = None
    """Number and day of the one it took the place of."""
    removed_at: datetime | None = None
    shop: str = ""
    """The shop's name; the store knows none."""
    language: str = ""
    """The one the customer writes in, as a code; empty where nobody knows."""


class Proposed(NamedTuple):
    """What a sentence of ours seems to settle: what the sheet begins with."""

    kind: AgreementKind
    text: str
    amount: int | None = None
    currency: str = ""
