"""Paints the rows of the list, 92 high or 64 compact, and says them to a screen reader; widths and wrapped lines are kept by content."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap

from app.models.conversation import ConversationRow, ConversationState
from app.ui.inbox.groups import Title
from app.ui.inbox.snippets import elided_lines
from app.ui.inbox.times import in_row
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import one_line, person
from app.ui.widgets.avatar import hue_of, paint_avatar, paint_initials
from app.ui.widgets.checks import paint_check
from app.ui.widgets.chip import Chip, category_chip, chip_width, language_chip, paint_chip, shortened_chip
from app.ui.widgets.countdown import Countdown, countdown, countdown_width, paint_countdown
from app.ui.widgets.fill import fill
from app.ui.widgets.row_list import BY_KEYBOARD, HOVERED, SELECTED, paint_row_ground
from app.ui.widgets.skeleton import paint_skeleton_row
from app.ui.widgets.text import draw_text, text_width

STRIP = 28
"""Height of a group's title."""
_ICON_ROOM = 20
"""What the category's icon takes from the line it stands in, where rows are compact."""
_FLAG_ROOM = 19
"""What the flag of a priority takes."""
FOUND_GROUND = 0.32
"""How much of the gold shows behind what was found."""
_KEPT = 400
_PICTURES = 32
"""Rows kept as they were painted: a screenful and a little more."""


def due(look: Look, row: ConversationRow, now: datetime) -> Countdown | None:
    """What stands at the right of a row: when the answer is due, or when it comes back."""
    if row.state is ConversationState.SNOOZED and row.snoozed_until is not None:
        return Countdown("calm", in_row(look, row.snoozed_until, now), 0.25)
    if row.state is ConversationState.NEEDS_ANSWER and row.answer_by is not None:
        return countdown(look, row.answer_by, now, in_row(look, row.answer_by, now))
    return None


def counts_down(row: ConversationRow) -> bool:
    """Whether what stands at the right of a row changes with the minutes."""
    return row.state is ConversationState.NEEDS_ANSWER and row.answer_by is not None


def row_name(look: Look, row: ConversationRow, now: datetime) -> str:
    """What a screen reader says of a row."""
    said = [person(row.author, row.handle), network_name(row.network), look.text(f"category.{row.category}")]
    if row.language:
        said.append(row.language)
    shown = due(look, row, now)
    if shown is not None:
        known = {"late": "inbox.name_late", "soon": "inbox.name_left", "calm": "inbox.name_by"}
        said.append(look.text(known[shown.level], time=shown.text))
    if row.priority:
        said.append(look.text("inbox.name_first"))
    if row.unread:
        said.append(look.text("inbox.name_unread"))
    return ", ".join([*said, one_line(row.snippet)])


class _Picture(NamedTuple):
    """A row as it was painted last, and what it was painted from."""

    row: ConversationRow
    pixmap: QPixmap


Mark = tuple[int, float, float]
"""(line, x, width) of something that was found, within the lines of the snippet."""


class _Prepared(NamedTuple):
    """What of a row takes time to find: its texts, elided, and when it is due."""

    row: ConversationRow
    time: str
    time_width: float
    name: str
    name_width: float
    lines: list[str]
    marks: Sequence[Mark]
    due: Countdown | None
    due_width: float
    """With the gap before it."""


class RowPainter:
    """Paints for the list. `title_of` gives the strip above a row, if it begins a group."""

    def __init__(
        self,
        look: Look,
        now: Callable[[], datetime],
        title_of: Callable[[int], Title | None],
        marks: Callable[[int], int],
        has_focus: Callable[[], bool],
    ) -> None:
        """`marks` answers how a row is marked (see `RowList.marks`), `has_focus` whether the keyboard is in the list."""
        self._marks = marks
        self._has_focus = has_focus
        self._taken = 0.0
        self._room = 0.0
        self._ratio = 1.0
        self._plain = 0
        self._look = look
        self._now = now
        self._title_of = title_of
        self.marking: Callable[[str, list[str], QFont], Sequence[Mark]] | None = None
        """Finds what is marked in (snippet, lines as they are drawn, their font); None while nothing is searched."""
        self.face_of: Callable[[str], QPixmap | None] | None = None
        """A person's picture by its address, if it is kept here; None while nobody can tell."""
        self.mark_of: Callable[[ConversationRow], Chip | None] | None = None
        """What stands beside the category, of what is not in the row itself; None while nobody can tell."""
        self._prepared: OrderedDict[tuple[Any, ...], _Prepared] = OrderedDict()
        self._faces: OrderedDict[tuple[Any, ...], QPixmap] = OrderedDict()
        self._pictures: OrderedDict[tuple[Any, ...], _Picture] = OrderedDict()
        self._measures: dict[str, tuple[float, float]] = {}
        """Height of a line and of what stands above its base, by font."""
        self._day: date | None = None
        look.theme.changed.connect(self.forget)

    def forget(self) -> None:
        """Theme, zoom or language changed."""
        self._prepared.clear()
        self._faces.clear()
        self._pictures.clear()

    def forget_faces(self) -> None:
        """Pictures of people came or went."""
        self._faces.clear()
        self._pictures.clear()

    def time_passes(self) -> bool:
        """Countdowns are as old as their pictures: those are forgotten. On another day everything is, for times are written otherwise; then True."""
        today = self._now().astimezone(self._look.words.zone).date()
        another_day, self._day = today != self._day, today
        if another_day:
            self._prepared.clear()
            self._pictures.clear()
            return True
        for key in [key for key, prepared in self._prepared.items() if counts_down(prepared.row)]:
            del self._prepared[key]
        for picture in [key for key, painted in self._pictures.items() if counts_down(painted.row)]:
            del self._pictures[picture]
        return False

    @property
    def row_height(self) -> int:
        compact = self._look.theme.density == "compact"
        return self._look.theme.size("row.messageCompact" if compact else "row.messageComfortable")

    def paint(self, painter: QPainter, box: QRectF, place: int, row: ConversationRow | None, *, ticked: bool = False, taken: float = 0.0) -> None:
        """The row at a place, None for one that is not read yet. `taken` is the width of the scroll bar: it takes its room from the inset
        at the right, so that texts end where they would without it.
        """
        theme = self._look.theme
        self._taken = taken
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        title = self._title_of(place)
        if title is not None and box.height() > self.row_height:
            strip = QRectF(box.left(), box.top(), box.width(), box.height() - self.row_height)
            self._paint_title(painter, strip, title)
            box.setTop(strip.bottom())
        if row is None:
            fill(painter, box, theme.color("surface.base"))
            paint_skeleton_row(painter, box, self._look, compact=theme.density == "compact")
        else:
            self._ratio = painter.device().devicePixelRatio()
            state = self._marks(place)
            self._plain = state & BY_KEYBOARD
            self._room = box.width()
            painter.drawPixmap(box.topLeft(), self._picture(box.width(), row, state, ticked))
        painter.restore()

    def paint_ahead(self, row: ConversationRow, *, selected: bool, ticked: bool) -> None:
        """Paint a row as it will look when the selection moves, while nobody waits."""
        if self._room > 0:
            self._picture(self._room, row, self._plain | SELECTED if selected else self._plain, ticked)

    def _picture(self, width: float, row: ConversationRow, state: int, ticked: bool) -> QPixmap:
        """The row painted, from the pictures if nothing about it changed."""
        ratio = self._ratio
        key = (row.id, state, self._has_focus(), ticked, width, self._taken, ratio)
        found = self._pictures.get(key)
        if found is not None and found.row is row:
            self._pictures.move_to_end(key)
            return found.pixmap
        height = self.row_height
        pixmap = self._canvas(round(width * ratio), round(height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        inner = QPainter(pixmap)
        room = QRectF(0, 0, width, height)
        ground = self._paint_ground(inner, room, state, ticked)  # on whole points: smoothed it would take twice the time
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint = self._paint_compact if self._look.theme.density == "compact" else self._paint_comfortable
        paint(inner, room, row, ground, ticked)
        inner.end()
        self._pictures[key] = _Picture(row, pixmap)
        return pixmap

    def _canvas(self, width: int, height: int) -> QPixmap:
        """Something to paint on: the oldest picture once there are many, for its memory is at hand."""
        oldest = self._pictures.popitem(last=False)[1].pixmap if len(self._pictures) >= _PICTURES else None
        if oldest is not None and (oldest.width(), oldest.height()) == (width, height):
            return oldest
        return QPixmap(width, height)

    def _right_inset(self, usual: float) -> float:
        return max(float(self._look.theme.px(4)), usual - self._taken)

    # ---- pieces

    def _paint_title(self, painter: QPainter, box: QRectF, title: Title) -> None:
        theme = self._look.theme
        fill(painter, box, theme.color("surface.window"))
        fill(painter, QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("border.subtle"))
        inset = theme.px(16 if theme.density == "comfortable" else 14)
        painter.setPen(theme.color("text.tertiary"))
        room = box.adjusted(inset, 0, -self._right_inset(inset), -1)
        if title.many is not None:
            font = theme.font("caption", tabular=True)
            painter.setFont(font)
            text = self._look.number(title.many)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
            room.setRight(room.right() - text_width(text, font) - theme.px(8))
        draw_text(painter, room, self._look.text(f"inbox.group.{title.group}"), theme.font("captionStrong"))

    def _paint_ground(self, painter: QPainter, box: QRectF, state: int, ticked: bool) -> str:
        return paint_row_ground(
            painter,
            box,
            self._look,
            selected=bool(state & SELECTED),
            list_focused=self._has_focus(),
            hovered=bool(state & HOVERED) and not ticked,
            ring=bool(state & BY_KEYBOARD),
            ground="surface.selected" if ticked else "surface.base",
        )

    def _paint_comfortable(self, painter: QPainter, box: QRectF, row: ConversationRow, ground: str, ticked: bool) -> None:
        theme, look = self._look.theme, self._look
        left, right = box.left() + theme.px(16), box.right() - self._right_inset(theme.px(14))
        self._paint_face(painter, QPointF(left, box.top() + theme.px(11)), row, ground, ticked)
        left += theme.size("avatar.m") + theme.px(12)
        y = box.top() + theme.px(9)
        prepared = self._prepare(row, right - left, lines=2)
        self._paint_first_line(painter, left, right, y, prepared)
        y += theme.line("bodyStrong")
        height, small = theme.line("small"), theme.font("small")
        painter.setPen(theme.color("text.secondary"))
        self._paint_marks(painter, prepared, left, y, height)
        for number, line in enumerate(prepared.lines):
            self._draw(painter, line, left, y + number * height, height, small)
        y += 2 * height + theme.px(3)
        chip = theme.size("control.chip")
        painter.save()
        painter.setClipRect(QRectF(left, y, max(0.0, right - prepared.due_width - left), chip))
        x = left + self._paint_flag(painter, left, y, row, chip)
        x += self._draw_chip(painter, x, y, category_chip(look, row.category), ground, chip) + theme.px(6)
        if row.language:
            low = theme.px(18)
            x += self._draw_chip(painter, x, y + (chip - low) // 2, language_chip(row.language), ground, low) + theme.px(6)
        mark = self.mark_of(row) if self.mark_of is not None else None
        if mark is not None:
            self._draw_chip(painter, x, y, shortened_chip(look, mark, right - prepared.due_width - x), ground, chip)
        painter.restore()
        if prepared.due is not None:
            paint_countdown(painter, right, y, chip, look, prepared.due)

    def _paint_compact(self, painter: QPainter, box: QRectF, row: ConversationRow, ground: str, ticked: bool) -> None:
        theme, look = self._look.theme, self._look
        left, right = box.left() + theme.px(14), box.right() - self._right_inset(theme.px(12))
        self._paint_face(painter, QPointF(left, box.top() + theme.px(11)), row, ground, ticked)
        left += theme.size("avatar.m") + theme.px(12)
        y = box.top() + theme.px(9)
        prepared = self._prepare(row, right - left, lines=1)
        self._paint_first_line(painter, left, right, y, prepared)
        y += theme.line("bodyStrong") + theme.px(1)
        height, inset = theme.line("small"), theme.px(_ICON_ROOM)
        flag = self._paint_flag(painter, left, y, row, height)
        left += flag
        hue, icon = theme.category(row.category)
        mark = self.mark_of(row) if self.mark_of is not None else None
        if mark is not None and mark.icon:  # there is room for one icon: what somebody waits for goes before what it is about
            hue, icon = mark.hue or hue, mark.icon
        look.icons.paint(painter, QRectF(left, y, theme.px(14), height), icon, theme.hue(hue, "text"))
        painter.setPen(theme.color("text.secondary"))
        self._paint_marks(painter, prepared, left + inset, y, height)
        for line in prepared.lines:
            self._draw(painter, line, left + inset, y, height, theme.font("small"))
        if prepared.due is not None:
            paint_countdown(painter, right, y, height, look, prepared.due)

    def _paint_flag(self, painter: QPainter, x: float, y: float, row: ConversationRow, height: float) -> float:
        """The flag of what goes before the rest; answers the room it takes."""
        if not row.priority:
            return 0.0
        px = self._look.theme.px
        self._look.icons.paint(painter, QRectF(x, y, px(14), height), "flag-banner", "accent.text")
        return px(_FLAG_ROOM)

    def _paint_face(self, painter: QPainter, at: QPointF, row: ConversationRow, ground: str, ticked: bool) -> None:
        theme = self._look.theme
        side = theme.size("avatar.m")
        if ticked:
            mark = theme.size("control.checkbox")
            paint_check(painter, QRectF(at.x() + (side - mark) / 2, at.y() + (side - mark) / 2, mark, mark), self._look, checked=True)
            return
        ratio = painter.device().devicePixelRatio()
        picture = self.face_of(row.avatar) if self.face_of is not None and row.avatar else None
        key = (row.avatar if picture is not None else hue_of(row.customer_id), row.network, ground, side, ratio)
        face = self._faces.get(key)
        if face is None:
            room = side + theme.px(8)
            face = QPixmap(round(room * ratio), round(room * ratio))
            face.setDevicePixelRatio(ratio)
            face.fill(Qt.GlobalColor.transparent)
            inner = QPainter(face)
            box = QRectF(0, 0, side, side)
            paint_avatar(inner, box, self._look, None, row.customer_id, network=row.network, ring=ground, picture=picture)
            inner.end()
            self._keep(self._faces, key, face)
        painter.drawPixmap(at, face)
        if picture is None:
            paint_initials(painter, QRectF(at.x(), at.y(), side, side), self._look, one_line(row.author), row.customer_id)

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

    def _paint_first_line(self, painter: QPainter, left: float, right: float, y: float, prepared: _Prepared) -> None:
        """Name, unread dot and time."""
        theme, row = self._look.theme, prepared.row
        height = theme.line("bodyStrong")
        painter.setPen(theme.color("text.tertiary"))
        self._draw(painter, prepared.time, right - prepared.time_width, y, height, theme.font("caption", tabular=True))
        painter.setPen(theme.color("text.primary"))
        self._draw(painter, prepared.name, left, y, height, self._name_font(row))
        if row.unread:
            dot = theme.px(6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent.fill"))
            painter.drawEllipse(QRectF(left + prepared.name_width + theme.px(6), y + (height - dot) / 2, dot, dot))

    def _name_font(self, row: ConversationRow) -> QFont:
        return self._look.theme.font("body", weight=600 if row.unread else 500)

    def _prepare(self, row: ConversationRow, room: float, *, lines: int) -> _Prepared:
        """The texts of a row for a width; a single line of the snippet shares its room with the category's icon and the countdown."""
        key = (row.id, room, lines)
        found = self._prepared.get(key)
        if found is not None and found.row is row:
            self._prepared.move_to_end(key)
            return found
        look, theme = self._look, self._look.theme
        caption, small, font = theme.font("caption", tabular=True), theme.font("small"), self._name_font(row)
        now = self._now()
        shown = due(look, row, now)
        due_width = countdown_width(look, shown) + theme.px(6) if shown is not None else 0.0
        time = in_row(look, row.last_at, now)
        time_width = text_width(time, caption)
        metrics = QFontMetricsF(font)
        name_room = room - time_width - theme.px(8) - (theme.px(12) if row.unread else 0)
        name = metrics.elidedText(person(row.author, row.handle), Qt.TextElideMode.ElideRight, name_room)
        flag = theme.px(_FLAG_ROOM) if row.priority else 0
        line_room = room - theme.px(_ICON_ROOM) - due_width - flag if lines == 1 else room
        elided = QFontMetricsF(small)
        snippet = one_line(row.snippet)
        texts = [text.strip() for text in elided_lines(snippet, small, line_room, lines)]
        if len(texts) == lines:
            texts[-1] = elided.elidedText(texts[-1], Qt.TextElideMode.ElideRight, line_room)
        marks = self.marking(snippet, texts, small) if self.marking is not None else ()
        made = _Prepared(row, time, time_width, name, metrics.horizontalAdvance(name), texts, marks, shown, due_width)
        self._keep(self._prepared, key, made)
        return made

    def _paint_marks(self, painter: QPainter, prepared: _Prepared, left: float, y: float, height: float) -> None:
        """The grounds of what was found."""
        if not prepared.marks:
            return
        ground = self._look.theme.hue("gold", "strong")
        ground.setAlphaF(FOUND_GROUND)
        for number, x, width in prepared.marks:
            fill(painter, QRectF(left + x - 1, y + number * height + 1, width + 2, height - 2), ground)

    def _draw(self, painter: QPainter, text: str, x: float, y: float, height: float, font: QFont) -> None:
        """One line in the middle of a height."""
        painter.setFont(font)
        key = font.key()
        measures = self._measures.get(key)
        if measures is None:
            metrics = QFontMetricsF(font)
            measures = self._measures[key] = (metrics.height(), metrics.ascent())
        painter.drawText(QPointF(x, round(y + (height - measures[0]) / 2) + measures[1]), text)

    @staticmethod
    def _keep(cache: OrderedDict[tuple[Any, ...], Any], key: tuple[Any, ...], value: object) -> None:
        cache[key] = value
        while len(cache) > _KEPT:
            cache.popitem(last=False)
