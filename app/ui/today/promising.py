"""What becomes of a promise on Today: kept, let go (each can be taken back), or its conversation opened."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from app.models.conversation import View
from app.models.promise import PromiseRow
from app.runtime.words import message
from app.ui.page import PageFace

UNDO_SECONDS = 10


class PromiseActs:
    """Called by the buttons of a promise."""

    def __init__(self, face: PageFace) -> None:
        self._face = face

    def show(self, promise: PromiseRow) -> None:
        self._face.window.show_page("inbox", view=View.ALL.value, conversation=promise.conversation_id)

    def keep(self, promise: PromiseRow) -> None:
        self._end("today.said.kept", self._face.services.promises.keep(promise.id))

    def let_go(self, promise: PromiseRow) -> None:
        self._end("today.said.let_go", self._face.services.promises.let_go(promise.id))

    def _end(self, said: str, act: Coroutine[Any, Any, None]) -> None:
        async def do() -> None:
            await act
            self._face.notices.say(message(said), undo=True, seconds=UNDO_SECONDS)

        self._face.actions.start("today.promise", do())
