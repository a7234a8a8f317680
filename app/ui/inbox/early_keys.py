"""Keys struck in an editor while what is to be written there is not known yet: kept, typed when it is, and never taken for commands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTextEdit

from app.ui.key_names import STRONG

NONE = Qt.KeyboardModifier.NoModifier
ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
"""As Windows tells of it."""


class EarlyKeys(QObject):
    """One for an editor, which is read-only meanwhile."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._coming: int | None = None
        self._held: list[QKeyEvent] = []
        editor.installEventFilter(self)

    def hold(self, coming: int) -> None:
        """From now on keys are for this conversation, which is being read; those held for another go."""
        if coming != self._coming:
            self._coming, self._held = coming, []
            self._editor.setProperty("typing", True)

    def type(self) -> None:
        """It is there: type what was struck meanwhile, unless nothing can be written."""
        self._coming = None
        held, self._held = self._held, []
        self._editor.setProperty("typing", None)
        for event in held if self._editor.isEnabled() and not self._editor.isReadOnly() else ():
            self._editor.keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._coming is None or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if not event.text() or event.modifiers() & STRONG not in (NONE, ALT_GR):
            return False
        self._held.append(QKeyEvent(event.type(), event.key(), event.modifiers(), event.text()))
        return True
