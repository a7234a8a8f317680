"""Hashtags that go together, and what an unfinished one may become. Tags are kept without "#"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.models.folding import level

MOST_OFFERED = 8
_TAG = re.compile(r"(?<![\w&/#＃])[#＃](\w*[^\W\d_]\w*)")


@dataclass(frozen=True, slots=True)
class HashtagSet:
    """One of them. `id` None: not kept yet."""

    id: int | None
    name: str
    tags: tuple[str, ...] = ()


def tags_in(text: str) -> list[str]:
    """The hashtags of a text as most networks find them, in their order."""
    return _TAG.findall(text)


def typed_tags(text: str) -> tuple[str, ...]:
    """What somebody typed as a list of tags, with or without "#", between blanks or commas; none twice."""
    found: dict[str, str] = {}
    for word in re.split(r"[\s,;]+", text):
        tag = re.sub(r"[^\w]", "", word.lstrip("#＃"))
        if tag and not tag.isdigit():
            found.setdefault(level(tag), tag)
    return tuple(found.values())


def missing(text: str, tags: Iterable[str]) -> list[str]:
    """Those of the tags that a text does not have yet."""
    there = {level(tag) for tag in tags_in(text)}
    return [tag for tag in tags if level(tag) not in there]


def offers(begun: str, known: Sequence[str], most: int = MOST_OFFERED) -> list[str]:
    """What `begun` (without "#") may become: known tags in their order, first those that begin so, then those that hold it."""
    wanted = level(begun)
    found: dict[str, str] = {}
    for fits in (str.startswith, str.__contains__):
        for tag in known:
            levelled = level(tag)
            if levelled != wanted and fits(levelled, wanted):
                found.setdefault(levelled, tag)
    return list(found.values())[:most]
