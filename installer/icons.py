"""The program's icon in the sizes and formats that systems ask for, painted from app.svg. Needs Qt and Pillow.

    python -m installer.icons FOLDER
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from installer.identity import ROOT

DRAWING = ROOT / "resources" / "icons" / "app.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)


def paint(folder: Path) -> None:
    """`tertulia-<size>.png` for each size, `tertulia.ico` for Windows, `tertulia.icns` for macOS."""
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(DRAWING))
    if not renderer.isValid():
        raise ValueError(f"{DRAWING} is no drawing that Qt can read")
    for size in (*SIZES, 1024):
        image = QImage(QSize(size, size), QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        if not image.save(str(folder / f"tertulia-{size}.png"), "PNG"):  # type: ignore[call-overload]
            raise OSError(f"the icon of {size} pixels could not be written to {folder}")
    with Image.open(folder / "tertulia-1024.png") as large:
        large.save(folder / "tertulia.ico", sizes=[(size, size) for size in ICO_SIZES])
        large.save(folder / "tertulia.icns")


def main() -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    paint(Path(sys.argv[1]))
    application.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
