"""What customers speak of: names of the catalogue (makers, products, kinds) as they may be written, and which of them a text holds. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from app.models.folding import is_whole, words_of

MOST_WORDS = 8
"""Of a name, and of a stretch of text that is looked up."""
LONGEST_TEXT = 6000
"""Characters of a message that are looked through."""
LEAST_LETTERS = {"maker": 3, "title": 4, "style": 2}
"""A single word shorter than this is no name that one could tell from others; two characters of Chinese are enough."""


class Kind(StrEnum):
    """What a name is of. `TAG` is no name of the catalogue but one that the user put on messages."""

    MAKER = "maker"
    TITLE = "title"
    STYLE = "style"
    TAG = "tag"


class Term(NamedTuple):
    """A name of the catalogue. `term` is folded, a blank between words."""

    kind: Kind
    term: str
    name: str


class Interest(NamedTuple):
    """How often something was spoken of in a period."""

    kind: Kind
    term: str
    """The tag's id, where it is one."""
    name: str
    """The tag's key, where it has no name of its own."""
    messages: int
    people: int
    before: int | None
    """People in the other period; None: it is not known whole."""
    asking: int
    """People among them who asked for or about something."""
    reachable: int
    """People among them who want the newsletter and have an e-mail address."""


class Reader(NamedTuple):
    """Somebody who wants the newsletter, with what they spoke of."""

    email: str
    name: str
    language: str
    interests: tuple[tuple[Kind, str], ...]
    """(kind, name)."""
    wanted_since: int
    """When that was noted, UTC milliseconds."""


def terms_of(title: str, maker: str, style: str) -> list[Term]:
    """The names of a product; what stands in brackets behind a title ("Deluxe", "2 LP") belongs to none."""
    found = [(Kind.TITLE, re.sub(r"\s*[(\[（【].*$", "", title)), (Kind.MAKER, maker)]
    found += [(Kind.STYLE, each) for each in re.split(r"[>/,;|]", style)]
    terms = []
    for kind, name in found:
        plain = " ".join(name.split())
        words = words_of(plain)
        if words and len(words) <= MOST_WORDS and _tells(kind, words):
            terms.append(Term(kind, " ".join(words), plain))
    return list(dict.fromkeys(terms))


def _tells(kind: Kind, words: list[str]) -> bool:
    """Whether a name can be told from any other word."""
    if all(is_whole(word) for word in words):
        return len(words) > 1
    return len(words) > 1 or len(words[0]) >= LEAST_LETTERS[kind]


class Stretch(NamedTuple):
    """A piece of a text, by the places of its words."""

    first: int
    last: int


def stretches(text: str) -> dict[str, list[Stretch]]:
    """Everything in a text that might be a name, with where it stands; a plural's last letter is left off too."""
    words = words_of(text[:LONGEST_TEXT])
    found: dict[str, list[Stretch]] = {}
    for first in range(len(words)):
        for last in range(first, min(first + MOST_WORDS, len(words))):
            said = " ".join(words[first : last + 1])
            found.setdefault(said, []).append(Stretch(first, last))
            if len(words[last]) > 3 and words[last].endswith("s"):
                found.setdefault(said[:-1], []).append(Stretch(first, last))
    return found


def spoken_of(places: Mapping[str, list[Stretch]], known: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the (kind, term) that are `known` to stand in a text, those that do not only stand within the longer name of another."""
    names = sorted(set(known), key=lambda each: (-len(each[1].split()), each[1], each[0]))
    taken: list[tuple[str, Stretch]] = []
    found = []
    for kind, term in names:
        own = [place for place in places.get(term, ()) if not _within(place, term, taken)]
        if own:
            found.append((kind, term))
            taken += [(term, place) for place in own]
    return sorted(found)


def _within(place: Stretch, term: str, taken: Iterable[tuple[str, Stretch]]) -> bool:
    return any(other != term and each.first <= place.first and place.last <= each.last for other, each in taken)
