"""Where Tab goes: through the widgets as they stand on the screen, however late each of them was made."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.widgets.inside import standing_in


def in_order(widget: QWidget, also: QWidget | None = None) -> Iterator[QWidget]:
    """The widget and what is on the screen in it, in the order of its layouts; where it has none, as it was made. `also` is there even while
    it is hidden.
    """
    yield widget
    for child in standing_in(widget):
        if child is also or not child.isHidden():
            yield from in_order(child, also)


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab may stop at it now; a line within a number would give the keyboard back."""
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
    return takes and widget.focusProxy() is None


def stops_in(root: QWidget) -> list[QWidget]:
    """Where Tab stops inside `root`, as its layouts stand, however late each was made; what stands in none comes behind what it lies in."""
    return [widget for widget in in_order(root) if widget is not root and takes_tab(widget)]


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
    """The next stop of the window that does not belong to `root`; round its ends."""
    everything = list(in_order(root.window(), also=root))  # Qt asks while it hides, too: the keyboard has to go somewhere
    here = next((place for place, widget in enumerate(everything) if widget is root), len(everything))
    after = [widget for widget in everything[here + 1 :] if not root.isAncestorOf(widget)]
    before = everything[:here]
    others = [*after, *before] if forward else [*reversed(before), *reversed(after)]
    return next((widget for widget in others if takes_tab(widget)), None)
