"""What stands on the screen, and words of it that are cut: labels and buttons that are smaller than what they say, and sentences of ours that end in an ellipsis."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtGui import QFontMetrics, QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.ui.widgets.text import ElidedLabel

SLACK = 1
"""Pixels by which figures of fonts are rounded."""
PADDING = 8
"""Pixels that a button may give up around its word."""


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
    if isinstance(part, ElidedLabel):
        needed = part.fontMetrics().horizontalAdvance(part.text())
        cut = part.text() in ours and needed > part.contentsRect().width() + SLACK
        return f"{part.text()!r} needs {needed} of {part.contentsRect().width()}" if cut else ""
    if isinstance(part, QLabel) and part.text():
        if part.wordWrap():
            needed = part.heightForWidth(part.width())
            return f"{part.text()!r} needs {needed} lines' pixels of {part.height()}" if needed > part.height() + SLACK else ""
        needed = part.sizeHint().width()
        return f"{part.text()!r} needs {needed} of {part.width()}" if needed > part.width() + SLACK else ""
    if isinstance(part, QAbstractButton) and part.text() in ours:
        needed = part.sizeHint().width() - PADDING
        return f"{part.text()!r} needs {needed} of {part.width()}" if needed > part.width() and not part.toolTip() else ""
    return ""
