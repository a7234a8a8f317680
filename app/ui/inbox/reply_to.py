"""What a reply is to, what the account can do, and what the reply box may ask about a text while it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from app.commands.reply_services import SeenInReply
from app.models.message import Visibility
from app.models.post import Picture
from app.models.prepared import Prepared
from app.models.promise import Promised

NEVER = datetime(2000, 1, 1, tzinfo=UTC)

Measure = Callable[[str], tuple[int, int]]
"""(length, limit) as the account's network counts; a limit of 0 is none."""


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """What a reply is to, and what the account can do."""

    conversation_id: int
    name: str
    """Of the customer, safe for a sentence."""
    default: Visibility
    """As the customer wrote."""
    measure: Measure
    split: Callable[[str], tuple[str, ...]]
    """Into parts that each fit."""
    threads: bool = True
    why_no_threads: str = ""
    private: bool = True
    why_not_private: str = ""
    closed: str = ""
    """Why nothing can be answered here, as a sentence; empty where it can."""
    signed_out: str = ""
    """Why a reply would have to wait, as a sentence; empty where the account is signed in."""
    answered: str = ""
    """A manager whose answer is not made into a reply yet."""
    email: bool = False
    """It goes out as an e-mail, for which answers have a long form."""
    heard_at: datetime | None = None
    """When the customer last wrote."""
    answered_elsewhere_at: datetime | None = None
    """When we last answered from another device."""
    theirs: str = ""
    """What the customer wrote last."""
    language: str = ""
    """Of what they wrote."""
    pictures: int = 0
    """How many may go with it."""
    why_no_pictures: str = ""
    alt_text: int = 0
    """The longest description of a picture; 0: not limited."""
    numbering: str = "none"
    """Where the parts of a long reply are numbered: `end`, `start`, `none`."""


class Asked(NamedTuple):
    """What the box asks of the services, for the conversation it is for."""

    look: Callable[[str, str], SeenInReply | None] = lambda _text, _theirs: None
    anger: Callable[[str], Sequence[str]] = lambda _text: ()
    """Why it should wait, as words to be read."""
    openings: Callable[[str], Sequence[str]] = lambda _language: ()
    terms: Callable[[str], str] = lambda _language: ""
    privately: Callable[[str], str] = lambda _language: ""
    set_terms: Callable[[], None] = lambda: None
    """Open the setting."""
    answers: Callable[[str, str, Callable[[Sequence[Prepared]], None]], None] = lambda _typed, _language, _deliver: None
    """Those of the playbook that hold what was typed, in a language."""
    turn: Callable[[Prepared], Prepared] = lambda prepared: prepared
    """The same answer in the wording whose turn it is."""
    style: Callable[[str, str, int], Sequence[str]] = lambda _text, _language, _posts: ()
    """What in a text, in a language, as so many posts, is not the shop's style; as sentences."""
    picture_path: Callable[[Picture], Path] = lambda picture: Path(picture.path)
    now: Callable[[], datetime] = lambda: NEVER
    promise: Callable[[str, str], Promised | None] = lambda _text, _language: None
    """What a text, in a language, promises."""
    due: Callable[[datetime], str] = lambda _due: ""
    """A time in words."""
    settles: Callable[[str], str] = lambda _text: ""
    """What a text settles, in words; empty for nothing."""
    use_answer: Callable[[], None] = lambda: None
    """Put the manager's answer into the box."""
    invite: Callable[[], str] = lambda: ""
    """Why going on by e-mail is worth offering, as a sentence; empty where it is not."""
    to_email: Callable[[], None] = lambda: None
    """Go on by e-mail."""
    record: Callable[[], None] = lambda: None
    """Open the sheet of an agreement."""
    tracked: Callable[[str], str] = lambda url: url
    """A link with where its clicks will have come from."""


def numbered(parts: Sequence[str], numbering: str) -> tuple[str, ...]:
    """The parts with their numbers, where there is more than one."""
    if numbering == "none" or len(parts) < 2:
        return tuple(parts)
    marks = [f"{number}/{len(parts)}" for number in range(1, len(parts) + 1)]
    if numbering == "start":
        return tuple(f"{mark} {part}" for mark, part in zip(marks, parts, strict=True))
    return tuple(f"{part} {mark}" for mark, part in zip(marks, parts, strict=True))


def room_for_numbers(numbering: str, parts: int = 9) -> int:
    """Letters that each part leaves for its number."""
    return 0 if numbering == "none" else 2 + 2 * len(str(parts))


def cuts(text: str, parts: Sequence[str]) -> tuple[int, ...]:
    """Where each part after the first begins, in code points of `text`."""
    places: list[int] = []
    here = 0
    for number, part in enumerate(parts):
        found = text.find(part, here)
        if found < 0:
            return ()
        if number:
            places.append(found)
        here = found + len(part)
    return tuple(places)
