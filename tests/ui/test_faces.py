"""What is painted of pictures comes from files here, is remembered, and is asked for anew when something changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.models.picture_kind import PictureKind
from app.runtime.signals import Signal
from app.ui.faces import MOST_KEPT, Faces


class Album:
    """Files by address, and how often each was asked for."""

    def __init__(self, files: dict[str, Path]) -> None:
        self.changed: Signal[frozenset[str]] = Signal()
        self.files = files
        self.asked: list[str] = []

    def file(self, url: str, kind: PictureKind) -> Path | None:
        self.asked.append(url)
        return self.files.get(url)

    async def size(self) -> int:
        return 0

    async def clear(self) -> None:
        self.files.clear()


def made(tmp_path: Path) -> Path:
    image = QImage(12, 12, QImage.Format.Format_RGB32)
    image.fill(0xFF884400)
    path = tmp_path / "a.face"
    image.save(str(path), "PNG")  # type: ignore[call-overload]
    return path


def test_a_file_is_read_once(qapp: QApplication, tmp_path: Path) -> None:
    album = Album({"a": made(tmp_path)})
    faces = Faces(album)
    first = faces.face("a")
    assert first is not None
    assert first.width() == 12
    assert faces.face("a") is first
    assert (faces.face("b"), faces.face("b"), faces.face("")) == (None, None, None)
    assert album.asked == ["a", "b"]


def test_a_file_that_is_no_picture_is_none(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "x.face"
    path.write_bytes(b"nonsense")
    assert Faces(Album({"a": path})).face("a") is None


def test_what_came_is_asked_for_again(qapp: QApplication, tmp_path: Path) -> None:
    album = Album({})
    faces = Faces(album)
    assert faces.picture("a") is None
    album.files["a"] = made(tmp_path)
    album.changed.emit(frozenset({"a"}))
    assert faces.picture("a") is not None
    album.files.clear()
    album.changed.emit(frozenset())
    assert faces.picture("a") is None


def test_not_more_is_remembered_than_a_few_screens_need(qapp: QApplication) -> None:
    faces = Faces(Album({}))
    for number in range(1000):
        faces.face(str(number))
    assert len(faces._read[PictureKind.FACE]) == MOST_KEPT[PictureKind.FACE]
