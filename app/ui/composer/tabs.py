"""The tabs over the editor: base text, each account's text, and the preview where the window is narrow."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.roles import spoken_as
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.text import draw_text, text_width

BASE = 0
"""The key of the base text; accounts have their ids."""
PREVIEW = -1


@dataclass(frozen=True, slots=True)
class TabFace:
    """What a tab shows. `own` is a dot for own text, `wrong` the mark of something to fix."""

    key: int
    text: str
    own: bool = False
    wrong: bool = False


class Tab(QAbstractButton):
    """One of them."""

    def __init__(self, look: Look, face: TabFace) -> None:
        super().__init__()
        self._look = look
        self.face = face
        self.setCheckable(True)
        spoken_as(self, "tab")
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)
        self.show_face(face)

    def show_face(self, face: TabFace) -> None:
        self.face = face
        said = [face.text]
        if face.own:
            said.append(self._look.text("composer.own_text"))
        if face.wrong:
            said.append(self._look.text("composer.to_fix_here"))
        self.setAccessibleName(", ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        width = theme.px(20) + text_width(self.face.text, theme.font("small", weight=600)) + 1
        width += theme.px(12) if self.face.own else 0
        width += theme.px(18) if self.face.wrong else 0
        return QSize(int(width), theme.px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the row moves the choice
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ink = "accent.text" if chosen else "text.primary" if self.underMouse() else "text.secondary"
        painter.setPen(theme.color(ink))
        x = float(theme.px(10))
        x += draw_text(painter, QRectF(x, 0, self.width(), self.height()), self.face.text, theme.font("small", weight=600 if chosen else 400))
        painter.setPen(Qt.PenStyle.NoPen)
        if self.face.own:
            side = theme.px(6)
            painter.setBrush(theme.color("accent.fill"))
            painter.drawEllipse(QRectF(x + theme.px(6), (self.height() - side) / 2, side, side))
            x += theme.px(12)
        if self.face.wrong:
            box = QRectF(x + theme.px(6), 0, theme.px(13), self.height())
            self._look.icons.paint(painter, box, "warning-circle-fill", "status.danger.strong")
        if chosen:
            painter.fillRect(QRectF(theme.px(8), self.height() - 2, self.width() - theme.px(16), 2), theme.color("accent.fill"))


class Tabs(QWidget):
    """The row. `chosen` says a key when the user chooses; `choose` from code says nothing."""

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tabs: list[Tab] = []
        self._flow = FlowLayout(self, gap=0)
        spoken_as(self, "tabs")
        self.setAccessibleName(look.text("composer.texts"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def tabs(self) -> list[Tab]:
        return self._tabs

    @property
    def key(self) -> int:
        return next((tab.face.key for tab in self._tabs if tab.isChecked()), BASE)

    def show_faces(self, faces: list[TabFace], chosen: int) -> None:
        if [tab.face.key for tab in self._tabs] != [face.key for face in faces]:
            self._remake(faces)
        for tab, face in zip(self._tabs, faces, strict=True):
            if tab.face != face:
                tab.show_face(face)
        self.choose(chosen)

    def choose(self, key: int) -> None:
        for tab in self._tabs:
            if tab.face.key == key:
                tab.setChecked(True)
        for tab in self._tabs:
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab.isChecked() else Qt.FocusPolicy.ClickFocus)

    def step(self, step: int, skip: int | None = None) -> int:
        """The key one further, round about; `skip` is passed over."""
        keys = [tab.face.key for tab in self._tabs if tab.face.key != skip]
        here = keys.index(self.key) if self.key in keys else 0
        return keys[(here + step) % len(keys)] if keys else BASE

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        key = self.step(step)
        self.choose(key)
        next(tab for tab in self._tabs if tab.face.key == key).setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(key)

    def _remake(self, faces: list[TabFace]) -> None:
        for tab in self._tabs:
            self._flow.removeWidget(tab)
            tab.hide()
            tab.deleteLater()
        self._tabs = []
        for face in faces:
            tab = Tab(self._look, face)
            tab.clicked.connect(lambda _on=False, key=face.key: self._clicked(key))
            self._flow.addWidget(tab)
            self._tabs.append(tab)

    def _clicked(self, key: int) -> None:
        self.choose(key)
        self.chosen.emit(key)
