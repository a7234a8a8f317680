"""The column of views, accounts and saved searches: one stop for the keyboard, each entry a button with its count; and the same as a menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.models.account import AccountRow, AccountState
from app.models.conversation import View
from app.models.find import SavedSearchRow
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.roles import spoken_as
from app.ui.safe_text import one_line
from app.ui.widgets.button import IconButton
from app.ui.widgets.chip import BadgeKind, badge_width, paint_badge
from app.ui.widgets.inside import nest
from app.ui.widgets.key_cap import KeysOf, key_text
from app.ui.widgets.surface import Pane, PaneHeader
from app.ui.widgets.text import SectionLabel, draw_text, text_width
from app.ui.widgets.viewport import clear_viewport, hold_clear

ICONS: dict[View, str] = {
    View.NEEDS_ANSWER: "tray",
    View.DUE_SOON: "hourglass-medium",
    View.ESCALATED: "envelope-simple",
    View.SNOOZED: "bell-z",
    View.PRAISE: "heart-straight",
    View.IGNORED: "speaker-slash",
    View.DONE: "check-circle",
    View.ALL: "stack",
}
COMMANDS = {View.NEEDS_ANSWER: "go.inbox", View.DUE_SOON: "go.due_soon", View.ESCALATED: "go.escalated", View.PRAISE: "go.praise"}
SEARCHES = "go.searches"
_UNCOUNTED = (View.DONE, View.ALL)
"""Views whose number tells nothing."""


def counted(view: View) -> bool:
    return view not in _UNCOUNTED


class Entry(QAbstractButton):
    """A view or an account: icon or badge, words, count. Lit by its owner, never by the click itself."""

    def __init__(self, look: Look, *, icon: str = "", network: str = "", badge: BadgeKind | None = None) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._network = network
        self._badge: BadgeKind | None = badge
        self._count = 0
        self._spoken = ""
        self._trouble = False
        self.setCheckable(True)
        spoken_as(self, "tab")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def show_words(self, text: str, *, key: str = "", spoken: str = "") -> None:
        self.setText(text)
        self._spoken = spoken or text
        self.setToolTip(f"{text}  {key_text(key)}" if key else text)
        self.setAccessibleDescription(key_text(key) if key else "")
        self.show_count(self._count)

    def show_count(self, count: int, *, trouble: bool = False) -> None:
        self._count = count
        self._trouble = trouble
        self.setAccessibleName(
            self._look.text("inbox.entry_name", entry=self._spoken, n=count) if count else self._spoken
        )
        self.update()

    @property
    def count(self) -> int:
        return self._count

    @property
    def network(self) -> str:
        return self._network

    def nextCheckState(self) -> None:
        """See the class."""

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(theme.px(184), theme.size("row.view"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isChecked()
        ground = (
            "surface.selected"
            if lit
            else "surface.pressed"
            if self.isDown()
            else "surface.hover"
            if self.underMouse()
            else ""
        )
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(QRectF(self.rect()), theme.radius("m"), theme.radius("m"))
        side = theme.px(16)
        box = QRectF(theme.px(8), 0, side, self.height())
        if self._network:
            pixmap = self._look.icons.network(self._network, side, self.devicePixelRatioF())
            painter.drawPixmap(round(box.left()), round((self.height() - side) / 2), pixmap)
        else:
            name = f"{self._icon}-fill" if lit and self._look.icons.exists(f"{self._icon}-fill") else self._icon
            self._look.icons.paint(painter, box, name, "accent.text" if lit else "text.secondary")
        right = self._paint_count(painter, self.width() - theme.px(8))
        painter.setPen(theme.color("accent.text" if lit else "text.primary"))
        room = QRectF(box.right() + theme.px(9), 0, right - box.right() - theme.px(15), self.height())
        draw_text(painter, room, self.text(), theme.font("body", weight=600 if lit else 0))

    def _paint_count(self, painter: QPainter, right: float) -> float:
        """Ends at `right`; answers where it begins."""
        theme = self._look.theme
        if self._trouble:
            box = QRectF(right - theme.px(13), 0, theme.px(13), self.height())
            self._look.icons.paint(painter, box, "warning-circle-fill", "status.danger.text")
            right = box.left() - theme.px(5)
        if not self._count:
            return right
        text = self._look.count_text(self._count) if self._badge else self._look.number(self._count)
        if self._badge:
            left = right - badge_width(self._look, text)
            paint_badge(painter, left, (self.height() - theme.px(16)) // 2, self._look, text, self._badge)
            return left
        font = theme.font("caption", tabular=True)
        left = right - text_width(text, font)
        painter.setPen(theme.color("text.tertiary"))
        draw_text(painter, QRectF(left, 0, right - left + 1, self.height()), text, font)
        return left


class ViewsColumn(Pane):
    """Says `view_chosen(view)`, `account_chosen(id or 0)` and `find_wanted`; shows what it is told."""

    view_chosen = Signal(object)
    account_chosen = Signal(int)
    find_wanted = Signal()
    search_chosen = Signal(int)
    feedback_wanted = Signal()
    """What customers say, counted by tag."""
    search_menu_asked = Signal(int, object)
    """What may be done with a saved search (id, global position)."""

    def __init__(self, look: Look, keys: KeysOf, parent: QWidget | None = None) -> None:
        super().__init__(look, "window", (), parent)
        self._keys = keys
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = PaneHeader(look, surface="window")
        self.header.row.addStretch(1)
        self.find_button = IconButton(look, "magnifying-glass", "", key="Ctrl+F", of="view.find", clicked=self.find_wanted.emit)
        self.header.row.addWidget(self.find_button)
        column.addWidget(self.header)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setSpacing(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        clear_viewport(area)
        hold_clear(area, inside)
        column.addWidget(area, 1)
        self.feedback = Entry(look, icon="chart-bar-horizontal")
        self.feedback.clicked.connect(self.feedback_wanted)
        self._foot = QVBoxLayout()
        self._foot.addWidget(self.feedback)
        nest(column, self._foot)
        kinds: dict[View, BadgeKind] = {View.NEEDS_ANSWER: "accent", View.DUE_SOON: "warn"}
        self.views: dict[View, Entry] = {}
        for view, icon in ICONS.items():
            entry = Entry(look, icon=icon, badge=kinds.get(view))
            entry.clicked.connect(lambda _checked=False, view=view: self.view_chosen.emit(view))
            self.views[view] = entry
            self._list.addWidget(entry)
        self._section = SectionLabel(look)
        self._list.addWidget(self._section)
        self._searches_section = SectionLabel(look)
        self._list.addWidget(self._searches_section)
        self._searches_section.hide()
        self._list.addStretch(1)
        self.accounts: dict[int, Entry] = {}
        self.searches: dict[int, Entry] = {}
        self._search: int | None = None
        self._view: View | None = View.NEEDS_ANSWER
        self._account: int | None = None
        look.theme.changed.connect(self._resize)
        self._resize()
        self.retranslate()
        self.light(View.NEEDS_ANSWER, None)

    def retranslate(self) -> None:
        """The language changed."""
        look = self._look
        self.header.title.setText(look.text("page.inbox"))
        self.find_button.rename(look.text("inbox.find"))
        self._section.setText(look.text("inbox.accounts"))
        self._searches_section.setText(look.text("find.saved"))
        self.setAccessibleName(look.text("inbox.views"))
        self.feedback.show_words(look.text("inbox.feedback"))
        for view, entry in self.views.items():
            entry.show_words(look.text(f"inbox.view.{view}"), key=self._key(COMMANDS.get(view, "")))

    def show_counts(self, views: Mapping[View, int], accounts: Mapping[int, int]) -> None:
        for view, entry in self.views.items():
            entry.show_count(views.get(view, 0) if counted(view) else 0)
        for account_id, entry in self.accounts.items():
            entry.show_count(accounts.get(account_id, 0), trouble=bool(entry.property("trouble")))

    def show_accounts(self, rows: Sequence[AccountRow]) -> None:
        """One entry for each account; the counts come with `show_counts`."""
        for entry in self.accounts.values():
            self._list.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        self.accounts = {}
        self._section.setVisible(bool(rows))
        for row in rows:
            entry = Entry(self._look, network=row.network)
            name = one_line(row.handle or row.name)
            entry.setProperty("trouble", row.state is AccountState.SIGNED_OUT)
            entry.show_words(name, spoken=f"{name}, {network_name(row.network)}")
            entry.show_count(0, trouble=row.state is AccountState.SIGNED_OUT)
            entry.clicked.connect(lambda _checked=False, account_id=row.id: self._account_clicked(account_id))
            self.accounts[row.id] = entry
            self._list.insertWidget(self._list.indexOf(self._searches_section), entry)
        self.light(self._view, self._account, self._search)

    def show_searches(self, searches: Sequence[tuple[SavedSearchRow, int]]) -> None:
        """The saved searches in their order, each with its count; entries that are there stay, so that the keyboard does."""
        for number in [number for number in self.searches if number not in {search.id for search, _ in searches}]:
            entry = self.searches.pop(number)
            self._list.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        behind = self._list.indexOf(self._searches_section) + 1
        ordered: dict[int, Entry] = {}
        for place, (search, count) in enumerate(searches):
            entry = self.searches.get(search.id) or self._new_search(search.id)
            ordered[search.id] = entry
            if self._list.indexOf(entry) != behind + place:
                self._list.removeWidget(entry)
                self._list.insertWidget(behind + place, entry)
            entry.show_words(one_line(search.name), key=self._key(SEARCHES) if not place else "")
            entry.show_count(count)
        self.searches = ordered
        self._searches_section.setVisible(bool(ordered))
        self.light(self._view, self._account, self._search)

    def _key(self, command: str) -> str:
        return next(iter(self._keys(command)), "") if command else ""

    def _new_search(self, number: int) -> Entry:
        entry = Entry(self._look, icon="bookmark-simple")
        entry.clicked.connect(lambda _checked=False: self.search_chosen.emit(number))
        entry.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        entry.customContextMenuRequested.connect(lambda at: self.search_menu_asked.emit(number, entry.mapToGlobal(at)))
        return entry

    def light(self, view: View | None, account_id: int | None, search_id: int | None = None) -> None:
        """Which view is shown (None while a search is), narrowed to which account; or which saved search."""
        self._view, self._account, self._search = view, account_id, search_id
        for candidate_id, entry in self.searches.items():
            entry.setChecked(candidate_id == search_id)
        for candidate, entry in self.views.items():
            entry.setChecked(candidate is view)
        for candidate_id, entry in self.accounts.items():
            entry.setChecked(candidate_id == account_id)
        lit = self.searches.get(search_id) if search_id is not None else None
        stop = lit or self.views[view or View.NEEDS_ANSWER]
        for entry in self._entries():
            entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus if entry is stop else Qt.FocusPolicy.ClickFocus)

    def menu(self, parent: QWidget) -> QMenu:
        """The same entries as a menu, for the drop-down in the list's title."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for view, entry in self.views.items():
            icon = self._look.icons.icon(ICONS[view])
            chosen = self._add(menu, icon, entry)
            chosen.triggered.connect(lambda _checked=False, view=view: self.view_chosen.emit(view))
        if self.accounts:
            menu.addSeparator()
        for account_id, entry in self.accounts.items():
            pixmap = self._look.icons.network(entry.network, self._look.theme.px(16))
            chosen = self._add(menu, QIcon(pixmap), entry)
            chosen.triggered.connect(lambda _checked=False, account_id=account_id: self._account_clicked(account_id))
        if self.searches:
            menu.addSeparator()
        for number, entry in self.searches.items():
            chosen = self._add(menu, self._look.icons.icon("bookmark-simple"), entry)
            chosen.triggered.connect(lambda _checked=False, number=number: self.search_chosen.emit(number))
        menu.addSeparator()
        told = menu.addAction(self._look.icons.icon("chart-bar-horizontal"), self.feedback.text().replace("&", "&&"))
        told.triggered.connect(lambda: self.feedback_wanted.emit())
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        entries = self._entries()
        focused = [index for index, entry in enumerate(entries) if entry.hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        target = entries[min(max(focused[0] + step, 0), len(entries) - 1)]
        target.setFocus(Qt.FocusReason.TabFocusReason)

    # ---- inside

    def _entries(self) -> list[Entry]:
        return [*self.views.values(), *self.accounts.values(), *self.searches.values(), self.feedback]

    def _account_clicked(self, account_id: int) -> None:
        """The same account again widens to all of them."""
        self.account_chosen.emit(0 if account_id == self._account else account_id)

    def _add(self, menu: QMenu, icon: QIcon, entry: Entry) -> QAction:
        words = entry.text().replace("&", "&&")
        action = menu.addAction(icon, f"{words}\t{self._look.number(entry.count)}" if entry.count else words)
        action.setCheckable(True)
        action.setChecked(entry.isChecked())
        return action

    def _resize(self) -> None:
        px = self._look.theme.px
        self._list.setContentsMargins(px(8), px(8), px(8), px(8))
        self._foot.setContentsMargins(px(8), px(4), px(8), px(8))
        for section in (self._section, self._searches_section):
            section.setContentsMargins(px(8), px(18), px(8), px(4))
