"""The strip in the reply box: one word of advice, what may be done about it, and a way to put it away."""

from __future__ import annotations

import html
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from app.ui.inbox.counsel import Advice
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.strip import Strip

MOST_DEEDS = 3


class ReplyStrip(Strip):
    """Says `wanted` with the verb of a button, `put_away` with what the advice is about."""

    wanted = Signal(str)
    put_away = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "info")
        self.advice: Advice | None = None
        self.deeds: list[Button] = []
        for number in range(MOST_DEEDS):
            button = self.add_button("")
            button.clicked.connect(partial(self._pressed, number))
            self.deeds.append(button)
        self.button = self.deeds[0]
        self._close = self.add_close(look.text("inbox.put_away"))
        self._close.clicked.connect(self._closed)
        self.row.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # as many lines as the words need
        self.hide()

    def rename(self) -> None:
        """The language changed."""
        self._close.rename(self._look.text("inbox.put_away"))

    def show_advice(self, advice: Advice | None) -> None:
        """Say it, or nothing."""
        if advice == self.advice:
            return
        self.advice = advice
        if advice is None:
            self.hide()
            return
        self.show_message(advice.level, html.escape(advice.text, quote=False), advice.icon)
        for number, button in enumerate(self.deeds):
            deed = advice.deeds[number] if number < len(advice.deeds) else None
            button.setVisible(deed is not None)
            if deed is not None:
                button.setText(deed.label)
                button.choose_key(deed.key)
                button.setEnabled(deed.may)
        self._close.setVisible(bool(advice.about))
        self.show()

    def accept(self) -> bool:
        """Do the first thing that is proposed; whether there is one."""
        if self.isHidden() or self.advice is None or not self.advice.deeds or not self.advice.deeds[0].may:
            return False
        self.wanted.emit(self.advice.deeds[0].verb)
        return True

    def _pressed(self, number: int, _checked: bool = False) -> None:
        if self.advice is not None and number < len(self.advice.deeds):
            self.wanted.emit(self.advice.deeds[number].verb)

    def _closed(self) -> None:
        if self.advice is not None:
            self.put_away.emit(self.advice.about)


def in_a_row(strip: ReplyStrip) -> QHBoxLayout:
    """The strip with its room at the sides."""
    row = QHBoxLayout()
    row.setContentsMargins(8, 0, 8, 8)
    row.addWidget(strip)
    return row
