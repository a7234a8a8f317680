"""The answers of the playbook above the reply while one types after a slash: ↑ ↓ choose, Enter inserts, Esc goes on typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.models.prepared import Prepared
from app.ui.inbox.reply_editor import ReplyEditor
from app.ui.look import Look
from app.ui.notices import announce
from app.ui.widgets.shadow import Shadow
from app.ui.widgets.text import draw_text

MOST = 5
ROW = 50
WIDEST = 460


class AnswerList(QWidget):
    """Lies over the page, above the editor, which keeps the keyboard. Says `chosen` with the answer."""

    chosen = Signal(object)
    typed = Signal(str)
    """What stands after the slash now: the list for it is wanted."""

    def __init__(self, look: Look, editor: ReplyEditor) -> None:
        super().__init__(editor)
        self._look = look
        self._editor = editor
        self._shadow = Shadow(look, "e2", look.theme.radius("card"))
        self._answers: tuple[Prepared, ...] = ()
        self._current = 0
        self._first = 0
        self._refused: int | None = None
        """The slash whose list was put away."""
        self.place: int | None = None
        """Where the slash stands, in code points."""
        self.word: str | None = None
        """What stands after the slash, while answers for it are shown or looked for."""
        self._nothing = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        editor.installEventFilter(self)
        editor.textChanged.connect(self.look_again)
        editor.cursorPositionChanged.connect(self.look_again)

    def look_again(self) -> None:
        """The text or the cursor changed: is a word with a slash being typed?"""
        if self._editor.signalsBlocked() or self._editor.isReadOnly() or not self._editor.hasFocus():
            self.close_list()
            return
        found = self._editor.word_after_slash()
        if found is None or found[0] == self._refused:
            self._refused = self._refused if found is not None else None
            self.close_list()
            return
        if found != (self.place, self.word):  # the text and the cursor both tell of one letter
            self.place, self.word = found
            self.typed.emit(self.word)

    def show_answers(self, answers: Sequence[Prepared], nothing: str) -> None:
        """What fits; `nothing` is said where nothing does (empty: then the list goes)."""
        if self.place is None:
            return
        self._answers, self._nothing = tuple(answers), nothing
        self._current = self._first = 0
        if not self._answers and not nothing:
            self.close_list()
            return
        self._put_in_place()
        self.show()
        self.raise_()
        self._speak()
        self.update()

    def close_list(self) -> None:
        self.place = self.word = None
        self.hide()

    def put_away(self) -> bool:
        """Go on typing without it; whether it was there."""
        if self.isHidden():
            return False
        self._refused = self.place
        self.close_list()
        return True

    def choose(self, row: int) -> None:
        """Insert an answer."""
        if 0 <= row < len(self._answers):
            answer = self._answers[row]
            self.chosen.emit(answer)
            self.close_list()

    # ---- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._editor or self.isHidden():
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        if event.type() == QEvent.Type.FocusOut:
            self.close_list()
        elif event.type() == QEvent.Type.Resize:
            self._put_in_place()
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            return self.put_away()
        if not plain or not self._answers:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._current = (self._current + (1 if key == Qt.Key.Key_Down else -1)) % len(self._answers)
            self._first = min(max(self._first, self._current - MOST + 1), self._current)
            self._speak()
            self.update()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.choose(self._current)
            return True
        return False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row is not None:
            self._current = row
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row is not None:
            self.choose(row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = self._body()
        self._shadow.paint(painter, body)
        painter.setPen(QPen(theme.color("border.default"), 1))
        painter.setBrush(theme.color("surface.raised"))
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("card"), theme.radius("card"))
        if not self._answers:
            painter.setPen(theme.color("text.secondary"))
            draw_text(painter, body.adjusted(theme.px(12), 0, -theme.px(12), 0), self._nothing, theme.font("small"))
            return
        for row in range(self._first, min(self._first + MOST, len(self._answers))):
            self._paint_row(painter, body, row)

    # ---- inside

    def _paint_row(self, painter: QPainter, body: QRectF, row: int) -> None:
        theme, answer = self._look.theme, self._answers[row]
        height = theme.px(ROW)
        rect = QRectF(
            body.left() + theme.px(4),
            body.top() + theme.px(4) + (row - self._first) * height,
            body.width() - theme.px(8),
            height,
        )
        if row == self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.selected"))
            painter.drawRoundedRect(rect, theme.radius("m"), theme.radius("m"))
        inner = rect.adjusted(theme.px(10), theme.px(6), -theme.px(10), -theme.px(6))
        painter.setPen(theme.color("text.primary"))
        line = theme.line("body")
        draw_text(
            painter,
            QRectF(inner.left(), inner.top(), inner.width(), line),
            answer.title,
            theme.font("body", weight=600),
        )
        painter.setPen(theme.color("text.secondary"))
        below = QRectF(inner.left(), inner.top() + line, inner.width(), theme.line("caption"))
        draw_text(painter, below, " ".join(answer.text.split()), theme.font("caption"))

    def _body(self) -> QRectF:
        margin = self._shadow.margin
        return QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        rows = min(MOST, len(self._answers))
        height = theme.px(8) + rows * theme.px(ROW) if rows else theme.px(40)
        width = min(theme.px(WIDEST), self._editor.width())
        return QSize(width + 2 * self._shadow.margin, height + 2 * self._shadow.margin)

    def _put_in_place(self) -> None:
        """Above the line that is written, over whatever is there."""
        window = self._editor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        size = self.sizeHint()
        self.resize(size)
        margin = self._shadow.margin
        above = self._editor.viewport().mapTo(window, self._editor.cursorRect().topLeft())
        left = self._editor.mapTo(window, QPoint(0, 0)).x()
        self.move(max(0, left - margin), max(0, above.y() - size.height() + margin - self._look.theme.px(4)))

    def _row_at(self, y: float) -> int | None:
        row = int((y - self._body().top() - self._look.theme.px(4)) // self._look.theme.px(ROW)) + self._first
        return row if self._first <= row < min(len(self._answers), self._first + MOST) else None

    def _speak(self) -> None:
        said = (
            f"{self._answers[self._current].title}. {self._answers[self._current].text}"
            if self._answers
            else self._nothing
        )
        self.setAccessibleName(said)
        announce(self._editor, said, "info")
