"""The form for what an answer of the playbook leaves open: a field for each placeholder, under the reply it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.prepared import Gap
from app.ui.look import Look
from app.ui.widgets.field import LineField
from app.ui.widgets.strip import IconSpot

MOST = 4


class BlankFields(QWidget):
    """Says `given` with a placeholder's name and its value, `left` when the last one has one."""

    given = Signal(str, str)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._gaps: tuple[Gap, ...] = ()
        px = look.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), 0, px(8), px(8))
        row.setSpacing(px(6))
        row.addWidget(IconSpot(look, "pencil-simple", "text.secondary", 15))
        self.lines = tuple(LineField(look, "", parent=self) for _ in range(MOST))
        for line in self.lines:
            row.addWidget(line, 1)
            line.installEventFilter(self)
            line.editingFinished.connect(self.give)
        self.hide()

    def show_gaps(self, gaps: Sequence[Gap]) -> None:
        """A field for each of the first few; what was typed for one of them stays."""
        shown = tuple(gaps)[:MOST]
        if shown == self._gaps:
            return
        typed = {gap.name: line.text() for gap, line in zip(self._gaps, self.lines, strict=False)}
        held = next((number for number, line in enumerate(self.lines) if line.hasFocus()), None)
        self._gaps = shown
        for number, line in enumerate(self.lines):
            gap = shown[number] if number < len(shown) else None
            line.setVisible(gap is not None)
            line.setText(typed.get(gap.name, "") if gap is not None else "")
            line.setPlaceholderText((gap.label or gap.name) if gap is not None else "")
            line.setAccessibleName(line.placeholderText())
        self.setVisible(bool(shown))
        if held is not None and shown:
            self.lines[min(held, len(shown) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def give(self) -> None:
        """Hand over what was typed."""
        for gap, line in list(zip(self._gaps, self.lines, strict=False)):
            value = " ".join(line.text().split())
            if value:
                line.clear()
                self.given.emit(gap.name, value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.give()
            if self.isHidden():
                self.left.emit()
            return True
        return super().eventFilter(watched, event)
