"""One pillar or category in Settings: its picture, its name that is written over in place, whether it is offered, and the ways to move it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.sorting import PILLAR, Sort, Sorts
from app.runtime.setting_values import LONGEST_SORT
from app.ui.key_names import key_name, this_system
from app.ui.list_keys import MOVES
from app.ui.look import Look
from app.ui.safe_text import one_line
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.checks import Switch
from app.ui.widgets.field import LineField
from app.ui.widgets.text import Label, draw_text

TILE, GLYPH = 34, 18
OWN_KEYS = ("Up", "Down", "Home", "End", "Return", "Space", "Delete", "I", "N")
"""Of a row, whatever the page's commands are bound to; beside those of every list."""


def look_of(look: Look, kind: str, number: str) -> tuple[str, str]:
    """Hue and icon."""
    return look.theme.pillar(number) if kind == PILLAR else look.theme.category(number)


class SortTile(QAbstractButton):
    """Icon on its tint; opens what both are chosen with."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.hue, self.icon_name = "slate", ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_look(self, name: str, hue: str, icon: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.hue, self.icon_name = hue, icon
        self.update()

    def sizeHint(self) -> QSize:
        side = self._look.theme.px(TILE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.hue(self.hue, "tint"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.radius("m"), theme.radius("m"))
        side = px(GLYPH)
        room = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        self._look.icons.paint(painter, room, self.icon_name, theme.hue(self.hue, "text"))


class SortName(QAbstractButton):
    """Name, and below it what is to know of it. All keys of a row act here."""

    pressed_key = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._title = self._said = ""
        self._faint = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ownKeys", list(OWN_KEYS))
        self.setProperty("takesMoves", True)
        self.moves = MOVES
        self.clicked.connect(lambda: self.pressed_key.emit("F2"))

    @property
    def title(self) -> str:
        return self._title

    @property
    def said(self) -> str:
        return self._said

    def show_words(self, title: str, said: str, spoken: str, *, faint: bool) -> None:
        """`spoken` is what a screen reader says of it."""
        self._title, self._said, self._faint = one_line(title), one_line(said), faint
        self.setAccessibleName(spoken)
        self.setAccessibleDescription(self._said)
        self.setToolTip(self._title)
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(theme.px(220), max(theme.px(46), theme.line("body") + theme.line("caption") + theme.px(10)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(110), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        moves = {Qt.Key.Key_Up: "Alt+Up", Qt.Key.Key_Down: "Alt+Down"}
        name = key_name(event, this_system())
        if alt and event.key() in moves:
            self.pressed_key.emit(moves[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed_key.emit("F2")
        elif event.key() == Qt.Key.Key_Menu:
            self.pressed_key.emit("Menu")
        elif name in self.moves:
            self.pressed_key.emit("Down" if self.moves[name] > 0 else "Up")
        elif name in OWN_KEYS:
            self.pressed_key.emit(name)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(QPen(theme.color("border.subtle"), 1))
            painter.setBrush(theme.color("surface.hover"))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("m"), theme.radius("m")
            )
        height = theme.line("body") + (theme.line("caption") if self._said else 0)
        top, width = (self.height() - height) / 2, self.width() - px(16)
        painter.setPen(theme.color("text.tertiary" if self._faint else "text.primary"))
        draw_text(painter, QRectF(px(8), top, width, theme.line("body")), self._title, theme.font("body", weight=500))
        painter.setPen(theme.color("text.tertiary"))
        draw_text(
            painter,
            QRectF(px(8), top + theme.line("body"), width, theme.line("caption")),
            self._said,
            theme.font("caption"),
        )


class NameLine(QWidget):
    """Where a name is typed, and below it what is wrong with it. Enter keeps it; so does whoever goes elsewhere."""

    kept = Signal(str)

    def __init__(self, look: Look, name: str, text: str, placeholder: str) -> None:
        super().__init__()
        self._look = look
        self._before = text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.theme.px(6), 0, look.theme.px(6))
        column.setSpacing(look.theme.px(2))
        self.line = LineField(look, name, text, placeholder)
        self.line.setMaxLength(LONGEST_SORT)
        self.line.selectAll()
        self.line.editingFinished.connect(self._finished)
        column.addWidget(self.line)
        self._wrong = Label(look, "", "caption", "status.danger.text", wrap=True)
        self._wrong.hide()
        column.addWidget(self._wrong)

    @property
    def wrong(self) -> str:
        return self._wrong.text() if not self._wrong.isHidden() else ""

    def complain(self, sentence: str) -> None:
        """Say what is wrong; what was typed stays."""
        self.line.mark_wrong(bool(sentence))
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def _finished(self) -> None:
        self.kept.emit(self.line.text())


class SortRow(QWidget):
    """Says `asked(what)`: "look", "rename", "on", "off", "up", "down", "menu", "remove", "new", "previous", "next", "first", "last"."""

    asked = Signal(str)
    named = Signal(str)
    """What was typed as its name."""

    def __init__(self, look: Look, *, read_only: bool) -> None:
        super().__init__()
        self._look = look
        self.sort = Sort("")
        self.field: NameLine | None = None
        self._read_only = read_only
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(6))
        self.tile = SortTile(look)
        self.tile.clicked.connect(lambda: self.asked.emit("look"))
        self.name = SortName(look)
        self.name.pressed_key.connect(self._pressed)
        self.switch = Switch(look, "")
        self.switch.toggled.connect(lambda on: self.asked.emit("on" if on else "off"))
        self.up = IconButton(look, "arrow-up-bold", "", clicked=lambda: self.asked.emit("up"))
        self.down = IconButton(look, "arrow-down-bold", "", clicked=lambda: self.asked.emit("down"))
        self.more = IconButton(look, "dots-three-bold", "", clicked=lambda: self.asked.emit("menu"))
        row.addWidget(self.tile)
        row.addWidget(self.name, 1)
        for widget in (self.switch, self.up, self.down, self.more):
            row.addWidget(widget)

    def show_sort(self, sorts: Sorts, sort: Sort, said: str, place: tuple[int, int]) -> None:
        """`place` is its own, counted from 0, and of how many. What is being typed stays."""
        look, self.sort = self._look, sort
        name, offered, changes = look.text(sorts.word(sort.id)), sorts.offers(sort.id), not self._read_only
        self.tile.show_look(look.text("sorting.look", name=name), *look_of(look, sorts.kind, sort.id))
        state = "" if offered else f", {look.text('sorting.not_offered')}"
        spoken = look.text("sorting.row_name", place=place[0] + 1, of=place[1], name=name) + state
        self.name.show_words(name, said, spoken, faint=not offered)
        blocked = self.switch.blockSignals(True)
        self.switch.setChecked(offered)
        self.switch.blockSignals(blocked)
        self.switch.setAccessibleName(look.text("sorting.offer", name=name))
        self._can_switch = sorts.may_rest(sort.id) and changes
        policy = self.switch.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.switch.setSizePolicy(policy)
        self.switch.setVisible(sorts.may_rest(sort.id))
        self.switch.setEnabled(self._can_switch)
        for button, word in ((self.up, "up"), (self.down, "down"), (self.more, "more")):
            button.rename(look.text(f"sorting.{word}", name=name))
        self.up.setEnabled(place[0] > 0 and changes)
        self.down.setEnabled(place[0] < place[1] - 1 and changes)
        self.tile.setEnabled(changes)
        self.more.setEnabled(changes)

    def parts(self) -> dict[str, QWidget]:
        """What can have the keyboard, by name."""
        return {
            "name": self.name,
            "tile": self.tile,
            "switch": self.switch,
            "up": self.up,
            "down": self.down,
            "more": self.more,
        }

    def rename(self, text: str | None = None) -> NameLine:
        """The name becomes a field; `text` is what was being typed already."""
        if self.field is None:
            word = self._look.text("sorting.name")
            self.field = NameLine(self._look, word, self.sort.name or self.name.title, "")
            layout = self.layout()
            assert isinstance(layout, QHBoxLayout)
            layout.insertWidget(layout.indexOf(self.name), self.field, 1)
            self.name.hide()
            self.field.show()
            self.field.kept.connect(self.named.emit)
            if text is not None:
                self.field.line.setText(text)
            self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.field

    def stop(self) -> None:
        """No field any more; what was typed is forgotten."""
        field, self.field = self.field, None
        if field is None:
            return
        held = field.line.hasFocus()
        field.line.blockSignals(True)
        self.name.show()
        if held:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        field.hide()
        field.deleteLater()

    def menu_place(self) -> QPoint:
        return self.more.mapToGlobal(QPoint(0, self.more.height()))

    def _pressed(self, key: str) -> None:
        walks = {"Up": "previous", "Down": "next", "Home": "first", "End": "last"}
        acts = {
            "F2": "rename",
            "Return": "rename",
            "I": "look",
            "Alt+Up": "up",
            "Alt+Down": "down",
            "Menu": "menu",
            "Delete": "remove",
            "N": "new",
        }
        if key in walks:
            self.asked.emit(walks[key])
        elif key == "Space" and self._can_switch:
            self.switch.toggle()
        elif key in acts and not self._read_only:
            self.asked.emit(acts[key])


class NewRow(QWidget):
    """A pillar that is being added: only its name so far."""

    kept = Signal(str)

    def __init__(self, look: Look, cancel: Callable[[], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.theme.px(TILE + 6), 0, 0, 0)
        row.setSpacing(look.theme.px(6))
        self.field = NameLine(look, look.text("sorting.new_name"), "", look.text("sorting.new_example"))
        self.field.kept.connect(self.kept.emit)
        row.addWidget(self.field, 1)
        self.add = Button(
            look,
            look.text("sorting.add"),
            key="Return",
            size="small",
            clicked=lambda: self.kept.emit(self.field.line.text()),
        )
        row.addWidget(self.add)
        row.addWidget(IconButton(look, "x", look.text("shell.close"), key="Escape", clicked=cancel))
