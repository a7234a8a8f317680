"""The page before all others: says what is being prepared, or why the profile cannot be opened and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.runtime.words import Message
from app.ui.page import Page, PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState

Choice = tuple[Message, Callable[[], None]]


class StartingPage(Page):
    """A sentence in the middle. `tell` changes it."""

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self._layout = QVBoxLayout(self)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown: QWidget | None = None
        self._say(Message("starting.preparing"), Message("starting.preparing.detail"), "", ())

    def opened(self, **target: object) -> None:
        """`message` and `detail` (Messages), `icon`, and `choices`: (label, function) pairs."""
        choices = target.get("choices", ())
        assert isinstance(choices, Sequence)
        message, detail = target["message"], target.get("detail")
        assert isinstance(message, Message)
        self._say(message, detail if isinstance(detail, Message) else None, str(target.get("icon", "")), choices)

    def _say(self, message: Message, detail: Message | None, icon: str, choices: Sequence[Choice]) -> None:
        if self._shown is not None:
            self._shown.hide()
            self._layout.removeWidget(self._shown)
            self._shown.deleteLater()
        state = EmptyState(self._face.look, icon=icon) if icon else EmptyState(self._face.look, cup=True)
        state.show_words(self._face.text(message), self._face.text(detail) if detail is not None else "")
        for number, (label, act) in enumerate(choices):
            text = self._face.text(label)
            button = Button(self._face.look, text, kind="primary" if number == 0 else "plain", clicked=act)
            state.add_button(button)
        self._layout.addWidget(state)
        self._shown = state
