"""Settings, Data: the shop's orders are imported from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.ui.settings import page
from app.ui.settings.data import DataPane
from app.ui.widgets.button import Button
from tests.ui.shop import Shop


def test_the_data_section_offers_the_import(shop: Shop, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    dialogs: list[QFileDialog] = []
    monkeypatch.setattr(QFileDialog, "open", lambda self: dialogs.append(self))
    chosen: list[Path] = []
    monkeypatch.setattr(page, "open_import", lambda _face, _host, path, _currency: chosen.append(path))
    shop.shell.window.show_page("settings", section="data")
    qapp.processEvents()
    pane = shop.shell.window.findChild(DataPane)
    assert pane is not None
    button = next(each for each in pane.findChildren(Button) if each.text() == "Import orders…")
    button.click()
    qapp.processEvents()
    dialogs[0].fileSelected.emit("/shop/orders.csv")
    assert chosen == [Path("/shop/orders.csv")]
    dialogs[0].deleteLater()
