"""Splits a long text into the parts of a thread, at the best place that fits; keeps to itself where a text may be cut."""

from __future__ import annotations

from collections.abc import Callable

import regex

from app.language.entities import find
from app.language.measure import measure

_Fits = Callable[[str], bool]

_PLACES = (
    regex.compile(r"\n\s*\n\s*"),
    regex.compile(r"(?<=[.!?…。！？]['\"»”’)\]]*)\s+|(?<=[。！？…]['\"»”’）」』]*)(?=[^\s'\"»”’）」』。！？…])|\n+"),
    regex.compile(r"(?<=[,;:，、；：])\s+|(?<=[，、；：])(?=\S)"),
    regex.compile(r"\s+"),
)
"""Where a text may end, from the best to the worst: paragraph, sentence, clause, word."""
_GRAPHEME = regex.compile(r"\X")
_LEAST_FILLED = 0.5
"""A better kind of place is taken only if the part is at least half full."""


def split(text: str, counting: str, limit: int, *, link_length: int = 23, warning: str = "") -> list[str]:
    """Parts that each fit, in order; joined they hold every word. A word, link, mention or hashtag stays whole unless alone it is too long."""
    rest = text.strip()
    parts: list[str] = []

    def fits(piece: str) -> bool:
        return measure(piece, counting, limit, link_length=link_length, warning=warning).fits

    while rest and not fits(rest):
        end, start = _cut(rest, fits, limit, counting)
        parts.append(rest[:end].rstrip())
        rest = rest[start:].lstrip()
    if rest or not parts:
        parts.append(rest)
    return parts


def _cut(text: str, fits: _Fits, limit: int, counting: str) -> tuple[int, int]:
    """(end of this part, start of the next)."""
    # A link may be far longer than it counts, so the window is generous; past it nothing can fit.
    window = text[: limit * 4 + 2_000]
    whole = _whole(window, counting)
    chosen = (0, 0)
    for pattern in _PLACES:
        places = [match.span() for match in pattern.finditer(window) if match.start() > 0 and not _inside(match.start(), whole)]
        best = _last_that_fits(window, places, fits)
        if best[0] > chosen[0] and (not chosen[0] or chosen[0] < best[0] * _LEAST_FILLED):
            chosen = best
    if chosen[0]:
        return chosen
    letters = [(match.end(), match.end()) for match in _GRAPHEME.finditer(window)]
    outside = [place for place in letters if not _inside(place[0], whole)]
    forced = _last_that_fits(window, outside, fits)
    if not forced[0]:
        forced = _last_that_fits(window, letters, fits)
    return forced if forced[0] else letters[0]


def _last_that_fits(text: str, places: list[tuple[int, int]], fits: _Fits) -> tuple[int, int]:
    """By halving: a longer beginning of a text never counts less, but for a link's last letters."""
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        if fits(text[: places[middle][0]].rstrip()):
            low = middle + 1
        else:
            high = middle
    while low and not fits(text[: places[low - 1][0]].rstrip()):
        low -= 1
    return places[low - 1] if low else (0, 0)


def _whole(text: str, counting: str) -> list[tuple[int, int]]:
    """What must not be cut: links, mentions, hashtags."""
    found = find(text, counting)
    return [(span.start, span.end) for span in (*found.links, *found.mentions, *found.hashtags)]


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < position < end for start, end in spans)
