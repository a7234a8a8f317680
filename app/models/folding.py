"""Text as searching knows it: without case, accents and widths, Han and kana one by one; and where a text holds what was asked for.

The search index, its marks on the screen and everything else that compares words of five languages use these same functions, so that what
is found is also what is marked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_WHOLE = (
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Han, kana and hangul: each character is found by itself."""

_AROUND_WHOLE = f"(?={_WHOLE})|(?<={_WHOLE})"  # compiled when first used (by `re`, which keeps it)
_FIRST_MARK = "\u0300"
_VOICED = "\u3099\u309a"
"""Kana's own marks make another letter, not an accent."""

EXACT = '"'
"""A term that begins with it was typed in quotes: its last word is whole, not the beginning of one."""
BEFORE_A_HIT = 36
"""So many characters of an excerpt stand before the first thing found."""
MOST_MARKED = 20_000
"""Nothing is marked beyond so many characters of one text."""


def fold(text: str) -> str:
    """Text as the index knows it. Deterministic: the index is taken apart again with it."""
    if text.isascii():
        return text.lower()
    return re.sub(_AROUND_WHOLE, " ", level(text))


def level(text: str) -> str:
    """Case, accents and widths levelled."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = [c for c in decomposed if c < _FIRST_MARK or c in _VOICED or not unicodedata.combining(c)]
    return unicodedata.normalize("NFC", "".join(kept)).casefold()


def words_of(text: str) -> list[str]:
    """The words of a text, folded; each Han, kana and hangul character is one."""
    return re.findall(r"[^\W_]+", fold(text))


def is_whole(word: str) -> bool:
    """Whether a word is of those characters that are found one by one."""
    return re.match(_WHOLE, word) is not None


def term(piece: str, *, exact: bool = False) -> str:
    """One thing to look for, folded: a word, or several that follow each other. Empty where there is no letter or digit."""
    sound = piece.encode("utf-8", "replace").decode().replace("\0", " ").replace('"', " ")
    folded = " ".join(fold(sound).split())
    if not any(c.isalnum() for c in folded):
        return ""
    return EXACT + folded if exact else folded


def is_open(wanted: str) -> bool:
    """Whether a term is also found as the beginning of a word: one Latin letter begins a tenth of all words, one Chinese character is a word."""
    return not wanted.startswith(EXACT) and len(words_of(wanted)[-1]) > 1


def holds(text: str, wanted: Iterable[str], without: Iterable[str] = ()) -> bool:
    """Whether a text holds all terms and none of the others, as the index would say."""
    have = words_of(text)
    if not all(_stands(have, one) for one in wanted):
        return False
    return not any(names(text, one) if is_handle(one) else _stands(have, one) for one in without)


def is_handle(wanted: str) -> bool:
    """Whether a term is a handle: "-@aurora" rules out who is named so, and not every text with that word."""
    return wanted.startswith("@")


def names(text: str, handle: str) -> bool:
    """Whether a text names a handle; the same handle with its server behind it is the same."""
    return "@" in text and re.search(rf"(?<![\w@]){re.escape(handle)}(?!\w|\.\w)", level(text)) is not None


def _stands(have: Sequence[str], wanted: str) -> bool:
    sought = words_of(wanted)
    *first, last = sought
    ends = str.startswith if is_open(wanted) else str.__eq__
    return any(
        list(have[place : place + len(first)]) == first and ends(have[place + len(first)], last)
        for place in range(len(have) - len(first))
    )


# --- showing


def highlights(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Where `text` holds the terms: ranges (start, end) in code points, in order, without overlaps."""
    flat, origin = _flat(text[:MOST_MARKED])
    marked: set[int] = set()
    for one in wanted:
        for match in re.finditer(_pattern(one), flat):
            marked.update(range(origin[match.start()], origin[match.end() - 1] + 1))
    return _ranges(marked)


def _flat(text: str) -> tuple[str, Sequence[int]]:
    """A levelled text, and which character of the given one each of its own comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters: list[str] = []
    origin: list[int] = []
    known: dict[str, str] = {}
    for position, character in enumerate(text):
        levelled = known.get(character)
        if levelled is None:
            levelled = known[character] = level(character)
        letters.append(levelled)
        origin.extend([position] * len(levelled))
    return "".join(letters), origin


def _pattern(wanted: str) -> str:
    """Words of a phrase may be apart by what is no letter; a phrase begins at a word's beginning, Han and kana anywhere."""
    words = words_of(wanted)
    joined = r"[\W_]*".join(re.escape(word) for word in words)
    begins = "" if is_whole(words[0]) else r"(?<![^\W_])"
    ends = "" if is_open(wanted) or is_whole(words[-1]) else r"(?![^\W_])"
    return begins + joined + ends


def _ranges(positions: set[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for position in sorted(positions):
        if ranges and ranges[-1][1] == position:
            ranges[-1] = (ranges[-1][0], position + 1)
        else:
            ranges.append((position, position + 1))
    return ranges


def excerpt(text: str, wanted: Sequence[str], longest: int = 200) -> str:
    """One line of a text around the first thing found in it; from its beginning where that is near, or where nothing is."""
    line = " ".join(text[: longest * 50].split())
    if len(line) <= longest // 2:
        return line
    found = highlights(line, wanted) if wanted else []
    start = found[0][0] - BEFORE_A_HIT if found else 0
    if start <= BEFORE_A_HIT // 2:
        return line[:longest]
    space = line.find(" ", start, found[0][0])
    return f"… {line[space + 1 if space >= 0 else start :][:longest]}"
