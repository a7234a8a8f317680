"""What stands on the screen, and words of it that are cut: labels and buttons that are smaller than what they say, and sentences of ours that end in an ellipsis."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QWidget

from app.ui.widgets.text import ElidedLabel

SLACK = 1
"""Pixels by which figures of fonts are rounded."""
PADDING = 8
"""Pixels that a button may give up around its word."""
LINE_PADDING = 16
"""Pixels around what stands in a line to type in."""
FIGURES = re.compile(r"(?=.*\d).{1,32}")
"""Dates, times, amounts and the like: short, and with a digit in them."""
WITHOUT_END = re.compile(r"[\s\u200b/\\\-–—\u2e80-\uffff]+")
"""Where a line may be broken."""


@contextmanager
def elided_texts() -> Iterator[set[str]]:
    """Collects every text that is painted with an ellipsis meanwhile."""
    found: set[str] = set()
    kept = [(kind, kind.elidedText) for kind in (QFontMetricsF, QFontMetrics)]

    def watched(original: Any) -> Any:
        def elided(metrics: Any, text: str, *args: Any, **values: Any) -> str:
            shown: str = original(metrics, text, *args, **values)
            if shown != text and len(shown) > 1:  # where there is no room at all, nothing is meant to stand
                found.add(text)
            return shown

        return elided

    for kind, original in kept:
        kind.elidedText = watched(original)  # type: ignore[assignment]
    try:
        yield found
    finally:
        for kind, original in kept:
            kind.elidedText = original  # type: ignore[assignment]


def cut_parts(window: QWidget, ours: Collection[str]) -> list[str]:
    """What is on the screen and has no room for its words. Names and texts of others may end in an ellipsis; what is in `ours` may not."""
    found = []
    for part in window.findChildren(QWidget):
        if part.isVisible() and part.width() > 0 and (fault := _fault(part, ours)):
            found.append(f"{type(part).__name__}: {fault}")
    return found


def words_on(window: QWidget) -> set[str]:
    """What labels and buttons on the screen say."""
    found = set()
    for part in window.findChildren(QWidget):
        if part.isVisible() and isinstance(part, QLabel | QAbstractButton):
            found.add(part.text())
    return found - {""}


def _fault(part: QWidget, ours: Collection[str]) -> str:
    if isinstance(part, QLineEdit):
        return _cut_line(part, ours)
    if isinstance(part, ElidedLabel):
        needed = part.fontMetrics().horizontalAdvance(part.text())
        cut = part.text() in ours and needed > part.contentsRect().width() + SLACK
        return f"{part.text()!r} needs {needed} of {part.contentsRect().width()}" if cut else ""
    if isinstance(part, QLabel) and part.text():
        if part.wordWrap():
            widest = max((part.fontMetrics().horizontalAdvance(word), word) for word in WITHOUT_END.split(part.text()))
            if part.textFormat() == Qt.TextFormat.PlainText and widest[0] > part.width() + SLACK:
                return f"{widest[1]!r} needs {widest[0]} of {part.width()} and cannot be broken"
            needed = part.heightForWidth(part.width())
            return f"{part.text()!r} needs {needed} lines' pixels of {part.height()}" if needed > part.height() + SLACK else ""
        needed = part.sizeHint().width()
        return f"{part.text()!r} needs {needed} of {part.width()}" if needed > part.width() + SLACK else ""
    if isinstance(part, QAbstractButton) and part.text() in ours:
        needed = part.sizeHint().width() - PADDING
        return f"{part.text()!r} needs {needed} of {part.width()}" if needed > part.width() and not part.toolTip() else ""
    return ""


def _cut_line(part: QLineEdit, ours: Collection[str]) -> str:
    """A line that shows a sentence of ours, or a figure or a time that was written into it, without room for it; texts of users scroll."""
    said = part.text() or part.placeholderText()
    if isinstance(part.parent(), QComboBox | QAbstractSpinBox) or not (said in ours or (part.text() and FIGURES.fullmatch(said))):
        return ""
    needed = part.fontMetrics().horizontalAdvance(said) + LINE_PADDING
    return f"{said!r} needs {needed} of {part.width()}" if needed > part.width() + SLACK else ""
