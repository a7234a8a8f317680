"""Where an account or a mailbox is added, the guide is one button away, at the way into that network."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.networks.registry import CARDS
from app.ui.guide.sheet import GuideSheet
from app.ui.settings.add_account import AddAccountSheet, NetworkTile
from tests.ui.shop import Shop

NETWORKS = {card.name: card.id for card in CARDS}


def test_adding_an_account_leads_to_the_way_into_its_network_and_back(shop: Shop, qapp: QApplication) -> None:
    window = shop.shell.window
    window.show_page("settings", section="accounts")
    shop.shell.actions.run("accounts.add")
    qapp.processEvents()
    sheet = window.overlay()
    assert isinstance(sheet, AddAccountSheet)
    for place, tile in enumerate(sheet.findChildren(NetworkTile)):
        tile.click()
        sheet.how.click()
        guide = window.overlay()
        assert isinstance(guide, GuideSheet)
        assert guide.place_shown == f"sign-in#{NETWORKS[tile.text()]}", place
        guide.close_now()
        assert window.overlay() is sheet


def test_settings_name_the_page_of_their_section(shop: Shop, qapp: QApplication) -> None:
    shop.shell.window.show_page("settings", section="data")
    qapp.processEvents()
    shop.shell.actions.run("help.guide")
    guide = shop.shell.window.overlay()
    assert isinstance(guide, GuideSheet)
    assert guide.place_shown == "data"
