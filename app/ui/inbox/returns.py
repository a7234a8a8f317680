"""Replies that may come back: while one can still be taken back, its conversation is watched for the text returning to its draft."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from app.commands.services import Changes
from app.models.message import ConversationDetail
from app.runtime.settings import Sending
from app.ui.page import PageFace

SLACK = timedelta(seconds=20)
"""What taking back may need on top of the undo time."""


class Returns(QObject):
    """Says `came_back` once for a reply that was taken back."""

    came_back = Signal(int, str)
    """The conversation, and the text as it was typed ("" when only the draft knows it)."""

    def __init__(self, face: PageFace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._expected: dict[int, tuple[str, datetime]] = {}

    def expect(self, conversation_id: int, text: str = "") -> None:
        """A reply of this conversation, typed as `text`, may return: only as long as it can be taken back."""
        seconds = self._face.services.settings.get(Sending).undo_seconds
        self._expected[conversation_id] = text, self._face.clock.now() + timedelta(seconds=seconds) + SLACK

    def forget(self, conversation_id: int) -> None:
        """Something else is typed there."""
        self._expected.pop(conversation_id, None)

    def follow(self, changes: Changes) -> None:
        """A commit touched rows."""
        for conversation_id in sorted(self._expected):
            if changes.all_of("reply_draft") or conversation_id in changes.ids("reply_draft"):
                self._look(conversation_id)

    def _look(self, conversation_id: int) -> None:
        def deliver(detail: ConversationDetail | None) -> None:
            if detail is None or not detail.draft or conversation_id not in self._expected:
                return
            text, until = self._expected.pop(conversation_id)
            if self._face.clock.now() <= until:
                same = "".join(text.split()) == "".join(detail.draft.split())
                self.came_back.emit(conversation_id, text if same else "")

        self._face.services.reads.later(lambda queries: queries.conversation(conversation_id, 1), deliver)
