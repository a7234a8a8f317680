"""The sentences of a message that may each ask something: what somebody wants often comes behind a greeting and a story."""

from __future__ import annotations

import re

LONGEST = 800
"""Characters of a message that are read."""
MOST = 5
LEAST = 8
"""Letters that a sentence needs to be asked about by itself."""
DENSE = 3
"""Letters that a sign of a script without blanks stands for."""

_ENDS = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\n+")
_LETTER = re.compile(r"[^\W\d_]")
_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def sentences(text: str) -> list[str]:
    """The text itself, and its first sentences where it has more than one that says something."""
    text = text[:LONGEST]
    found = [part.strip() for part in _ENDS.split(text) if length(part) >= LEAST]
    return [text, *found[:MOST]] if len(found) > 1 else [text]


def length(text: str) -> int:
    """How much a text says, in letters."""
    return len(_LETTER.findall(text)) + (DENSE - 1) * len(_SIGN.findall(text))
