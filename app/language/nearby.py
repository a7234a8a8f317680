"""Pairs of texts that are near each other, packed: millions of them are no more than three objects to the interpreter."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator


class Nearby:
    """(first, second, how near), in the order in which they were added."""

    __slots__ = ("_first", "_score", "_second")

    def __init__(self, pairs: Iterable[tuple[int, int, float]] = ()) -> None:
        self._first, self._second, self._score = array("l"), array("l"), array("d")
        self.add(pairs)

    def add(self, pairs: Iterable[tuple[int, int, float]]) -> None:
        for first, second, score in pairs:
            self._first.append(first)
            self._second.append(second)
            self._score.append(score)

    def __len__(self) -> int:
        return len(self._score)

    def __iter__(self) -> Iterator[tuple[int, int, float]]:
        return zip(self._first, self._second, self._score, strict=True)
