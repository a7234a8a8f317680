"""The sheet that deletes everything names the folder and the word."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.ui.settings.erase_sheet import EraseSheet
from app.ui.widgets.strip import Strip
from tests.ui.shop import Shop


def test_the_folder_and_the_word_are_named_and_the_field_has_the_keyboard(shop: Shop) -> None:
    sheet = EraseSheet(shop.shell.page_face, shop.shell.window, "aurora")
    assert sheet.findChildren(Strip)
    assert "aurora" in sheet.field.line.accessibleName()
    assert not sheet.go.isEnabled()
    sheet.deleteLater()


@pytest.mark.parametrize("folder", ["/home/" + "sin_fin_" * 30, "/home/lucia/" + "una-carpeta-larga/" * 12])
def test_a_very_long_path_is_there_to_its_end(shop: Shop, folder: str) -> None:
    shop.services.data.folder = Path(folder)
    sheet = EraseSheet(shop.shell.page_face, shop.shell.window, "aurora")
    sheet.open()
    QApplication.processEvents()
    (strip,) = sheet.findChildren(Strip)
    assert strip.label.height() >= strip.label.heightForWidth(strip.label.width())
    needs = QFontMetrics(strip.label.font()).boundingRect(
        0, 0, strip.label.width(), 10_000, Qt.TextFlag.TextWordWrap, strip.label.text()
    )
    assert (needs.width() <= strip.label.width(), needs.height() <= strip.label.height()) == (True, True)
    assert folder.rstrip("/") in strip.label.text().replace("\u200b", "")
    sheet.close_now()
