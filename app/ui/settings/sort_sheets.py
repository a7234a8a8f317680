"""The sheets of Categories and pillars: icon and colour, and what becomes of all that has a pillar that is taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from app.models.sorting import HUES, ICONS, Uses
from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label

SIDE = 36
Part = Literal["icon", "hue"]


class LookTile(QAbstractButton):
    """One icon, or one hue, of those to choose from; the chosen one has a frame, a chosen hue its check besides."""

    walked = Signal(int)
    decided = Signal()

    def __init__(self, look: Look, part: Part, value: str, name: str) -> None:
        super().__init__()
        self._look = look
        self.part, self.value = part, value
        self.hue = ""
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ownKeys", ["Left", "Right", "Up", "Down", "Home", "End", "Return"])

    def sizeHint(self) -> QSize:
        side = self._look.theme.px(SIDE)
        return QSize(side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -len(ICONS), Qt.Key.Key_End: len(ICONS)}
        holder = self.parentWidget()
        columns = max(1, (holder.width() if holder is not None else 0) // (self.width() + self._look.theme.px(4)))
        steps |= {Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        if event.key() in steps:
            self.walked.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decided.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hue, chosen = self.value if self.part == "hue" else self.hue, self.isChecked()
        room = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        ground = (
            theme.hue(hue, "tint")
            if chosen or self.part == "hue"
            else theme.color("surface.hover" if self.underMouse() else "surface.raised")
        )
        painter.setPen(QPen(theme.hue(hue, "strong"), 2) if chosen else QPen(theme.color("border.subtle"), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(room, theme.radius("m"), theme.radius("m"))
        inner = room.adjusted(px(7), px(7), -px(7), -px(7))
        if self.part == "icon":
            self._look.icons.paint(
                painter, inner, f"ph.{self.value}", theme.hue(hue, "text") if chosen else "text.secondary"
            )
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.hue(hue, "strong"))
        painter.drawEllipse(inner)
        if chosen:
            self._look.icons.paint(
                painter, inner.adjusted(px(3), px(3), -px(3), -px(3)), "check-bold", "surface.raised"
            )


class LookSheet(Sheet):
    """Arrow keys choose, Enter keeps. `keep` hears (icon, hue); both empty: as it came with the program."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        name: str,
        icon: str,
        hue: str,
        keep: Callable[[str, str], object],
        *,
        may_reset: bool,
    ) -> None:
        super().__init__(look, host, look.text("sorting.look", name=name), width=540)
        self._keep = keep
        self._groups: dict[str, QButtonGroup] = {}
        self.tiles: dict[str, list[LookTile]] = {}
        self.body.addWidget(Label(look, look.text("sorting.hue"), "bodyStrong"))
        self._add("hue", [(each, look.text(f"campaigns.hue.{each}")) for each in HUES], hue)
        self.body.addWidget(Label(look, look.text("sorting.icon"), "bodyStrong"))
        self._add("icon", [(each, look.text(f"sorting.icon.{each}")) for each in ICONS], icon)
        self._tint()
        done = Button(look, look.text("sorting.keep"), key="Return", kind="primary", clicked=self.decide)
        reset = [Button(look, look.text("sorting.as_it_came"), kind="flat", clicked=self._reset)] if may_reset else []
        self.offer(done, aside=reset)

    def settle_focus(self) -> None:
        self._chosen("icon").setFocus(Qt.FocusReason.OtherFocusReason)

    def decide(self) -> None:
        self._end(self._chosen("icon").value, self._chosen("hue").value)

    def _reset(self) -> None:
        self._end("", "")

    def _end(self, icon: str, hue: str) -> None:
        self.close_now()
        self._keep(icon, hue)

    def _add(self, part: Part, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        holder = QWidget()
        flow = FlowLayout(holder, self._look.theme.px(4))
        group = self._groups[part] = QButtonGroup(self)
        tiles = self.tiles[part] = []
        for value, name in choices:
            tile = LookTile(self._look, part, value, name)
            tile.setChecked(value == chosen)
            tile.walked.connect(lambda step, tile=tile: self._walk(tile, step))
            tile.decided.connect(self.decide)
            group.addButton(tile)
            tiles.append(tile)
            flow.addWidget(tile)
        if group.checkedButton() is None:
            tiles[0].setChecked(True)
        group.buttonClicked.connect(lambda _tile: self._tint())
        self._stop_once(part)
        self.body.addWidget(holder)

    def _chosen(self, part: Part) -> LookTile:
        return next(tile for tile in self.tiles[part] if tile.isChecked())

    def _walk(self, tile: LookTile, step: int) -> None:
        tiles = self.tiles[tile.part]
        place = tiles.index(tile) + step
        if abs(step) >= len(ICONS):
            place = min(max(place, 0), len(tiles) - 1)
        if 0 <= place < len(tiles):
            tiles[place].setChecked(True)
            self._stop_once(tile.part)
            tiles[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._tint()

    def _stop_once(self, part: Part) -> None:
        """Tab stops at the chosen one alone."""
        for tile in self.tiles[part]:
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tile.isChecked() else Qt.FocusPolicy.ClickFocus)

    def _tint(self) -> None:
        hue = self._chosen("hue").value
        for part in self.tiles:
            self._stop_once("icon" if part == "icon" else "hue")
        for tile in self.tiles.get("icon", ()):
            tile.hue = hue
            tile.update()


class RemoveSheet(Sheet):
    """Says how much there is; it is given to another pillar, or the pillar is only offered no more. `give` hears to which; empty: to none."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        name: str,
        uses: Uses,
        others: Sequence[tuple[str, str]],
        give: Callable[[str], object],
        rest: Callable[[], object] | None,
    ) -> None:
        """`rest` is None where it is not offered already."""
        super().__init__(look, host, look.text("sorting.remove_title", name=name), width=480)
        self._give, self._rest = give, rest
        self.body.addWidget(Label(look, look.text("sorting.still", uses=uses_text(look, uses)), "body", wrap=True))
        self.body.addWidget(Label(look, look.text("sorting.give_to"), "bodyStrong"))
        self.into = Select(look, look.text("sorting.give_to"), [*others, (look.text("composer.no_pillar"), "")])
        self.body.addWidget(self.into)
        self.go = Button(look, look.text("sorting.give"), kind="primary", clicked=self._go)
        self.rest = Button(look, look.text("sorting.only_rest"), clicked=self._only_rest) if rest is not None else None
        cancel = Button(look, look.text("restore.cancel"), kind="flat", clicked=self.close_now)
        self.offer(self.go, *filter(None, (self.rest,)), cancel)

    def _only_rest(self) -> None:
        self.close_now()
        if self._rest is not None:
            self._rest()

    def _go(self) -> None:
        self.close_now()
        self._give(str(self.into.currentData()))


def uses_text(look: Look, uses: Uses) -> str:
    """ "12 posts, 3 good times and 1 pattern"; empty for none."""
    parts = [look.text(f"sorting.uses.{kind}", n=many) for kind, many in uses._asdict().items() if many]
    return look.words.listing(parts)
