"""The line that takes a link for the reply: Enter puts it where the cursor stands, Esc goes back."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.look import Look
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import LineField
from app.ui.widgets.strip import IconSpot

ADDRESS = re.compile(r"(?:https?://)?[^\s/:@.]+(?:\.[^\s/:@.]+)+(?::\d+)?(?:[/?#]\S*)?")


class LinkLine(QWidget):
    """Says `given` with the address, `left` when there is none."""

    given = Signal(str)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.here: Callable[[], str] = lambda: ""
        """The link that the cursor stands in; empty where it stands in none."""
        px = look.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), 0, px(8), px(8))
        row.setSpacing(px(6))
        row.addWidget(IconSpot(look, "link-simple", "text.secondary", 15))
        self.line = _Line(look, self)
        row.addWidget(self.line, 1)
        self.counts = CheckBox(look, look.text("links.count_clicks"), checked=True)
        row.addWidget(self.counts)
        self._insert = Button(look, "", key="Return", size="small", clicked=self.give)
        row.addWidget(self._insert)
        self._away = IconButton(look, "x", "", key="Escape", size=26, clicked=self.leave)
        row.addWidget(self._away)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """The language changed."""
        look = self._look
        self.line.setAccessibleName(look.text("inbox.link"))
        self.line.setPlaceholderText(look.text("inbox.link_hint"))
        self._insert.setText(look.text("inbox.link_insert"))
        self.counts.setText(look.text("links.count_clicks"))
        self.counts.setAccessibleName(look.text("links.count_clicks"))
        self.counts.setToolTip(look.text("links.count_clicks.help_reply"))
        self._away.rename(look.text("shell.close"))

    def ask(self) -> None:
        """Open it, with the link the cursor stands in, or the address of the clipboard."""
        copied = self.here() or QGuiApplication.clipboard().text().strip()
        usable = copied.startswith(("http://", "https://")) and ADDRESS.fullmatch(copied)
        self.line.setText(copied if self.here() or usable else "")
        self.line.mark_wrong(False)
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def give(self) -> None:
        """Hand it over, if it is an address."""
        address = self.line.text().strip()
        if ADDRESS.fullmatch(address) is None:
            self.line.mark_wrong(True)
            self.line.setFocus()
            return
        self.hide()
        self.given.emit(address if address.startswith(("http://", "https://")) else f"https://{address}")

    def leave(self) -> None:
        self.hide()
        self.left.emit()


class _Line(LineField):
    def __init__(self, look: Look, owner: LinkLine) -> None:
        super().__init__(look, "")
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._owner.give()
            return
        super().keyPressEvent(event)
