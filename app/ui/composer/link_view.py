"""A link's card as a network shows it: picture, title, description, host. All of it was written by strangers and is shown as plain text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPixmap, QTextLayout
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.post import LinkPreview, Picture
from app.ui.composer.thumbnails import Thumbnails
from app.ui.look import Look
from app.ui.safe_text import one_line
from app.ui.widgets.inside import nest
from app.ui.widgets.pictures import paint_covering
from app.ui.widgets.surface import Card
from app.ui.widgets.text import ElidedLabel, Label

PICTURE = 64


class LinkView(Card):
    """Read by a screen reader as title, description and host."""

    def __init__(self, look: Look, thumbnails: Thumbnails, path: Callable[[Picture], Path], card: LinkPreview) -> None:
        super().__init__(look, "base", "border.default")
        host = host_of(card.url)
        title, description = one_line(card.title) or host, one_line(card.description)
        self.setAccessibleName("\n".join(words for words in (title, description, host) if words))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 10, 8)
        row.setSpacing(10)
        if card.picture:
            row.addWidget(_Spot(look, thumbnails.pixmap(path(Picture(card.picture)))), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        self.title = ElidedLabel(look, title, "bodyStrong")
        column.addWidget(self.title)
        self.description = TwoLines(look, description, "small", "text.secondary")
        if not description:  # shown before it has a parent, it would be a window of its own for a moment
            self.description.hide()
        column.addWidget(self.description)
        self.host = ElidedLabel(look, host, "caption", "text.tertiary")
        column.addWidget(self.host)
        nest(row, column, 1)


class TwoLines(Label):
    """A paragraph of which the first two lines are shown; the second ends in an ellipsis where more would follow."""

    def __init__(self, look: Look, text: str, role: str, colour: str) -> None:
        super().__init__(look, text, role, colour, wrap=True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def lines(self, width: int) -> list[str]:
        """What fits into each; the second is yet to be elided."""
        text = self.text()
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        first = layout.createLine()
        if first.isValid():
            first.setLineWidth(max(1, width))
        layout.endLayout()
        units = text.encode("utf-16-le", "replace")
        cut = first.textLength() * 2 if first.isValid() else 0
        rest = units[cut:].decode("utf-16-le", "ignore").strip()
        start = units[:cut].decode("utf-16-le", "ignore")
        return [start, rest] if rest else [start]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return len(self.lines(width)) * self.fontMetrics().lineSpacing()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(160), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(16), self.fontMetrics().lineSpacing())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        metrics, width = self.fontMetrics(), self.width()
        for number, line in enumerate(self.lines(width)):
            place = QPointF(0, number * metrics.lineSpacing() + metrics.ascent())
            painter.drawText(place, metrics.elidedText(line.rstrip(), Qt.TextElideMode.ElideRight, width))


class _Spot(QWidget):
    """The middle of the picture in a square."""

    def __init__(self, look: Look, pixmap: QPixmap) -> None:
        super().__init__()
        self._look = look
        self._pixmap = pixmap
        look.theme.changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        side = self._look.theme.px(PICTURE)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.sunken"))
        rect = QRectF(self.rect())
        painter.drawRoundedRect(rect, theme.radius("s"), theme.radius("s"))
        paint_covering(painter, rect, self._pixmap, theme.radius("s"))


def host_of(url: str) -> str:
    """The name of the server, without "www."; the address itself where it cannot be read."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return one_line(host.removeprefix("www.") or url)
