"""The sheet of texts that were typed and not sent yet, after the program ended without warning or whenever somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.models.kept_text import KeptText
from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.safe_text import isolated, one_line, shortened
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label, escaped

LEAST_WIDTH = 160
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class KeptSheet(Sheet):
    """One line a text, walked through with the arrows; Enter opens it where it was written."""

    def __init__(
        self, look: Look, host: QWidget, texts: Sequence[KeptText], show_page: Callable[..., None]
    ) -> None:
        """`show_page` is the window's own."""
        super().__init__(look, host, look.text("shell.kept_texts"), width=560)
        self._show_page = show_page
        if not texts:
            self.body.addWidget(Label(look, look.text("shell.kept_nothing"), "body", "text.secondary", wrap=True))
        self.lines = [self._line(text) for text in texts]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        here = self.focusWidget()
        if step is None or not self.lines:
            super().keyPressEvent(event)
            return
        place = self.lines.index(here) + step if here in self.lines else 0
        self.lines[max(0, min(place, len(self.lines) - 1))].setFocus(Qt.FocusReason.TabFocusReason)

    def _line(self, text: KeptText) -> Button:
        look = self._look
        words = isolated(shortened(one_line(text.text)))
        kind = "shell.kept_reply" if text.conversation_id is not None else "shell.kept_post"
        icon = "tray" if text.conversation_id is not None else "pencil-simple"
        if text.asks_manager:
            kind, icon = "shell.kept_question", "envelope-simple"
        line = Button(look, look.text(kind, name=isolated(one_line(text.name)), text=words), kind="flat", icon=icon)
        line.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        line.setMinimumWidth(look.theme.px(LEAST_WIDTH))  # its words end in an ellipsis where the window is narrow
        line.setToolTip(escaped(line.text()))
        line.clicked.connect(lambda: self._chosen(text))
        when = Label(look, _when(look, text), "caption", "text.tertiary")
        line.setAccessibleDescription(when.text())
        row = QHBoxLayout()
        row.addWidget(line)
        row.addStretch(1)
        row.addWidget(when)
        nest(self.body, row)
        return line

    def _chosen(self, text: KeptText) -> None:
        self.close_now()
        if text.conversation_id is not None:
            self._show_page("inbox", conversation=text.conversation_id)
        else:
            self._show_page("composer", post=text.post_id)


def _when(look: Look, text: KeptText) -> str:
    clock = look.words.clock
    return look.words.moment(text.saved_at, clock.now() if clock is not None else text.saved_at)
