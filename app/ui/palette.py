"""The palette: type a few letters and do it. Commands, pages and whatever the pages offer, in sections, over a scrim."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.commands.command import Command
from app.ui.actions import Actions
from app.ui.look import Look
from app.ui.notices import announce
from app.ui.page import Finder, Found
from app.ui.roles import spoken_as
from app.ui.widgets.inside import nest
from app.ui.widgets.key_cap import KeyHint, caps_width, paint_caps
from app.ui.widgets.overlay import Overlay
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, text_width

PREFIXES = ">@#/"
MOST_ROWS = 9
MOST_A_SECTION = 8


def folded(text: str) -> str:
    """Small letters without accents, one for one with the original where possible, so that "campana" finds "Campaña"."""
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[:1].casefold()
    return base if len(base) == 1 else character


def score(title: str, wanted: Sequence[str]) -> int:
    """How well a folded title fits the folded words typed: 0 for not at all, more for beginnings of words."""
    total = 0
    for word in wanted:
        place = title.find(word)
        if place < 0:
            return 0
        at_word = place == 0 or not title[place - 1].isalnum() or f" {word}" in title
        total += 40 if place == 0 else 25 if at_word else 10
    return total + max(0, 20 - len(title) // 4)


class _Row(NamedTuple):
    """A row of the list: a section's title, or something to choose."""

    title: str
    found: Found | None = None


class Palette(Overlay):
    """Opened with `ask`; the pages' finders are asked at each key and may deliver later."""

    def __init__(self, look: Look, host: QWidget, actions: Actions) -> None:
        super().__init__(look, host)
        self._actions = actions
        self._finders: list[Finder] = []
        self._answers: dict[int, Sequence[Found]] = {}
        self._round = 0
        self._column = column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        nest(column, self._build_head())
        column.addWidget(Line(look, "border.default"))
        self.rows = _Rows(look)
        self.rows.chosen.connect(self._choose)
        column.addWidget(self.rows)
        column.addWidget(Line(look, "border.default"))
        self._foot = _Foot(look)
        column.addWidget(self._foot)
        self.panel.setAccessibleName(look.text("shell.palette"))

    def find_with(self, finders: Sequence[Finder]) -> None:
        """What the pages offer."""
        self._finders = list(finders)

    def ask(self, text: str = "") -> None:
        """Open it, with something typed already."""
        self.line.setText(text)
        self._search()
        self.open()

    def settle_focus(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        theme = self._look.theme
        width = min(theme.px(640), self.width() - theme.px(32))
        top = min(theme.px(112), max(theme.px(16), (self.height() - theme.px(400)) // 3))
        self.rows.keep_within(max(3, min(MOST_ROWS + 4, (self.height() - top - theme.px(110)) // theme.px(36))))
        self.panel.resize(width, self._column.totalSizeHint().height())
        self.panel.move((self.width() - width) // 2, top)
        self.update()  # the shadow of a larger panel would stay

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.rows.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.rows.move_by(5 if key == Qt.Key.Key_PageDown else -5)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.rows.current())
        else:
            super().keyPressEvent(event)

    # ---- inside

    def _build_head(self) -> QHBoxLayout:
        look = self._look
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(10)
        head.addWidget(IconSpot(look, "magnifying-glass", "text.secondary", 18))
        self.line = _Line(self)
        self.line.setProperty("bare", True)
        self.line.setFont(look.theme.font("title", weight=400))
        self.line.setPlaceholderText(look.text("shell.palette_hint"))
        self.line.setAccessibleName(look.text("shell.palette"))
        self.line.setFixedHeight(look.theme.px(50))
        self.line.textEdited.connect(self._search)
        head.addWidget(self.line, 1)
        self.count = Label(look, "", "caption", "text.tertiary")
        head.addWidget(self.count)
        return head

    def _search(self) -> None:
        text = self.line.text()
        prefix = text[:1] if text[:1] in tuple(PREFIXES) else ""
        wanted = text[len(prefix) :].strip()
        self._round += 1
        self._answers = {}
        if prefix in ("", ">"):
            self._answers[-1] = self._commands(wanted)
        if prefix != ">":
            for number, finder in enumerate(self._finders):
                finder(wanted, prefix, self._receiver(self._round, number))
        self._show()

    def _receiver(self, asked_in: int, number: int) -> Callable[[Sequence[Found]], None]:
        def deliver(found: Sequence[Found]) -> None:
            if asked_in == self._round:
                self._answers[number] = found
                if not self.isHidden():
                    self._show()

        return deliver

    def _commands(self, wanted: str) -> list[Found]:
        """The commands that apply and fit, the best first; those of the page before those of everywhere."""
        words = folded(wanted).split()
        state = self._actions.state()
        ranked: list[tuple[int, int, Command, str]] = []
        for place, command in enumerate(self._actions.registry.in_context(state.context)):
            if not command.in_palette or not command.when(state):
                continue
            title = self._actions.title(command.id)
            points = score(folded(title), words) or (score(folded(self._actions.help(command.id)), words) // 3 if wanted else 1)
            if points:
                ranked.append((-points, place, command, title))
        ranked.sort(key=lambda entry: entry[:2])
        found = []
        for _, _, command, title in ranked:
            section = "shell.section_go" if command.menu == "go" else "shell.section_do"
            run = self._runner(command.id)
            detail = self._actions.help(command.id) if wanted else ""
            found.append(Found(section, title, command.icon or "caret-right", run, detail, self._actions.keys(command.id)[:1]))
        return found

    def _runner(self, command_id: str) -> Callable[[], None]:
        return lambda: self._actions.run(command_id)

    def _show(self) -> None:
        sections: dict[str, list[Found]] = {}
        order = [*sorted(number for number in self._answers if number >= 0), -1]
        for number in order:
            for found in self._answers.get(number, ()):
                sections.setdefault(found.section_id, []).append(found)
        rows: list[_Row] = []
        count = 0
        alone = len(sections) == 1
        for section, items in sections.items():
            shown = items if alone else items[:MOST_A_SECTION]
            rows.append(_Row(self._look.text(section)))
            rows.extend(_Row(found.title, found) for found in shown)
            count += len(items)
        marks = folded(self.line.text().lstrip(PREFIXES)).split()
        self.rows.show_rows(rows, marks)
        self.count.setText(self._look.text("shell.palette_found", n=count))
        if not self.isHidden():
            self.place()

    def _choose(self, found: Found | None) -> None:
        if found is None:
            return
        self.close_now()
        found.choose()


class _Line(QLineEdit):
    """Lets the palette have the keys that move in the list."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = (
            Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp,
            Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape,
        )  # fmt: skip
        if event.key() in moves:
            self._palette.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class _Rows(QWidget):
    """The list, painted; at most as many rows as fit, scrolled by the choice."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: list[_Row] = []
        self._marks: list[str] = []
        self._current = -1
        self._first = 0
        self._most = MOST_ROWS
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spoken_as(self, "list")
        self.setAccessibleName(look.text("shell.palette"))

    def show_rows(self, rows: list[_Row], marks: list[str]) -> None:
        self._rows, self._marks = rows, marks
        self._current = next((index for index, row in enumerate(rows) if row.found is not None), -1)
        self._first = 0
        self._speak()
        self.updateGeometry()
        self.update()

    def current(self) -> Found | None:
        return self._rows[self._current].found if 0 <= self._current < len(self._rows) else None

    def titles(self) -> list[str]:
        """What can be chosen, from the top."""
        return [row.title for row in self._rows if row.found is not None]

    def keep_within(self, rows: int) -> None:
        self._most = rows
        self.updateGeometry()

    def move_by(self, step: int) -> None:
        choosable = [index for index, row in enumerate(self._rows) if row.found is not None]
        if not choosable:
            return
        place = choosable.index(self._current) + step if self._current in choosable else 0
        place = place % len(choosable) if abs(step) == 1 else min(max(place, 0), len(choosable) - 1)
        self._current = choosable[place]
        top = self._current - 1 if self._current and self._rows[self._current - 1].found is None else self._current
        if top < self._first:
            self._first = top
        while sum(self._height(row) for row in self._rows[self._first : self._current + 1]) > self.height() - 12:
            self._first += 1
        self._speak()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        height = sum(self._height(row) for row in self._rows)
        return QSize(theme.px(320), min(height, self._most * theme.px(36)) + theme.px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, rect in self._laid_out():
            row = self._rows[index]
            if row.found is None:
                self._paint_section(painter, rect, row.title)
            else:
                self._paint_found(painter, rect, row.found, index == self._current)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position().y())
        if index is not None and index != self._current:
            self._current = index
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._at(event.position().y()) is not None:
            self.chosen.emit(self.current())

    # ---- inside

    def _speak(self) -> None:
        found = self.current()
        said = f"{found.title} {found.detail}".strip() if found else ""
        if said and said != self.accessibleDescription() and self.isVisible() and QAccessible.isActive():
            announce(self, said, "info")  # the keyboard is in the field above
        self.setAccessibleDescription(said)

    def _height(self, row: _Row) -> int:
        return self._look.theme.px(36 if row.found is not None else 28)

    def _laid_out(self) -> list[tuple[int, QRectF]]:
        theme = self._look.theme
        y = float(theme.px(6))
        laid = []
        for index in range(self._first, len(self._rows)):
            height = self._height(self._rows[index])
            if y + height > self.height() - theme.px(4):
                break
            laid.append((index, QRectF(theme.px(8), y, self.width() - theme.px(16), height)))
            y += height
        if laid and self._rows[laid[-1][0]].found is None:
            laid.pop()  # a section's title alone says nothing
        return laid

    def _at(self, y: float) -> int | None:
        for index, rect in self._laid_out():
            if rect.top() <= y < rect.bottom() and self._rows[index].found is not None:
                return index
        return None

    def _paint_section(self, painter: QPainter, rect: QRectF, title: str) -> None:
        theme = self._look.theme
        painter.setPen(theme.color("text.tertiary"))
        painter.setFont(theme.font("captionStrong"))
        painter.drawText(rect.adjusted(theme.px(8), theme.px(6), 0, 0), int(Qt.AlignmentFlag.AlignVCenter), title)

    def _paint_found(self, painter: QPainter, rect: QRectF, found: Found, current: bool) -> None:
        theme = self._look.theme
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.selected"))
            painter.drawRoundedRect(rect, theme.radius("m"), theme.radius("m"))
        side = theme.px(16)
        ink = "accent.text" if current else "text.secondary"
        self._look.icons.paint(painter, QRectF(rect.left() + theme.px(10), rect.top(), side, rect.height()), found.icon, ink)
        right = rect.right() - theme.px(10)
        if found.keys:
            width = caps_width(self._look, found.keys, 8)
            cap = theme.size("control.key")
            paint_caps(painter, right - width, rect.center().y() - cap / 2, self._look, found.keys, "plain", 8)
            right -= width + theme.px(12)
        x = rect.left() + theme.px(36)
        x = self._paint_marked(painter, x, right, rect, found.title, "body", theme.color("text.primary"))
        if found.detail:
            self._paint_marked(painter, x + theme.px(10), right, rect, found.detail, "caption", theme.color("text.tertiary"))

    def _paint_marked(
        self, painter: QPainter, x: float, right: float, rect: QRectF, text: str, role: str, ink: QColor
    ) -> float:
        """Text whose found letters are strong and in the accent colour; elided at `right`. Answers where it ends."""
        theme = self._look.theme
        plain, strong = theme.font(role), theme.font(role, weight=700)
        for piece, marked in _pieces(text, self._marks):
            font = strong if marked else plain
            painter.setFont(font)
            painter.setPen(QPen(theme.color("accent.text") if marked else ink))
            room = right - x
            if room <= theme.px(12):
                break
            shown = painter.fontMetrics().elidedText(piece, Qt.TextElideMode.ElideRight, int(room) + 1)
            painter.drawText(QRectF(x, rect.top(), room + 2, rect.height()), int(Qt.AlignmentFlag.AlignVCenter), shown)
            x += text_width(shown, font)
            if shown != piece:
                break
        return x


def _pieces(text: str, marks: Sequence[str]) -> list[tuple[str, bool]]:
    """The text cut where the typed words begin and end."""
    plain = folded(text)
    if len(plain) != len(text):
        return [(text, False)]
    lit = [False] * len(text)
    for mark in marks:
        place = plain.find(mark)
        if place >= 0:
            lit[place : place + len(mark)] = [True] * len(mark)
    pieces: list[tuple[str, bool]] = []
    for character, marked in zip(text, lit, strict=True):
        if pieces and pieces[-1][1] == marked:
            pieces[-1] = (pieces[-1][0] + character, marked)
        else:
            pieces.append((character, marked))
    return pieces


class _Foot(QWidget):
    """The keys of the palette itself."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(KeyHint(look, ("Return",), look.text("shell.palette_do")))
        row.addWidget(KeyHint(look, ("Escape",), look.text("shell.palette_close")))
        row.addStretch(1)
        for prefix, text_id in zip(PREFIXES, ("actions", "customers", "posts", "answers"), strict=True):
            row.addWidget(KeyHint(look, (prefix,), look.text(f"shell.palette_{text_id}")))
