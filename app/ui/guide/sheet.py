"""The guide over the window: contents at the left, the page at the right, search above, back and forward; all of it by keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.commands.addresses import Address, address
from app.language.guide_pages import PAGES, page_for, place_of
from app.runtime.paths import resources
from app.ui.actions import Actions
from app.ui.dialogs import Sheet
from app.ui.guide.contents import Entry, GuideContents
from app.ui.guide.filling import ProgramFilling
from app.ui.guide.reader import GuideReader
from app.ui.guide.shelf import GuideShelf
from app.ui.key_names import key_name, this_system
from app.ui.look import Look
from app.ui.widgets.button import IconButton
from app.ui.widgets.field import LineField
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label

WIDTH, CONTENTS, FIND = 1040, 264, 240
GUIDE, PLACE, COMMAND = "guide:", "tertulia:", "command:"
LETTERS = 2
"""So much must be typed before the search begins; one Chinese character is a word."""


class GuideSheet(Sheet):
    """`open_address` and `run` carry out what links ask for, after the guide was closed."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        actions: Actions,
        open_address: Callable[[Address], None],
        run: Callable[[str], None],
    ) -> None:
        super().__init__(look, host, look.text("guide.title"), width=WIDTH)
        self._open_address = open_address
        self._run = run
        filling = ProgramFilling(look.words, actions.registry, actions.keys)
        self.shelf = GuideShelf(resources(), look.words.language, filling)
        self._behind: list[str] = []
        self._ahead: list[str] = []
        self._place = ""
        self._stepping = False
        self._make_head()
        self.contents = GuideContents(look)
        self.reader = GuideReader(look, self.shelf.picture)
        self.none = Label(look, "", "body", "text.secondary", wrap=True)
        self.none.hide()
        row = QHBoxLayout()
        row.setSpacing(look.theme.px(12))
        self.contents.setFixedWidth(look.theme.px(CONTENTS))
        row.addWidget(self.contents)
        row.addWidget(self.reader, 1)
        self.body.addWidget(self.none)
        nest(self.body, row, 1)
        self._column.setStretchFactor(self.body, 1)
        self.contents.show_entries(self._all())
        self.contents.current_changed.connect(self._looked_at)
        self.contents.activated_row.connect(lambda _row: self.reader.setFocus(Qt.FocusReason.TabFocusReason))
        self.contents.clicked.connect(lambda _index: self._looked_at(self.contents.current_row))
        self.reader.followed.connect(self.follow)

    def _make_head(self) -> None:
        look = self._look
        self.back = IconButton(
            look, "caret-left", look.text("guide.back"), key="Alt+Left", clicked=partial(self.step, -1)
        )
        self.forward = IconButton(
            look, "caret-right", look.text("guide.forward"), key="Alt+Right", clicked=partial(self.step, 1)
        )
        self.line = LineField(look, look.text("guide.find"), placeholder=look.text("guide.find_hint"))
        self.line.setClearButtonEnabled(True)
        self.line.setFixedWidth(look.theme.px(FIND))
        self.line.textChanged.connect(self._find)
        for number, widget in enumerate((self.back, self.forward, self.line)):
            self.head.insertWidget(1 + number, widget)

    # ---- where one is

    def open_at(self, wanted: object, context: str) -> None:
        """The page that a screen names for itself, else the one that fits its keys."""
        self.show_place(wanted if isinstance(wanted, str) and wanted else page_for(context))

    @property
    def place_shown(self) -> str:
        """Page, and heading where one was asked for."""
        return self._place

    def show_place(self, target: str, *, remembered: bool = True) -> None:
        """Show a page, from a heading on; what leads nowhere leads to the first page."""
        name, anchor = place_of(target)
        if name not in PAGES:
            name, anchor, target = PAGES[0], "", PAGES[0]
        if remembered and self._place and target != self._place:
            self._behind.append(self._place)
            self._ahead.clear()
        if place_of(self._place)[0] != name:
            title = next(title for each, title in self.shelf.titles() if each == name)
            self.reader.show_page(partial(self.shelf.html, name), title)
        self._place = target
        self.reader.go_to(anchor)
        self.reader.mark(self.line.text().split())
        if not self.line.text():
            self.contents.choose_place(name)
        self.back.setEnabled(bool(self._behind))
        self.forward.setEnabled(bool(self._ahead))

    def step(self, by: int) -> None:
        """Back (-1) or forward (+1) through what was read."""
        source, target = (self._behind, self._ahead) if by < 0 else (self._ahead, self._behind)
        if source:
            target.append(self._place)
            self.show_place(source.pop(), remembered=False)

    def follow(self, target: str) -> None:
        """A link: to another page here, or away to a place of the program."""
        if target.startswith(GUIDE):
            self.show_place(target.removeprefix(GUIDE))
            return
        found = address(target) if target.startswith(PLACE) else None
        if found is not None:
            self.close_now()
            self._open_address(found)
        elif target.startswith(COMMAND):
            self.close_now()
            self._run(target.removeprefix(COMMAND))

    # ---- the column at the left

    def _all(self) -> list[Entry]:
        return [Entry(name, title) for name, title in self.shelf.titles()]

    def _looked_at(self, row: int) -> None:
        """The chosen entry is shown at once; going through them by arrows is one step back, not many."""
        entry = self.contents.current
        if row < 0 or entry is None or entry.place == self._place:
            return
        self.show_place(entry.place, remembered=not self._stepping)
        self._stepping = True

    def _find(self, typed: str) -> None:
        typed = typed.strip()
        self._stepping = False
        if len(typed) < LETTERS and typed.isascii():
            self.none.hide()
            self.contents.show_entries(self._all())
            self.contents.choose_place(place_of(self._place)[0])
            self.reader.mark(())
            return
        titles = dict(self.shelf.titles())
        hits = self.shelf.find(typed)
        entries = []
        for section, snippet in hits:
            target = f"{section.page}#{section.anchor}" if section.anchor else section.page
            page = titles[section.page]
            below = snippet if section.heading == page else f"{page} · {snippet}"
            entries.append(Entry(target, section.heading, below))
        self.contents.show_entries(entries)
        self.none.setText("" if hits else self._look.text("guide.nothing", text=typed))
        self.none.setVisible(not hits)
        self.reader.mark(typed.split())

    # ---- keys and size

    def settle_focus(self) -> None:
        self.contents.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name, held = key_name(event, this_system()), event.modifiers()
        alt, ctrl = held & Qt.KeyboardModifier.AltModifier, held & Qt.KeyboardModifier.ControlModifier
        if (ctrl and event.key() == Qt.Key.Key_F) or (name == "/" and not self.line.hasFocus()):
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.line.selectAll()
        elif (alt and event.key() == Qt.Key.Key_Left) or (name == "Backspace" and not self.line.hasFocus()):
            self.step(-1)
        elif alt and event.key() == Qt.Key.Key_Right:
            self.step(1)
        elif name == "Escape" and self.line.text():
            self.line.clear()
            self.contents.setFocus(Qt.FocusReason.OtherFocusReason)
        elif name in ("Return", "Down") and self.line.hasFocus() and self.contents.entries:
            self.contents.choose(0)
            self.contents.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        steps = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}
        if event.button() in steps:
            self.step(steps[event.button()])
        else:
            super().mousePressEvent(event)

    def place(self) -> None:
        """As high as the window lets it be: pages are long."""
        theme = self._look.theme
        room = QSize(self.width() - theme.px(32), self.height() - theme.px(32))
        self.panel.resize(QSize(theme.px(WIDTH), room.height()).boundedTo(room))
        self.panel.move((self.width() - self.panel.width()) // 2, (self.height() - self.panel.height()) // 2)
