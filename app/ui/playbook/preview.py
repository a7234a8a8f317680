"""The answer as a customer would read it, with what is filled in set apart, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.language.filling import Rendered
from app.models.playbook import PreviewPerson
from app.ui.look import Look
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.text import Label, SectionLabel

_ICONS = {"danger": "warning-circle-fill", "warn": "warning-fill", "info": "info"}


class Preview(QWidget):
    """`another_wanted`: show it for somebody else."""

    another_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        head = QHBoxLayout()
        self.title = SectionLabel(look, "")
        head.addWidget(self.title, 1)
        self.another = Button(
            look,
            look.text("playbook.another_customer"),
            icon="shuffle",
            kind="flat",
            size="small",
            clicked=self.another_wanted.emit,
        )
        head.addWidget(self.another)
        nest(column, head)
        self.bubble = _Bubble(look)
        column.addWidget(self.bubble)
        self._checks = QVBoxLayout()
        self._checks.setSpacing(px(3))
        nest(column, self._checks)
        self._shown: list[tuple[str, str]] = []

    def show_rendered(self, rendered: Rendered, person: PreviewPerson) -> None:
        self.title.setText(self._look.text("playbook.as_read_by", name=isolated(one_line(person.name))))
        self.bubble.show_rendered(rendered)

    def show_checks(self, checks: Sequence[tuple[str, str]]) -> None:
        """(level, sentence) of all that is to be said."""
        if list(checks) == self._shown:
            return
        self._shown = list(checks)
        while (item := self._checks.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for level, sentence in checks:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(2, 0, 0, 0)
            row.setSpacing(self._look.theme.px(6))
            role = "text.secondary" if level == "info" else f"status.{level}.text"
            row.addWidget(IconSpot(self._look, _ICONS[level], role, 14), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(self._look, sentence, "small", role, wrap=True), 1)
            self._checks.addWidget(line)


class _Bubble(QWidget):
    """Our reply as the Inbox draws it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(13), px(9), px(13), px(9))
        self.words = Label(look, "", "reading", wrap=True, selectable=True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAccessibleName(look.text("playbook.preview"))
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_rendered(self, rendered: Rendered) -> None:
        colour = self._look.theme.color("status.warn.text").name()
        marks = [(start, end, "<b>", "</b>") for start, end in rendered.filled]
        marks += [(each.start, each.end, f'<u style="color:{colour}">', "</u>") for each in rendered.empty]
        pieces: list[str] = []
        place = 0
        for start, end, before, after in sorted(marks):
            pieces += [escape(rendered.text[place:start]), before, escape(rendered.text[start:end]), after]
            place = end
        pieces.append(escape(rendered.text[place:]))
        self.words.setText("".join(pieces).replace("\n", "<br>"))
        self.words.setAccessibleDescription(rendered.text)
        self.setVisible(bool(rendered.text.strip()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        radius, corner = theme.radius("bubble"), theme.radius("xs")
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        sharp = QPainterPath()
        sharp.addRoundedRect(QRectF(rect.right() - 2 * radius, rect.top(), 2 * radius, 2 * radius), corner, corner)
        painter.fillPath(path.united(sharp), theme.color("surface.ours"))
