"""An answer of the playbook made ready for one customer: its words, what is still empty, and what speaks against sending it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.models.playbook import NOTHING_AFTER, AfterSending, WordingRow
from app.models.post import Picture
from app.runtime.words import Message

SHORTEST = 8
"""Letters of a piece of an answer that tell that it still stands in a reply."""
_PLACE = re.compile(r"\{(?:fact:)?[\w-]+\}")
_PIECES = re.compile(r"[.!?。！？…\n]+")


class Gap(NamedTuple):
    """A placeholder that waits for a value; in the text it stands in braces."""

    name: str
    label: str


class Doubt(NamedTuple):
    """Why it must not be sent, and the words of the text that this is about: without them it may."""

    why: Message
    about: str


class Prepared(NamedTuple):
    """What cards, lists and the reply box know of an answer."""

    key: str
    title: str
    text: str
    language: str = ""
    filled: tuple[tuple[int, int], ...] = ()
    """Where something was filled in, [start, end) in code points."""
    gaps: tuple[Gap, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    answer_id: int | None = None
    wording: WordingRow | None = None
    """As it stands in the playbook."""
    values: tuple[tuple[str, str], ...] = ()
    """(placeholder in braces, what stands in its place)."""
    uses: int = 0
    solved: int | None = None
    """In percent; None where nothing is known of it."""
    reason: Message | None = None
    """Why it is suggested."""
    pictures: tuple[Picture, ...] = ()
    after: AfterSending = NOTHING_AFTER

    def is_in(self, text: str) -> bool:
        """Whether enough of it stands in a reply to say that the reply came from it."""
        if self.text.strip() in text:
            return True
        pieces = [piece.strip() for piece in _PIECES.split(self.text) if len(piece.strip()) >= SHORTEST]
        return any(piece in text for piece in pieces)

    def doubt_in(self, text: str) -> Message | None:
        """What speaks against sending a reply that holds it."""
        return next((each.why for each in self.doubts if each.about in text), None)

    def as_wording(self, text: str) -> str:
        """A reply that came from it, with its placeholders again where their values stand unchanged."""
        for place, value in sorted(self.values, key=lambda each: -len(each[1])):
            if value:
                text = place.join(re.split(rf"(?<![\w{{]){re.escape(value)}(?![\w}}])", text))
        return text

    def is_changed(self, text: str) -> bool:
        """Whether a reply says something else than this, spaces aside."""
        return text.split() != self.text.split()


class Edited(NamedTuple):
    """Words of the user's own that a reply had in place of an answer's: they may become a wording of it."""

    answer_id: int
    title: str
    wording: WordingRow


def edited(prepared: Sequence[Prepared], text: str) -> Edited | None:
    """What a reply that came from one answer says otherwise than it; None where there is nothing to keep."""
    if len(prepared) != 1:
        return None
    of = prepared[0]
    if of.answer_id is None or of.wording is None or not of.is_changed(text):
        return None
    if says(of.wording.text, text):
        return None
    words = of.as_wording(text.strip())
    made = WordingRow(of.language, words, of.wording.address, of.wording.is_long)
    return Edited(of.answer_id, of.title, made)


def says(wording: str, sent: str, *, within: bool = False) -> bool:
    """Whether a text is a wording with anything in the places of its placeholders, or with such a place closed up. `within`: or holds
    one.
    """
    pattern = []
    place = 0
    for found in _PLACE.finditer(wording):
        pattern += [re.escape(wording[place : found.start()].rstrip(" ,，、")), r"[\s,，、]*.*?"]
        place = found.end()
    pattern.append(re.escape(wording[place:].strip()))
    match = re.search if within else re.fullmatch
    return match("".join(pattern).replace(r"\n", r"\s*"), sent.strip(), re.DOTALL | re.IGNORECASE) is not None


def label_of(name: str, prepared: Sequence[Prepared]) -> str:
    """What the user calls a placeholder of the answers in a reply; its name where they call it nothing."""
    known: Mapping[str, str] = {gap.name: gap.label for each in prepared for gap in each.gaps}
    return known.get(name, "")
