"""Where Tab goes: through the widgets as they stand on the screen, however late each of them was made."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QSplitter, QWidget


def in_order(widget: QWidget) -> Iterator[QWidget]:
    """The widget and what lies in it, in the order of its layouts; where it has none, as it was made."""
    yield widget
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield from in_order(inner)
    elif isinstance(widget, QSplitter):
        for place in range(widget.count()):
            pane = widget.widget(place)
            if pane is not None:
                yield from in_order(pane)
    elif layout is not None:
        yield from _in_layout(layout)
    else:
        for child in widget.children():
            if isinstance(child, QWidget) and not child.isWindow():
                yield from in_order(child)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        inner, widget = item.layout() if item is not None else None, item.widget() if item is not None else None
        if widget is not None:
            yield from in_order(widget)
        elif inner is not None:
            yield from _in_layout(inner)


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab may stop at it now; a line within a number would give the keyboard back."""
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
    return takes and widget.focusProxy() is None


def stops_in(root: QWidget) -> list[QWidget]:
    """Where Tab stops inside `root`, as its layouts stand, however late each was made; what stands in none comes behind what it lies in."""
    widgets = list(in_order(root))
    places = {id(widget): place for place, widget in enumerate(widgets)}

    def place(widget: QWidget) -> int:
        if id(widget) in places:
            return places[id(widget)]
        step = widget.parentWidget()
        while step is not None and id(step) not in places:
            step = step.parentWidget()
        return max((number for number, each in enumerate(widgets) if step is each or (step is not None and step.isAncestorOf(each))), default=0)

    chain, step = list[QWidget](), root.nextInFocusChain()
    while step is not None and step is not root:
        if takes_tab(step) and root.isAncestorOf(step):
            chain.append(step)
        step = step.nextInFocusChain()
    return sorted(chain, key=place)


def neighbour(stops: list[QWidget], forward: bool) -> QWidget | None:
    """The next of them after what has the keyboard; None at their ends, or where it is elsewhere."""
    focus = QApplication.focusWidget()
    if focus is None:
        return None
    around = [place for place, stop in enumerate(stops) if stop is focus or stop.isAncestorOf(focus)]
    here = around[-1] if around else None  # a stop may lie in another: then it is the inner one
    step = 1 if forward else -1
    return stops[here + step] if here is not None and 0 <= here + step < len(stops) else None


def go_round(root: QWidget, forward: bool) -> bool:
    """To the neighbour inside `root`, from its ends to the other end; whether there is anything to go to."""
    stops = stops_in(root)
    if stops:
        _give_keyboard(neighbour(stops, forward) or stops[0 if forward else -1], forward)
    return bool(stops)


class Round(QWidget):
    """In it Tab goes the way of the eye, and from the end to the beginning."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_round(self, forward)


def _give_keyboard(target: QWidget, forward: bool) -> None:
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)


def move_focus(root: QWidget, forward: bool) -> bool:
    """To the neighbour inside `root`, or out of it at its ends; whether the focus moved."""
    stops = stops_in(root)
    target = neighbour(stops, forward) or _outside(root, forward) or (stops[0 if forward else -1] if stops else None)
    if target is None:
        return False
    _give_keyboard(target, forward)
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
