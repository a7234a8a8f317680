"""E-mail as plain data: what a letter that goes out has besides its text, and a letter that came in. Times are aware UTC."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is to us."""

    QUESTION = "question"
    """Ours, to a manager."""
    ANSWER = "answer"
    AUTOMATIC = "automatic"
    """Out of office and the like: it answers nothing, and nothing is ever sent because of it."""
    BOUNCE = "bounce"
    FORWARD = "forward"
    """Of somebody else than who was asked."""
    UNSURE = "unsure"
    """It only looks like an answer: the user says."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes along with a letter, by where it lies."""

    path: str
    name: str
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Mail:
    """What an e-mail has besides its text. Kept as JSON in the outbox; every value is checked when the letter is made, not here."""

    to: str
    """One address."""
    subject: str
    to_name: str = ""
    in_reply_to: str = ""
    """Message-ID of what it answers, in angle brackets."""
    chain: tuple[str, ...] = ()
    """Message-IDs for References, the oldest first."""
    token: str = ""
    """What an answer is recognised by besides the reference: in the plus-address to reply to, and in the subject."""
    attached: tuple[Attached, ...] = ()


def mail_to_json(mail: Mail | None) -> str:
    """Empty for None."""
    return json.dumps(asdict(mail), ensure_ascii=False) if mail is not None else ""


def mail_from_json(text: str) -> Mail | None:
    """None for an empty text."""
    if not text:
        return None
    read = json.loads(text)
    attached = tuple(Attached(**each) for each in read.pop("attached", ()))
    return Mail(**{**read, "chain": tuple(read.get("chain", ()))}, attached=attached)


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """A letter as a mailbox holds it. Everything in it was written by strangers; header values are on one line and without control characters."""

    uid: int
    remote_id: str
    """Message-ID in angle brackets; made up from its content where it came without one."""
    from_address: str
    subject: str
    text: str
    """What is new in it: plain, without quotes and signature."""
    whole: str
    """All of it, plain."""
    at: datetime
    from_name: str = ""
    to: tuple[str, ...] = ()
    """Addresses of To, Cc, Delivered-To and X-Original-To."""
    in_reply_to: str = ""
    chain: tuple[str, ...] = ()
    is_automatic: bool = False
    """Sent by a program (RFC 3834): never answered, never counted."""
    is_bounce: bool = False
    bounced_id: str = ""
    """Message-ID of what came back."""
    is_hard: bool = False
    """It will never arrive (5.x.x), as against later (4.x.x)."""
    trouble: str = ""
    """What the other server said."""
    attachments: tuple[tuple[str, int], ...] = ()
    """(name, bytes) of what hangs on it."""


@dataclass(frozen=True, slots=True)
class LetterPage:
    """Letters in ascending order of `uid`, and how far the mailbox is read with them."""

    letters: tuple[ReadLetter, ...]
    uid_validity: int
    last_uid: int
    is_resync: bool = False
    """The server gave all letters other numbers: they are known by their Message-ID alone."""
