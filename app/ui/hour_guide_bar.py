"""The bar of the guided hour: its steps with what they have left, the minutes used, and next, break and leave. One line, whatever the room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.models.hour_guide import STEPS, Guide, Work, has_work
from app.ui.look import Look
from app.ui.page import ActionsFace
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Pane
from app.ui.widgets.text import ElidedLabel, Label, draw_text, text_width

HEIGHT = 40
GLYPH = 14
ROOM_FOR_HINT = 120


class GuideBar(Pane):
    """Says `step_chosen(step)`; the other acts are commands."""

    step_chosen = Signal(object)

    def __init__(self, look: Look, actions: ActionsFace, parent: QWidget | None = None) -> None:
        super().__init__(look, "raised", lines=("top",), parent=parent)
        self._actions = actions
        self._guide: Guide | None = None
        self._work = Work()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.row = QHBoxLayout(self)
        self.row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self.row.addWidget(IconSpot(look, "clock", "accent.text", 16))
        self.used = Label(look, "", "caption", "text.secondary")
        self.row.addWidget(self.used)
        self.steps = {step: StepButton(look) for step in STEPS}
        for step, button in self.steps.items():
            button.setObjectName(f"step {step}")
            button.clicked.connect(lambda _checked=False, step=step: self.step_chosen.emit(step))
            self.row.addWidget(button)
        self.hint = ElidedLabel(look, "", "caption", "text.tertiary")
        self.row.addWidget(self.hint, 1)
        self.next = Button(look, "", size="small", clicked=lambda: actions.run("hour.next"))
        self.pause = Button(look, "", size="small", clicked=lambda: actions.run("hour.pause"))
        self.leave = IconButton(
            look, "x", actions.title("hour.leave"), size=26, clicked=lambda: actions.run("hour.leave")
        )
        for each in (self.next, self.pause, self.leave):
            self.row.addWidget(each)
        self.next.setObjectName("hour next")
        self.pause.setObjectName("hour pause")
        self.leave.setObjectName("hour leave")
        look.theme.changed.connect(self._resize)
        self._resize()

    def show_guide(self, guide: Guide, work: Work, used: int, whole: int) -> None:
        """`whole` 0: the hour has no length."""
        self._guide, self._work = guide, work
        text = self._look.text
        self.setAccessibleName(text("hour.bar"))
        self.used.setText(text("hour.used", used=used, whole=whole) if whole else text("shell.minutes", minutes=used))
        for step, button in self.steps.items():
            passed = STEPS.index(step) < STEPS.index(guide.step) or (
                step is not guide.step and not has_work(step, work)
            )
            button.show_step(text(f"hour.step.{step}"), work.left(step), current=step is guide.step, passed=passed)
        left = work.left(guide.step)
        through = left == 0
        if guide.paused:
            said = text("hour.paused")
        elif whole and used >= whole:
            said = text("hour.full", whole=whole)
        else:
            said = text("hour.nothing_left") if through else ""
        self.hint.setText(said)
        self.hint.setAccessibleName(said)
        last = guide.step is STEPS[-1]
        self.next.setText(text("hour.finish" if last else "hour.next"))
        self.next.choose_kind("primary" if through and not guide.paused else "plain")
        self.next.setEnabled(not guide.paused)
        self.next.choose_key(next(iter(self._actions.keys("hour.next")), None))
        self.pause.setText(text("hour.go_on" if guide.paused else "hour.pause"))
        self.pause.choose_icon(None if guide.paused else "pause-circle")
        self.pause.choose_kind("primary" if guide.paused else "flat")
        self.leave.setAccessibleName(self._actions.title("hour.leave"))
        self.leave.setToolTip(self._actions.title("hour.leave"))
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(600), self._look.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._look.theme.px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for all steps, the one under way stands alone; then the minutes go too."""
        if self._guide is None:
            return
        px = self._look.theme.px
        margins, spacing = px(32), px(6)
        always = [self.next, self.pause, self.leave, self.steps[self._guide.step]]
        room = self.width() - margins - px(16) - spacing - sum(each.sizeHint().width() + spacing for each in always)
        others = [button for step, button in self.steps.items() if step is not self._guide.step]
        used = self.used.sizeHint().width() + spacing
        self.used.setVisible(used <= room)
        room -= used if used <= room else 0
        wide = sum(each.sizeHint().width() + spacing for each in others)
        for button in others:
            button.setVisible(wide <= room)
        room -= wide if wide <= room else 0
        self.hint.setVisible(room >= px(ROOM_FOR_HINT))

    def _resize(self) -> None:
        px = self._look.theme.px
        self.row.setContentsMargins(px(16), px(5), px(16), px(4))
        self.row.setSpacing(px(6))
        self.setFixedHeight(px(HEIGHT))


class StepButton(QAbstractButton):
    """One step: a glyph for where it stands, its name, and how much it has left. The one under way is written strong."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._left: int | None = None
        self._current = self._passed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def show_step(self, name: str, left: int | None, *, current: bool, passed: bool) -> None:
        self._left, self._current, self._passed = left, current, passed
        self.setText(f"{name} {self._look.number(left)}" if left and not passed else name)
        where = "hour.step_current" if current else "hour.step_passed" if passed else "hour.step_ahead"
        self.setAccessibleName(self._look.text(where, name=name, n=left or 0))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        wide = 2 * theme.px(8) + theme.px(GLYPH + 4) + text_width(self.text(), self._font()) + 1
        return QSize(int(wide), theme.size("control.buttonSmall"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._ground()
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(self.rect()), theme.radius("button"), theme.radius("button"))
        ink = "accent.text" if self._current else "text.tertiary" if self._passed else "text.secondary"
        glyph = "check" if self._passed else "arrow-right" if self._current else "minus"
        self._look.icons.paint(painter, QRectF(px(8), 0, px(GLYPH), self.height()), glyph, ink)
        painter.setPen(theme.color(ink))
        x = px(8 + GLYPH + 4)
        draw_text(painter, QRectF(x, 0, self.width() - x, self.height()), self.text(), self._font())

    def _ground(self) -> QColor | None:
        theme = self._look.theme
        if self.isDown() or self.underMouse():
            return theme.color("surface.pressed" if self.isDown() else "surface.hover")
        return theme.color("surface.selected") if self._current else None

    def _font(self) -> QFont:
        return self._look.theme.font("small", tabular=True, weight=600 if self._current else 400)
