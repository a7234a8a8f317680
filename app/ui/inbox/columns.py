"""The columns of the Inbox and how they give way: the card becomes a drawer, then the views a drop-down, then the list narrower."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from app.ui.inbox.customer_card import CustomerCard, Drawer
from app.ui.inbox.widths import SIDES, WIDTHS, Mode, chosen_widths, mode_for, room_for_list, width_of
from app.ui.look import Look
from app.ui.roles import spoken_as

STEP = 16
"""Pixels, at 100 %, that a key moves a line between columns."""


class Columns(QSplitter):
    """Views, list, conversation, card. Says `arranged` when something gave way or came back."""

    arranged = Signal()

    def __init__(
        self, look: Look, page: QWidget, views: QWidget, rows: QWidget, conversation: QWidget, card: CustomerCard
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, page)
        self._look = self.look = look
        self._page = page
        self._columns = {"views": views, "list": rows, "conversation": conversation, "card": card}
        self._card = card
        self._drawer: Drawer | None = None
        self._wants_card = True
        self._wants_views = True
        self._has_customer = True
        self._chosen: dict[str, int] = {}
        self._mode: Mode | None = None
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for widget in self._columns.values():
            self.addWidget(widget)
        for index in range(4):
            self.setStretchFactor(index, 1 if index == 2 else 0)
        self.splitterMoved.connect(lambda _x, _index: self._note_widths())
        look.theme.changed.connect(self._bound)
        self._bound()

    def lines(self) -> list[QWidget]:
        """Those between columns that are there, from left to right."""
        return [self.handle(index) for index in range(1, self.count()) if self.handle(index).isVisible()]

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self)

    # ---- what is there

    @property
    def has_views(self) -> bool:
        return not self._columns["views"].isHidden()

    @property
    def is_drawer(self) -> bool:
        """Whether the card has no column of its own."""
        return self._drawer is not None

    @property
    def shows_card(self) -> bool:
        return not self._drawer.isHidden() if self._drawer is not None else not self._card.isHidden()

    @property
    def wants_card(self) -> bool:
        """Whether the user wants the column, where there is room."""
        return self._wants_card

    def have_customer(self, has_customer: bool) -> None:
        """Without an open conversation there is no card."""
        if has_customer != self._has_customer:
            self._has_customer = has_customer
            if not has_customer:
                self.close_drawer()
            self._show_card_column()

    def toggle_card(self) -> bool:
        """Show or hide the card; answers whether it is shown now."""
        if self._drawer is not None:
            self._drawer.setVisible(self._drawer.isHidden() and self._has_customer)
            self._drawer.fit()
            self._drawer.raise_()
        else:
            self._wants_card = not self._wants_card
            self._show_card_column()
        return self.shows_card

    def close_drawer(self) -> bool:
        """Whether there was an open one."""
        if self._drawer is None or self._drawer.isHidden():
            return False
        self._drawer.hide()
        return True

    def toggle_views(self) -> None:
        self._wants_views = not self._wants_views
        self._arrange(force=True)

    def take_usual_width(self, index: int) -> None:
        """A double click on the line before a column: that column, or the one beside it, takes its usual width."""
        name = {1: "views", 2: "list"}.get(index, "card")
        self._chosen.pop(name, None)
        self._apply_widths()

    # ---- remembering

    def widths(self) -> list[int]:
        """Of views, list and card at 100 %; 0 for the usual one."""
        return [self._chosen.get(name, 0) for name in SIDES]

    def restore(self, widths: object, *, card: bool) -> None:
        """What `widths` gave, as the INI file gives it back, and whether the card is wanted."""
        self._wants_card = card
        self._chosen = chosen_widths(widths) or self._chosen
        self._arrange(force=True)

    # ---- inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._bound_list()
        self._arrange()
        super().resizeEvent(event)
        if self._drawer is not None:
            self._drawer.fit()

    def _arrange(self, *, force: bool = False) -> None:
        mode = mode_for(self.width() / self._look.theme.scale)
        if mode == self._mode and not force:
            return
        self._mode = mode
        self._place_card(in_column=mode.card)
        self._columns["views"].setVisible(mode.views and self._wants_views)
        self._apply_widths()
        self.arranged.emit()

    def _place_card(self, *, in_column: bool) -> None:
        if in_column and self._drawer is not None:
            self.insertWidget(3, self._card)
            self._drawer.hide()
            self._drawer.deleteLater()
            self._drawer = None
        elif not in_column and self._drawer is None:
            self._drawer = Drawer(self._look, self._card, self._page)
            self._drawer.hide()
        self._card.be_drawer(not in_column)
        self._show_card_column()

    def _show_card_column(self) -> None:
        self._card.setVisible(self._drawer is not None or (self._wants_card and self._has_customer))

    def _bound(self) -> None:
        px = self._look.theme.px
        for name, widget in self._columns.items():
            least, _, most = WIDTHS[name]
            widget.setMinimumWidth(px(least))
            if most:
                widget.setMaximumWidth(px(most))
        self._bound_list()
        if self._mode is not None:
            self._arrange(force=True)

    def _bound_list(self) -> None:
        """Where list and conversation have too little room together, the list gives way."""
        room = self._room_for_list()
        least = self._look.theme.px(min(WIDTHS["list"][0], room))
        rows = self._columns["list"]
        if rows.minimumWidth() != least:
            rows.setMinimumWidth(least)
            if self._mode is not None:
                self._apply_widths()

    def _room_for_list(self) -> int:
        scale = self._look.theme.scale
        return room_for_list(self.width() / scale, self._columns["conversation"].minimumSizeHint().width() / scale)

    def _width_of(self, name: str) -> int:
        width = self.width() / self._look.theme.scale
        wanted = width_of(name, self._mode or mode_for(width), self._chosen)
        if name == "list" and self._room_for_list() < WIDTHS["list"][0]:
            wanted = min(wanted, self._room_for_list())
        return self._look.theme.px(wanted)

    def _apply_widths(self) -> None:
        present = [name for name, widget in self._columns.items() if self.indexOf(widget) >= 0]
        sides = {name: self._width_of(name) for name in present if name != "conversation"}
        shown = sum(width for name, width in sides.items() if not self._columns[name].isHidden())
        rest = max(1, self.width() - shown)
        # Each side column shares its width with the line beside it.
        self.setSizes([sides[name] - 1 if name in sides else rest for name in present])

    def _note_widths(self) -> None:
        """The user moved a line: these are the widths now wanted."""
        for name in SIDES:
            widget = self._columns[name]
            if self.indexOf(widget) >= 0 and not widget.isHidden() and widget.width() + 1 != self._width_of(name):
                self._chosen[name] = round((widget.width() + 1) / self._look.theme.scale)


class _Handle(QSplitterHandle):
    """One line wide, and a little more to take hold of (Qt widens the grip of lines this thin)."""

    def __init__(self, columns: Columns) -> None:
        super().__init__(Qt.Orientation.Horizontal, columns)
        self._columns = columns
        spoken_as(self, "separator")
        self.setAccessibleName(columns.look.text("inbox.line_between"))
        self.setProperty("ring", True)
        self.setProperty("ownKeys", ["Left", "Right"])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F6 comes here while a screen reader runs."""
        step = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        grip = (self.width() - self._columns.handleWidth()) // 2  # Qt widens it on both sides
        self.moveSplitter(self.x() + grip + self._columns.look.theme.px(step))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        for index in range(self._columns.count()):
            if self._columns.handle(index) is self:
                self._columns.take_usual_width(index)
        event.accept()
