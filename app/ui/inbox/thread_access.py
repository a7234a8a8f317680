"""The conversation for screen readers: a list whose items are what was said, from top to bottom, beside the buttons that stand in it.

Python owns the items, and Qt points to them: one is made once by its place and lives as long as its list; what it says is looked up when
it is asked for.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from app.ui.inbox.thread_canvas import ThreadCanvas


class Conversation(QAccessibleWidget):
    """Its own children come first: the part that scrolls, with the buttons in it, and the scroll bar."""

    def __init__(self, thread: ThreadCanvas) -> None:
        super().__init__(thread, QAccessible.Role.List)
        self._thread = thread
        self._items: dict[int, Said] = {}

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def childCount(self) -> int:
        return super().childCount() + len(self._thread.parts())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        own = super().childCount()
        if index < own:
            return super().child(index)
        place = index - own
        if place >= len(self._thread.parts()):
            return None
        if place not in self._items:
            self._items[place] = Said(self, self._thread, place)
        return self._items[place]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        for place, item in self._items.items():
            if item is child:
                return super().childCount() + place
        return super().indexOfChild(child)


class Said(QAccessibleInterface):
    """One message, note or line between."""

    def __init__(self, conversation: Conversation, thread: ThreadCanvas, place: int) -> None:
        super().__init__()
        self._conversation = conversation
        self._thread = thread
        self._place = place

    def isValid(self) -> bool:
        return self._place < len(self._thread.parts())

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> None:  # type: ignore[override]
        return None

    def parent(self) -> QAccessibleInterface:
        return self._conversation

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: ARG002
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: ARG002
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: ARG002
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        return self._thread.parts()[self._place].name if kind == QAccessible.Text.Name and self.isValid() else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing here is typed."""

    def rect(self) -> QRect:
        return self._thread.area_of(self._place) if self.isValid() else QRect()

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.selectable = self.isValid() and self._thread.parts()[self._place].stops
        state.selected = self._place == self._thread.current_place
        state.invisible = not self._thread.isVisible()
        return state


def conversation_of(thread: ThreadCanvas) -> Conversation:
    return Conversation(thread)
