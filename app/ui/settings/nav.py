"""The column of Settings at the left: one entry a section, one of them chosen; arrow keys move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.roles import spoken_as
from app.ui.settings.sections import Section
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Pane, PaneHeader
from app.ui.widgets.text import draw_text

WIDTH, NARROW = 216, 48
ROW = 32


class Nav(Pane):
    """Says `chosen(section id)` when the user chooses; `choose` from code says nothing."""

    chosen = Signal(str)

    def __init__(self, look: Look, sections: Sequence[Section]) -> None:
        super().__init__(look, "window", ("right",))
        self._sections = list(sections)
        self._narrow = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        self._header = PaneHeader(look, look.text("page.settings"), "window")
        column.addWidget(self._header)
        inner = QVBoxLayout()
        px = look.theme.px
        inner.setContentsMargins(px(8), px(8), px(8), px(8))
        inner.setSpacing(0)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for number, section in enumerate(self._sections):
            entry = _Entry(look, section)
            self._group.addButton(entry, number)
            inner.addWidget(entry)
        nest(column, inner)
        column.addStretch(1)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._sections[number].id))
        look.theme.changed.connect(self._resize)
        self._resize()
        self.retitle()

    @property
    def section(self) -> str:
        return self._sections[max(0, self._group.checkedId())].id

    def choose(self, section: str) -> None:
        for number, each in enumerate(self._sections):
            button = self._group.button(number)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each.id == section else Qt.FocusPolicy.ClickFocus)
            if each.id == section:
                button.setChecked(True)

    def entry(self) -> QWidget:
        """The chosen one, for the focus."""
        return self._group.button(max(0, self._group.checkedId()))

    def retitle(self) -> None:
        self._header.title.setText(self._look.text("page.settings"))
        self.setAccessibleName(self._look.text("page.settings"))
        for number, section in enumerate(self._sections):
            text = self._look.text(section.title_id)
            button = self._group.button(number)
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(text if self._narrow else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        number = min(max(self._group.checkedId() + step, 0), len(self._sections) - 1)
        self.choose(self._sections[number].id)
        self.entry().setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(self._sections[number].id)

    def be_narrow(self, narrow: bool) -> None:
        """Icons alone; their names are in the tooltips."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._resize()

    def _resize(self) -> None:
        self.setFixedWidth(self._look.theme.px(NARROW if self._narrow else WIDTH))
        self._header.title.setVisible(not self._narrow)
        for button in self._group.buttons():
            button.setToolTip(button.text() if self._narrow else "")


class _Entry(QAbstractButton):
    """Icon and words; filled icon and accent while chosen."""

    def __init__(self, look: Look, section: Section) -> None:
        super().__init__()
        self._look = look
        self._icon = section.icon
        self.setCheckable(True)
        spoken_as(self, "tab")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ownKeys", ["Up", "Down"])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the column moves the choice
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(32), self._look.theme.px(ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = "surface.selected" if chosen else "surface.hover" if self.underMouse() else ""
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(QRectF(self.rect()), theme.radius("m"), theme.radius("m"))
        icon = f"{self._icon}-fill" if chosen and self._look.icons.exists(f"{self._icon}-fill") else self._icon
        self._look.icons.paint(painter, QRectF(px(8), 0, px(16), self.height()), icon, "accent.text" if chosen else "text.secondary")
        painter.setPen(theme.color("accent.text" if chosen else "text.primary"))
        left = px(8 + 16 + 9)
        if self.width() - left < px(24):
            return
        font = theme.font("body", weight=600 if chosen else 400)
        draw_text(painter, QRectF(left, 0, self.width() - left - px(6), self.height()), self.text(), font)
