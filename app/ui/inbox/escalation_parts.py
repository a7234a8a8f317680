"""The parts of the sheet to a manager: managers as cards, reasons as chips to press, what goes along as lines to tick, and a time to type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.commands.inbox import snooze_choices
from app.models.escalation import ManagerChoice, Why
from app.models.moment import Moment
from app.ui.durations import minutes_text
from app.ui.inbox.times import in_full
from app.ui.look import Look
from app.ui.safe_text import one_line
from app.ui.widgets.avatar import paint_avatar
from app.ui.widgets.button import IconButton
from app.ui.widgets.checks import CheckBox, paint_check
from app.ui.widgets.field import LineField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label, draw_text, text_width

WHY_ICONS: dict[Why, str] = {
    Why.DECISION: "scales",
    Why.SLOW: "hourglass-medium",
    Why.DISPUTE: "warning-circle",
    Why.PRIVATE: "lock-simple",
}
Understand = Callable[[str], Moment]
LINE = 158
"""Width of the line for a time, where what stands in it needs no more."""


class ManagerCards(QWidget):
    """One card a manager; arrow keys move. `chosen` hears the manager's id."""

    chosen = Signal(int)

    def __init__(self, look: Look, choices: Sequence[ManagerChoice], now: datetime) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(6))
        for choice in choices:
            card = ManagerCard(look, choice, now)
            self._group.addButton(card, choice.row.id)
            column.addWidget(card)
        self._group.idClicked.connect(self._clicked)
        self.setAccessibleName(look.text("escalation.who"))

    def choose(self, manager_id: int) -> None:
        """Said by the sheet: nobody is told."""
        button = self._group.button(manager_id)
        if button is not None:
            button.setChecked(True)
        for other in self._group.buttons():
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other.isChecked() else Qt.FocusPolicy.ClickFocus)

    @property
    def cards(self) -> list[QAbstractButton]:
        return self._group.buttons()

    def _clicked(self, manager_id: int) -> None:
        self.choose(manager_id)
        self.chosen.emit(manager_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        cards = self.cards
        if step is None or not cards:
            super().keyPressEvent(event)
            return
        here = next((place for place, card in enumerate(cards) if card.isChecked()), 0)
        card = cards[(here + step) % len(cards)]
        self._clicked(self._group.id(card))
        card.setFocus(Qt.FocusReason.TabFocusReason)


class ManagerCard(QAbstractButton):
    """Radio, initials, name, role, and how long they usually take; where they do not work now, when they do again."""

    def __init__(self, look: Look, choice: ManagerChoice, now: datetime) -> None:
        super().__init__()
        self._look = look
        self._row = choice.row
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        usual = choice.row.usual_minutes
        self._facts = "" if usual is None else look.text("escalation.usually", time=minutes_text(look, rounded(usual)))
        if not choice.works_now and choice.works_again is not None:
            self._facts = look.text("escalation.works_again", when=in_full(look, choice.works_again, now))
        self.setText(one_line(choice.row.name))
        said = (self.text(), one_line(choice.row.role), self._facts)
        self.setAccessibleName(", ".join(part for part in said if part))
        look.theme.changed.connect(self.updateGeometry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the group moves the choice
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(260), self._look.theme.px(45))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        width = 2 if on else 1
        painter.setPen(QPen(theme.color("accent.fill" if on else "border.default"), width))
        painter.setBrush(theme.color("accent.tint" if on else "surface.raised"))
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(box, theme.radius("card"), theme.radius("card"))
        paint_radio(painter, QRectF(theme.px(11), 0, theme.px(16), self.height()), look, on=on)
        side = theme.px(24)
        at = QRectF(theme.px(36), (self.height() - side) / 2, side, side)
        paint_avatar(painter, at, look, self._row.name, self._row.id)
        left = at.right() + theme.px(10)
        facts = text_width(self._facts, theme.font("caption", tabular=True)) if self._facts else 0
        room = self.width() - left - facts - theme.px(24)
        line, small = theme.line("bodyStrong"), theme.line("caption")
        top = (self.height() - line - small) / 2
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(left, top, room, line), self.text(), theme.font("body", weight=500))
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, QRectF(left, top + line, room, small), one_line(self._row.role), theme.font("caption"))
        place = QRectF(self.width() - facts - theme.px(12), 0, facts + 1, self.height())
        draw_text(painter, place, self._facts, theme.font("caption", tabular=True))


def paint_radio(painter: QPainter, box: QRectF, look: Look, *, on: bool) -> None:
    """A radio button of 16 in the middle of `box`."""
    theme = look.theme
    side = theme.px(15)
    ring = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
    painter.setPen(QPen(theme.color("accent.fill" if on else "border.strong"), 1))
    painter.setBrush(theme.color("accent.fill" if on else "surface.raised"))
    painter.drawEllipse(ring)
    if on:
        dot = theme.px(6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent.onFill"))
        painter.drawEllipse(QRectF(ring.center().x() - dot / 2, ring.center().y() - dot / 2, dot, dot))


def rounded(minutes: int) -> int:
    """To something one would say: five minutes below an hour, half hours below six, else hours."""
    step = 5 if minutes < 60 else 30 if minutes < 360 else 60
    return max(step, round(minutes / step) * step)


class WhyChips(QWidget):
    """The reasons; any of them may be pressed."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        flow = FlowLayout(self, look.theme.px(6))
        self.chips: dict[Why, WhyChip] = {}
        for why in Why:
            chip = WhyChip(look, why)
            chip.toggled.connect(lambda _on: self.changed.emit())
            self.chips[why] = chip
            flow.addWidget(chip)
        self.setAccessibleName(look.text("escalation.why"))

    @property
    def reasons(self) -> tuple[Why, ...]:
        return tuple(why for why, chip in self.chips.items() if chip.isChecked())

    def show_reasons(self, reasons: Sequence[Why]) -> None:
        for why, chip in self.chips.items():
            chip.setChecked(why in reasons)


class WhyChip(QAbstractButton):
    """One reason."""

    def __init__(self, look: Look, why: Why) -> None:
        super().__init__()
        self._look = look
        self._icon = WHY_ICONS[why]
        self.setCheckable(True)
        self.setText(look.text(f"escalation.why.{why}"))
        self.setAccessibleName(self.text())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(
            round(theme.px(9 * 2 + 14 + 5) + text_width(self.text(), theme.font("small", weight=600))) + 1, theme.px(26)
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen if on else QPen(theme.color("border.default"), 1))
        painter.setBrush(theme.color("accent.tint" if on else "surface.raised"))
        half = 0.0 if on else 0.5
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), theme.radius("chip"), theme.radius("chip")
        )
        ink = theme.color("accent.text" if on else "text.secondary")
        look.icons.paint(painter, QRectF(theme.px(9), 0, theme.px(13), self.height()), self._icon, ink)
        painter.setPen(ink)
        left = theme.px(9 + 13 + 5)
        draw_text(
            painter,
            QRectF(left, 0, self.width() - left, self.height()),
            self.text(),
            theme.font("small", weight=600 if on else 500),
        )


class TickLine(CheckBox):
    """One thing that goes along: when, and how it begins; a line that ends where the room does."""

    def __init__(self, look: Look, name: str, when: str, text: str) -> None:
        super().__init__(look, f"{when} {text}".strip(), checked=True)
        self.piece = name
        self._when = when
        self._said = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(120), super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        side = theme.size("control.checkbox")
        paint_check(
            painter, QRectF(0, 0, side, self.height()), self._look, checked=self.isChecked(), enabled=self.isEnabled()
        )
        left = float(side + theme.px(8))
        font, small = theme.font("small", tabular=True), theme.font("small")
        painter.setPen(theme.color("text.tertiary"))
        width = text_width(self._when, font)
        draw_text(painter, QRectF(left, 0, width + 2, self.height()), self._when, font)
        left += width + theme.px(5) if self._when else 0
        painter.setPen(theme.color("text.primary" if self.isChecked() else "text.tertiary"))
        draw_text(painter, QRectF(left, 0, self.width() - left, self.height()), self._said, small)


class MomentField(QWidget):
    """A time that can be typed ("fri 12", "mañana 9") or picked; shows what it means. `changed` says a moment that was understood."""

    changed = Signal()
    grown = Signal()
    """What is wrong is said below: there is more to show."""

    def __init__(self, look: Look, name: str, now: Callable[[], datetime], understand: Understand) -> None:
        super().__init__()
        self._look = look
        self._now = now
        self._understand = understand
        self.moment: datetime | None = None
        self.is_wrong = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        row = QHBoxLayout()
        row.setSpacing(2)
        self.line = LineField(look, name)
        self.line.setFixedWidth(look.theme.px(LINE))
        self.pick = IconButton(look, "caret-down", look.text("escalation.pick_time"), clicked=self._offer)
        row.addStretch(1)
        row.addWidget(self.line)
        row.addWidget(self.pick)
        nest(column, row)
        self.said = Label(look, "", "caption", "status.danger.text", wrap=True)
        self.said.hide()
        column.addWidget(self.said)
        self.line.textEdited.connect(self._typed)
        self.line.installEventFilter(self)

    def show_moment(self, moment: datetime | None) -> None:
        """Said by the sheet: nobody is told."""
        self.moment = moment
        self._tidy()

    def complain(self, said: str) -> None:
        """What is wrong with it."""
        self.is_wrong = bool(said)
        self.line.mark_wrong(self.is_wrong)
        self.said.setText(said)
        self.line.setAccessibleDescription(said)
        if self.said.isHidden() == bool(said):
            self.said.setVisible(bool(said))
            self.grown.emit()

    def _typed(self, text: str) -> None:
        """Nothing is called wrong while somebody types."""
        self.complain("")
        meant = self._understand(text.strip()) if text.strip() else Moment(None)
        if meant.at is not None and meant.at != self.moment:
            self.moment = meant.at
            self.changed.emit()

    def settle(self) -> bool:
        """The line is left: what it says is written out, or called wrong. Whether it is well."""
        text = self.line.text().strip()
        if self.moment is not None and text == self._written():
            return not self.is_wrong
        meant = self._understand(text) if text else Moment(None)
        if meant.at is not None:
            self.moment = meant.at
            self._tidy()
            return True
        when = in_full(self._look, meant.proposal, self._now()) if meant.proposal is not None else ""
        self.complain(self._look.text(f"inbox.snooze.{meant.problem or 'unreadable'}", when=when))
        return False

    def _written(self) -> str:
        return in_full(self._look, self.moment, self._now()) if self.moment is not None else ""

    def _tidy(self) -> None:
        self.complain("")
        written, px = self._written(), self._look.theme.px
        self.line.setText(written)
        self.line.setFixedWidth(max(px(LINE), round(text_width(written, self.line.font())) + px(24)))
        self.line.setCursorPosition(0)

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, at in snooze_choices(self._now(), self._look.words.zone):
            action = menu.addAction(f"{self._look.text(name)}\t{in_full(self._look, at, self._now())}")
            action.triggered.connect(lambda _checked=False, at=at: self._picked(at))
        menu.popup(self.pick.mapToGlobal(QPoint(0, self.pick.height())))

    def _picked(self, moment: datetime) -> None:
        self.show_moment(moment)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.settle()
        if watched is self.line and isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self.line.selectAll()
        return False
