"""What lies in a widget, asked and put there in the one way that PySide bears.

Four ways that suggest themselves end badly (seen with PySide 6.11):

* `layout.itemAt()` makes a Python half of an item that only Qt knows. Qt deletes the item without a word, the half stays with its layout, and
  what gets the same address later takes the process down when it goes.
* `layout.addLayout()` and `insertLayout()` do the same by themselves with all that stands in the inner layout already.
* `nextInFocusChain()` makes the neighbour, often the window itself, a child of the widget that was asked; when that one goes, scroll bars
  and documents of the window count as deleted.
* `findChildren()` of one of Qt's own classes hangs the inner parts of every field on the widget that was asked, where they stay for its
  whole life, long after the field has gone. Of classes of our own it is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QSplitter, QWidget
from shiboken6 import invalidate


def nest(outer: QBoxLayout | QGridLayout, inner: QLayout, *place: Any) -> None:
    """Put a layout into another; `place` as Qt's `addLayout` takes it: its share, or row and column."""
    outer.addLayout(inner, *place)
    _forget_items(inner)


def nest_at(outer: QBoxLayout, index: int, inner: QLayout, share: int = 0) -> None:
    """The same at a place among what stands in `outer`."""
    outer.insertLayout(index, inner, share)
    _forget_items(inner)


def _forget_items(layout: QLayout) -> None:
    """The Python halves of what stands in it no longer answer to an address."""
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if isinstance(item, QLayout):
            _forget_items(item)
        elif item is not None:
            invalidate(item)


def parts_in(widget: QWidget) -> Iterator[QWidget]:
    """Everything inside it, each before what lies in it, as it was made or brought to the front."""
    for child in widget.children():
        if isinstance(child, QWidget):
            yield child
            yield from parts_in(child)


def standing_in(widget: QWidget) -> list[QWidget]:
    """What lies in it directly, in the order of its layouts or panes; what stands in none comes last, as it was made. Windows of their own
    are left out.
    """
    children = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
    layout = widget.layout()
    if isinstance(widget, QSplitter):
        placed = sorted((child for child in children if widget.indexOf(child) >= 0), key=widget.indexOf)
    else:
        placed = list(_in_layout(layout, children)) if layout is not None else []
    known = {id(child) for child in placed}
    return [*placed, *(child for child in children if id(child) not in known)]


def _in_layout(layout: QLayout, widgets: Sequence[QWidget]) -> Iterator[QWidget]:
    """Those of `widgets` that stand in the layout or in a layout inside it, in its order."""
    places: list[tuple[int, QWidget | QLayout]] = [
        (place, widget) for widget in widgets if (place := layout.indexOf(widget)) >= 0
    ]
    inner = [child for child in layout.children() if isinstance(child, QLayout)]
    if inner:
        here = {id(widget) for _, widget in places}
        widgets = [widget for widget in widgets if id(widget) not in here]
        places += [(layout.indexOf(each), each) for each in inner]
    for _, each in sorted(places, key=lambda found: found[0]):
        if isinstance(each, QLayout):
            yield from _in_layout(each, widgets)
        else:
            yield each
