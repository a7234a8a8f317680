"""Sheets: questions and small forms over the window that never stop the loop. They answer by calling back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.runtime.words import Message
from app.ui.look import Look
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.overlay import Overlay
from app.ui.widgets.strip import TOKENS, IconSpot
from app.ui.widgets.text import Label


class Sheet(Overlay):
    """A card with a title, any content and a row of buttons. `body` and `foot` are the layouts to fill."""

    def __init__(
        self, look: Look, host: QWidget, title: str, *, width: int = 480, closable: bool = True, insist: bool = False
    ) -> None:
        super().__init__(look, host, insist=insist)
        self._width = width
        self.panel.setAccessibleName(title)
        self._column = column = QVBoxLayout(self.panel)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.title = Label(look, title, "title", wrap=True)
        self.head.addWidget(self.title, 1)
        self._closes: QWidget | None = None
        if closable and not insist:
            self._closes = IconButton(look, "x", look.text("shell.close"), key="Escape", clicked=self.close_now)
            self.head.addWidget(self._closes)
        column.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column.addLayout(self.body)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        column.addLayout(self.foot)
        self.closed.connect(self.deleteLater)

    def settle_focus(self) -> None:
        """The first field, else the main button; the cross comes last, Enter must not close what asks something."""
        for widget in self.panel.findChildren(QWidget):
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(self) and widget.isEnabled()
            if takes and widget is not self._closes:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        super().settle_focus()

    def place(self) -> None:
        theme = self._look.theme
        width = min(theme.px(self._width), self.width() - theme.px(48))
        layout = self._column
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        size = QSize(width, min(max(height, theme.px(80)), self.height() - theme.px(48)))
        self.panel.resize(size)
        self.panel.move((self.width() - width) // 2, max(theme.px(24), (self.height() - size.height()) // 3))


def ask(
    look: Look,
    host: QWidget,
    question: Message,
    choices: Sequence[Message],
    then: Callable[[int], None],
    *,
    detail: Message | None = None,
    danger: bool = False,
    insist: bool = False,
) -> Sheet:
    """Open a question. The first choice is the main one; `then` hears the number chosen, -1 when it was closed without."""
    sheet = Sheet(look, host, look.text(question), closable=True, insist=insist)
    if danger or insist:
        level = "danger" if danger else "warn"
        token, glyph = TOKENS["danger" if danger else "warn"]
        sheet.head.insertWidget(0, IconSpot(look, glyph, f"status.{token}.text", 18), 0, Qt.AlignmentFlag.AlignTop)
        sheet.panel.setAccessibleDescription(level)
    if detail is not None:
        sheet.body.addWidget(Label(look, look.text(detail), "body", "text.secondary", wrap=True, selectable=True))
    answered: list[int] = []

    def choose(number: int) -> None:
        answered.append(number)
        sheet.close_now()

    for number, choice in enumerate(choices):
        kind = "primary" if number == 0 else "plain" if number == 1 else "flat"
        button = Button(look, look.text(choice), kind=kind)  # type: ignore[arg-type]
        button.clicked.connect(lambda _checked=False, number=number: choose(number))
        sheet.foot.addWidget(button)
    sheet.foot.addStretch(1)
    sheet.closed.connect(lambda: then(answered[0] if answered else -1))
    sheet.open()
    return sheet
