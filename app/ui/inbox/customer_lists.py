"""Two sheets with more of a customer than the card has room for: everything that was said, across networks, and all orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.models.customer import HistoryLine
from app.models.order import OrderRow
from app.ui.dialogs import Sheet
from app.ui.inbox.card_line import CardLines, LineWords
from app.ui.inbox.card_sections import order_line
from app.ui.inbox.times import in_full
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.surface import Scrolling

HISTORY = 300
"""Messages that the time line goes back."""
SHOWN = 9


class ListSheet(Sheet):
    """Lines to go through with arrow keys."""

    def __init__(self, look: Look, host: QWidget, title: str, wants: str) -> None:
        super().__init__(look, host, title, width=640)
        self.lines = CardLines(look, wants)
        self._area = Scrolling()
        self._area.hold(self.lines)
        self._area.setMinimumHeight((look.theme.line("small") + look.theme.line("caption") + look.theme.px(8)) * SHOWN)
        self.body.addWidget(self._area, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        lines = [line for line in self.lines.lines if not line.isHidden()]
        focus = QApplication.focusWidget()
        here = next((place for place, line in enumerate(lines) if line is focus), None)
        place = len(lines) - 1 if here is None else min(max(0, here + step), len(lines) - 1)
        if lines:
            lines[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(lines[place])


class HistorySheet(ListSheet):
    """One time line, oldest first, its end in sight; Enter opens the conversation."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        name: str,
        lines: Sequence[HistoryLine],
        now: datetime,
        show: Callable[[int], None],
    ) -> None:
        super().__init__(look, host, look.text("customer.history_title", name=isolated(name)), "open")
        self.lines.show_lines([self._line(line, now) for line in lines])
        self.lines.wanted.connect(lambda _wanted, conversation_id: self._open(conversation_id, show))
        QTimer.singleShot(0, self, self._to_end)

    def settle_focus(self) -> None:
        lines = [line for line in self.lines.lines if not line.isHidden()]
        if lines:
            lines[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().settle_focus()

    def _line(self, line: HistoryLine, now: datetime) -> LineWords:
        look = self._look
        who = look.text("customer.history_ours") if line.ours else one_line(line.author)
        caption = " · ".join((who, in_full(look, line.at, now), network_name(line.network)))
        icon = "arrow-elbow-down-right" if line.ours else ""
        text = one_line(line.text[:400]) or look.text("customer.no_words")
        return LineWords(line.conversation_id, text, caption, icon, "" if line.ours else line.network, spoken=who)

    def _open(self, conversation_id: object, show: Callable[[int], None]) -> None:
        self.close_now()
        if isinstance(conversation_id, int):
            show(conversation_id)

    def _to_end(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.maximum())


class OrdersSheet(ListSheet):
    """All orders of a customer, newest first; Enter copies a number."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        name: str,
        orders: Sequence[OrderRow],
        now: datetime,
        copy: Callable[[str], None],
    ) -> None:
        super().__init__(look, host, look.text("customer.orders_title", n=len(orders), name=isolated(name)), "copy")
        self.lines.show_lines([order_line(look, order, now) for order in orders])
        self.lines.wanted.connect(lambda _wanted, number: copy(str(number)))
