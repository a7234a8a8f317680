"""What a rule would have matched in the last month: how many messages and which, its words marked; with progress and a way to stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.folding import excerpt, highlights, term
from app.models.rule import Match, Preview, Rule
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.safe_text import one_line
from app.ui.widgets.button import Button
from app.ui.widgets.button_column import ButtonColumn, ColumnRow
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label, draw_text, text_width

HEIGHT = 176
LONGEST = 220
PATIENCE_MS = 500
"""From here on a search that goes on says how far it is, and can be stopped."""


class RulePreview(QWidget):
    """Asked for by its button; another rule makes what it shows old."""

    grown = Signal()
    """It needs more room, or less."""

    def __init__(self, face: PageFace, rule: Callable[[], Rule], opened: Callable[[int], None]) -> None:
        """`rule` is asked when it is tried; `opened` hears the conversation of a message that was chosen."""
        super().__init__()
        self._face = face
        self._rule = rule
        self._opened = opened
        self._run = 0
        self._going = False
        look = face.look
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        self.button = Button(look, look.text("rules.preview"), icon="eye", size="small", clicked=self.try_it)
        self.stop = Button(look, look.text("rules.stop"), size="small", clicked=self.end)
        self.said = Label(look, look.text("rules.preview_said"), "small", "text.secondary", wrap=True)
        for widget in (self.button, self.stop):
            head.addWidget(widget)
        head.addWidget(self.said, 1)
        nest(column, head)
        self.found = ButtonColumn(look, look.text("rules.preview_found"))
        self.found.setFixedHeight(px(HEIGHT))
        self.found.hide()
        column.addWidget(self.found)
        self.stop.hide()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self.stop.setVisible(self._going))

    def try_it(self) -> None:
        """Go through the last month, behind the window's back; one that is under way ends."""
        self.end()
        rule = self._rule()
        if rule.when.says_nothing:
            self.said.setText(self._face.text("rules.no_condition"))
            return
        self._run += 1
        self._going = True
        self._patience.start()
        self._face.actions.start("rules: preview", self._preview(rule, self._run))

    def end(self) -> None:
        """Stop; what was found so far stays."""
        self._run += 1
        self._going = False
        self._patience.stop()
        self.stop.hide()

    def grow_old(self) -> None:
        """The rule was changed: what is shown is of another."""
        self.end()
        if not self.found.isHidden():
            self.found.hide()
            self.grown.emit()
            self.said.setText(self._face.text("rules.preview_old"))

    async def _preview(self, rule: Rule, run: int) -> None:
        def went_on(preview: Preview) -> bool:
            if run == self._run:
                self._tell(preview, going=True)
            return run == self._run

        preview = await self._face.services.rules.preview(rule, went_on)
        if run == self._run:
            self.end()
            self._tell(preview, going=False)
            self._show(rule, preview.matches)

    def _tell(self, preview: Preview, *, going: bool) -> None:
        text = self._face.text
        if going and not preview.complete:
            self.said.setText(text("rules.looking", looked=preview.looked, of=preview.of, n=preview.found))
        elif not preview.found:
            self.said.setText(text("rules.found_none", looked=preview.looked))
        else:
            found = text("rules.found", n=preview.found, looked=preview.looked)
            self.said.setText(f"{found} {text('rules.found_in', n=preview.conversations)}")

    def _show(self, rule: Rule, matches: Sequence[Match]) -> None:
        look, now = self._face.look, self._face.clock.now()
        words = (*rule.when.any_of, *rule.when.all_of)
        terms = [each for each in (term(word.rstrip("*"), exact=not word.endswith("*")) for word in words) if each]
        rows = []
        for match in matches:
            row = MatchRow(look, match, terms, now)
            row.clicked.connect(lambda _checked=False, match=match: self._opened(match.conversation_id))
            rows.append(row)
        self.found.show_buttons(rows)
        self.found.setVisible(bool(rows))
        self.grown.emit()


class MatchRow(ColumnRow):
    """One message that matches, its words marked."""

    def __init__(self, look: Look, match: Match, terms: Sequence[str], now: datetime) -> None:
        super().__init__(look)
        self._head = f"{one_line(match.author or match.handle)} · {network_name(match.network)}"
        self._when = look.words.moment(match.at, now)
        line = excerpt(one_line(match.text), terms, LONGEST)
        self._pieces = _pieces(line, highlights(line, terms))
        self.setAccessibleName(f"{self._head}, {self._when}: {line}")

    @property
    def marked(self) -> list[str]:
        """The words that are marked."""
        return [text for text, marked in self._pieces if marked]

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(theme.px(240), theme.line("caption") + theme.line("small") + theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, lit=False)
        left, right, top = float(px(8)), self.width() - px(8), float(px(5))
        caption, small = theme.font("caption", tabular=True), theme.font("small")
        width = text_width(self._when, caption) + 1
        painter.setPen(theme.color("text.tertiary"))
        draw_text(painter, QRectF(right - width, top, width, theme.line("caption")), self._when, caption)
        draw_text(painter, QRectF(left, top, right - width - px(8) - left, theme.line("caption")), self._head, caption)
        top, height = top + theme.line("caption"), theme.line("small")
        metrics = QFontMetricsF(small)
        x = left
        for text, marked in self._pieces:
            room = right - x
            if room <= px(8):
                break
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            wide = metrics.horizontalAdvance(shown)
            if marked:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("status.warn.tint"))
                painter.drawRoundedRect(
                    QRectF(x - 1, top + 1, wide + 2, height - 2), theme.radius("xs"), theme.radius("xs")
                )
            painter.setPen(theme.color("text.primary" if marked else "text.secondary"))
            draw_text(painter, QRectF(x, top, wide + 2, height), shown, small)
            x += wide


def _pieces(line: str, marks: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The line cut where marks begin and end."""
    cuts, found = [0, *(place for mark in marks for place in mark), len(line)], []
    begins = {start for start, _ in marks}
    for start, end in pairwise(cuts):
        if end > start:
            found.append((line[start:end], start in begins))
    return found
