"""What belongs to the reply that is being written, and goes with it: its parts, what came meanwhile, what keeps it from leaving."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from app.models.message import Visibility
from app.models.prepared import Prepared, label_of
from app.runtime.words import Message
from app.ui.inbox.drafts import Draft
from app.ui.inbox.holding import Holding
from app.ui.inbox.reply_editor import EMPTY
from app.ui.inbox.reply_to import Asked, ReplyTo, cuts, numbered

ANSWERED_ELSEWHERE = "inbox.answered_elsewhere"
LONGEST_LIVE = 9
"""A text of more posts than this is cut at pauses, not at each key."""


class Aside(NamedTuple):
    """Own words that an answer took the place of."""

    draft: Draft
    answers: tuple[Prepared, ...] = ()


class Writing:
    """One for each time that a draft is put into the box."""

    def __init__(self, chosen: Visibility | None = None, language: str = "") -> None:
        self.chosen = chosen
        """Who may read it, where that was chosen by hand."""
        self.language = language
        """Where another than the customer's was chosen."""
        self.parts: tuple[str, ...] = ()
        self.cuts: tuple[int, ...] = ()
        self.news = ""
        """The message id of what came while this is being written."""
        self.empty = ""
        """A placeholder without content, after somebody wanted to send."""
        self.remembers = False
        """What it promises is remembered when it is sent."""
        self.meant = False
        """Its braces are no placeholder."""
        self.opening: int | None = None
        self._split: tuple[str, tuple[tuple[str, int], ...]] = ("", ())
        """The text that was cut last, its parts, and where the one after each begins."""
        self.answers: tuple[Prepared, ...] = ()
        """Of the playbook, in the order in which they came into it."""
        self.shown: Prepared | None = None
        """What was shown here last in place of everything else: another may take its place as long as it is unchanged."""
        self.aside: tuple[Aside, ...] = ()
        """Own texts that stood here before an answer was shown; the last one last."""

    def cut(self, to: ReplyTo, text: str, *, live: bool) -> bool:
        """Into the parts it leaves as; none where it leaves whole or cannot leave. `live`: at a key, when only what comes after the change
        is cut anew; answers False where the text is too long for that, so that it has to be cut at the next pause.
        """
        length, limit = to.measure(text)
        self.parts, self.cuts = (), ()
        if not limit or length <= limit or not to.threads:
            self._split = ("", ())
            return True
        if live and length > limit * LONGEST_LIVE:
            return False
        parts = self._cut_behind_change(to, text) if live else to.split(text)
        places = cuts(text, parts)
        self._split = (
            text,
            tuple(zip(parts, (*places, len(text)), strict=True)) if len(places) == len(parts) - 1 else (),
        )
        whole = numbered(parts, to.numbering)
        if len(parts) > 1 and not any(is_over(to.measure(part)) for part in whole):
            self.parts, self.cuts = whole, places
        return True

    def _cut_behind_change(self, to: ReplyTo, text: str) -> tuple[str, ...]:
        """A cut depends on the text up to the one after it: those before the change stay where they are."""
        before, parts = self._split
        same = _alike(before, text)
        kept = 0
        while kept + 1 < len(parts) and parts[kept + 1][1] <= same:
            kept += 1
        start = parts[kept - 1][1] if kept else 0
        return (*(part for part, _end in parts[:kept]), *to.split(text[start:]))

    def stops(self, to: ReplyTo, text: str, asked: Asked, holding: Holding) -> bool:
        """Whether something stands in the way of sending; the strip says it."""
        if self.news == ANSWERED_ELSEWHERE:
            return True
        found = EMPTY.search(text)
        if found is not None and not (self.meant and not self.label(found[0].strip("{}"))):
            self.empty = found[0].strip("{}")
            return True
        if self.doubt(text) is not None:
            return True
        if not self.parts and is_over(to.measure(text)):
            return True
        now = asked.now()
        if holding.may_leave(to.conversation_id, now) or not asked.anger(text):
            return False
        holding.hold(to.conversation_id, now)
        return True

    def used(self, text: str) -> tuple[Prepared, ...]:
        """The answers that the reply came from."""
        return tuple(each for each in self.answers if each.is_in(text))

    def doubt(self, text: str) -> Message | None:
        """Why an answer in it must not be sent."""
        return next((doubt for each in self.answers if (doubt := each.doubt_in(text)) is not None), None)

    def label(self, name: str) -> str:
        """What the user calls an empty placeholder; empty where it belongs to no answer."""
        return label_of(name, self.answers)

    def is_own(self, text: str) -> bool:
        """Whether a text was written, or changed, by hand."""
        return bool(text.strip()) and (self.shown is None or self.shown.text != text)

    def hear(self, before: ReplyTo, to: ReplyTo) -> bool:
        """The conversation was read again: whether something came meanwhile."""
        if _later(to.answered_elsewhere_at, before.answered_elsewhere_at):
            self.news = ANSWERED_ELSEWHERE
        elif _later(to.heard_at, before.heard_at):
            self.news = self.news or "inbox.wrote_again"
        else:
            return False
        return True


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def is_over(measured: tuple[int, int]) -> bool:
    """Whether a (length, limit) is too much."""
    length, limit = measured
    return 0 < limit < length


def _later(now: datetime | None, before: datetime | None) -> bool:
    return now is not None and (before is None or now > before)
