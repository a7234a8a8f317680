"""The sheet that deletes everything names the folder and the word."""

from __future__ import annotations

from app.ui.settings.erase_sheet import EraseSheet
from app.ui.widgets.strip import Strip
from tests.ui.shop import Shop


def test_the_folder_and_the_word_are_named_and_the_field_has_the_keyboard(shop: Shop) -> None:
    sheet = EraseSheet(shop.shell.page_face, shop.shell.window, "aurora")
    assert sheet.findChildren(Strip)
    assert "aurora" in sheet.field.line.accessibleName()
    assert not sheet.go.isEnabled()
    sheet.deleteLater()
