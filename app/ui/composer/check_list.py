"""What the checks found, one line each, with the click that mends it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.composer.findings import Check, Level, Mend
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.text import Label, SectionLabel

GLYPHS = {
    Level.FIX: ("warning-circle-fill", "status.danger.text"),
    Level.LOOK: ("warning-fill", "status.warn.text"),
    Level.OK: ("check-circle-fill", "status.success.text"),
}


class CheckRow(QWidget):
    """One finding."""

    def __init__(self, look: Look, check: Check) -> None:
        super().__init__()
        self.check = check
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        icon, colour = GLYPHS[check.level]
        row.addWidget(IconSpot(look, icon, colour, 15), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        well = check.level is Level.OK
        said = Label(look, look.text(check.said), "small", "text.secondary" if well else "text.primary", wrap=True)
        if not well:
            said.setFont(look.theme.font("small", weight=500))
        words.addWidget(said)
        detail = look.text(check.detail) if check.detail is not None else ""
        if detail:
            words.addWidget(Label(look, detail, "caption", "text.tertiary", wrap=True))
        nest(row, words, 1)
        self.buttons: list[tuple[Button, Mend]] = []
        for mend in (check.mend, check.other):
            if mend is not None:
                label = look.text(mend.label_id, n=mend.n) if mend.n is not None else look.text(mend.label_id)
                button = Button(look, label, size="small")
                button.setAccessibleDescription(f"{said.text()}. {detail}".strip())
                self.buttons.append((button, mend))
        if len(self.buttons) > 1:  # two do not fit beside the words
            words.addSpacing(5)
            beneath = QHBoxLayout()
            beneath.setSpacing(6)
            for button, _ in self.buttons:
                beneath.addWidget(button)
            beneath.addStretch(1)
            nest(words, beneath)
        elif self.buttons:
            row.addWidget(self.buttons[0][0], 0, Qt.AlignmentFlag.AlignTop)
        words.addStretch(1)
        self.setAccessibleName(f"{look.text(f'composer.level.{check.level}')}: {said.text()}. {detail}".strip())

    @property
    def button(self) -> Button | None:
        """The first way to mend it."""
        return self.buttons[0][0] if self.buttons else None


class CheckList(QWidget):
    """Says `mended` with the `Mend` that was clicked."""

    mended = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: list[Check] = []
        self._rows: list[CheckRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(SectionLabel(look, look.text("composer.checks")))
        head.addStretch(1)
        self._to_fix = Label(look, "", "captionStrong", "status.danger.text")
        self._to_look = Label(look, "", "captionStrong", "status.warn.text")
        head.addWidget(self._to_fix)
        head.addWidget(self._to_look)
        nest(column, head)
        self.hide()
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        nest(column, self._column)

    def rows(self) -> list[CheckRow]:
        return self._rows

    def show_checks(self, checks: Sequence[Check]) -> None:
        if list(checks) == self._shown:
            return
        focused = next((i for i, row in enumerate(self._rows) if any(button.hasFocus() for button, _ in row.buttons)), None)
        self._announce(checks)
        self._shown = list(checks)
        self.setVisible(bool(checks))
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for check in checks:
            made = CheckRow(self._look, check)
            for button, mend in made.buttons:
                button.clicked.connect(lambda _on=False, mend=mend: self._clicked(mend))
            self._column.addWidget(made)
            self._rows.append(made)
        counts = {level: sum(check.level is level for check in checks) for level in Level}
        self._to_fix.setText(self._look.text("composer.to_fix", n=counts[Level.FIX]))
        self._to_fix.setVisible(counts[Level.FIX] > 0)
        self._to_look.setText(self._look.text("composer.to_look_at", n=counts[Level.LOOK]))
        self._to_look.setVisible(counts[Level.LOOK] > 0)
        if focused is not None:
            self._focus_near(focused)

    def step(self, step: int) -> bool:
        """Put the keyboard on the next mend; whether there is one."""
        buttons = [button for row in self._rows for button, _ in row.buttons]
        if not buttons:
            return False
        here = next((i for i, button in enumerate(buttons) if button.hasFocus()), -1 if step > 0 else 0)
        buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _focus_near(self, index: int) -> None:
        rows = self._rows[index:] + self._rows[:index][::-1]
        button = next((row.button for row in rows if row.button is not None), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _announce(self, checks: Sequence[Check]) -> None:
        """A screen reader hears of what became wrong, once."""
        known = {check.said for check in self._shown if check.level is Level.FIX}
        for check in checks:
            if check.level is Level.FIX and check.said not in known and self._shown:
                event = QAccessibleAnnouncementEvent(self, self._look.text(check.said))
                event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
                QAccessible.updateAccessibility(event)
                return

    def _clicked(self, mend: Mend) -> None:
        self.mended.emit(mend)
