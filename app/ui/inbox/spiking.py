"""What suddenly repeats, on the page: one strip over the list, and the list of its conversations."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt

from app.ui.inbox.desk import Desk
from app.ui.inbox.list_pane import ListPane
from app.ui.inbox.views import ViewsColumn
from app.ui.page import PageFace
from app.ui.widgets.spike_strip import SpikeStrip


class SpikeWatch(QObject):
    """Follows the service; the strip is made when there is something to say."""

    def __init__(self, face: PageFace, desk: Desk, rows: ListPane, views: ViewsColumn) -> None:
        super().__init__(views)
        self._face = face
        self._desk = desk
        self._list = rows
        self.strip: SpikeStrip | None = None
        self._hear_no_more = face.services.spikes.changed.connect(lambda _spike: self.tell())
        self.destroyed.connect(lambda _object=None, disconnect=self._hear_no_more: disconnect())

    def tell(self) -> None:
        """Say what there is now."""
        spike = self._face.services.spikes.current
        if spike is None:
            if self.strip is not None:
                self.strip.hide()
        else:
            if self.strip is None:
                run = self._face.actions.run
                self.strip = SpikeStrip(
                    self._face.look, partial(run, "inbox.show_spike"), partial(run, "inbox.dismiss_spike")
                )
                self._list.put_strip(self.strip)
            self.strip.show_spike(spike)
        self._face.actions.refresh()

    def open(self) -> None:
        """The list of its conversations."""
        spike = self._face.services.spikes.current
        if spike is not None:
            self._list.end_search()
            self._desk.finding.show_spike(spike)
            self._list.rows.setFocus(Qt.FocusReason.OtherFocusReason)
