"""The window: rail, banner, pages and footer. It has no verbs of its own; what commands ask of it is in `face.py`.

In the program it stands inside the first frame's window (first_frame.py), in tests and pictures it is a window by itself: what concerns
the desktop is asked of `window()`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.ui.actions import Actions
from app.ui.first_frame import GEOMETRY, SCALE, THEME, place
from app.ui.footer import Footer
from app.ui.look import Look
from app.ui.notices import BannerBar, Notices, ToastStack
from app.ui.page import FooterKey, GivesRoom, Page, PageEntry
from app.ui.page_book import PageBook
from app.ui.rail import Rail
from app.ui.screen_readers import retitle
from app.ui.theme import density_for
from app.ui.widgets.focus_order import Round
from app.ui.widgets.inside import nest
from app.ui.widgets.overlay import Overlay


class MainWindow(QMainWindow):
    """Holds the pages, made when first shown, and keeps rail, footer and toasts in step with the one in front."""

    painted = Signal()
    """The first frame is on the screen; whatever costs time may load now."""
    page_changed = Signal(str)
    closing = Signal()
    """The user wants to close; whoever shuts the program down listens."""

    def __init__(
        self, look: Look, entries: Sequence[PageEntry], actions: Actions, notices: Notices, remembered: QSettings
    ) -> None:
        """`remembered` is the INI file of the profile: geometry, and what pages keep for the next start."""
        super().__init__()
        self._look = look
        self.book = PageBook(entries, remembered)
        self._actions = actions
        self._remembered = remembered
        self._current = ""
        self._density = "auto"
        self._painted = False
        self._may_close = False
        self._wants_footer = True
        self.bar: QWidget | None = None
        """What stands above the footer."""
        self.window().setWindowTitle(look.text("app.name"))
        self.setMinimumSize(*look.theme.pair("window.min"))
        self._build(entries, notices)
        look.theme.changed.connect(self.update)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def _build(self, entries: Sequence[PageEntry], notices: Notices) -> None:
        central = Round()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Rail(self._look, entries)
        self.rail.chosen.connect(self.show_page)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.banners = BannerBar(self._look, notices, self._actions)
        column.addWidget(self.banners)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.footer = Footer(self._look, self._actions)
        column.addWidget(self.footer)
        self._around = column
        nest(row, column, 1)
        self.setCentralWidget(central)
        self.toasts = ToastStack(self._look, notices, self._actions, central, self.stack)
        self.toasts.covers.connect(lambda height: self._make_room(self.page(), height))

    # ---- put together once

    def restore(self) -> None:
        """Place and size of the last time, unless the first frame has them already."""
        if self.isWindow():
            place(self, self._remembered, self._look.theme.pair("window.default"))

    # ---- pages

    @property
    def current(self) -> str:
        """The id of the page in front."""
        return self._current

    def page(self) -> Page | None:
        return self.book.made().get(self._current)

    def show_page(self, page: str, **target: object) -> None:
        """Bring a page to the front, making it first if need be."""
        entry = self.book.entries[page]
        self.close_overlays()
        before = self.page()
        if page != self._current:
            if before is not None:
                focus = self.focusWidget()
                self.book.keep_focus(self._current, focus)
                if focus is not None and before.isAncestorOf(focus):
                    focus.clearFocus()  # else Qt would give it to the next best part, and a screen reader would say that
                before.hidden()
                self._make_room(before, 0)
            widget = self.book.page(page)
            if self.stack.indexOf(widget) < 0:
                self.stack.addWidget(widget)
            self._current = page
            self.stack.setCurrentWidget(widget)
            self.rail.light(entry.rail_id or entry.id)
            self.rail.setVisible(entry.framed)
            self.footer.setVisible(entry.framed and self._wants_footer)
            self.book.catch_up(page)
            widget.shown()
        widget = self.book.page(page)
        if target:
            widget.opened(**target)
        self.book.give_focus(page)
        self.toasts.stand_in(widget.toast_room())
        retitle(self.window(), self._look.text("shell.window_title", page=self._look.text(entry.title_id)))
        self.refresh()
        self.page_changed.emit(page)

    # ---- what is shown around the page

    def add_bar(self, bar: QWidget) -> None:
        """Something slim that stands between the pages and the footer."""
        self._around.insertWidget(self._around.indexOf(self.footer), bar)
        self.bar = bar

    def show_footer(self, wanted: bool) -> None:
        self._wants_footer = wanted
        entry = self.book.entries.get(self._current)
        self.footer.setVisible(wanted and (entry is None or entry.framed))

    def choose_density(self, density: str) -> None:
        """ "auto" is compact while the window is lower than 760."""
        self._density = density
        self._settle_density()

    def refresh(self) -> None:
        """The focus or the page's state changed: hints, and which actions apply."""
        self.show_hints()
        self._actions.refresh()

    def show_hints(self) -> None:
        """The keys of the focused pane, into the footer."""
        page = self.page()
        self.footer.show_hints(_in_force(page.footer_keys(), page.context, self._actions) if page is not None else ())

    def overlay(self) -> Overlay | None:
        """What lies over the window, the topmost."""
        shown = [child for child in self.window().findChildren(Overlay) if not child.isHidden()]
        return shown[-1] if shown else None

    def close_overlays(self) -> None:
        while (overlay := self.overlay()) is not None and not overlay.insists:
            overlay.close_now()

    def retranslate(self) -> None:
        """The language changed while the window is open."""
        self.rail.retitle()
        self.banners.retitle()
        self.footer.update()
        for page in self.book.made().values():
            page.retranslate()
        shown = self.page()
        self.toasts.stand_in(shown.toast_room() if shown is not None else None)  # a page may be made anew
        entry = self.book.entries.get(self._current)
        if entry is not None:
            retitle(self.window(), self._look.text("shell.window_title", page=self._look.text(entry.title_id)))

    # ---- closing

    def remember(self) -> None:
        """Keep geometry and what the pages want to find again."""
        self._remembered.setValue(GEOMETRY, self.window().saveGeometry())
        self._remembered.setValue(THEME, self._look.theme.mode)
        self._remembered.setValue(SCALE, self._look.theme.scale)
        self.book.remember()

    def be_unseen(self) -> None:
        """The program starts without its window on the screen: whatever waits for the first frame begins."""
        self._painted = True
        QTimer.singleShot(0, self.painted.emit)

    def close_for_good(self) -> None:
        """The program has shut down: the window may go."""
        self._may_close = True
        self.close()

    # ---- Qt's events

    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember()
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._painted:
            self._watch_frames(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notices the first frame on its way to the screen: wholly covered by a page, this widget gets no paint event of its own."""
        if event.type() in (QEvent.Type.UpdateRequest, QEvent.Type.Expose) and not self._painted:
            self._painted = True
            self._watch_frames(False)
            QTimer.singleShot(0, self.painted.emit)
        return super().eventFilter(watched, event)

    def _watch_frames(self, watch: bool) -> None:
        """Qt brings a frame to the screen through the window or, asked by the system, through its native window."""
        for way in (self.window(), self.window().windowHandle()):
            if way is not None:
                (way.installEventFilter if watch else way.removeEventFilter)(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_density()

    # ---- inside

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.refresh()

    def _make_room(self, page: Page | None, height: int) -> None:
        """Toasts stand so high in the page's room."""
        room: object = page.toast_room() if page is not None else None
        if isinstance(room, GivesRoom):
            room.leave_room(height)

    def _settle_density(self) -> None:
        if self._density == "auto" and not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            return  # nobody has given it a size yet, and dressing everything twice is dear
        density = density_for(self._density, self.height())
        self.rail.be_compact(density == "compact")
        self._look.theme.choose(density=density)


def _in_force(hints: Sequence[FooterKey], context: str, actions: Actions) -> Sequence[FooterKey]:
    """The hints with the keys that act now; one without any is left out."""
    now = [hint._replace(keys=tuple(filter(None, (actions.table.now(context, key) for key in hint.keys)))) for hint in hints]
    return tuple(hint for hint in now if hint.keys)
