"""Finds which of many texts says nearly the same as another: by the words they share, the rare ones counting more. Keeps its index to itself.

Made for a few thousand posts: a text is compared only with those that share one of its words, and looked up in a millisecond or so.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable

from app.models.folding import words_of

ALIKE = 0.75
"""Share of what two texts say that they say both, from which on they are nearly the same."""
FEWEST_WORDS = 4
"""Shorter texts are alike by chance."""
_NOT_SAID = re.compile(r"https?://\S+|[@#＃]\w+")


def words_said(text: str) -> frozenset[str]:
    """What a text says: links, hashtags and mentions are left out."""
    return frozenset(words_of(_NOT_SAID.sub(" ", text)))


class Texts:
    """Texts by number."""

    def __init__(self, texts: Iterable[tuple[int, str]] = ()) -> None:
        self._words: dict[int, frozenset[str]] = {}
        self._having: dict[str, set[int]] = defaultdict(set)
        for number, text in texts:
            self.put(number, text)

    def put(self, number: int, text: str) -> None:
        """Add one, or change it."""
        self.drop(number)
        words = words_said(text)
        if len(words) >= FEWEST_WORDS:
            self._words[number] = words
            for word in words:
                self._having[word].add(number)

    def drop(self, number: int) -> None:
        for word in self._words.pop(number, frozenset()):
            self._having[word].discard(number)

    def __len__(self) -> int:
        return len(self._words)

    def nearest(self, text: str, but: int | None = None) -> tuple[int, float] | None:
        """(number, share) of the one that says nearly the same; None where none does. `but` is not looked at."""
        words = words_said(text)
        if len(words) < FEWEST_WORDS:
            return None
        weights = {word: self._weight(word) for word in words}
        own = sum(weights.values())
        shared: dict[int, float] = defaultdict(float)
        for word, weight in weights.items():
            for number in self._having.get(word, ()):
                shared[number] += weight
        best: tuple[int, float] | None = None
        for number, both in shared.items():
            if number == but or both < ALIKE * own:
                continue  # cannot be enough, whatever else the other one says
            rest = sum(self._weight(word) for word in self._words[number] - words)
            alike = both / (own + rest)
            if alike >= ALIKE and (best is None or (alike, number) > (best[1], best[0])):
                best = (number, min(alike, 1.0))
        return best

    def _weight(self, word: str) -> float:
        return math.log(1 + (len(self._words) + 1) / (len(self._having.get(word, ())) + 1))
