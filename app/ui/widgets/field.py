"""A line to type in, with its label above and, when something is wrong, a glyph, a sentence and perhaps a proposal below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.text import Label


class LineField(QLineEdit):
    """A bare line edit in our looks (the style sheet draws it); `mark_wrong` outlines it red."""

    def __init__(self, look: Look, name: str, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        look.theme.changed.connect(self._restyle)
        self._restyle()

    def mark_wrong(self, wrong: bool) -> None:
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def _restyle(self) -> None:
        self.setFont(self._look.theme.font("body"))
        self.setFixedHeight(self._look.theme.size("control.input"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, self._look.theme.color("text.tertiary"))
        self.setPalette(palette)


class Field(QWidget):
    """Label, line, and the place for what is wrong with it."""

    changed = Signal(str)

    def __init__(
        self,
        look: Look,
        label: str,
        text: str = "",
        *,
        placeholder: str = "",
        hint: str = "",
        secret: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        self.label = Label(look, label, "bodyStrong")
        column.addWidget(self.label)
        self.line = LineField(look, label, text, placeholder)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.label.setBuddy(self.line)
        column.addWidget(self.line)
        self.hint = Label(look, hint, "caption", "text.tertiary", wrap=True)
        column.addWidget(self.hint)
        self.hint.setVisible(bool(hint))  # shown before it has a parent, it would be a window of its own for a moment
        self._wrong = QWidget()
        row = QHBoxLayout(self._wrong)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconSpot(look, "warning-circle-fill", "status.danger.text", 13))
        self._sentence = Label(look, "", "caption", "status.danger.text", wrap=True)
        row.addWidget(self._sentence, 1)
        column.addWidget(self._wrong)
        self._proposal = Button(look, "", size="small")
        self._proposal.hide()
        column.addWidget(self._proposal)
        self._accept: Callable[[], None] | None = None
        self._proposal.clicked.connect(self._accepted)
        self._wrong.hide()
        self.line.textEdited.connect(self._edited)

    @property
    def text(self) -> str:
        return self.line.text().strip()

    def complain(self, sentence: str, proposal: str = "", accept: Callable[[], None] | None = None) -> None:
        """Say what is wrong; `proposal` is offered as a button that calls `accept`."""
        self.line.mark_wrong(True)
        self._sentence.setText(sentence)
        self._wrong.show()
        self.line.setAccessibleDescription(sentence)
        self._accept = accept
        self._proposal.setText(proposal)
        self._proposal.setVisible(bool(proposal))

    def be_content(self) -> None:
        """Nothing is wrong any more."""
        self.line.mark_wrong(False)
        self.line.setAccessibleDescription("")
        self._wrong.hide()
        self._proposal.hide()

    def _edited(self, text: str) -> None:
        self.be_content()
        self.changed.emit(text)

    def _accepted(self) -> None:
        accept = self._accept
        self.be_content()
        if accept is not None:
            accept()
