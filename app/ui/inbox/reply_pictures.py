"""The pictures of a reply: small, in a row, with the description of the chosen one beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.models.post import Picture
from app.ui.inbox.reply_editor import PICTURES
from app.ui.look import Look
from app.ui.widgets.button import IconButton
from app.ui.widgets.field import LineField
from app.ui.widgets.picture_tile import PictureTile
from app.ui.widgets.pictures import read_small

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
        self._tiles: list[PictureTile] = []
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
            tile = PictureTile(self._look, SIDE, read_small(self._path(picture), READ), arranged=False)
            tile.clicked.connect(lambda _on=False, number=number: self._choose(number))
            tile.removed.connect(self._remove, Qt.ConnectionType.QueuedConnection)  # it goes with its own key press
            self._row.insertWidget(number, tile)
            self._tiles.append(tile)

    def _choose(self, number: int) -> None:
        self._chosen = max(0, number)
        for place, tile in enumerate(self._tiles):
            tile.show_described(place + 1, self._pictures[place].alt, chosen=place == self._chosen)
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


def ask_for_pictures(host: QWidget, look: Look, take: Callable[[list[Path]], None]) -> None:
    """The system's dialog; it calls back and does not stop the window."""
    endings = " ".join(f"*{ending}" for ending in PICTURES)
    dialog = QFileDialog(host, look.text("inbox.picture"), "", f"{look.text('inbox.pictures')} ({endings})")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: take([Path(name) for name in names]))
    dialog.open()
