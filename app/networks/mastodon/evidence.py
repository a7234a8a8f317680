"""Whether a status of ours is the part whose fate is unknown: compares text, place, pictures and poll; asks nobody."""

from __future__ import annotations

import difflib
import re
import unicodedata
from datetime import timedelta
from enum import Enum

from app.networks.mastodon.shapes import Status
from app.networks.outgoing import Outgoing

MARGIN = timedelta(seconds=60)
"""How much earlier than our first attempt a status may be dated."""
ALIKE = 0.8


class Likeness(Enum):
    """What a comparison can say."""

    SAME = "same"
    SHOWN_OTHERWISE = "shown_otherwise"
    """All but the text is the same, and the text may be ours as the server renders it: its source tells."""
    INCOMPLETE = "incomplete"
    """Our text, but without the pictures, the poll or the place in the thread that we sent: no proof either way."""
    OTHER = "other"


def likeness(part: Outgoing, status: Status) -> Likeness:
    """Compare a part with a status that is young enough to be it."""
    if status.id in part.others or (status.in_reply_to and status.in_reply_to != part.reply_to):
        return Likeness.OTHER
    options = part.poll.options if part.poll else ()
    complete = (
        status.in_reply_to == part.reply_to
        and len(status.attachments) == len(part.media_ids)
        and [_plain(option) for option in status.poll] == [_plain(option) for option in options]
        and _plain(part.warning) == _plain(status.warning)
    )
    wanted, found = _plain(part.text), _plain(status.body)
    if wanted == found:
        # Without any words, one picture post looks like another.
        return Likeness.SAME if complete and wanted else Likeness.INCOMPLETE
    bare, bare_found = _letters(wanted), _letters(found)
    alike = bool(bare) and (bare == bare_found or _ratio(bare, bare_found) >= ALIKE)
    if not alike:
        return Likeness.OTHER
    return Likeness.SHOWN_OTHERWISE if complete else Likeness.INCOMPLETE


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one[:2_000], other[:2_000], autojunk=False).ratio()


def by_source(part: Outgoing, source: str) -> Likeness:
    """Compare with the text as the server says it was sent."""
    return Likeness.SAME if _plain(part.text) == _plain(source) else Likeness.OTHER


def _plain(text: str) -> str:
    """Composed letters, one blank for any, and mentions by their first half: servers show them either way."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"(?<![\w/])(@[\w.-]+)@[\w.-]+\w(?::\d+)?", r"\1", text)
    return " ".join(text.split())


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
