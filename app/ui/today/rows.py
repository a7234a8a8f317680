"""Rows of Today: one thing to do with its button, one post of today, one post to come, and one figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.post import PostRow
from app.models.promise import PromiseRow
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import isolated, one_line
from app.ui.today.sentences import Change, Line, standing
from app.ui.widgets.arc import paint_arc
from app.ui.widgets.avatar import paint_avatar
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.text import ElidedLabel, Label, draw_text, text_width

ROW = 54
POST_ROW = 36
COMING_ROW = 38
PROMISE_ROW = 38
GLYPH = 13
MOST_GLYPHS = 5


class ThingToDo(QWidget):
    """Glyph, what it is, what is known about it, and the button that opens it."""

    def __init__(self, look: Look, line: Line, act: Callable[[], None], *, key: str | None = None, name: str = "") -> None:
        """`name` finds the button again after the page was made anew."""
        super().__init__()
        self._look = look
        px = look.theme.px
        self.setMinimumHeight(px(ROW))
        self.line = row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(6), px(12), px(6))
        row.setSpacing(px(12))
        row.addWidget(IconSpot(look, line.icon, line.colour, 18))
        column = QVBoxLayout()
        column.setSpacing(0)
        title = ElidedLabel(look, look.text(line.title), "body")
        title.setFont(look.theme.font("body", weight=500))
        detail = ElidedLabel(look, look.text(line.detail), "caption", "text.secondary")
        column.addStretch(1)
        column.addWidget(title)
        column.addWidget(detail)
        column.addStretch(1)
        nest(row, column, 1)
        self.button = Button(look, look.text(line.act), key=key, size="small", clicked=act)
        self.button.setObjectName(name)
        self.button.setAccessibleName(f"{look.text(line.act)}: {look.text(line.title)}. {look.text(line.detail)}")
        row.addWidget(self.button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, self._look.theme.color("border.subtle"))


class _Row(QAbstractButton):
    """A row that opens something as a whole."""

    def __init__(self, look: Look, height: int, spoken: str, act: Callable[[], None], name: str) -> None:
        super().__init__()
        self._look = look
        self._height = height
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: act())

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(160), self._look.theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paint_ground(self, painter: QPainter) -> None:
        if self.underMouse() or self.isDown():
            theme = self._look.theme
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.pressed" if self.isDown() else "surface.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.radius("m"), theme.radius("m"))


class PostLine(_Row):
    """A post of today: time, pillar, title, where it goes, and where it stands."""

    def __init__(self, look: Look, post: PostRow, act: Callable[[], None], among: Sequence[PostRow] = ()) -> None:
        """`among` are all that stand below each other: their times make one column."""
        self._post = post
        self._standing = standing(post)
        self._said = look.text(self._standing.said)
        warned = [look.text(warning) for warning in post.warnings]
        self._time, *self._times = [_time(look, each) for each in (post, *among)]
        networks = look.words.listing([network_name(network) for network in post.networks])
        spoken = ", ".join(filter(None, (self._time, isolated(post.title), look.pillar_name(post.pillar), networks, self._said)))
        super().__init__(look, POST_ROW, spoken, act, f"post {post.id}")
        self.setToolTip("\n".join((isolated(post.title), *warned)))
        self.setAccessibleDescription(" ".join(warned))

    def time_width(self) -> float:
        """What the column of times takes."""
        theme = self._look.theme
        font = theme.font("small", tabular=True, weight=600)
        return max(theme.px(38), *(text_width(text, font) + 1 for text in (self._time, *self._times)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme, px, height = self._look, self._look.theme, self._look.theme.px, self.height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        x, right = float(px(6)), float(self.width() - px(6))
        time_font = theme.font("small", tabular=True, weight=600)
        painter.setPen(theme.color("text.primary"))
        wide = self.time_width()
        draw_text(painter, QRectF(x, 0, wide, height), self._time, time_font)
        x += wide + px(12)
        x += _paint_pillar(painter, look, self._post.pillar, x, height)
        said_font = theme.font("caption", weight=600 if self._standing.strong else 400)
        said = min(text_width(self._said, said_font) + 1, self.width() * 0.3)
        painter.setPen(theme.color(self._standing.colour))
        draw_text(painter, QRectF(right - said, 0, said, height), self._said, said_font)
        mark = QRectF(right - said - px(4 + 14), (height - px(14)) / 2, px(14), px(14))
        if self._standing.part is not None:
            paint_arc(painter, mark, self._standing.part, theme.color("accent.fill"), theme.color("accent.track"))
        else:
            look.icons.paint(painter, mark, self._standing.icon, self._standing.colour)
        edge = min(mark.left() - px(12), right - px(128) - px(12))
        edge -= _paint_networks(painter, look, self._post.networks, edge, height) + px(12)
        quiet = self._standing.icon == "check-circle-fill"
        painter.setPen(theme.color("text.secondary" if quiet else "text.primary"))
        draw_text(painter, QRectF(x, 0, max(0.0, edge - x), height), isolated(self._post.title), theme.font("body"))


def _time(look: Look, post: PostRow) -> str:
    return look.words.time(post.planned_at) if post.planned_at is not None else ""


class DayLine(_Row):
    """Something of the next days: icon, what it is, what is known about it, and the day."""

    def __init__(
        self, look: Look, icon: str, title: str, detail: str, day: str, act: Callable[[], None], name: str, *, colour: str = "text.secondary"
    ) -> None:
        self._icon, self._colour = icon, colour
        self._title, self._detail, self._day = title, detail, day
        super().__init__(look, COMING_ROW, ", ".join(filter(None, (day, title, detail))), act, name)
        self.setToolTip("\n".join(filter(None, (title, detail))))

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(theme.px(160), max(theme.px(COMING_ROW), theme.line("small") + theme.line("caption") + theme.px(4)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme, px, height = self._look, self._look.theme, self._look.theme.px, self.height()
        painter = QPainter(self)
        self.paint_ground(painter)
        look.icons.paint(painter, QRectF(px(4), 0, px(16), height), self._icon, self._colour)
        x = px(4 + 16 + 10)
        day_font = theme.font("caption", tabular=True)
        day = text_width(self._day, day_font) + 1
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, QRectF(self.width() - px(4) - day, 0, day, height), self._day, day_font)
        room = self.width() - px(4) - day - px(10) - x
        top = (height - theme.line("small") - (theme.line("caption") if self._detail else 0)) / 2
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(x, top, room, theme.line("small")), self._title, theme.font("small"))
        painter.setPen(theme.color("text.tertiary"))
        top += theme.line("small")
        draw_text(painter, QRectF(x, top, room, theme.line("caption")), self._detail, theme.font("caption", tabular=True))


class ComingLine(DayLine):
    """A post of the next days: pillar, title, where it goes, and the day."""

    def __init__(self, look: Look, post: PostRow, now: datetime, act: Callable[[], None]) -> None:
        day = look.words.day(post.planned_at, now) if post.planned_at is not None else ""
        networks = look.words.listing([network_name(network) for network in post.networks])
        time = look.words.time(post.planned_at) if post.planned_at is not None else ""
        detail = " · ".join(filter(None, (time, networks)))
        icon, colour = look.theme.pillar(post.pillar)[1] if post.pillar else "ph.calendar-blank", "text.secondary"
        if post.warnings:
            icon, colour = "warning-circle-fill", "status.warn.text"
        super().__init__(look, icon, isolated(post.title), detail, day, act, f"coming {post.id}", colour=colour)
        warned = [look.text(warning) for warning in post.warnings]
        self.setAccessibleName(", ".join(filter(None, (day, isolated(post.title), detail, look.pillar_name(post.pillar)))))
        self.setToolTip("\n".join((isolated(post.title), *warned)))
        self.setAccessibleDescription(" ".join(warned))


class _PromiseText(_Row):
    """Whose promise, what it says, and when it is due; as a whole it opens the conversation."""

    def __init__(self, look: Look, promise: PromiseRow, due: str, *, urgent: bool, act: Callable[[], None], name: str) -> None:
        self._promise, self._due, self._urgent = promise, due, urgent
        said = look.text("today.promise_of", name=isolated(promise.name), text=isolated(one_line(promise.text)))
        super().__init__(look, PROMISE_ROW, f"{said}. {due}", act, name)
        self.setToolTip(f"{said}\n{due}")

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(theme.px(120), max(theme.px(PROMISE_ROW), theme.line("small") + theme.line("caption") + theme.px(4)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme, px, height = self._look, self._look.theme, self._look.theme.px, self.height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        side = px(26)
        paint_avatar(painter, QRectF(px(4), (height - side) / 2, side, side), look, self._promise.name, self._promise.customer_id)
        x = px(4 + 10) + side
        room = self.width() - px(4) - x
        top = (height - theme.line("small") - theme.line("caption")) / 2
        strong, plain = theme.font("small", weight=600), theme.font("small")
        name = f"{isolated(self._promise.name)}, "
        wide = min(text_width(name, strong) + 1, room * 0.6)
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(x, top, wide, theme.line("small")), name, strong)
        draw_text(painter, QRectF(x + wide, top, room - wide, theme.line("small")), isolated(one_line(self._promise.text)), plain)
        painter.setPen(theme.color("status.warn.text" if self._urgent else "text.secondary"))
        top += theme.line("small")
        draw_text(painter, QRectF(x, top, room, theme.line("caption")), self._due, theme.font("caption", weight=600 if self._urgent else 400))


class PromiseLine(QWidget):
    """A promise with what may become of it: kept, let go, or its conversation opened."""

    def __init__(
        self, look: Look, promise: PromiseRow, due: str, *, urgent: bool, keep: Callable[[], None], let_go: Callable[[], None], show: Callable[[], None]
    ) -> None:
        super().__init__()
        name = f"promise {promise.id}"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(2))
        self.text = _PromiseText(look, promise, due, urgent=urgent, act=show, name=f"{name} open")
        row.addWidget(self.text, 1)
        for icon, text_id, act, ending in (("check", "today.promise_kept", keep, ""), ("x", "today.promise_let_go", let_go, " go")):
            button = IconButton(look, icon, f"{look.text(text_id)}: {self.text.accessibleName()}", size=26, clicked=act)
            button.setToolTip(look.text(text_id))
            button.setObjectName(name + ending)
            row.addWidget(button)


class FigureBox(QWidget):
    """One figure: large, with its change beside it and its name below."""

    def __init__(self, look: Look, change: Change, name: str) -> None:
        super().__init__()
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(px(6))
        value = Label(look, change.value, "heading")
        font = QFont(look.theme.font("heading", tabular=True))
        value.setFont(font)
        row.addWidget(value)
        if change.change:
            colour = {1: "status.success.text", -1: "status.danger.text"}.get(change.good, "text.tertiary")
            mark = QHBoxLayout()
            mark.setSpacing(px(2))
            mark.addWidget(IconSpot(look, change.arrow, colour, 10))
            label = Label(look, change.change, "caption", colour)
            mark.addWidget(label)
            nest(row, mark)
        row.addStretch(1)
        nest(column, row)
        column.addWidget(Label(look, name, "caption", "text.secondary", wrap=True))
        missing = change.value == look.words.number(None)
        spoken = look.text("today.no_figure") if missing else change.value
        self.setAccessibleName(f"{name}: {spoken}")
        if change.change:
            direction = {"arrow-up-bold": "today.up", "arrow-down-bold": "today.down"}.get(change.arrow)
            self.setAccessibleDescription(look.text(direction, by=change.change) if direction else change.change)


def _paint_pillar(painter: QPainter, look: Look, pillar: str, x: float, height: float) -> float:
    """Bar and icon of a pillar; a post without one has a grey bar. Answers the width."""
    theme, px = look.theme, look.theme.px
    painter.setPen(Qt.PenStyle.NoPen)
    hue, icon = theme.pillar(pillar) if pillar else ("", "")
    painter.setBrush(theme.hue(hue, "strong") if hue else theme.color("border.default"))
    painter.drawRoundedRect(QRectF(x, (height - px(24)) / 2, px(4), px(24)), 2, 2)
    if icon:
        look.icons.paint(painter, QRectF(x + px(4 + 12), 0, px(15), height), icon, theme.hue(hue, "text"))
    return px(4 + 12) + (px(15 + 12) if icon else 0)


def _paint_networks(painter: QPainter, look: Look, networks: tuple[str, ...], right: float, height: float) -> float:
    """Grey glyphs ending at `right`, as many as fit sensibly; answers their width."""
    px = look.theme.px
    side, gap = px(GLYPH), px(5)
    shown = networks[:MOST_GLYPHS]
    width = len(shown) * (side + gap)
    x = right - width
    for network in shown:
        pixmap = look.icons.brand(network, "text.secondary", side, painter.device().devicePixelRatio())
        painter.drawPixmap(round(x), round((height - side) / 2), pixmap)
        x += side + gap
    return width
