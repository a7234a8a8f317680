"""What commands and pages see of the window: `WindowFace`, carried out on the real one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QSplitterHandle, QWidget

from app.commands.addresses import Address
from app.commands.command import HelpSheet
from app.models.kept_text import KeptText
from app.runtime.paths import resources
from app.runtime.settings import Appearance, Settings
from app.runtime.words import Message
from app.ui.about_sheet import AboutSheet
from app.ui.actions import Actions
from app.ui.dialogs import Sheet, ask
from app.ui.kept_sheet import KeptSheet
from app.ui.keys import types_text
from app.ui.look import Look
from app.ui.main_window import MainWindow
from app.ui.menus import MenuBar
from app.ui.news_sheet import NewsSheet
from app.ui.notices import Notices
from app.ui.palette import Palette
from app.ui.shortcuts_sheet import ShortcutsSheet
from app.ui.theme import NORMAL_ZOOM, ZOOM_STEPS
from app.ui.widgets.inside import parts_in
from app.ui.widgets.overlay import Overlay
from app.ui.widgets.text import Label


class Face:
    """Implements `WindowFace`. Palette and menu bar are made when first asked for."""

    def __init__(self, look: Look, window: MainWindow, actions: Actions, notices: Notices, settings: Settings) -> None:
        self._look = look
        self._window = window
        self._actions = actions
        self._notices = notices
        self._settings = settings
        self._palette: Palette | None = None
        self._menus: MenuBar | None = None
        self._always_menu = False
        self.quit: Callable[[], object] = window.close
        """Ends the program, where closing the window need not."""
        self.lock: Callable[[], None] = lambda: None
        """Shows nothing of the data from now on; shell.py says how."""
        self.mend: Callable[[], None] = lambda: None
        """Closes the data and shows what mends it."""
        self.try_notification: Callable[[], None] = lambda: None
        self.go_on: Callable[[], None] = lambda: None
        """Ends the pause of all that is sent and read; desktop.py says how."""
        self.guide: Callable[[str], None] = lambda _verb: None
        """Carries out verbs of the guided hour; shell.py says how."""

    # ---- pages

    def show_page(self, page: str, **target: object) -> None:
        if page in self._window.book.entries:
            self._window.show_page(page, **target)

    def in_page(self, verb: str, **values: object) -> Any:
        page = self._window.page()
        answer = page.perform(verb, **values) if page is not None else None
        self._actions.refresh()
        return answer

    def toggle_side_pane(self) -> None:
        page = self._window.page()
        if page is not None:
            page.toggle_side_pane()

    def focus_next_pane(self, step: int) -> None:
        """Round through the panes of the page and the rail."""
        page = self._window.page()
        panes: list[QWidget] = [self._window.rail, *(page.panes() if page is not None else ())]
        if self._window.bar is not None:
            panes.append(self._window.bar)
        panes = [pane for pane in panes if pane.isVisible()]
        focus = QApplication.focusWidget()
        here = next((i for i, pane in enumerate(panes) if focus is pane or (focus and pane.isAncestorOf(focus))), -1)
        for turn in range(1, len(panes) + 1):
            start = here if here >= 0 or step > 0 else 0
            target = focusable(panes[(start + step * turn) % len(panes)])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    # ---- over the page

    def show_palette(self, text: str = "") -> None:
        if self._palette is None:
            self._palette = Palette(self._look, self._window, self._actions)
            _held_under(self._palette, self._window, self._actions)
        if not self._palette.isHidden():
            self._palette.close_now()
            return
        self._window.close_overlays()
        self._palette.find_with([finder for page in self._window.book.made().values() for finder in page.finders()])
        self._actions.hold(True)
        self._palette.ask(text)

    def show_help(self, what: HelpSheet) -> None:
        self._window.close_overlays()
        if what == "keys":
            self.open_sheet(ShortcutsSheet(self._look, self._window, self._actions, self._actions.state().context))
        elif what == "history":
            self.open_sheet(_history(self._look, self._window, self._notices))
        else:
            self.open_sheet(NewsSheet(self._look, self._window, resources()))

    def show_guide(self, place: str = "") -> None:
        """Over a sheet too, where that names the page: it is there again when the guide is closed."""
        if not place:
            self._window.close_overlays()
        page = self._window.page()
        wanted = place or (page.perform("guide_place") if page is not None else "")

        def show(address: Address) -> None:
            self._window.close_overlays()
            self.show_page(address.page, **address.target)

        def run(command_id: str) -> None:
            self._window.close_overlays()
            self._actions.run(command_id)

        sheet = import_module("app.ui.guide.sheet").GuideSheet(self._look, self._window, self._actions, show, run)
        self.open_sheet(sheet)
        sheet.open_at(wanted, self._actions.state().context)

    def show_kept_texts(self, texts: Sequence[KeptText]) -> None:
        self._window.close_overlays()
        self.open_sheet(KeptSheet(self._look, self._window, texts, self.show_page))

    def show_about(self, folder: Path) -> None:
        self._window.close_overlays()
        self.open_sheet(AboutSheet(self._look, self._window, folder))

    def ask(
        self, question: Message, choices: Sequence[Message], then: Callable[[int], None], detail: Message | None = None
    ) -> None:
        sheet = ask(self._look, self._window, question, choices, then, detail=detail)
        _held_under(sheet, self._window, self._actions)
        self._actions.hold(True)

    def open_sheet(self, sheet: Sheet) -> None:
        """Open any sheet over the window; the page's keys rest meanwhile."""
        _held_under(sheet, self._window, self._actions)
        self._actions.hold(True)
        sheet.open()

    def escape(self) -> None:
        overlay = self._window.overlay()
        if overlay is not None:
            if not overlay.insists:
                overlay.close_now()
            return
        page = self._window.page()
        if page is None or page.escape():
            return
        if types_text(QApplication.focusWidget()):
            target = page.first_focus()
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- the window itself

    def show_menu_bar(self) -> None:
        """Not over a question: Alt+F4 ends with the release of Alt, which would take the keyboard away from what it asked."""
        if self._window.overlay() is None and not self._actions.is_shut:
            self.menus().toggle()

    def menus(self) -> MenuBar:
        """The menu bar, made when first needed."""
        if self._menus is None:
            self._menus = MenuBar(self._look, self._actions)
            self._menus.keep_visible(self._always_menu)
            self._window.setMenuBar(self._menus)
        return self._menus

    def keep_menu_bar(self, always: bool) -> None:
        """The setting "always show"."""
        self._always_menu = always
        if always or self._menus is not None:
            self.menus().keep_visible(always)

    def retranslate(self) -> None:
        """The language changed: what was made in the old one is made anew when next asked for."""
        if self._menus is not None:
            self._menus.retitle()
        if self._palette is not None:
            self._palette.close_now()
            self._palette.deleteLater()
            self._palette = None

    def zoom(self, step: int) -> None:
        self._settings.change(Appearance, zoom=next_zoom(self._look.theme.zoom, step) if step else NORMAL_ZOOM)

    def choose_theme(self, mode: Literal["system", "light", "dark"]) -> None:
        self._settings.change(Appearance, theme=mode)

    def choose_density(self, density: Literal["comfortable", "compact"]) -> None:
        self._settings.change(Appearance, density=density)

    def full_screen(self) -> None:
        window = self._window.window()
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    def copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def open_url(self, url: str) -> None:
        """Addresses of the web and of mail alone: a message must not open a program or a file."""
        address = QUrl(url)
        if address.scheme() in ("https", "http", "mailto"):
            QDesktopServices.openUrl(address)

    def show_folder(self, folder: Path) -> None:
        if folder.is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def close(self) -> None:
        self.quit()


def _history(look: Look, window: MainWindow, notices: Notices) -> Sheet:
    """What was said since the start, the last first."""
    sheet = Sheet(look, window, look.text("shell.history"), width=560)
    said = notices.history()[-20:]
    if not said:
        sheet.body.addWidget(Label(look, look.text("shell.history_empty"), "body", "text.secondary"))
    for line in reversed(said):
        text = f"{look.words.time(line.at)}  {look.text(line.message)}"
        sheet.body.addWidget(Label(look, text, "small", "text.primary", wrap=True, selectable=True))
    return sheet


def _held_under(overlay: Overlay, window: MainWindow, actions: Actions) -> None:
    """The page's keys rest until nothing lies over the window any more."""
    overlay.closed.connect(lambda: actions.hold(window.overlay() is not None))


def next_zoom(zoom: int, step: int) -> int:
    """The zoom one step further (+1) or back (-1), in per cent."""
    nearest = min(range(len(ZOOM_STEPS)), key=lambda place: abs(ZOOM_STEPS[place] - zoom))
    return ZOOM_STEPS[min(max(nearest + step, 0), len(ZOOM_STEPS) - 1)]


def focusable(widget: QWidget) -> QWidget | None:
    """The widget itself or the first part of it that takes the focus by Tab. A line between columns takes it from here alone."""
    if isinstance(widget, QSplitterHandle):
        return widget
    for candidate in (widget, *parts_in(widget)):
        if candidate.focusPolicy() & Qt.FocusPolicy.TabFocus and candidate.isVisible() and candidate.isEnabled():
            return candidate
    return None
