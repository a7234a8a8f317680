"""Pictures are read no larger than they are shown; what is no picture is empty."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.ui.widgets.pictures import read_small


def test_a_large_picture_is_read_small_and_keeps_its_shape(qapp: QApplication, tmp_path: Path) -> None:
    image = QImage(800, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(tmp_path / "a.png"))
    small = read_small(tmp_path / "a.png", 160)
    assert (small.width(), small.height()) == (160, 80)
    image.scaled(100, 50).save(str(tmp_path / "b.png"))
    assert read_small(tmp_path / "b.png", 160).width() == 100


def test_what_cannot_be_read_is_empty(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    assert read_small(tmp_path / "a.png", 160).isNull()
    assert read_small(tmp_path / "none.png", 160).isNull()
