"""The list: title with count and, where it is narrow, the drop-down of views; the search field; rows, or why there are none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.models.conversation import ConversationRow
from app.ui.inbox.groups import SCANNED, Title
from app.ui.inbox.rows import STRIP, RowPainter
from app.ui.look import Look
from app.ui.widgets.arc import paint_arc
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.empty_state import EmptyState, Skeleton
from app.ui.widgets.field import LineField
from app.ui.widgets.row_list import RowList
from app.ui.widgets.surface import Pane
from app.ui.widgets.text import Label, draw_text, text_width
from app.ui.windowed_model import PAGE, TickedRole, WindowedModel

SEARCH_MS = 150


class TitleButton(QAbstractButton):
    """The name of the view and its count; where the column of views is hidden, a drop-down of them."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._count = ""
        self._opens = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.open_menu(False)
        look.theme.changed.connect(self.updateGeometry)

    def show_title(self, title: str, count: int | None) -> None:
        self.setText(title)
        self._count = self._look.number(count) if count else ""
        self.setAccessibleName(self._look.text("inbox.entry_name", entry=title, n=count) if count else title)
        self.updateGeometry()
        self.update()

    def open_menu(self, opens: bool) -> None:
        """Whether it is a drop-down."""
        self._opens = opens
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        self.setEnabled(True)
        self.update()

    @property
    def opens(self) -> bool:
        return self._opens

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(160), self._look.theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        font = theme.font("title")
        small = theme.font("caption", tabular=True)
        behind = (text_width(self._count, small) + theme.px(8) if self._count else 0) + (theme.px(18) if self._opens else 0)
        painter.setPen(theme.color("text.primary"))
        x = draw_text(painter, QRectF(0, 0, self.width() - behind, self.height()), self.text(), font)
        if self._count:
            x += theme.px(8)
            painter.setPen(theme.color("text.tertiary"))
            x += draw_text(painter, QRectF(x, theme.px(1), self.width() - x, self.height()), self._count, small)
        if self._opens:
            box = QRectF(x + theme.px(6), 0, theme.px(12), self.height())
            self._look.icons.paint(painter, box, "caret-down", "text.tertiary")


class ReadingStrip(Pane):
    """How far the first reading has come, and a way to stop it."""

    def __init__(self, look: Look, stop: Callable[[], None]) -> None:
        super().__init__(look, "base", ("bottom",))
        self._part = 0.0
        row = QHBoxLayout(self)
        row.setContentsMargins(look.theme.px(16 + 24), look.theme.px(8), look.theme.px(10), look.theme.px(8))
        self.label = Label(look, "", "small", wrap=True)
        row.addWidget(self.label, 1)
        self.stop = Button(look, look.text("inbox.stop"), kind="flat", size="small", clicked=stop)
        row.addWidget(self.stop)
        self.hide()

    def show_progress(self, read: int, estimate: int) -> None:
        self._part = read / estimate if estimate else 0.0
        self.label.setText(self._look.text("inbox.reading", read=read, estimate=estimate))
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._look.theme
        side = theme.px(16)
        box = QRectF(theme.px(16), (self.height() - side) / 2, side, side)
        paint_arc(QPainter(self), box, self._part, theme.color("accent.fill"), theme.color("accent.track"), 2.5 * theme.scale)


class Rows(RowList):
    """The list fills all of its viewport, so that scrolling moves what is painted and only what comes new is drawn."""

    painted = Signal()
    """What follows from another choice may be drawn now: the list has shown it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.viewport().update()  # where a row alone was to be painted anew, Qt would leave out the rest of an opaque widget

    def paintEvent(self, event: QPaintEvent) -> None:
        end = self.verticalHeader().length() - self.verticalHeader().offset()
        if end < self.viewport().height():
            rest = QRectF(0, end, self.viewport().width(), self.viewport().height() - end)
            QPainter(self.viewport()).fillRect(rest, self._look.theme.color("surface.base"))
        super().paintEvent(event)
        self.painted.emit()


class ListPane(Pane):
    """Knows what to show and no queries; `searched` carries what is looked for, "" when the search is over."""

    searched = Signal(str)
    menu_wanted = Signal(object)
    """The views as a menu, at a global position."""

    def __init__(
        self, look: Look, model: WindowedModel[ConversationRow], now: Callable[[], datetime], stop_reading: Callable[[], None]
    ) -> None:
        super().__init__(look, "base")
        self._model = model
        self._titles: dict[int, Title] = {}
        self._offers_search = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_header())
        self.reading = ReadingStrip(look, stop_reading)
        column.addWidget(self.reading)
        self.rows = Rows(look)
        self.painter = RowPainter(look, now, lambda row: self._titles.get(row), self.rows_have_focus)
        self.rows.setItemDelegate(self.painter)
        self.rows.setModel(model)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._paint_ahead)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.rows)
        self.empty: dict[str, QWidget] = {}
        column.addWidget(self.stack, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.field.text().strip()))
        look.theme.changed.connect(self._resize)
        self._resize()
        self.retranslate()

    def _make_header(self) -> Pane:
        look = self._look
        self.header = Pane(look, "base", ("bottom",))
        self._head_row = QHBoxLayout(self.header)
        self._head_row.setSpacing(look.theme.px(8))
        self.title = TitleButton(look)
        self.title.clicked.connect(self._title_clicked)
        self._head_row.addWidget(self.title, 1)
        self.find_button = IconButton(look, "magnifying-glass", "", key="Ctrl+F", clicked=self.begin_search)
        self._head_row.addWidget(self.find_button)
        self.field = LineField(look, "")
        self.field.textEdited.connect(lambda _text: self._pause.start())
        self.field.returnPressed.connect(self._search_now)
        self.field.hide()
        self._head_row.addWidget(self.field, 1)
        self.leave = IconButton(look, "x", "", key="Escape", clicked=self.end_search)
        self.leave.hide()
        self._head_row.addWidget(self.leave)
        return self.header

    def retranslate(self) -> None:
        """The language changed."""
        look = self._look
        self.rows.setAccessibleName(look.text("inbox.list"))
        self.find_button.rename(look.text("inbox.find"))
        self.leave.rename(look.text("inbox.leave_search"))
        self.field.setAccessibleName(look.text("inbox.find"))
        self.field.setPlaceholderText(look.text("inbox.find_hint"))
        self.reading.stop.setText(look.text("inbox.stop"))
        self.painter.forget()
        self._model.repaint_all()

    def look_ahead(self) -> None:
        """Paint soon what the next key will show, so that it has only to be put there."""
        self._ahead.start()

    def _paint_ahead(self) -> None:
        here = self.rows.current_row
        for place, selected in ((here, False), (here + 1, True), (here - 1, True)):
            row = self._model.row_at(place) if 0 <= place < self._model.rowCount() else None
            if row is not None:
                ticked = bool(self._model.index(place, 0).data(TickedRole))
                self.painter.paint_ahead(row, selected=selected, ticked=ticked)

    def rows_have_focus(self) -> bool:
        return self.rows.hasFocus()

    # ---- groups

    def show_titles(self, titles: dict[int, Title]) -> None:
        """The rows that begin a group are higher by the strip that holds the group's title."""
        changed = titles != self._titles
        self._titles = titles
        header = self.rows.verticalHeader()
        usual = self.painter.row_height
        strip = self._look.theme.px(STRIP)
        wanted = {row for row in titles if row < self._model.rowCount()}
        right = header.length() == self._model.rowCount() * usual + strip * len(wanted)
        if not right or any(header.sectionSize(row) != usual + strip for row in wanted):
            header.setDefaultSectionSize(usual)  # of new rows alone: what was made higher keeps its height and moves with its row
            for row in range(min(self._model.rowCount(), SCANNED + PAGE)):
                height = usual + strip if row in wanted else usual
                if header.sectionSize(row) != height:
                    header.resizeSection(row, height)
        if changed:
            self.rows.viewport().update()

    # ---- searching

    @property
    def searching(self) -> bool:
        return not self.field.isHidden()

    def begin_search(self) -> None:
        """Put the search field where the title is."""
        self.title.hide()
        self.find_button.hide()
        self.field.show()
        self.leave.show()
        self.field.setFocus()
        self.field.selectAll()

    def end_search(self) -> bool:
        """Back to the view; whether there was a search."""
        if not self.searching:
            return False
        self._pause.stop()
        self.field.clear()
        self.field.hide()
        self.leave.hide()
        self.title.show()
        self.find_button.setVisible(self._offers_search)
        self.searched.emit("")
        self.rows.setFocus()
        return True

    def be_narrow(self, narrow: bool) -> None:
        """Without the column of views: the title opens them, and the search has its button here."""
        self._offers_search = narrow
        self.title.open_menu(narrow)
        self.find_button.setVisible(narrow and not self.searching)

    def _search_now(self) -> None:
        self._pause.stop()
        self.searched.emit(self.field.text().strip())
        self.rows.setFocus()

    def _title_clicked(self) -> None:
        if self.title.opens:
            self.menu_wanted.emit(self.title.mapToGlobal(QPoint(0, self.title.height())))

    # ---- what stands here

    def show_rows(self) -> None:
        self.stack.setCurrentWidget(self.rows)

    def show_instead(self, key: str, make: Callable[[], QWidget]) -> QWidget:
        """Something in the place of the rows; made when first needed."""
        if key not in self.empty:
            self.empty[key] = make()
            self.stack.addWidget(self.empty[key])
        self.stack.setCurrentWidget(self.empty[key])
        return self.empty[key]

    def make_skeleton(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Skeleton(self._look, 6))
        column.addStretch(1)
        return whole

    def make_empty(self, icon: str = "", *, cup: bool = False) -> EmptyState:
        return EmptyState(self._look, icon=icon, cup=cup)

    def _resize(self) -> None:
        theme = self._look.theme
        self.header.setFixedHeight(theme.size("toolbar"))
        compact = theme.density == "compact"
        self._head_row.setContentsMargins(theme.px(14 if compact else 16), 0, theme.px(10), 0)
        self.rows.set_row_size("row.messageCompact" if compact else "row.messageComfortable")
        titles, self._titles = self._titles, {}
        self.show_titles(titles)
