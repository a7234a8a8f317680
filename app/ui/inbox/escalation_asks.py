"""What the sheet to a manager is about, and what it may ask of whoever opened it: plain values and functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from app.models.conversation import ConversationRow
from app.models.escalation import Goes, HoldingLine, MailPreview, ManagerChoice, SheetDraft
from app.models.goes_along import PictureAlong
from app.models.manager import ManagerRow
from app.models.message import ConversationDetail
from app.models.moment import Moment


class Known(NamedTuple):
    """What the sheet is about, and what it starts with."""

    row: ConversationRow
    detail: ConversationDetail
    choices: Sequence[ManagerChoice]
    sender: str
    """The address letters leave from; empty without a mailbox."""
    draft: SheetDraft
    about: str
    """Category, how many messages, how late: below the title."""
    first_name: str = ""
    """Of the customer, safe for a sentence; empty: the whole name."""
    late: str = ""
    may_private: bool = True
    why_not_private: str = ""
    orders: int = 0
    """How many orders of the customer are known."""
    has_mailbox: bool = False
    """Without a sender there may be one all the same: the user wants their own mail program."""
    signed_out: str = ""
    """The address of the mailbox that it would leave from, where that one has to be signed in again."""
    pictures: Sequence[PictureAlong] = ()
    """Those of the customer's messages that are here and can go along."""


class Asks(NamedTuple):
    """What the sheet asks of whoever opened it; everything but `preview` answers at once."""

    now: Callable[[], datetime]
    understand: Callable[[str], Moment]
    remind_at: Callable[[ManagerRow], datetime]
    promise_at: Callable[[datetime], datetime]
    line: Callable[[str, datetime | None], HoldingLine]
    """By the manager's name and the promise."""
    measure: Callable[[str], tuple[int, int]]
    keep: Callable[[SheetDraft], None]
    send: Callable[[SheetDraft, Goes], None]
    preview: Callable[[SheetDraft, Goes, Callable[[MailPreview], None]], None]
    settings: Callable[[], None]
    """Opens the page where mailbox and managers are entered."""
