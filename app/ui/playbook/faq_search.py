"""The search for questions as the FAQ shows it: begun where messages came since the last one, told from half a second on, and stopped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.page import PageFace

PATIENCE_MS = 500
"""From here on a search that goes on says how far it is, and can be stopped."""


class FaqSearch(QObject):
    """`went` when it is time to show something else of it, `ended` when it brought what it could."""

    went = Signal()
    ended = Signal()

    def __init__(self, face: PageFace, days: Callable[[], int]) -> None:
        super().__init__()
        self._face = face
        self._days = days
        self.going = (0, 0)
        """How much is done, of how much."""
        self.stopped = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.went)
        self._deaf = face.services.faq_gathering.progress.connect(self._went_on)

    @property
    def is_shown(self) -> bool:
        """It has gone on long enough to be told."""
        return self._face.services.faq_gathering.is_under_way and not self._patience.isActive()

    def look_if_due(self) -> None:
        """Look where messages came since the last time, unless the user stopped it."""
        if not self._face.services.data.read_only and not self._face.services.faq_gathering.is_under_way:
            self._face.actions.start("faq: due", self._look_if_due())

    def look(self) -> None:
        """Look now."""
        self._face.actions.start("faq: look", self._look())

    async def _look_if_due(self) -> None:
        if not self.stopped and await self._face.services.faq_gathering.is_due(self._days()):
            await self._look()

    async def _look(self) -> None:
        gathering = self._face.services.faq_gathering
        if gathering.is_under_way:
            return
        self.stopped = False
        self._patience.start()
        try:
            self.stopped = (await gathering.gather(self._days())).stopped
        finally:
            self._patience.stop()
            self.going = (0, 0)
            self.went.emit()
            self.ended.emit()

    def _went_on(self, done: int, of: int) -> None:
        self.going = (done, of)
        if not self._patience.isActive():
            self.went.emit()

    def retire(self) -> None:
        """Others take its place."""
        self._patience.stop()
        self._deaf()
