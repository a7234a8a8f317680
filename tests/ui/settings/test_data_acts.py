"""What the section Data does with files: acts that nobody knows do nothing (the acts themselves are told in test_data)."""

from __future__ import annotations

from tests.ui.shop import Shop


def test_an_act_that_nobody_knows_does_nothing(shop: Shop) -> None:
    shop.shell.window.show_page("settings", section="data", data="dance")
    shop.go_on()
    assert shop.done == []
    assert shop.shell.window.overlay() is None
