"""Ways by which pictures and videos come into a post: the dialog, the clipboard, a drop. Each file is copied into the profile by the service."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from app.models.post import Picture
from app.ui.composer.drafting import VIDEO_ENDINGS
from app.ui.composer.editor import PICTURE_ENDINGS
from app.ui.composer.films import copying
from app.ui.page import PageFace


class PicturesIn:
    """`take` gets each picture as soon as it is in the profile."""

    def __init__(self, face: PageFace, host: QWidget, take: Callable[[Picture], None]) -> None:
        self._face = face
        self._host = host
        self._take = take

    def ask(self) -> None:
        """Open the system's dialog; it calls back and does not stop the window."""
        endings = " ".join(f"*{ending}" for ending in (*PICTURE_ENDINGS, *VIDEO_ENDINGS))
        dialog = QFileDialog(self._host, self._face.text("composer.choose_pictures"), "", f"{self._face.text('composer.pictures')} ({endings})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take_files([Path(name) for name in names]))
        dialog.open()

    def take_in(self, pictures: object) -> None:
        """What an editor or a drop handed on: a list of paths, or an image without a file."""
        if isinstance(pictures, QImage):
            self._face.actions.start("add picture", self._add_image(pictures))
        elif isinstance(pictures, list):
            self.take_files([path for path in pictures if isinstance(path, Path)])

    def take_files(self, paths: Sequence[Path]) -> None:
        if paths:
            self._face.actions.start("add pictures", self._add(paths))

    async def _add(self, paths: Sequence[Path]) -> None:
        for path in paths:
            if (said := copying(path)) is not None:
                self._face.notices.say(said)
            self._take(await self._face.services.posts.add_picture(path))

    async def _add_image(self, image: QImage) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "pasted.png"
            if image.save(str(path)):
                self._take(await self._face.services.posts.add_picture(path))
