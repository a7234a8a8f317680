"""The pictures of a reply: small, in a row, with the description of the chosen one beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from app.models.post import Picture
from app.ui.inbox.reply_editor import PICTURES
from app.ui.look import Look
from app.ui.widgets.button import IconButton
from app.ui.widgets.field import LineField

SIDE = 40
READ = 160
"""Pixels of the longer side that is read: enough for a small picture at twice the usual resolution."""


class ReplyPictures(QWidget):
    """Says `changed` when a description is typed or a picture goes."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._path: Callable[[Picture], Path] = lambda picture: Path(picture.path)
        self._pictures: tuple[Picture, ...] = ()
        self._chosen = 0
        self._tiles: list[Tile] = []
        px = look.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), 0, px(8), px(8))
        row.setSpacing(px(6))
        self._row = row
        self.alt = LineField(look, "")
        self.alt.textEdited.connect(self._described)
        row.addWidget(self.alt, 1)
        self.remove = IconButton(look, "x", "", size=26, clicked=self._remove)
        row.addWidget(self.remove)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """The language changed."""
        look = self._look
        self.alt.setAccessibleName(look.text("inbox.picture_alt"))
        self.alt.setPlaceholderText(look.text("inbox.picture_alt_hint"))
        self.remove.rename(look.text("inbox.picture_remove"))

    def find_with(self, path: Callable[[Picture], Path]) -> None:
        """How a picture's file is found."""
        self._path = path

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return self._pictures

    def show_pictures(self, pictures: tuple[Picture, ...], longest_alt: int = 0) -> None:
        """Show these and no others; says nothing."""
        if longest_alt:
            self.alt.setMaxLength(longest_alt)
        if [picture.path for picture in pictures] != [picture.path for picture in self._pictures]:
            self._make_tiles(pictures)
        self._pictures = pictures
        self._choose(min(self._chosen, len(pictures) - 1))
        self.setVisible(bool(pictures))

    def add(self, picture: Picture) -> None:
        """One more; its description is asked for."""
        self.show_pictures((*self._pictures, picture))
        self._choose(len(self._pictures) - 1)
        self.changed.emit()
        self.alt.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_tiles(self, pictures: tuple[Picture, ...]) -> None:
        for tile in self._tiles:
            self._row.removeWidget(tile)
            tile.deleteLater()
        self._tiles = []
        for number, picture in enumerate(pictures):
            tile = Tile(self._look, _read(self._path(picture)))
            tile.clicked.connect(lambda _on=False, number=number: self._choose(number))
            tile.removed.connect(self._remove, Qt.ConnectionType.QueuedConnection)  # it goes with its own key press
            self._row.insertWidget(number, tile)
            self._tiles.append(tile)

    def _choose(self, number: int) -> None:
        self._chosen = max(0, number)
        for place, tile in enumerate(self._tiles):
            tile.setChecked(place == self._chosen)
            said = "inbox.picture_described" if self._pictures[place].alt else "inbox.picture_bare"
            tile.setAccessibleName(self._look.text(said, number=place + 1, alt=self._pictures[place].alt))
        if self._pictures and self.alt.text() != self._pictures[self._chosen].alt:
            self.alt.setText(self._pictures[self._chosen].alt)

    def _described(self, text: str) -> None:
        if self._pictures:
            changed = list(self._pictures)
            changed[self._chosen] = Picture(changed[self._chosen].path, text)
            self._pictures = tuple(changed)
            self._tiles[self._chosen].update()
            self.changed.emit()

    def _remove(self) -> None:
        if self._pictures:
            self.show_pictures(tuple(picture for place, picture in enumerate(self._pictures) if place != self._chosen))
            self.changed.emit()


class Tile(QAbstractButton):
    """One picture; Delete takes it out."""

    removed = Signal()

    def __init__(self, look: Look, pixmap: QPixmap) -> None:
        super().__init__()
        self._look = look
        self._pixmap = pixmap
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownKeys", ["Delete", "Backspace"])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(SIDE), self._look.theme.px(SIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        path = QPainterPath()
        path.addRoundedRect(rect, theme.radius("m"), theme.radius("m"))
        painter.fillPath(path, theme.color("surface.sunken"))
        if self._pixmap.isNull():
            self._look.icons.paint(painter, rect, "image", "text.tertiary")
        else:
            painter.save()
            painter.setClipPath(path)
            factor = max(rect.width() / self._pixmap.width(), rect.height() / self._pixmap.height())
            size = QSize(round(self._pixmap.width() * factor), round(self._pixmap.height() * factor))
            place = QRectF(
                rect.center().x() - size.width() / 2, rect.center().y() - size.height() / 2, size.width(), size.height()
            )
            painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))
            painter.restore()
        if self.isChecked():
            painter.setPen(QPen(theme.color("accent.fill"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)


def ask_for_pictures(host: QWidget, look: Look, take: Callable[[list[Path]], None]) -> None:
    """The system's dialog; it calls back and does not stop the window."""
    endings = " ".join(f"*{ending}" for ending in PICTURES)
    dialog = QFileDialog(host, look.text("inbox.picture"), "", f"{look.text('inbox.pictures')} ({endings})")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: take([Path(name) for name in names]))
    dialog.open()


def _read(path: Path) -> QPixmap:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > READ:
        reader.setScaledSize(size.scaled(QSize(READ, READ), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return QPixmap() if image.isNull() else QPixmap.fromImage(image)
