"""Parts that we paint or put together, as screen readers see them: with the role that was noted on them, a named group or a named text.

To Qt such a part is a mere filler, whose name no screen reader says. Qt owns what is made here and deletes it with the part.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget

from app.ui.roles import SPOKEN_AS, SpokenAs

PLAIN = ("QWidget", "QScrollArea")
"""Qt asks for each class of a part, the nearest first; at these nothing of Qt's own knows more than that it is there."""


def role_of(name: SpokenAs) -> QAccessible.Role:
    roles = QAccessible.Role
    return {
        "alert": roles.AlertMessage,
        "button": roles.Button,
        "chart": roles.Chart,
        "dialog": roles.Dialog,
        "graphic": roles.Graphic,
        "group": roles.Grouping,
        "list": roles.List,
        "separator": roles.Separator,
        "status": roles.Notification,
        "tab": roles.PageTab,
        "tabs": roles.PageTabList,
        "text": roles.StaticText,
    }[name]


@runtime_checkable
class Speaks(Protocol):
    """A part that makes what screen readers see of it."""

    def accessible(self) -> QAccessibleInterface: ...


class Part(QAccessibleWidget):
    """A part with a role of its own."""

    def __init__(self, part: QWidget, role: QAccessible.Role) -> None:
        super().__init__(part, role)
        self._role = role

    def role(self) -> QAccessible.Role:
        return self._role


class Named(QAccessibleWidget):
    """A part with the role that was noted on it; else a group while it has a name and parts of its own, a text while it has a name alone,
    and nothing to speak of without.
    """

    def role(self) -> QAccessible.Role:
        roles, part = QAccessible.Role, self.widget()
        noted = part.property(SPOKEN_AS) if part is not None else None
        if noted:
            return role_of(noted)
        if part is None or not part.accessibleName():
            return roles.Client
        return roles.Grouping if any(isinstance(child, QWidget) for child in part.children()) else roles.StaticText


class Pressed(Part):
    """A part that is no button of Qt's and does what one does: by Enter."""

    def actionNames(self) -> list[str]:
        return [self.pressAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:
        part = self.widget()
        if name != self.pressAction() or part is None:
            super().doAction(name)
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(part, QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))


class Tab(QAccessibleWidget):
    """A button that brings something to the front, one of several that are in front by turns."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button, QAccessible.Role.PageTab)
        self._button = button

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.PageTab

    def state(self) -> QAccessible.State:
        state = super().state()
        state.selectable = True
        state.selected = self._button.isChecked()
        return state

    def actionNames(self) -> list[str]:
        return [self.pressAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:
        if name == self.pressAction():
            self._button.click()
        else:
            super().doAction(name)


def part_of(key: str, thing: QObject) -> QAccessibleInterface | None:
    """Asked by Qt, once for each part."""
    if not isinstance(thing, QWidget):
        return None
    if isinstance(thing, Speaks):
        return thing.accessible()
    role = thing.property(SPOKEN_AS)
    if role == "tab" and isinstance(thing, QAbstractButton):
        return Tab(thing)
    if role == "button":
        return Pressed(thing, QAccessible.Role.Button)
    if key in PLAIN:
        return Named(thing)
    return Part(thing, role_of(role)) if role else None
