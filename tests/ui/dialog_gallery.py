"""Paints every sheet, question and menu into contact sheets, to be looked at: python -m tests.ui.dialog_gallery DIR [LANGUAGE [WIDTHxHEIGHT]]."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.widgets.overlay import Overlay
from tests.ui.scenes import SCENES
from tests.ui.stage import stage_in

ACROSS = 1960
GAP = 12


def picture(part: QWidget) -> QImage:
    """A sheet without the page below it."""
    return (part.panel if isinstance(part, Overlay) else part).grab().toImage()


def contact_sheets(pictures: list[QImage], most: int = 1900) -> list[QImage]:
    """Side by side in rows, so many to a sheet as fit its height."""
    sheets: list[list[tuple[int, int, QImage]]] = [[]]
    x = y = row = 0
    for each in pictures:
        if x and x + each.width() > ACROSS:
            x, y, row = 0, y + row + GAP, 0
        if y and y + each.height() > most:
            sheets.append([])
            x = y = row = 0
        sheets[-1].append((x, y, each))
        x, row = x + each.width() + GAP, max(row, each.height())
    return [_put_together(sheet) for sheet in sheets if sheet]


def _put_together(placed: list[tuple[int, int, QImage]]) -> QImage:
    width = max(x + each.width() for x, _, each in placed)
    whole = QImage(width, max(y + each.height() for _, y, each in placed), QImage.Format.Format_RGB32)
    whole.fill(0xFF888888)
    painter = QPainter(whole)
    for x, y, each in placed:
        painter.drawImage(QRect(x, y, each.width(), each.height()), each)
    painter.end()
    return whole


def main() -> None:
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    languages = sys.argv[2:3] or ["en", "es", "fr", "ru", "zh"]
    width, height = (sys.argv[3] if len(sys.argv) > 3 else "1440x900").split("x")
    with tempfile.TemporaryDirectory() as folder, stage_in(Path(folder)) as stage:
        stage.look.theme.choose(mode="light")
        stage.resize((int(width), int(height)))
        for language in languages:
            stage.speak(language)
            pictures = []
            for opened in SCENES.values():
                stage.loop.run_until_complete(opened(stage))
                pictures += [picture(part) for part in stage.parts()[-1:] or [stage.window]]
                stage.clear()
            for number, sheet in enumerate(contact_sheets(pictures), 1):
                sheet.save(str(target / f"{language}-{number:02}.png"))


if __name__ == "__main__":
    main()
