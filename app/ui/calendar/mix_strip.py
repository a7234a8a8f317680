"""The strip below the calendar's header: how many posts, what informs and what sells against the goal, and the warnings with their mends."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QWidget

from app.models.mix import Mix
from app.models.outbox import DeliveryState
from app.models.rhythm import RhythmWarning, WarningKind
from app.models.stance import Stance
from app.ui.calendar.desk import Desk
from app.ui.calendar.ghosts import Ghosts
from app.ui.calendar.warnings import ICONS, said
from app.ui.page import PageFace
from app.ui.roles import spoken_as
from app.ui.widgets.button import Button
from app.ui.widgets.surface import Pane
from app.ui.widgets.text import draw_text, text_width

HEIGHT = 40
METER = 150
METER_HEIGHT = 7
MOST = 3
"""Warnings that are named at once; more are counted."""


class MixGauge(QWidget):
    """ "This week 22 posts · Informs 15 [meter] 7 Sells · 68 to 32, goal 50 to 50"; words go where there is no room for them."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        self._face = face
        self._desk = desk
        self.mix = Mix()
        self.is_live = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_mix(self, mix: Mix, *, live: bool = False) -> None:
        if (mix, live) != (self.mix, self.is_live):
            self.mix, self.is_live = mix, live
            self.setAccessibleName(self.spoken())
            self.update()

    def spoken(self) -> str:
        return ", ".join((f"{self._title()} {self._many()}", self._shares(), self._goal()))

    def _title(self) -> str:
        face, shown = self._face, self._desk.shown
        if shown.view == "month":
            title = face.words.month(shown.anchor).split(" ", 1)[0]
            return title[:1].upper() + title[1:]
        if shown.view == "week":
            return face.text("rhythm.this_week" if self._desk.within(self._desk.today) else "rhythm.that_week")
        return face.text("rhythm.four_weeks")

    def _many(self) -> str:
        return self._face.text("calendar.posts", n=self.mix.posts)

    def _shares(self) -> str:
        return self._face.text("rhythm.shares", informs=self.mix.informing, sells=self.mix.selling)

    def _goal(self) -> str:
        return self._face.text("rhythm.goal", informs=100 - self.mix.goal, sells=self.mix.goal)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._face.theme, self._face.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text, mix = self._face.text, self.mix
        plain, strong = theme.font("small", tabular=True), theme.font("small", weight=600, tabular=True)
        shares = self._face.words.facts((self._shares(), self._goal())) if mix.posts else self._goal()
        parts: list[tuple[str, bool, str, int]] = [
            (self._title(), True, "text.primary", px(8)),
            (self._many(), False, "text.secondary", px(18)),
            (text("rhythm.informs"), False, "text.secondary", px(6)),
            (self._face.look.number(mix.informs), True, "text.primary", px(8)),
            ("", False, "", px(8)),
            (self._face.look.number(mix.sells), True, "text.primary", px(6)),
            (text("rhythm.sells"), False, "text.secondary", px(10)),
            (shares, False, "status.warn.text" if mix.is_off else "text.tertiary", 0),
        ]

        def width(part: tuple[str, bool, str, int]) -> float:
            return (text_width(part[0], strong if part[1] else plain) if part[0] else px(METER)) + part[3]

        for gone in (7, 1, 2, 6, 0):  # what is left out first where there is no room
            if sum(width(part) for part in parts if part[3] >= 0) <= self.width():
                break
            parts[gone] = ("", False, "", -1)
        x = 0.0
        for part in parts:
            words, is_strong, colour, gap = part
            if gap < 0:
                continue
            if words:
                painter.setPen(theme.color(colour))
                draw_text(painter, QRectF(x, 0, self.width() - x, self.height()), words, strong if is_strong else plain)
            else:
                self._paint_meter(
                    painter, QRectF(x, (self.height() - px(METER_HEIGHT)) / 2, px(METER), px(METER_HEIGHT))
                )
            x += width(part)

    def _paint_meter(self, painter: QPainter, rect: QRectF) -> None:
        """What informs from the left, what sells from the right, a mark at the goal."""
        theme, mix = self._face.theme, self.mix
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.sunken"))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        if mix.posts:
            split = rect.left() + rect.width() * mix.informs / mix.posts
            for left, right, colour in (
                (rect.left(), split, theme.color("accent.fill")),
                (split, rect.right(), theme.hue("orange", "strong")),
            ):
                if right > left:
                    painter.save()
                    painter.setClipRect(QRectF(left, rect.top() - 1, right - left, rect.height() + 2))
                    painter.setBrush(colour)
                    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
                    painter.restore()
        goal = rect.left() + rect.width() * (100 - mix.goal) / 100
        mark = QRectF(goal - 1.5, rect.top() - theme.px(4), 3, rect.height() + theme.px(8))
        painter.setBrush(theme.color("surface.base"))
        painter.drawRect(mark.adjusted(-1, 0, 1, 0))
        painter.setBrush(theme.color("text.primary"))
        painter.drawRect(mark.adjusted(0.5, 0, -0.5, 0))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.spoken(), self)
            return True
        return super().event(event)


class WarningLine(QWidget):
    """A warning in words; a click goes there."""

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        spoken_as(self, "text")
        self._icon, self._text, self._level = "warning-circle-fill", "", "warn"
        self.go: Callable[[], object] = lambda: None
        self.chosen = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_words(self, icon: str, text: str, level: str, go: Callable[[], object], *, chosen: bool = False) -> None:
        self.go = go
        if (icon, text, level, chosen) == (self._icon, self._text, self._level, self.chosen):
            return
        self._icon, self._text, self._level, self.chosen = icon, text, level, chosen
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        theme = self._face.theme
        return QSize(theme.px(20) + int(text_width(self._text, self._font())) + 2, theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _font(self) -> QFont:
        return self._face.theme.font("small", weight=600 if self.chosen else 500, tabular=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._face.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = f"status.{self._level}.text"
        self._face.look.icons.paint(painter, QRectF(0, 0, theme.px(14), self.height()), self._icon, token)
        painter.setPen(theme.color(token))
        draw_text(
            painter, QRectF(theme.px(20), 0, self.width() - theme.px(20), self.height()), self._text, self._font()
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.go()


class MixStrip(Pane):
    """Says what the desk's outlook says; `goes` brings a warning's day to the front."""

    def __init__(
        self, face: PageFace, desk: Desk, ghosts: Ghosts, goes: Callable[[RhythmWarning | Stance], object]
    ) -> None:
        super().__init__(face.look, "base", ("bottom",))
        self._face = face
        self._desk = desk
        self._ghosts = ghosts
        self._goes = goes
        px = face.theme.px
        self.setFixedHeight(px(HEIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), 0, px(16), 0)
        row.setSpacing(px(8))
        self.gauge = MixGauge(face, desk)
        row.addWidget(self.gauge, 1)
        self.lines: list[tuple[WarningLine, Button]] = []
        for _ in range(MOST):
            line, button = WarningLine(face), Button(face.look, face.text("rhythm.spread"), size="small")
            button.clicked.connect(partial(self._mend, button))
            row.addWidget(line)
            row.addWidget(button)
            self.lines.append((line, button))
        self.more = WarningLine(face)
        row.addWidget(self.more)
        self.accept = Button(
            face.look, face.text("rhythm.accept"), key="Return", size="small", kind="primary", clicked=ghosts.accept
        )
        self.cancel = Button(face.look, face.text("rhythm.not_now"), key="Escape", size="small", clicked=ghosts.cancel)
        row.addWidget(self.accept)
        row.addWidget(self.cancel)
        self._mends: dict[Button, RhythmWarning] = {}
        self.warning: RhythmWarning | None = None
        """The one that was gone to last."""
        face.theme.changed.connect(lambda: self.setFixedHeight(px(HEIGHT)))
        self.refill()

    def refill(self) -> None:
        """Other days, other posts, another proposal."""
        self.gauge.mix, self.gauge.is_live = self._desk.shown.outlook.mix, False
        self.gauge.setAccessibleName(self.gauge.spoken())
        self.gauge.update()
        proposing = self._ghosts.proposal is not None
        self.accept.setVisible(proposing)
        self.cancel.setVisible(proposing)
        self._mends.clear()
        if proposing:
            for line, button in self.lines:
                line.hide()
                button.hide()
            self.more.show_words("shuffle", self._ghosts.words(), "info", lambda: None)
            self.more.show()
            return
        self._show_warnings()

    def _show_warnings(self) -> None:
        look, read_only = self._face.look, self._face.services.data.read_only
        entries: list[tuple[str, str, str, RhythmWarning | Stance]] = []
        if self._desk.shown.view == "month":  # a week shows them large enough
            shown_as = [post.shown for post in self._desk.shown.span.posts]
            for state, each, icon, level in (
                (DeliveryState.FAILED, Stance.FAILED, "warning-circle-fill", "danger"),
                (DeliveryState.UNSURE, Stance.DECIDE, "question-fill", "warn"),
            ):
                many = shown_as.count(state)
                if many:
                    entries.append((icon, look.text(f"rhythm.many_{each}", n=many), level, each))
        warnings = self._desk.shown.outlook.warnings
        many = len(entries) + len(warnings)
        entries += [(ICONS[each.kind], said(look, self._desk, each), "warn", each) for each in warnings[: MOST + 1]]
        shown = min(many, MOST, self._room(entries))
        for (line, button), entry in zip(self.lines, [*entries[:shown], *[None] * (MOST - shown)], strict=True):
            line.setVisible(entry is not None)
            button.setVisible(entry is not None and isinstance(entry[3], RhythmWarning) and not read_only)
            if entry is None:
                continue
            icon, text, level, what = entry
            line.show_words(icon, text, level, partial(self._goes, what), chosen=what == self.warning)
            if isinstance(what, RhythmWarning):
                self._mends[button] = what
                word = look.text("rhythm.fill" if what.kind is WarningKind.SILENCE else "rhythm.spread")
                if button.text() != word:
                    button.setText(word)
                button.setAccessibleName(f"{word}: {text}")
        left = many - shown
        self.more.setVisible(left > 0)
        if left:
            self.more.show_words("warning-circle-fill", f"+{left}", "warn", partial(self._goes, entries[shown][3]))

    def _room(self, entries: list[tuple[str, str, str, RhythmWarning | Stance]]) -> int:
        """How many warnings there is room for beside the gauge, which gives way down to its meter and its figures."""
        px, theme = self._face.theme.px, self._face.theme
        font = theme.font("small", weight=600, tabular=True)
        left = float(self.width() - px(32) - px(METER + 190))
        for many, (_, text, _, what) in enumerate(entries):
            left -= px(20) + text_width(text, font) + px(16) + (px(76) if isinstance(what, RhythmWarning) else 0)
            if left < (px(40) if many + 1 < len(entries) else 0):
                return many
        return len(entries)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refill()

    def _mend(self, button: Button) -> None:
        warning = self._mends.get(button)
        if warning is not None:
            self._ghosts.propose(warning)

    def retranslate(self) -> None:
        self.accept.setText(self._face.text("rhythm.accept"))
        self.cancel.setText(self._face.text("rhythm.not_now"))
        self.refill()
