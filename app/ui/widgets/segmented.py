"""Two to five choices in one frame, one of them chosen; arrow keys move."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.widgets.text import draw_text, text_width

BOLD, PLAIN = 600, 400
EDGES, NARROW_EDGES = 8, 4
"""Around a stacked word, and at least."""


class Segmented(QWidget):
    """Says `chosen(index)` when the user chooses; `choose` from code says nothing."""

    chosen = Signal(int)

    def __init__(
        self,
        look: Look,
        name: str,
        choices: Sequence[tuple[str, str | None]],
        parent: QWidget | None = None,
        *,
        stacked: bool = False,
    ) -> None:
        """`choices` are (text, icon name or None); `name` is what is chosen, for the screen reader. `stacked` puts the icon over the
        word and takes the width there is.
        """
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding if stacked else QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for index, (text, icon) in enumerate(choices):
            part = _Stacked(look, text, icon) if stacked else _Part(look, text, icon)
            self._group.addButton(part, index)
            row.addWidget(part)
        self._group.idClicked.connect(self._clicked)
        look.theme.changed.connect(self._fit_words)
        self.choose(0)

    @property
    def index(self) -> int:
        return self._group.checkedId()

    def entry(self) -> QWidget:
        """The part that is chosen, for the focus."""
        return self._group.checkedButton() or self

    def choose(self, index: int) -> None:
        part = self._group.button(index)
        part.setChecked(True)
        for other in self._group.buttons():
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other is part else Qt.FocusPolicy.ClickFocus)

    def enable(self, index: int, enabled: bool, why: str = "") -> None:
        """Grey one choice and say why in its tooltip."""
        self._group.button(index).setEnabled(enabled)
        self._group.button(index).setToolTip(why)

    def is_enabled(self, index: int) -> bool:
        """Whether a choice is there to be made."""
        return self._group.button(index).isEnabled()

    def relabel(self, texts: Sequence[str]) -> None:
        """The language changed."""
        for part, text in zip(self._group.buttons(), texts, strict=True):
            part.setText(text)
            part.setAccessibleName(text)
            part.updateGeometry()
        self._fit_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """Where stacked words have no room in bold beside each other, the chosen one is told by its ground alone."""
        stacked = [part for part in self._group.buttons() if isinstance(part, _Stacked)]
        edges = self._look.theme.px(NARROW_EDGES) + 1
        needed = sum(part.word_width(BOLD) + edges for part in stacked) + 2 * (len(stacked) + 1)
        for part in stacked:
            part.be_plain(needed > self.width())

    def _clicked(self, index: int) -> None:
        self.choose(index)
        self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        count = len(self._group.buttons())
        index = self.index
        for _ in range(count):
            index = (index + step) % count
            if self._group.button(index).isEnabled():
                break
        if index != self.index:
            self.choose(index)
            self._group.button(index).setFocus(Qt.FocusReason.TabFocusReason)
            self.chosen.emit(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.radius("button"), theme.radius("button"))


class _Part(QAbstractButton):
    """One of the choices."""

    def __init__(self, look: Look, text: str, icon: str | None) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)  # to a screen reader it is one of several
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the frame moves the choice
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        width = theme.px(20) + text_width(self.text(), theme.font("small", weight=600)) + 1
        if self._icon:
            width += theme.px(14 + 5)
        return QSize(int(width), theme.size("control.segmented") - 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.45)
        if self.isChecked():
            painter.setPen(QPen(theme.color("border.default"), 1))
            painter.setBrush(theme.color("surface.raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("s"), theme.radius("s"))
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.radius("s"), theme.radius("s"))
        self._paint_words(painter, theme.color("text.primary" if self.isChecked() else "text.secondary"))

    def minimumSizeHint(self) -> QSize:
        """The icon alone."""
        return QSize(self._look.theme.px(20 + 14), self.sizeHint().height()) if self._icon else self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.toolTip() in ("", self.text()):
            self.setToolTip("" if self._fits() else self.text())

    def _fits(self) -> bool:
        """Whether there is room for the word beside its icon."""
        return self.width() >= self.sizeHint().width() - self._look.theme.px(10)

    def _paint_words(self, painter: QPainter, ink: QColor) -> None:
        """Where the word does not fit, its icon stands for it, or else as much of it as fits."""
        theme = self._look.theme
        if self._icon and not self._fits():
            self._look.icons.paint(painter, QRectF(0, 0, self.width(), theme.px(14)).translated(0, (self.height() - theme.px(14)) / 2), self._icon, ink)
            return
        font = theme.font("small", weight=600 if self.isChecked() else 500)
        width = min(text_width(self.text(), font) + 2, self.width())
        x = (self.width() - width + 2 - (theme.px(19) if self._icon else 0)) / 2
        if self._icon:
            self._look.icons.paint(painter, QRectF(x, 0, theme.px(14), self.height()), self._icon, ink)
            x += theme.px(19)
        painter.setPen(ink)
        draw_text(painter, QRectF(x, 0, width, self.height()), self.text(), font)


class _Stacked(_Part):
    """One of the choices with its icon over its word."""

    def __init__(self, look: Look, text: str, icon: str | None) -> None:
        super().__init__(look, text, icon)
        self._bold = BOLD
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def be_plain(self, plain: bool) -> None:
        """No bold word, chosen or not."""
        bold = PLAIN if plain else BOLD
        if bold != self._bold:
            self._bold = bold
            self.updateGeometry()
            self.update()

    def word_width(self, weight: int) -> int:
        return ceil(text_width(self.text(), self._look.theme.font("caption", weight=weight)))

    def sizeHint(self) -> QSize:
        return QSize(self.word_width(self._bold) + self._look.theme.px(EDGES), self._look.theme.px(42))

    def _paint_words(self, painter: QPainter, ink: QColor) -> None:
        theme = self._look.theme
        if self._icon:
            self._look.icons.paint(painter, QRectF(0, theme.px(6), self.width(), theme.px(14)), self._icon, ink)
        painter.setPen(ink)
        edges = theme.px(NARROW_EDGES)
        room = QRectF(edges / 2, theme.px(22), self.width() - edges, theme.px(16))
        draw_text(painter, room, self.text(), theme.font("caption", weight=self._bold if self.isChecked() else PLAIN), Qt.AlignmentFlag.AlignCenter)
