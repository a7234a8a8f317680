"""The footer: the keys of the page, what may follow in a sequence, and the way to the palette."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.palette import Palette
from app.ui.shell import Shell


def test_it_shows_the_keys_of_the_page(shell: Shell) -> None:
    assert shell.window.footer.hints() == [(("J", "K"), "do it"), (("Escape",), "close")]
    shell.window.footer.grab()


def test_a_sequence_takes_its_place_while_it_waits(shell: Shell) -> None:
    footer = shell.window.footer
    footer.show_sequence([("T", "Go to Today")])
    assert footer.hints() == [(("T",), "Go to Today")]
    footer.show_sequence([])
    assert footer.hints()[0][1] == "do it"


def test_a_click_on_the_palettes_key_opens_it(shell: Shell) -> None:
    footer = shell.window.footer
    footer.show_checked(lambda: "Checked 9:41")
    footer.grab()
    QTest.mouseClick(footer, Qt.MouseButton.LeftButton, pos=footer._palette_box.center().toPoint())
    assert isinstance(shell.window.overlay(), Palette)


def test_it_can_be_switched_off(shell: Shell) -> None:
    shell.window.show_footer(False)
    assert shell.window.footer.isHidden()
    shell.window.show_footer(True)
    assert shell.window.footer.isVisible()
