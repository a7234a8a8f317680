"""Where in a row's lines stands what was found, and the same in the text of a message."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QFontMetricsF

from app.models.folding import highlights
from app.ui.inbox.rows import Mark

ELLIPSIS = "…"


def marks_in_lines(snippet: str, lines: Sequence[str], font: QFont, wanted: Sequence[str]) -> list[Mark]:
    """The lines are consecutive pieces of the snippet as they are drawn, perhaps with an ellipsis at their end."""
    found = highlights(snippet, wanted) if wanted else []
    if not found:
        return []
    metrics = QFontMetricsF(font)
    marks: list[Mark] = []
    at = 0
    for number, line in enumerate(lines):
        cut = line[:-1] if line.endswith(ELLIPSIS) and not snippet.startswith(line, at) else line
        begin = snippet.find(cut, at)
        if begin < 0:
            continue
        end = begin + len(cut)
        for start, stop in found:
            first, last = max(start, begin), min(stop, end)
            if first < last:
                x = metrics.horizontalAdvance(line[: first - begin])
                marks.append((number, x, metrics.horizontalAdvance(line[: last - begin]) - x))
        at = end
    return marks


def marks_in_text(text: str, wanted: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Ranges in UTF-16 units, as Qt counts."""
    found = highlights(text, wanted) if wanted else []
    if not found or max(text) < "\U00010000":
        return tuple(found)
    return tuple((_units(text[:start]), _units(text[:end])) for start, end in found)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
