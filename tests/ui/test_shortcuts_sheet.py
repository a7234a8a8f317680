"""The key sheet lists what the keys do here and everywhere."""

from __future__ import annotations

from app.ui.shell import Shell
from app.ui.shortcuts_sheet import ShortcutsSheet, keys_of
from app.ui.widgets.text import Label


def test_it_lists_the_pages_keys_apart_from_those_of_everywhere(shell: Shell) -> None:
    here, everywhere = keys_of(shell.actions, "inbox")
    assert [command.id for command in here][:2] == ["stub.done", "stub.snooze"]
    assert "view.palette" in [command.id for command in everywhere]
    assert keys_of(shell.actions, "composer")[0] == []


def test_it_fits_into_the_smallest_window(shell: Shell) -> None:
    shell.window.resize(1024, 640)
    shell.face.show_help("keys")
    sheet = shell.window.overlay()
    assert isinstance(sheet, ShortcutsSheet)
    assert sheet.rect().contains(sheet.panel.geometry())
    assert "Done" in [label.text() for label in sheet.panel.findChildren(Label)]
