"""The playbook and what suggests its answers, made of lists; `world` is the FakeServices they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.models.playbook import WordingRow
from app.models.suggestion import Suggestion
from app.runtime.signals import Signal
from app.runtime.words import message
from app.services.playbook import Playbook
from tests.ui.inbox.fake_reads import FakeChanges


class FakePlaybook(Playbook):
    """Renders as the program does; notes what is added."""

    def __init__(self, world: Any) -> None:
        super().__init__(None, None, world.clock, world.settings, list)  # type: ignore[arg-type]
        self._world = world

    async def add_wording(self, answer_id: int, wording: WordingRow) -> bool:
        self._world.asked.append(("add_wording", answer_id, wording))
        return True


class FakeSuggesting:
    """Suggests what the test says, but not what was refused."""

    def __init__(self, world: Any) -> None:
        self._world = world
        self.sharper: Signal[[]] = Signal()
        self.found: dict[str, tuple[str, ...]] = {}
        """Keys of answers, by a word of the message."""
        self.refused: set[tuple[str, int]] = set()
        self.asked: list[tuple[str, str]] = []

    async def suggest(self, text: str, language: str = "", limit: int = 3) -> Sequence[Suggestion]:
        self.asked.append((text, language))
        keys = next((keys for word, keys in self.found.items() if word in text), ())
        known = {answer.key: answer for answer in self._world.answers}
        return [
            Suggestion(key, known[key].titled("en"), "", language, "", 1.0, ("enlace",), known[key].uses)
            for key in keys[:limit]
            if key in known
        ]

    async def not_this(self, answer: str, message_id: int) -> None:
        self._world.asked.append(("not_this", answer, message_id))
        self.refused.add((answer, message_id))
        self._world.changed.emit(FakeChanges(answer_choice={1}))

        def back() -> None:
            self.refused.discard((answer, message_id))
            self._world.changed.emit(FakeChanges(answer_choice={1}))

        self._world.undo.did(message("undone.not_this"), back)
