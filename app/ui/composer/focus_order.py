"""Where Tab goes: through the widgets as they stand on the screen, however late each of them was made."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget


def in_order(widget: QWidget) -> Iterator[QWidget]:
    """The widget and what lies in it, in the order of its layouts."""
    yield widget
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield from in_order(inner)
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        inner, widget = item.layout() if item is not None else None, item.widget() if item is not None else None
        if widget is not None:
            yield from in_order(widget)
        elif inner is not None:
            yield from _in_layout(inner)


def takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def move_focus(root: QWidget, forward: bool) -> bool:
    """To the neighbour inside `root`, or out of it at its ends; whether the focus moved."""
    focus = QApplication.focusWidget()
    stops = [widget for widget in in_order(root) if takes_tab(widget)]
    here = next((i for i, stop in enumerate(stops) if stop is focus or (focus is not None and stop.isAncestorOf(focus))), None)
    step = 1 if forward else -1
    if here is not None and 0 <= here + step < len(stops):
        target: QWidget | None = stops[here + step]
    else:
        target = _outside(root, forward) or (stops[0 if forward else -1] if stops else None)
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def _outside(root: QWidget, forward: bool) -> QWidget | None:
    """The next stop of the window that does not belong to `root`."""
    step: QWidget | None = root
    while step is not None:
        step = step.nextInFocusChain() if forward else step.previousInFocusChain()
        if step is root:
            return None
        if step is not None and step is not root.window() and not root.isAncestorOf(step) and takes_tab(step):
            return step
    return None
