"""What a group of short answers is called: the words in a row that most of them have and few others, as people wrote them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.language.asking import LITTLE
from app.language.grouping import HELD, most_typical
from app.language.matching import DENSE, WORDS, plain

LONGEST = 6
"""Words; signs, in scripts without blanks between words."""
LOOKED_AT = 200
"""Characters of an answer."""
COMPARED = 60
"""Of a large group, so many answers are looked at."""


ENDS = re.compile(r"[^\w\s,'’&/-]")
"""Where one thing that was said ends, or is in quotation marks."""


class _Word(NamedTuple):
    bare: str
    begin: int
    end: int
    weight: float
    """0: it says nothing by itself."""


def heading(texts: Sequence[str], others: Sequence[str]) -> str:
    """Of a group's answers; where no words are common to them (in several languages), the answer nearest to all. `others`: of other groups."""
    some = texts[:COMPARED]
    said: Counter[tuple[str, ...]] = Counter()
    written: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    weights: dict[tuple[str, ...], float] = {}
    for text in some:
        found = dict(_rows(text))
        said.update(found.keys())
        for row, (slice_, weight) in found.items():
            written[row][slice_] += 1
            weights[row] = weight
    wanted = {row: many for row, many in said.items() if many >= max(2, HELD * len(some))}
    elsewhere: Counter[tuple[str, ...]] = Counter()
    for text in others[:COMPARED]:
        elsewhere.update({row for row, _ in _rows(text)} & wanted.keys())
    size = min(len(others), COMPARED)
    told = {row: many * weights[row] * math.log((2 + size) / (1 + elsewhere[row])) for row, many in wanted.items()}
    if not told:
        return some[most_typical(some)] if some else ""
    best = min(told, key=lambda row: (-told[row], len(row), row))
    return min(written[best], key=lambda each: (-written[best][each], len(each), each))


def _rows(text: str) -> Iterator[tuple[tuple[str, ...], tuple[str, float]]]:
    """Words in a row, as they are compared, with how they are written and how much they say; they begin and end with one that says something."""
    words = list(_words(text[:LOOKED_AT]))
    for first, begins in enumerate(words):
        if not begins.weight:
            continue
        for last in range(first, min(first + LONGEST, len(words))):
            if last > first and ENDS.search(text, words[last - 1].end, words[last].begin):
                break
            row = words[first : last + 1]
            weight = sum(each.weight for each in row)
            if row[-1].weight and weight >= 1.0:
                yield tuple(each.bare for each in row), (text[begins.begin : row[-1].end], weight)


def _words(text: str) -> Iterator[_Word]:
    for found in WORDS.finditer(text):
        word, begin = found[0], found.start()
        if DENSE.search(word):
            yield from (_Word(sign, begin + place, begin + place + 1, 0.5) for place, sign in enumerate(word))
        else:
            bare = plain(word)
            yield _Word(bare, begin, found.end(), 0.0 if bare in LITTLE else 1.0)
