"""How far an act on very many conversations has come, and a way to stop it; what was done of it is one step to take back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.ui.inbox.list_pane import ListPane, ReadingStrip
from app.ui.page import PageFace


class BulkProgress(QObject):
    """Hears of the act and shows the strip over the rows while it runs."""

    def __init__(self, face: PageFace, rows: ListPane) -> None:
        super().__init__(rows)
        self._face = face
        self._list = rows
        self._strip: ReadingStrip | None = None
        face.services.inbox.progress.connect(self._progress)

    @property
    def runs(self) -> bool:
        return self._strip is not None and not self._strip.isHidden()

    def stop(self) -> bool:
        """Whether there was something to stop."""
        runs = self.runs
        if runs:
            self._face.services.inbox.stop()
        return runs

    def _progress(self, done: int, of: int) -> None:
        if not of:
            if self._strip is not None:
                self._strip.hide()
            return
        if self._strip is None:
            self._strip = ReadingStrip(self._face.look, self._face.services.inbox.stop)
            self._list.put_strip(self._strip)
        self._strip.show_text(self._face.text("inbox.bulk", done=done, all=of), done / of)
