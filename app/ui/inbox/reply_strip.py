"""The strip in the reply box: one word of advice, what may be done about it, and a way to put it away."""

from __future__ import annotations

import html
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from app.ui.inbox.counsel import Advice, Situation, advise, remind
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.strip import Strip

MOST_DEEDS = 3


class ReplyStrip(Strip):
    """Says `wanted` with the verb of a button, `put_away` with what the advice is about, `advised` when it says something else, or nothing."""

    wanted = Signal(str)
    put_away = Signal(str)
    advised = Signal()

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
        else:
            self._say(advice)
        self.advised.emit()

    def _say(self, advice: Advice) -> None:
        self.show_message(advice.level, _rich(advice), advice.icon)
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


class ReplyStrips(QVBoxLayout):
    """The one word of advice, and below it what the reply promises: neither may hide the other."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.advice = ReplyStrip(look)
        self.promise = ReplyStrip(look)
        self.setContentsMargins(8, 0, 8, 8)
        self.setSpacing(6)
        self.addWidget(self.advice)
        self.addWidget(self.promise)

    def show_for(self, now: Situation) -> None:
        """What fits how things stand in the box."""
        self.advice.show_advice(advise(now, self._look.text))
        free = self.advice.advice is None or not self.advice.advice.deeds
        self.promise.show_advice(remind(now, self._look.text, free=free))

    def show_nothing(self) -> None:
        self.advice.show_advice(None)
        self.promise.show_advice(None)

    def rename(self) -> None:
        """The language changed."""
        self.advice.rename()
        self.promise.rename()

    def accept(self) -> bool:
        """Do what is proposed: first the advice, then what it promises; whether anything is."""
        return self.advice.accept() or self.promise.accept()

    @property
    def promises(self) -> bool:
        """Whether what is written promises something, be it remembered or not."""
        shown = self.promise.advice
        return shown is not None and bool(shown.deeds) and shown.deeds[0].verb in ("promise", "promise_not")

    def remember(self) -> bool:
        """Accept, or no longer, the promise that is offered; whether one is."""
        return self.promises and self.promise.accept()


def _rich(advice: Advice) -> str:
    """The text, harmless, with its strong pieces."""
    text = html.escape(advice.text, quote=False)
    for piece in advice.strong:
        shown = html.escape(piece, quote=False)
        text = text.replace(shown, f"<b>{shown}</b>", 1) if shown else text
    return text
