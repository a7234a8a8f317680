"""The minute that passes while the Inbox is in front: countdowns of the rows in sight, groups, the header's chip, what has become due."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from app.models.conversation import View
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.list_pane import ListPane

MINUTE_MS = 60_000
LATE_MS = 50
"""A timer may fire a little early: it is set a little late, so that the minute has begun."""


class Minutes(QObject):
    """Ticks as the minute of the clock changes; only while started."""

    def __init__(self, desk: Desk, rows: ListPane, conversation: ConversationPane, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._list = rows
        self._conversation = conversation
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.tick)
        desk.counted.connect(lambda counts, _accounts: self._look_for_due(counts))

    def start(self) -> None:
        """The page came to the front: everything as late as it is now."""
        self._pass_time()
        self._set()

    def stop(self) -> None:
        self.timer.stop()

    def tick(self) -> None:
        """Another minute."""
        self._pass_time()
        self._desk.read_counts()
        self._set()

    def _pass_time(self) -> None:
        self._list.show_titles(self._desk.group_titles())
        self._list.repaint_times()
        self._conversation.messages.tell_time()
        self._conversation.header.due.tell_time()

    def _look_for_due(self, counts: dict[View, int]) -> None:
        """What is due soon changes without anybody's doing: where that list is in front, it is read anew."""
        desk = self._desk
        if (
            desk.view is View.DUE_SOON
            and desk.listing.found is None
            and counts.get(View.DUE_SOON) != desk.model.rowCount()
        ):
            desk.model.follow(None)

    def _set(self) -> None:
        now: datetime = self._desk.now()
        self.timer.start(MINUTE_MS - (now.second * 1000 + now.microsecond // 1000) + LATE_MS)
