"""Replies that may come back: while one can still be taken back, its conversation is watched for the text returning to its draft."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from app.commands.services import Changes, undo_seconds
from app.models.message import ConversationDetail
from app.ui.inbox.reply_box import Taken
from app.ui.page import PageFace

SLACK = timedelta(seconds=20)
"""What taking back may need on top of the undo time."""


class Returns(QObject):
    """Says `came_back` once for a reply that was taken back."""

    came_back = Signal(int, object)
    """The conversation, and what was handed over (None when only the draft knows it)."""

    def __init__(self, face: PageFace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._expected: dict[int, tuple[Taken | None, datetime]] = {}

    def expect(self, conversation_id: int, taken: Taken | None = None) -> None:
        """A reply of this conversation may return as it was taken: only as long as it can be taken back."""
        seconds = undo_seconds(self._face.services)
        self._expected[conversation_id] = taken, self._face.clock.now() + timedelta(seconds=seconds) + SLACK

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
            taken, until = self._expected.pop(conversation_id)
            if self._face.clock.now() <= until:
                same = taken is not None and "".join(taken.draft.text.split()) == "".join(detail.draft.split())
                self.came_back.emit(conversation_id, taken if same else None)

        self._face.services.reads.later(lambda queries: queries.conversation(conversation_id, 1), deliver)
