"""The way of the keyboard through a window, and what the mouse alone can reach."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QScrollArea, QWidget

LONGEST_WAY = 300
OVERLAP = 4
"""Pixels by which neighbours may reach over each other and still be beside, or below, each other."""
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


def against_the_eye(way: list[QWidget]) -> list[tuple[QWidget, QWidget]]:
    """Steps that lead up, or back within a line. One may: from the last stop to the first. So may a step to the right: there a column begins."""
    back = [
        (here, there) for here, there in zip(way, [*way[1:], way[0]], strict=True) if _is_back(*_as_seen(here, there))
    ]
    return back[:-1] if back and len(way) > 1 and _wraps(back, way) else back


def _wraps(back: list[tuple[QWidget, QWidget]], way: list[QWidget]) -> bool:
    """The step home is put last: it is the one to the stop that comes first for the eye."""
    homes = [pair for pair in back if pair[1] is min(way, key=_place)] or back[-1:]
    back.remove(homes[0])
    back.append(homes[0])
    return True


def _place(part: QWidget) -> tuple[int, int]:
    at = part.mapTo(part.window(), QPoint(0, 0))
    return at.x() + at.y(), at.y()


def _as_seen(one: QWidget, other: QWidget) -> tuple[QRect, QRect]:
    """Where both stand in their window; what scrolls stands where its view is for whatever is outside of it."""
    return _seen(one, other), _seen(other, one)


def _seen(part: QWidget, other: QWidget) -> QRect:
    rect = QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())
    step = part.parentWidget()
    while step is not None and not step.isAncestorOf(other):
        if isinstance(step, QAbstractScrollArea):
            view = step.viewport()
            top = view.mapTo(view.window(), QPoint(0, 0)).y()
            rect = QRect(rect.left(), top, rect.width(), view.height())
        step = step.parentWidget()
    return rect


def _is_back(here: QRect, there: QRect) -> bool:
    right_of = there.left() >= here.right() - OVERLAP
    if there.bottom() <= here.top() + OVERLAP:  # it is above
        return not right_of
    beside = there.top() < here.bottom() - OVERLAP and here.top() < there.bottom() - OVERLAP
    return beside and there.right() <= here.left() + OVERLAP and abs(there.center().y() - here.center().y()) <= OVERLAP * 2


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
