"""What stands in the window while it is locked: what is so, a field for the passphrase, and how long to wait after wrong ones."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.commands.services import Services
from app.runtime.errors import CredentialTrouble, UserMistake
from app.runtime.words import message
from app.ui.actions import Actions
from app.ui.look import Look
from app.ui.notices import announce
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Pane
from app.ui.widgets.text import Label

MARK = 56
WIDTH = 340
EVERY_MS = 1_000


class LockScreen(Pane):
    """Calls `opened` once the passphrase was right. Nothing of the data is in it."""

    def __init__(self, look: Look, services: Services, actions: Actions, opened: Callable[[], None]) -> None:
        super().__init__(look, "window")
        self._services = services
        self._actions = actions
        self._opened = opened
        self._asking = False
        self.mark = QLabel()
        self.heading = Label(look, "", "heading", wrap=True)
        self.sentence = Label(look, "", "body", "text.secondary", wrap=True)
        self.passphrase = Field(look, look.text("lock.passphrase"), secret=True)
        self.passphrase.line.setMaxLength(1000)
        self.go = Button(look, "", kind="primary", key="Return", clicked=self.accept)
        self._lay_out()
        self.passphrase.line.returnPressed.connect(self.accept)
        self.passphrase.line.setFocus()
        self._ticking = QTimer(self)
        self._ticking.setInterval(EVERY_MS)
        self._ticking.timeout.connect(self.show_wait)
        look.theme.changed.connect(self._dress)
        hear_no_more = look.words.changed.connect(self._title)
        self.destroyed.connect(lambda _object=None: hear_no_more())
        self._title()
        self._dress()

    def accept(self) -> None:
        """Enter: have the passphrase compared; before the data is open this waits for it."""
        if self._asking or not self.go.isEnabled():
            return
        typed = self.passphrase.line.text()
        if not typed:
            return
        self._asking = True
        self.go.setEnabled(False)
        self.sentence.setText(self._look.text("lock.asking"))
        self._actions.start("unlock", self._compare(typed))

    def show_wait(self) -> None:
        """How long nobody may try again, from second to second."""
        left = self._services.locking.wait_seconds()
        if left:
            self.passphrase.complain(self._look.text(message("lock.wait", n=left)))
            self._ticking.start()
        elif self._ticking.isActive():
            self._ticking.stop()
            self.passphrase.be_content()
        self.go.setEnabled(not left and not self._asking)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.passphrase.line.setFocus()

    # ---- inside

    async def _compare(self, typed: str) -> None:
        try:
            await self._services.locking.unlock(typed)
        except (UserMistake, CredentialTrouble) as trouble:
            self._refused(self._look.text(trouble.message))
        else:
            self._opened()

    def _refused(self, sentence: str) -> None:
        self._asking = False
        self.passphrase.line.clear()
        self._title()
        self.passphrase.complain(sentence)
        announce(self.passphrase.line, sentence, "danger")
        left = self._services.locking.wait_seconds()
        self.go.setEnabled(not left)
        if left:
            self._ticking.start()
        self.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        px = self._look.theme.px
        holder = QWidget()
        holder.setFixedWidth(px(WIDTH))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.heading, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(px(10))
        column.addWidget(self.passphrase)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(holder)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        nest(outer, row)
        outer.addStretch(3)
        self._holder = holder

    def _title(self) -> None:
        text = self._look.text
        self.setAccessibleName(text("lock.title"))
        self.heading.setText(text("lock.title"))
        self.sentence.setText(text("lock.said"))
        self.passphrase.label.setText(text("lock.passphrase"))
        self.passphrase.line.setAccessibleName(text("lock.passphrase"))
        self.go.setText(text("lock.open"))

    def _dress(self) -> None:
        look = self._look
        self.mark.setPixmap(look.icons.mark(look.theme.px(MARK)))
        self._holder.setFixedWidth(look.theme.px(WIDTH))
        self.update()
