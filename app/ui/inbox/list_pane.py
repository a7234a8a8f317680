"""The list: title with count and, where it is narrow, the drop-down of views; the search field; rows, or why there are none."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import datetime

from PySide6 import QtWidgets
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.models.conversation import ConversationRow
from app.ui.inbox.groups import SCANNED, Title
from app.ui.inbox.rows import STRIP, RowPainter, counts_down
from app.ui.look import Look
from app.ui.widgets.arc import paint_arc
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.fill import fill
from app.ui.widgets.row_list import RowList
from app.ui.widgets.surface import Pane
from app.ui.widgets.text import Label, draw_text, text_width
from app.ui.windowed_model import PAGE, TickedRole, WindowedModel

SKELETON_AFTER_MS = 300
"""So long rows that are being read may take before shapes stand in their places."""
SEARCH_MS = 40
"""So long nobody types before it is searched: an answer takes less."""


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
        behind = (text_width(self._count, small) + theme.px(8) if self._count else 0) + (
            theme.px(18) if self._opens else 0
        )
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
    """How far the first reading has come, a way to stop it, and to go on with it."""

    def __init__(self, look: Look, stop: Callable[[], None], go_on: Callable[[], None] | None = None) -> None:
        super().__init__(look, "base", ("bottom",))
        self._part = 0.0
        self._paused = False
        row = QHBoxLayout(self)
        row.setContentsMargins(look.theme.px(16 + 24), look.theme.px(8), look.theme.px(10), look.theme.px(8))
        self.label = Label(look, "", "small", wrap=True)
        row.addWidget(self.label, 1)
        self.stop = Button(look, look.text("inbox.stop"), kind="flat", size="small", clicked=stop)
        row.addWidget(self.stop)
        self.go_on = Button(look, look.text("inbox.go_on"), kind="flat", size="small", clicked=go_on)
        self.go_on.hide()
        row.addWidget(self.go_on)
        self.hide()

    def show_progress(self, read: int, estimate: int) -> None:
        """An `estimate` of 0: nothing has come yet."""
        said = (
            self._look.text("inbox.reading", read=read, estimate=estimate)
            if estimate
            else self._look.text("inbox.reading_begins")
        )
        self.show_text(said, read / estimate if estimate else 0.0)

    def show_paused(self, read: int, estimate: int) -> None:
        """The user stopped it; what was read stays."""
        self.show_text(
            self._look.text("inbox.reading_paused", read=read, estimate=estimate),
            read / estimate if estimate else 0.0,
            paused=True,
        )

    def say_buttons(self) -> None:
        """The language changed."""
        self.stop.setText(self._look.text("inbox.stop"))
        self.go_on.setText(self._look.text("inbox.go_on"))

    def show_text(self, text: str, part: float, *, paused: bool = False) -> None:
        self._part = part
        if paused != self._paused:
            had_focus = self.stop.hasFocus() or self.go_on.hasFocus()
            self._paused = paused
            self.stop.setVisible(not paused)
            self.go_on.setVisible(paused)
            if had_focus:
                (self.go_on if paused else self.stop).setFocus()
        self.label.setText(text)
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._look.theme
        side = theme.px(16)
        box = QRectF(theme.px(16), (self.height() - side) / 2, side, side)
        paint_arc(
            QPainter(self), box, self._part, theme.color("accent.fill"), theme.color("accent.track"), 2.5 * theme.scale
        )


class Rows(RowList):
    """The list fills all of its viewport, so that scrolling moves what is painted and only what comes new is drawn. It paints by itself:
    handing each row to a delegate costs Qt and Python more than the row, once it was painted.
    """

    def __init__(self, look: Look, model: WindowedModel[ConversationRow]) -> None:
        super().__init__(look, "")
        self.setModel(model)
        self._rows = model
        self.painter: RowPainter | None = None
        self._shapes = False
        """Whether shapes stand where rows are being read: not at once, for mostly they are there before one could see them."""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SKELETON_AFTER_MS)
        self._patience.timeout.connect(self._show_shapes)
        model.arrived.connect(self._have_patience)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.viewport().update()  # where a row alone was to be painted anew, Qt would leave out the rest of an opaque widget

    def paintEvent(self, event: QPaintEvent) -> None:
        end = self.verticalHeader().length() - self.verticalHeader().offset()
        if end < self.viewport().height():
            rest = QRectF(0, end, self.viewport().width(), self.viewport().height() - end)
            fill(QPainter(self.viewport()), rest, self._look.theme.color("surface.base"))
        painter, ticked = QPainter(self.viewport()), self._rows.ticked
        for rect in event.region():  # type: ignore[attr-defined]
            place = self.rowAt(rect.top())
            while 0 <= place < self._rows.rowCount() and self.rowViewportPosition(place) <= rect.bottom():
                self._paint_row(painter, place, ticked)
                place += 1

    def _paint_row(self, painter: QPainter, place: int, ticked: Container[int]) -> None:
        width, row = self.viewport().width(), self._rows.row_at(place)
        box = QRectF(0, self.rowViewportPosition(place), width, self.rowHeight(place))
        if row is None and not self._shapes:
            fill(painter, box, self._look.theme.color("surface.base"))
            if not self._patience.isActive():
                self._patience.start()
        elif self.painter is not None:
            is_ticked = row is not None and row.id in ticked
            self.painter.paint(painter, box, place, row, ticked=is_ticked, taken=self.width() - width)

    def _show_shapes(self) -> None:
        self._shapes = True
        self.viewport().update()

    def _have_patience(self) -> None:
        self._shapes = False
        self._patience.stop()


class ListPane(Pane):
    """Knows what to show and no queries; `searched` carries what is looked for, "" when the search is over."""

    searched = Signal(str)
    menu_wanted = Signal(object)
    """The views as a menu, at a global position."""
    stop_wanted = Signal()
    """The first reading shall end."""
    go_on_wanted = Signal()
    """It shall go on after all."""

    def __init__(self, look: Look, model: WindowedModel[ConversationRow], now: Callable[[], datetime]) -> None:
        super().__init__(look, "base")
        self._model = model
        self._titles: dict[int, Title] = {}
        self._field: QtWidgets.QLineEdit | None = None
        self._make_field: Callable[[], QtWidgets.QLineEdit] | None = None
        self._leave: IconButton | None = None
        self._reading: ReadingStrip | None = None
        self._offers_search = False
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_header())
        self.rows = Rows(look, model)
        self.painter = RowPainter(look, now, lambda row: self._titles.get(row), self.rows.marks, self.rows.hasFocus)
        self.rows.painter = self.painter
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
        self._pause.timeout.connect(self._say_searched)
        look.theme.changed.connect(self._resize)
        self._resize()
        self.retranslate()

    def _make_header(self) -> Pane:
        look = self._look
        self.header = Pane(look, "base", ("bottom",))
        self._head_row = QHBoxLayout(self.header)
        self._head_row.setSpacing(look.theme.px(8))
        self.title = TitleButton(look)
        self.title.clicked.connect(
            lambda: self.menu_wanted.emit(self.title.mapToGlobal(QPoint(0, self.title.height()))) if self.title.opens else None
        )
        self._head_row.addWidget(self.title, 1)
        self.find_button = IconButton(look, "magnifying-glass", "", key="Ctrl+F", of="view.find", clicked=self.begin_search)
        self._head_row.addWidget(self.find_button)
        return self.header

    def retranslate(self) -> None:
        """The language changed."""
        look = self._look
        self.rows.setAccessibleName(look.text("inbox.list"))
        self.find_button.rename(look.text("inbox.find"))
        self._name_search()
        if self._reading is not None:
            self._reading.say_buttons()
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

    def repaint_times(self) -> None:
        """A minute passed: of the rows in sight those are painted anew that count down; on another day all are."""
        another_day = self.painter.time_passes()
        viewport, model = self.rows.viewport(), self._model
        if another_day:
            viewport.update()
            return
        place = self.rows.rowAt(0)
        while 0 <= place < model.rowCount() and self.rows.rowViewportPosition(place) < viewport.height():
            row = model.row_at(place, ask=False)
            if row is not None and counts_down(row):
                viewport.update(0, self.rows.rowViewportPosition(place), viewport.width(), self.rows.rowHeight(place))
            place += 1

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
            header.setDefaultSectionSize(
                usual
            )  # of new rows alone: what was made higher keeps its height and moves with its row
            all_usual = header.length() == self._model.rowCount() * usual
            for row in sorted(wanted) if all_usual else range(min(self._model.rowCount(), SCANNED + PAGE)):
                height = usual + strip if row in wanted else usual
                if header.sectionSize(row) != height:
                    header.resizeSection(row, height)
        if changed:
            self.rows.viewport().update()

    # ---- searching

    @property
    def searching(self) -> bool:
        return self._field is not None and not self._field.isHidden()

    @property
    def search_has_focus(self) -> bool:
        return self._field is not None and self._field.hasFocus()

    def search_with(self, make_field: Callable[[], QtWidgets.QLineEdit]) -> None:
        """How the search field is made when it is first needed; before this is said there is no search."""
        self._make_field = make_field

    @property
    def field(self) -> QtWidgets.QLineEdit:
        """What is searched for, with the button that leaves the search."""
        if self._field is None:
            if self._make_field is None:
                raise RuntimeError("nobody said how the search field is made")
            self._field = self._make_field()
            self._field.textEdited.connect(lambda _text: self._pause.start())
            self._field.returnPressed.connect(lambda: self._say_searched(go_there=True))
            self._field.hide()
            self._head_row.addWidget(self._field, 1)
            self._leave = IconButton(self._look, "x", "", key="Escape", clicked=self.end_search)
            self._leave.hide()
            self._head_row.addWidget(self._leave)
            self._name_search()
        return self._field

    def _name_search(self) -> None:
        if self._field is None or self._leave is None:
            return
        self._field.setAccessibleName(self._look.text("inbox.find"))
        self._field.setPlaceholderText(self._look.text("inbox.find_hint"))
        self._leave.rename(self._look.text("inbox.leave_search"))

    def begin_search(self) -> None:
        """Put the search field where the title is, if one can search yet."""
        if self._make_field is None:
            return
        self.title.hide()
        self.find_button.hide()
        self._show_search(True)
        self.field.setFocus()
        self.field.selectAll()

    def end_search(self) -> bool:
        """Back to the view; whether there was a search."""
        if not self.searching:
            return False
        self._pause.stop()
        self.field.clear()
        self._show_search(False)
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

    def _show_search(self, shown: bool) -> None:
        self.field.setVisible(shown)
        if self._leave is not None:
            self._leave.setVisible(shown)

    def _say_searched(self, *, go_there: bool = False) -> None:
        self._pause.stop()
        self.searched.emit(self.field.text().strip())
        if go_there:
            self.rows.setFocus()

    # ---- what stands here

    def leave_room(self, height: int) -> None:
        """The rows end so far above the bottom: toasts stand there, and no row may lie under them."""
        if self._column.contentsMargins().bottom() != height:
            self._column.setContentsMargins(0, 0, 0, height)
            self._column.activate()
            self.rows.scrollTo(self.rows.currentIndex())

    @property
    def reading(self) -> ReadingStrip:
        """How far the first reading has come; made when there is one."""
        if self._reading is None:
            self._reading = ReadingStrip(self._look, self.stop_wanted.emit, self.go_on_wanted.emit)
            self._column.insertWidget(1, self._reading)
        return self._reading

    def hide_reading(self) -> None:
        if self._reading is not None:
            self._reading.hide()

    def put_strip(self, strip: QWidget) -> None:
        """Something that is told above the rows while it lasts."""
        self._column.insertWidget(1, strip)

    def show_rows(self) -> None:
        self.stack.setCurrentWidget(self.rows)

    def show_instead(self, key: str, make: Callable[[], QWidget]) -> QWidget:
        """Something in the place of the rows; made when first needed."""
        if key not in self.empty:
            self.empty[key] = make()
            self.stack.addWidget(self.empty[key])
        self.stack.setCurrentWidget(self.empty[key])
        return self.empty[key]

    def _resize(self) -> None:
        theme = self._look.theme
        self.header.setFixedHeight(theme.size("toolbar"))
        compact = theme.density == "compact"
        self._head_row.setContentsMargins(theme.px(14 if compact else 16), 0, theme.px(10), 0)
        self.rows.set_row_size("row.messageCompact" if compact else "row.messageComfortable")
        titles, self._titles = self._titles, {}
        self.show_titles(titles)
