"""What somebody who needs large text would miss: parts that reach out of what can be seen where nothing scrolls, and words without room for their lines."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLabel, QLineEdit, QWidget

from app.ui.widgets.text import ElidedLabel

SLACK = 2
"""Pixels by which figures of fonts are rounded."""


def lost_parts(window: QWidget) -> list[str]:
    """What is on the screen and cannot be seen whole, nor brought into view by scrolling. A word that is cut short and says all of it in its
    tooltip, or to a screen reader, is not lost.
    """
    found = []
    for part in window.findChildren(QWidget):
        if (
            part.isVisible()
            and isinstance(part, QAbstractButton | QLabel | QLineEdit | QComboBox)
            and not part.size().isEmpty()
        ):
            fault = _hidden(part, window) or _cut(part)
            if fault:
                found.append(f"{type(part).__name__} {_said(part)!r}: {fault}")
    return found


def _said(part: QWidget) -> str:
    text = part.text() if isinstance(part, QAbstractButton | QLabel) else ""
    return (part.accessibleName() or text)[:60]


def _hidden(part: QWidget, window: QWidget) -> str:
    """Beyond an edge of something that does not scroll that way."""
    rect, step = QRect(part.mapTo(window, QPoint(0, 0)), part.size()), part.parentWidget()
    while step is not None and step is not window:
        above = step.parentWidget()
        if isinstance(above, QAbstractScrollArea) and step is above.viewport():
            bars = above.verticalScrollBar(), above.horizontalScrollBar()
            if bars[0].maximum() > 0:
                rect.setTop(max(rect.top(), 0))
                rect.setHeight(0)  # it can be brought into view
            if bars[1].maximum() > 0:
                rect.setWidth(0)
            seen = QRect(step.mapTo(window, QPoint(0, 0)), step.size())
        else:
            seen = QRect(step.mapTo(window, QPoint(0, 0)), step.size())
        if rect.width() and (rect.right() > seen.right() + SLACK or rect.left() < seen.left() - SLACK):
            return f"from {rect.left()} to {rect.right()}, seen from {seen.left()} to {seen.right()} in {type(step).__name__}"
        if rect.height() and (rect.bottom() > seen.bottom() + SLACK or rect.top() < seen.top() - SLACK):
            return f"down to {rect.bottom()}, seen down to {seen.bottom()} in {type(step).__name__}"
        step = above
    if rect.width() and rect.right() > window.width() + SLACK:
        return f"reaches to {rect.right()} of {window.width()}"
    if rect.height() and rect.bottom() > window.height() + SLACK:
        return f"reaches down to {rect.bottom()} of {window.height()}"
    return ""


def _cut(part: QWidget) -> str:
    if not isinstance(part, QLabel) or isinstance(part, ElidedLabel) or not part.text():
        return ""
    if part.wordWrap():
        needed = part.heightForWidth(part.width())
        return f"needs {needed} lines' pixels of {part.height()}" if needed > part.height() + SLACK else ""
    needed = part.sizeHint().width()
    return f"needs {needed} of {part.width()}" if needed > part.width() + SLACK and not part.toolTip() else ""
