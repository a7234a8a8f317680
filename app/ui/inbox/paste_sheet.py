"""The sheet for an answer of a manager's that came another way: by telephone, in the corridor, in a chat."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.dialogs import Sheet
from app.ui.inbox.customer_sheets import TextArea
from app.ui.look import Look
from app.ui.safe_text import shown
from app.ui.widgets.button import Button
from app.ui.widgets.text import Label


class PasteSheet(Sheet):
    """`keep` hears the text."""

    def __init__(self, look: Look, host: QWidget, name: str, question: str, keep: Callable[[str], None]) -> None:
        super().__init__(look, host, look.text("escalation.paste", name=name))
        self._keep = keep
        self.body.addWidget(Label(look, shown(question), "small", "text.secondary", wrap=True))
        self.text = TextArea(look, look.text("escalation.paste", name=name), lines=6)
        self.body.addWidget(self.text)
        self.text.installEventFilter(self)
        self.foot.addStretch(1)
        self.button = Button(
            look, look.text("escalation.paste_keep"), kind="primary", key="Ctrl+Return", clicked=self._take
        )
        self.foot.addWidget(self.button)

    def settle_focus(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        text = self.text.toPlainText().strip()
        if not text:
            self.text.setFocus()
            return
        self.close_now()
        self._keep(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The editor keeps Ctrl+Enter to itself otherwise."""
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._take()
                return True
        return super().eventFilter(watched, event)
