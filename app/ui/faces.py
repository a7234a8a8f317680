"""Pictures of customers and their messages as screens paint them: read from our own folder when first needed, never from a network."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from app.commands.account_services import PicturesService
from app.models.picture_kind import PictureKind

MOST_KEPT = {PictureKind.FACE: 300, PictureKind.PICTURE: 40}
GATHERING_MS = 250


class Faces(QObject):
    """Remembers what it read and what is not there; `changed` when it may be worth asking again."""

    changed = Signal()

    def __init__(self, pictures: PicturesService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._read: dict[PictureKind, OrderedDict[str, QPixmap | None]] = {kind: OrderedDict() for kind in PictureKind}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(GATHERING_MS)
        self._soon.timeout.connect(self.changed)
        disconnect = pictures.changed.connect(self._hear)
        self.destroyed.connect(lambda _object=None: disconnect())

    def face(self, url: str) -> QPixmap | None:
        """A person's face; None where there is none here."""
        return self._find(url, PictureKind.FACE) if url else None

    def picture(self, url: str) -> QPixmap | None:
        """A picture of a message."""
        return self._find(url, PictureKind.PICTURE) if url else None

    def _find(self, url: str, kind: PictureKind) -> QPixmap | None:
        known = self._read[kind]
        if url in known:
            known.move_to_end(url)
            return known[url]
        path = self._pictures.file(url, kind)
        pixmap = QPixmap(str(path)) if path is not None else None
        known[url] = pixmap if pixmap is not None and not pixmap.isNull() else None
        while len(known) > MOST_KEPT[kind]:
            known.popitem(last=False)
        return known[url]

    def _hear(self, urls: frozenset[str]) -> None:
        for known in self._read.values():
            if not urls:
                known.clear()
            for url in urls & known.keys():
                del known[url]
        if not self._soon.isActive():
            self._soon.start()
