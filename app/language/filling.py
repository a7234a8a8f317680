"""Fills the placeholders of an answer: `{name}` with what is known of the customer, `{fact:key}` with a fact of the shop that still holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.models.playbook import Blank, FactRow
from app.runtime.words import Message, message

PLACE = re.compile(r"\{(?P<fact>fact:)?(?P<name>[^\W\d][\w-]*)\}")
KNOWN = ("name", "handle", "order", "link", "product", "date", "hours")
"""Placeholders whose values the program looks for by itself."""
FOUND = frozenset({"name", "handle", "order", "date", "hours"})
"""Those of them that it finds without the user's help, as a rule."""
POLITE = "name"
"""Without a value its place is closed up, unless the user asks for one: "Hi, thanks" is better than no answer."""
_BEFORE = re.compile(r"(?:\s*[,，、]\s*|\s+)$")
_STARTS = re.compile(r"^[\s,，、:：.!！]+")
_SENTENCE_ENDS = ".!?。！？\n"


class Place(NamedTuple):
    """A placeholder in a text, [start, end) in code points."""

    start: int
    end: int
    name: str
    is_fact: bool


class Empty(NamedTuple):
    """A placeholder that waits for a value, in the rendered text, where it still stands in braces."""

    start: int
    end: int
    name: str
    label: str


class Rendered(NamedTuple):
    """An answer's text for one customer. It may be sent when nothing in it is empty and no trouble speaks against it."""

    text: str
    filled: tuple[tuple[int, int], ...] = ()
    """Where something was filled in, [start, end) in code points."""
    empty: tuple[Empty, ...] = ()
    troubles: tuple[Message, ...] = ()
    """Why it must not be sent: facts that hold no more, or that nobody wrote."""
    about: tuple[str, ...] = ()
    """The words of the text that each trouble is about."""
    values: tuple[tuple[str, str], ...] = ()
    """(placeholder in braces, what stands in its place)."""

    @property
    def may_be_sent(self) -> bool:
        return not self.empty and not self.troubles


def places(text: str) -> tuple[Place, ...]:
    """All placeholders of a text, in order."""
    return tuple(
        Place(found.start(), found.end(), found["name"], found["fact"] is not None) for found in PLACE.finditer(text)
    )


def described(name: str, blanks: Sequence[Blank]) -> Blank:
    """A placeholder as the user described it, or as it is without a word of theirs."""
    found = next((blank for blank in blanks if blank.name == name), None)
    return found or Blank(name, required=name != POLITE)


def waits(text: str, language: str, blanks: Sequence[Blank]) -> bool:
    """Whether it cannot be sent before the user has written something in: into the reply, or once and for all as a fallback."""
    return any(
        not place.is_fact
        and place.name not in FOUND
        and described(place.name, blanks).required
        and not described(place.name, blanks).fallback.get(language)
        for place in places(text)
    )


def render(
    text: str,
    language: str,
    values: Mapping[str, str],
    blanks: Sequence[Blank] = (),
    facts: Sequence[FactRow] = (),
    today: date | None = None,
) -> Rendered:
    """Fill a wording in one language; `today` in the shop's calendar (None: no fact is looked at for its date)."""
    known = {fact.key: fact for fact in facts}
    made = _Making()
    place = 0
    for found in places(text):
        made.add(text[place : found.start])
        place = found.end
        whole = text[found.start : found.end]
        if found.is_fact:
            value = made.fact(known.get(found.name), found.name, language, today)
            made.fill(value or whole, of=whole, is_value=bool(value))
            continue
        blank = described(found.name, blanks)
        value = values.get(found.name, "") or blank.fallback.get(language, "")
        if value:
            made.fill(value, of=whole)
        elif blank.required:
            made.leave(whole, found.name, blank.label)
        else:
            made.close_up()
    made.add(text[place:])
    return made.rendered()


class _Making:
    """A rendered text while it is put together."""

    def __init__(self) -> None:
        self._text = ""
        self._filled: list[tuple[int, int]] = []
        self._empty: list[Empty] = []
        self._troubles: dict[Message, str] = {}
        self._values: dict[str, str] = {}
        self._sentence_begins = False

    def add(self, piece: str) -> None:
        if self._sentence_begins and piece:
            piece = _STARTS.sub("", piece)
            piece = piece[:1].upper() + piece[1:]
            self._sentence_begins = False
        self._text += piece

    def fill(self, value: str, *, of: str, is_value: bool = True) -> None:
        start = len(self._text)
        self.add(value)
        if is_value:
            self._filled.append((start, len(self._text)))
            self._values[of] = self._text[start:]

    def leave(self, whole: str, name: str, label: str) -> None:
        start = len(self._text)
        self._text += whole
        self._empty.append(Empty(start, len(self._text), name, label or name))

    def close_up(self) -> None:
        """The place goes, and with it the comma or the space before it."""
        self._text = _BEFORE.sub("", self._text)
        self._sentence_begins = not self._text or self._text[-1] in _SENTENCE_ENDS
        if self._text and self._sentence_begins:
            self._text += " "

    def fact(self, fact: FactRow | None, key: str, language: str, today: date | None) -> str:
        if fact is None:
            self._troubles[message("playbook.fact_missing", fact=key)] = f"{{fact:{key}}}"
            return ""
        title = fact.title or key
        value = fact.text.get(language, "")
        if today is not None and fact.expired(today):
            self._troubles[message("playbook.fact_expired", fact=title, day=fact.expires_on)] = value
        if not value:
            self._troubles[message("playbook.fact_untold", fact=title, language=language)] = f"{{fact:{key}}}"
        return value

    def rendered(self) -> Rendered:
        return Rendered(
            self._text,
            tuple(self._filled),
            tuple(self._empty),
            tuple(self._troubles),
            tuple(self._troubles.values()),
            tuple(self._values.items()),
        )
