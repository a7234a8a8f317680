"""What shops are asked every day, as vectors: tells which of those subjects a text is about; used by `app.language.meaning` alone.

A playbook's answer is about the subjects of its own texts, a message about those of its phrases: where they are the same, the answer fits,
though the two may have no word in common. And the phrases of an answer's subjects stand beside its own examples: a message that is near to
either wants an answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

SHARPNESS = 10.0
"""The higher, the fewer subjects a text is about."""
NEAREST = np.array([0.6, 0.25, 0.15], dtype=np.float32)
LITTLE = 1e-3
"""What every text is taken to share with every answer."""
ABOUT = 0.1
"""The share of a subject from which on an answer is about it."""
ABSENT = -2.0
FAR = 0.1
"""As near as most texts are to each other, though they have nothing to do with each other."""


def read_everyday(file: Path) -> tuple[tuple[str, ...], ...]:
    """The phrases of each subject, in all languages."""
    subjects: Mapping[str, Mapping[str, Sequence[str]]] = json.loads(file.read_text(encoding="utf-8"))
    return tuple(tuple(text for texts in each.values() for text in texts) for each in subjects.values())


class Subjects:
    """Phrases of subjects, seen through a lens."""

    def __init__(self, vectors: Any, sizes: Sequence[int]) -> None:
        """`vectors` of all phrases, subject by subject; of how many phrases each is."""
        self._vectors = vectors
        self._sizes = tuple(sizes)
        self._begins = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        self._turned = vectors
        self._middles = vectors[:0]
        # The phrases of each subject side by side, filled up with the first.
        most = max(sizes, default=0)
        self._table = np.array(
            [[begin + n % size for n in range(most)] for begin, size in zip(self._begins, sizes, strict=True)]
        )
        self._filled = np.array([[n >= size for n in range(most)] for size in sizes])

    def __len__(self) -> int:
        return len(self._sizes)

    def see(self, turn: Callable[[Any], Any]) -> None:
        """Through this lens from now on."""
        self._turned = turn(self._vectors)
        middles = np.add.reduceat(self._turned, self._begins, axis=0)
        self._middles = middles / np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-9)

    def near(self, vectors: Any) -> Any:
        """How near each text (a row, as the encoder gives it) comes to the phrases of each subject."""
        return self._best(vectors @ self._vectors.T)

    def shares(self, turned: Any) -> Any:
        """How much each text (a row, seen through the same lens) is about each subject; a row's sum is one."""
        scores = SHARPNESS * (self._best(turned @ self._turned.T) + turned @ self._middles.T)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        return shares / shares.sum(axis=1, keepdims=True)

    def _best(self, near: Any) -> Any:
        """Of each subject the phrases that are nearest, the first counting most."""
        near = near[:, self._table]
        near[:, self._filled] = ABSENT
        most = near.shape[2]
        best = np.sort(np.partition(near, most - len(NEAREST), axis=2)[:, :, -len(NEAREST) :], axis=2)[:, :, ::-1]
        return best @ NEAREST


def in_common(shares: Any, profiles: Any) -> Any:
    """Of each text with each answer: near zero where they are about the same, well below it where not."""
    return np.log(shares @ profiles.T + LITTLE)


def by_subject(near: Any, profiles: Any) -> Any:
    """How near each text comes to the phrases of any subject that each answer is about; `near`: to those of each subject."""
    return np.where(profiles >= ABOUT, near[:, None, :], FAR).max(axis=2, initial=FAR)
