"""The beginning of a text in so many lines, for rows of lists."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtGui import QFont, QTextLayout, QTextOption


def elided_lines(text: str, font: QFont, width: float, most: int) -> list[str]:
    """At most so many lines of one paragraph; the last ends in an ellipsis where more would follow."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1.0, width))
        starts.append(line.textStart())
    layout.endLayout()
    pieces = _cut(text, starts)
    if len(pieces) > most:
        return [*pieces[: most - 1], "".join(pieces[most - 1 :])]
    return pieces


def _cut(text: str, starts: list[int]) -> list[str]:
    """At places that count as Qt does, in UTF-16 units; only signs beyond the basic plane (emoji) make that another count than Python's."""
    if not text or max(text) < "\U00010000":
        return [text[start:end] for start, end in pairwise([*starts, len(text)])]
    data = text.encode("utf-16-le")
    return [
        data[start * 2 : end * 2].decode("utf-16-le", "ignore") for start, end in pairwise([*starts, len(data) // 2])
    ]
