"""The sheet of all answers: what is typed is looked for in title, text and tags; ↑ ↓ choose, Enter inserts where the cursor stood."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.prepared import Prepared
from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.notices import announce
from app.ui.widgets.chip import chip_width, language_chip, paint_chip
from app.ui.widgets.field import LineField
from app.ui.widgets.text import draw_text, text_width

ROWS = 7
ROW = 50
WIDTH = 560


class AnswerPicker(Sheet):
    """`search` answers what holds a text; `choose` hears the one that was taken, once the sheet is gone."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        language: str,
        search: Callable[[str], Sequence[Prepared]],
        choose: Callable[[Prepared], None],
    ) -> None:
        super().__init__(look, host, look.text("suggestion.picker"), width=WIDTH)
        self._search = search
        self._choose = choose
        self.line = LineField(
            look, look.text("suggestion.picker_find"), placeholder=look.text("suggestion.picker_find")
        )
        self.rows = AnswerRows(look, language)
        self.body.addWidget(self.line)
        self.body.addWidget(self.rows)
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        self.rows.taken.connect(self._take)
        self._typed("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: ROWS,
                Qt.Key.Key_PageUp: -ROWS,
            }
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self.rows.move_by(step)
                announce(self.line, self.rows.said, "info")
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        self.rows.show_answers(self._search(text))
        if self.isVisible():
            announce(self.line, self.rows.said, "info")

    def _take(self) -> None:
        chosen = self.rows.current
        if chosen is not None:
            self.close_now()
            self._choose(chosen)


class AnswerRows(QWidget):
    """As many rows as fit, of as many answers as there are; the field above it has the keyboard."""

    taken = Signal()

    def __init__(self, look: Look, language: str) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._answers: tuple[Prepared, ...] = ()
        self._current = 0
        self._first = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def current(self) -> Prepared | None:
        """The one that Enter takes."""
        return self._answers[self._current] if self._answers else None

    @property
    def titles(self) -> list[str]:
        """Of all that is found, in their order."""
        return [answer.title for answer in self._answers]

    @property
    def said(self) -> str:
        """What is to be heard of the current row."""
        current = self.current
        if current is None:
            return self._look.text("suggestion.picker_none")
        return f"{current.title}. {' '.join(current.text.split())}"

    def show_answers(self, answers: Sequence[Prepared]) -> None:
        self._answers = tuple(answers)
        self._current = self._first = 0
        self._named()

    def move_by(self, step: int) -> None:
        if self._answers:
            self._current = min(max(0, self._current + step), len(self._answers) - 1)
            self._first = min(max(self._first, self._current - ROWS + 1), self._current)
            self._named()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(300), self._look.theme.px(ROW) * ROWS)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(200), self._look.theme.px(ROW) * 3)

    def _named(self) -> None:
        self.setAccessibleName(self.said)
        self.update()

    def _row_at(self, y: float) -> int | None:
        row = int(y // self._look.theme.px(ROW)) + self._first
        return row if row < min(len(self._answers), self._first + ROWS) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row is not None and row != self._current:
            self._current = row
            self._named()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row is not None:
            self._current = row
            self.taken.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.move_by(-1 if event.angleDelta().y() > 0 else 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._answers:
            painter.setPen(theme.color("text.secondary"))
            draw_text(painter, QRectF(0, 0, self.width(), theme.px(ROW)), self.said, theme.font("body"))
            return
        for row in range(self._first, min(self._first + ROWS, len(self._answers))):
            self._paint_row(painter, row)

    def _paint_row(self, painter: QPainter, row: int) -> None:
        theme, answer = self._look.theme, self._answers[row]
        rect = QRectF(0, (row - self._first) * theme.px(ROW), self.width(), theme.px(ROW))
        if row == self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.selected"))
            painter.drawRoundedRect(rect, theme.radius("m"), theme.radius("m"))
        inner = rect.adjusted(theme.px(10), theme.px(6), -theme.px(10), -theme.px(6))
        line = QRectF(inner.left(), inner.top(), inner.width(), theme.line("body"))
        uses, small = self._look.text("suggestion.uses", n=answer.uses), theme.font("caption", tabular=True)
        painter.setPen(theme.color("text.tertiary"))
        draw_text(painter, line, uses, small, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        end = line.right() - text_width(uses, small) - theme.px(8)
        if answer.language != self._language:
            chip = language_chip(answer.language)
            end -= chip_width(self._look, chip) + theme.px(8)
            paint_chip(painter, end + theme.px(8), line.top(), self._look, chip, theme.px(18))
        painter.setPen(theme.color("text.primary"))
        line.setRight(end)
        draw_text(painter, line, answer.title, theme.font("body", weight=600))
        below = QRectF(inner.left(), line.bottom(), inner.width(), theme.line("caption"))
        doubt = answer.doubts[0].why if answer.doubts else None
        painter.setPen(theme.color("status.warn.text" if doubt is not None else "text.secondary"))
        words = self._look.text(doubt) if doubt is not None else " ".join(answer.text.split())
        draw_text(painter, below, words, theme.font("caption"))
