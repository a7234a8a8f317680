"""The pictures that go along with an answer: taken in by dialog, paste or drop, described, put in order by keys, removed."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.models.post import Picture
from app.runtime.words import message
from app.ui.page import PageFace
from app.ui.playbook.desk import Desk
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.field import LineField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.inside import nest
from app.ui.widgets.picture_tile import PictureTile
from app.ui.widgets.pictures import read_small
from app.ui.widgets.text import SectionLabel

SIDE = 72
READ = 240
"""Pixels of the longer side that is read: enough for a tile at twice the usual resolution."""
ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif")
MOST = 10
"""More than any network takes with one post."""


class Pictures(QWidget):
    """The file is copied into the profile before it is shown: the answer does not depend on where it was."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        look = face.look
        self._face = face
        self._look = look
        self._desk = desk
        self._chosen = 0
        self._paths: tuple[str, ...] | None = None
        self.tiles: list[PictureTile] = []
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(SectionLabel(look, look.text("playbook.pictures")))
        holder = QWidget()
        self._flow = FlowLayout(holder, gap=px(8))
        column.addWidget(holder)
        row = QHBoxLayout()
        row.setSpacing(px(4))
        self.alt = LineField(look, look.text("playbook.picture_alt"), "", look.text("playbook.picture_alt_hint"))
        self.alt.textEdited.connect(self._described)
        row.addWidget(self.alt, 1)
        self.left = IconButton(
            look, "caret-left", look.text("playbook.picture_left"), key="Shift+Left", clicked=lambda: self._move(-1)
        )
        self.right = IconButton(
            look, "caret-right", look.text("playbook.picture_right"), key="Shift+Right", clicked=lambda: self._move(1)
        )
        self.away = IconButton(look, "trash", look.text("playbook.picture_remove"), key="Delete", clicked=self._remove)
        self.add = Button(
            look,
            look.text("playbook.picture_add"),
            icon="plus",
            size="small",
            clicked=lambda: face.actions.run("playbook.picture"),
        )
        for button in (self.left, self.right, self.away, self.add):
            row.addWidget(button)
        nest(column, row)

    # ---- showing

    def show_content(self) -> None:
        """What the desk holds now."""
        pictures = self._desk.content.pictures
        read_only = self._face.services.data.read_only
        self.setVisible(bool(pictures))
        self._keep_tiles(pictures)
        if not pictures:
            return
        self._chosen = min(max(self._chosen, 0), len(pictures) - 1)
        for place, (tile, picture) in enumerate(zip(self.tiles, pictures, strict=True)):
            tile.show_described(place + 1, picture.alt, chosen=place == self._chosen)
        self.left.setEnabled(not read_only and self._chosen > 0)
        self.right.setEnabled(not read_only and self._chosen < len(pictures) - 1)
        self.away.setEnabled(not read_only)
        self.add.setEnabled(not read_only and len(pictures) < MOST)
        self.alt.setReadOnly(read_only)
        self.alt.setAccessibleName(self._look.text("playbook.picture_alt_of", number=self._chosen + 1))
        if self.alt.text() != pictures[self._chosen].alt:
            self.alt.setText(pictures[self._chosen].alt)

    def _keep_tiles(self, pictures: Sequence[Picture]) -> None:
        paths = tuple(picture.path for picture in pictures)
        if paths == self._paths:
            return
        focused = any(tile.hasFocus() for tile in self.tiles)
        for tile in self.tiles:
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._paths, self.tiles = paths, []
        for place, picture in enumerate(pictures):
            tile = PictureTile(self._look, SIDE, read_small(self._face.services.posts.picture_path(picture), READ))
            tile.clicked.connect(lambda _on=False, place=place: self._choose(place))
            tile.stepped.connect(lambda step, place=place: self._step(place + step))
            # A tile goes with its own key press: what it asks for happens after that.
            tile.moved.connect(self._move, Qt.ConnectionType.QueuedConnection)
            tile.removed.connect(self._remove, Qt.ConnectionType.QueuedConnection)
            self._flow.addWidget(tile)
            tile.show()
            self.tiles.append(tile)
        if focused and self.tiles:
            self.tiles[min(max(self._chosen, 0), len(self.tiles) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    # ---- taking in

    def ask(self) -> None:
        """Open the system's dialog; it calls back and does not stop the window."""
        if not self._may_add():
            return
        text = self._look.text
        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        dialog = QFileDialog(self, text("playbook.choose_pictures"), "", f"{text('playbook.pictures')} ({endings})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take_in([Path(name) for name in names]))
        dialog.open()

    def take_in(self, found: object) -> None:
        """Files, or an image without one."""
        number = self._desk.answer_id
        if number is None or not self._may_add():
            return
        if isinstance(found, QImage):
            self._face.actions.start("playbook: picture", self._add_image(number, found))
        elif isinstance(found, list) and found:
            self._face.actions.start("playbook: picture", self._add(number, found))

    def _may_add(self) -> bool:
        desk = self._desk
        return desk.is_open and not self._face.services.data.read_only and len(desk.content.pictures) < MOST

    async def _add(self, answer_id: int, paths: Sequence[Path]) -> None:
        for path in paths:
            picture = await self._face.services.posts.add_picture(path)
            there = self._desk.content.pictures
            if self._desk.answer_id != answer_id or len(there) >= MOST:
                return
            if picture.path in [each.path for each in there]:
                self._face.notices.say(message("playbook.picture_there"))
                continue
            self._chosen = len(there)
            self._show((*there, picture))
            self.alt.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _add_image(self, answer_id: int, image: QImage) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "pasted.png"
            if image.save(str(path)):
                await self._add(answer_id, [path])

    # ---- changing

    def _show(self, pictures: tuple[Picture, ...]) -> None:
        self._desk.edit(replace(self._desk.content, pictures=pictures))
        self.show_content()

    def _choose(self, place: int) -> None:
        self._chosen = place
        self.show_content()

    def _step(self, place: int) -> None:
        if 0 <= place < len(self.tiles):
            self._choose(place)
            self.tiles[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _move(self, step: int) -> None:
        pictures, to = list(self._desk.content.pictures), self._chosen + step
        if self._face.services.data.read_only or not pictures or not 0 <= to < len(pictures):
            return
        pictures.insert(to, pictures.pop(self._chosen))
        self._chosen = to
        self._show(tuple(pictures))

    def _remove(self) -> None:
        pictures = list(self._desk.content.pictures)
        if self._face.services.data.read_only or not pictures:
            return
        del pictures[self._chosen]
        self._show(tuple(pictures))

    def _described(self, text: str) -> None:
        pictures = list(self._desk.content.pictures)
        if self._chosen < len(pictures):
            pictures[self._chosen] = Picture(pictures[self._chosen].path, text)
            self._show(tuple(pictures))


def pictures_in(source: QMimeData) -> list[Path] | QImage | None:
    """What of a paste or a drop is pictures: files, or an image without one; None for neither."""
    paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    files = [path for path in paths if path.suffix.casefold() in ENDINGS]
    if files:
        return files
    if source.hasImage() and not source.hasText():
        image = source.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return image
    return None
