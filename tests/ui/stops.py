"""The way of the keyboard through a window, and what the mouse alone can reach."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

LONGEST_WAY = 300
MOUSE = ("mousePressEvent", "mouseReleaseEvent", "mouseDoubleClickEvent")


def name_of(part: QWidget) -> str:
    text = part.text() if isinstance(part, QAbstractButton) else ""
    return f"{type(part).__name__} {(part.accessibleName() or part.objectName() or text)[:50]!r}"


def way_round() -> tuple[list[QWidget], str]:
    """Where Tab leads from here until it is here again, and what is wrong with that way, if anything is."""
    start = QApplication.focusWidget()
    if start is None:
        return [], "nothing has the keyboard"
    way = [start]
    for _ in range(LONGEST_WAY):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None:
            return way, f"the keyboard is lost after {name_of(way[-1])}"
        if now is start:
            return way, ""
        if now is way[-1]:
            return way, f"Tab does not leave {name_of(now)}"
        if now in way:
            return way, f"Tab goes round without ever coming back, from {name_of(now)} on"
        way.append(now)
    return way, "Tab finds no end"


def way_back(way: list[QWidget]) -> str:
    """Whether Shift+Tab goes the same way back; from where the way began."""
    for expected in [*reversed(way[1:]), way[0]]:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        now = QApplication.focusWidget()
        if now is not expected:
            return f"Shift+Tab goes from {name_of(focus)} to {name_of(now) if now is not None else 'nothing'} and not to {name_of(expected)}"
    return ""


def not_reached(root: QWidget, way: list[QWidget]) -> list[QWidget]:
    """What takes the keyboard by Tab and is not on the way."""
    return [
        part
        for part in root.findChildren(QWidget)
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        if part.focusProxy() is None and part not in way and not isinstance(part, QScrollArea)
    ]


def for_the_mouse_alone(root: QWidget) -> list[QWidget]:
    """What listens to the mouse and is no stop of the keyboard."""
    return [
        part
        for part in root.findChildren(QWidget)
        if part.isVisible()
        and part.isEnabled()
        and not part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and _hears_the_mouse(part)
    ]


def _hears_the_mouse(part: QWidget) -> bool:
    if isinstance(part, QAbstractButton):
        return True
    kinds = type(part).__mro__
    return any(
        next((kind for kind in kinds if name in vars(kind)), QWidget).__module__.startswith("app.") for name in MOUSE
    )
