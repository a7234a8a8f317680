"""Paints the rows of the list, 92 high or 64 compact, and says them to a screen reader; widths and wrapped lines are kept by content."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.models.conversation import ConversationRow, ConversationState
from app.ui.inbox.groups import Title
from app.ui.inbox.paragraphs import elided_lines
from app.ui.inbox.safe_text import one_line
from app.ui.inbox.times import in_row
from app.ui.look import Look
from app.ui.widgets.avatar import paint_avatar
from app.ui.widgets.checks import paint_check
from app.ui.widgets.chip import Chip, category_chip, chip_width, language_chip, paint_chip
from app.ui.widgets.countdown import Countdown, countdown, countdown_width, paint_countdown
from app.ui.widgets.empty_state import paint_skeleton_row
from app.ui.widgets.row_list import paint_row_ground
from app.ui.widgets.text import draw_text, text_width
from app.ui.windowed_model import RowRole, TickedRole

STRIP = 28
"""Height of a group's title."""
_KEPT = 400
_PICTURES = 32
"""Rows kept as they were painted: a screenful and a little more."""
_NAMES = {"x": "X", "vk": "VK", "youtube": "YouTube"}

_DRAWN = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_KeyboardFocusChange

Index = QModelIndex | QPersistentModelIndex


def network_name(network: str) -> str:
    """A network's own name."""
    return _NAMES.get(network, network.capitalize())


def due(look: Look, row: ConversationRow, now: datetime) -> Countdown | None:
    """What stands at the right of a row: when the answer is due, or when it comes back."""
    if row.state is ConversationState.SNOOZED and row.snoozed_until is not None:
        return Countdown("calm", in_row(look, row.snoozed_until, now), 0.25)
    if row.state is ConversationState.NEEDS_ANSWER and row.answer_by is not None:
        return countdown(look, row.answer_by, now, in_row(look, row.answer_by, now))
    return None


def row_name(look: Look, row: ConversationRow, now: datetime) -> str:
    """What a screen reader says of a row."""
    said = [one_line(row.author), network_name(row.network), look.text(f"category.{row.category}")]
    if row.language:
        said.append(row.language)
    shown = due(look, row, now)
    if shown is not None:
        known = {"late": "inbox.name_late", "soon": "inbox.name_left", "calm": "inbox.name_by"}
        said.append(look.text(known[shown.level], time=shown.text))
    if row.unread:
        said.append(look.text("inbox.name_unread"))
    return ", ".join([*said, one_line(row.snippet)])


@dataclass(slots=True)
class _Picture:
    """A row as it was painted last, and what it was painted from."""

    row: ConversationRow
    due: Countdown | None
    pixmap: QPixmap


@dataclass(slots=True)
class _Prepared:
    """What of a row takes time to find: its lines, elided and laid out."""

    name: QStaticText
    name_width: float
    lines: list[QStaticText]


class RowPainter(QStyledItemDelegate):
    """The delegate of the list. `title_of` gives the strip above a row, if it begins a group."""

    def __init__(
        self, look: Look, now: Callable[[], datetime], title_of: Callable[[int], Title | None], has_focus: Callable[[], bool]
    ) -> None:
        """`has_focus` answers whether the keyboard is in the list."""
        super().__init__()
        self._has_focus = has_focus
        self._taken = 0.0
        self._room = 0.0
        self._ratio = 1.0
        self._plain = QStyle.StateFlag.State_None
        self._look = look
        self._now = now
        self._title_of = title_of
        self._prepared: OrderedDict[tuple[Any, ...], _Prepared] = OrderedDict()
        self._faces: OrderedDict[tuple[Any, ...], QPixmap] = OrderedDict()
        self._pictures: OrderedDict[tuple[Any, ...], _Picture] = OrderedDict()
        look.theme.changed.connect(self.forget)

    def forget(self) -> None:
        """Theme, zoom or language changed."""
        self._prepared.clear()
        self._faces.clear()
        self._pictures.clear()

    def time_passes(self) -> None:
        """Perhaps it is another day: times are written anew."""
        self._pictures.clear()

    @property
    def row_height(self) -> int:
        compact = self._look.theme.density == "compact"
        return self._look.theme.size("row.messageCompact" if compact else "row.messageComfortable")

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        strip = self._look.theme.px(STRIP) if self._title_of(index.row()) else 0
        return QSize(self._look.theme.px(288), self.row_height + strip)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._look.theme
        box = QRectF(option.rect)
        # A scroll bar takes its room from the inset at the right, so that texts end where they would without it.
        self._taken = max(0.0, option.widget.width() - box.width()) if option.widget is not None else 0.0
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        title = self._title_of(index.row())
        if title is not None and box.height() > self.row_height:
            strip = QRectF(box.left(), box.top(), box.width(), box.height() - self.row_height)
            self._paint_title(painter, strip, title)
            box.setTop(strip.bottom())
        row = index.data(RowRole)
        if not isinstance(row, ConversationRow):
            painter.fillRect(box, theme.color("surface.base"))
            paint_skeleton_row(painter, box, self._look, compact=theme.density == "compact")
        else:
            self._ratio = painter.device().devicePixelRatio()
            self._plain = option.state & QStyle.StateFlag.State_KeyboardFocusChange
            self._room = box.width()
            ticked = bool(index.data(TickedRole))
            painter.drawPixmap(box.topLeft(), self._picture(box.width(), row, option.state, ticked))
        painter.restore()

    def paint_ahead(self, row: ConversationRow, *, selected: bool, ticked: bool) -> None:
        """Paint a row as it will look when the selection moves, while nobody waits."""
        if self._room > 0:
            state = self._plain | QStyle.StateFlag.State_Selected if selected else self._plain
            self._picture(self._room, row, state, ticked)

    def _picture(self, width: float, row: ConversationRow, state: QStyle.StateFlag, ticked: bool) -> QPixmap:
        """The row painted, from the pictures if nothing about it changed."""
        ratio = self._ratio
        key = (row.id, (state & _DRAWN).value, self._has_focus(), ticked, width, self._taken, ratio)
        shown = due(self._look, row, self._now())
        found = self._pictures.get(key)
        if found is not None and found.row is row and found.due == shown:
            self._pictures.move_to_end(key)
            return found.pixmap
        height = self.row_height
        pixmap = QPixmap(round(width * ratio), round(height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        inner = QPainter(pixmap)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(0, 0, width, height)
        ground = self._paint_ground(inner, room, state, ticked)
        paint = self._paint_compact if self._look.theme.density == "compact" else self._paint_comfortable
        paint(inner, room, row, ground, ticked, shown)
        inner.end()
        self._pictures[key] = _Picture(row, shown, pixmap)
        while len(self._pictures) > _PICTURES:
            self._pictures.popitem(last=False)
        return pixmap

    def _right_inset(self, usual: float) -> float:
        return max(float(self._look.theme.px(4)), usual - self._taken)

    # ---- pieces

    def _paint_title(self, painter: QPainter, box: QRectF, title: Title) -> None:
        theme = self._look.theme
        painter.fillRect(box, theme.color("surface.window"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("border.subtle"))
        inset = theme.px(16 if theme.density == "comfortable" else 14)
        painter.setPen(theme.color("text.tertiary"))
        room = box.adjusted(inset, 0, -self._right_inset(inset), -1)
        if title.count is not None:
            font = theme.font("caption", tabular=True)
            painter.setFont(font)
            text = self._look.number(title.count)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
            room.setRight(room.right() - text_width(text, font) - theme.px(8))
        draw_text(painter, room, self._look.text(f"inbox.group.{title.group}"), theme.font("captionStrong"))

    def _paint_ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag, ticked: bool) -> str:
        return paint_row_ground(
            painter,
            box,
            self._look,
            selected=bool(state & QStyle.StateFlag.State_Selected),
            list_focused=self._has_focus(),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver) and not ticked,
            ring=bool(state & QStyle.StateFlag.State_KeyboardFocusChange),
            ground="surface.selected" if ticked else "surface.base",
        )

    def _paint_comfortable(
        self, painter: QPainter, box: QRectF, row: ConversationRow, ground: str, ticked: bool, shown: Countdown | None
    ) -> None:
        theme, look = self._look.theme, self._look
        left, right = box.left() + theme.px(16), box.right() - self._right_inset(theme.px(14))
        self._paint_face(painter, QPointF(left, box.top() + theme.px(11)), row, ground, ticked)
        left += theme.size("avatar.m") + theme.px(12)
        y = box.top() + theme.px(9)
        prepared = self._paint_first_line(painter, left, right, y, row, lines=2)
        y += theme.line("bodyStrong")
        painter.setPen(theme.color("text.secondary"))
        for number, line in enumerate(prepared.lines):
            self._draw(painter, line, left, y + number * theme.line("small"), theme.line("small"), theme.font("small"))
        y += 2 * theme.line("small") + theme.px(3)
        chip = theme.size("control.chip")
        end = right - (countdown_width(look, shown) + theme.px(6) if shown is not None else 0)
        x = left
        painter.save()
        painter.setClipRect(QRectF(left, y, max(0.0, end - left), chip))
        x += self._draw_chip(painter, x, y, category_chip(look, row.category), ground, chip) + theme.px(6)
        if row.language:
            low = theme.px(18)
            self._draw_chip(painter, x, y + (chip - low) // 2, language_chip(row.language), ground, low)
        painter.restore()
        if shown is not None:
            paint_countdown(painter, right, y, chip, look, shown)

    def _paint_compact(
        self, painter: QPainter, box: QRectF, row: ConversationRow, ground: str, ticked: bool, shown: Countdown | None
    ) -> None:
        theme, look = self._look.theme, self._look
        left, right = box.left() + theme.px(14), box.right() - self._right_inset(theme.px(12))
        self._paint_face(painter, QPointF(left, box.top() + theme.px(11)), row, ground, ticked)
        left += theme.size("avatar.m") + theme.px(12)
        y = box.top() + theme.px(9)
        spare = countdown_width(look, shown) + theme.px(6) if shown is not None else 0
        prepared = self._paint_first_line(painter, left, right, y, row, lines=1, taken=theme.px(20) + spare)
        y += theme.line("bodyStrong") + theme.px(1)
        height = theme.line("small")
        hue, icon = theme.category(row.category)
        look.icons.paint(painter, QRectF(left, y, theme.px(14), height), icon, theme.hue(hue, "text"))
        painter.setPen(theme.color("text.secondary"))
        for line in prepared.lines:
            self._draw(painter, line, left + theme.px(20), y, height, theme.font("small"))
        if shown is not None:
            paint_countdown(painter, right, y, height, look, shown)

    def _paint_face(self, painter: QPainter, at: QPointF, row: ConversationRow, ground: str, ticked: bool) -> None:
        theme = self._look.theme
        side = theme.size("avatar.m")
        if ticked:
            mark = theme.size("control.checkbox")
            paint_check(painter, QRectF(at.x() + (side - mark) / 2, at.y() + (side - mark) / 2, mark, mark), self._look, checked=True)
            return
        ratio = painter.device().devicePixelRatio()
        key = (row.customer_id, row.author, row.network, ground, side, ratio)
        face = self._faces.get(key)
        if face is None:
            room = side + theme.px(8)
            face = QPixmap(round(room * ratio), round(room * ratio))
            face.setDevicePixelRatio(ratio)
            face.fill(Qt.GlobalColor.transparent)
            inner = QPainter(face)
            paint_avatar(
                inner, QRectF(0, 0, side, side), self._look, one_line(row.author), row.customer_id, network=row.network, ring=ground
            )
            inner.end()
            self._keep(self._faces, key, face)
        painter.drawPixmap(at, face)

    def _draw_chip(self, painter: QPainter, x: float, y: float, chip: Chip, ground: str, height: int) -> float:
        """There are few different chips: each is painted once on each ground."""
        ratio = painter.device().devicePixelRatio()
        key = (chip, ground, ratio)
        found = self._faces.get(key)
        if found is None:
            width = round(chip_width(self._look, chip))
            found = QPixmap(round(width * ratio), round(height * ratio))
            found.setDevicePixelRatio(ratio)
            found.fill(self._look.theme.color(ground))
            inner = QPainter(found)
            paint_chip(inner, 0, 0, self._look, chip, height)
            inner.end()
            self._keep(self._faces, key, found)
        painter.drawPixmap(QPointF(x, y), found)
        return found.deviceIndependentSize().width()

    def _paint_first_line(
        self, painter: QPainter, left: float, right: float, y: float, row: ConversationRow, *, lines: int, taken: float = 0
    ) -> _Prepared:
        """Name, unread dot and time; answers the snippet's lines for what comes below."""
        theme = self._look.theme
        height = theme.line("bodyStrong")
        time = in_row(self._look, row.last_at, self._now())
        small = theme.font("caption", tabular=True)
        painter.setFont(small)
        painter.setPen(theme.color("text.tertiary"))
        painter.drawText(
            QRectF(left, y, right - left, height), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), time
        )
        room = right - left - text_width(time, small) - theme.px(8) - (theme.px(12) if row.unread else 0)
        prepared = self._prepare(row, room, right - left - taken, lines)
        painter.setPen(theme.color("text.primary"))
        self._draw(painter, prepared.name, left, y, height, self._name_font(row))
        if row.unread:
            dot = theme.px(6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent.fill"))
            painter.drawEllipse(QRectF(left + prepared.name_width + theme.px(6), y + (height - dot) / 2, dot, dot))
        return prepared

    def _name_font(self, row: ConversationRow) -> QFont:
        return self._look.theme.font("body", weight=600 if row.unread else 500)

    def _prepare(self, row: ConversationRow, name_room: float, room: float, lines: int) -> _Prepared:
        key = (row.id, row.author, row.snippet, row.unread, round(name_room), round(room), lines)
        found = self._prepared.get(key)
        if found is None:
            theme = self._look.theme
            font = self._name_font(row)
            metrics = QFontMetricsF(font)
            name = metrics.elidedText(one_line(row.author), Qt.TextElideMode.ElideRight, name_room)
            small = theme.font("small")
            elided = QFontMetricsF(small)
            texts = elided_lines(one_line(row.snippet), small, room, lines)
            shown = [elided.elidedText(text.strip(), Qt.TextElideMode.ElideRight, room) for text in texts]
            statics = [_static(text, small) for text in shown]
            found = _Prepared(_static(name, font), metrics.horizontalAdvance(name), statics)
            self._keep(self._prepared, key, found)
        else:
            self._prepared.move_to_end(key)
        return found

    def _draw(self, painter: QPainter, text: QStaticText, x: float, y: float, height: float, font: QFont) -> None:
        painter.setFont(font)
        painter.drawStaticText(QPointF(x, round(y + (height - text.size().height()) / 2)), text)

    @staticmethod
    def _keep(cache: OrderedDict[tuple[Any, ...], Any], key: tuple[Any, ...], value: object) -> None:
        cache[key] = value
        while len(cache) > _KEPT:
            cache.popitem(last=False)


def _static(text: str, font: QFont) -> QStaticText:
    static = QStaticText(text)
    static.setTextFormat(Qt.TextFormat.PlainText)  # what strangers write is never markup
    static.prepare(font=font)
    return static
