"""The sheet about the program tells version, licences and where the data is, in every size of window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QScrollArea

from app.runtime.paths import resources
from app.ui.about_sheet import AboutSheet, parts
from app.ui.shell import Shell
from app.ui.widgets.button import Button
from app.ui.widgets.text import Label
from app.version import VERSION


def opened(shell: Shell, texts: Path | None = None) -> AboutSheet:
    sheet = AboutSheet(shell.look, shell.window, Path("/data/of/ana"), texts)
    shell.face.open_sheet(sheet)
    return sheet


def words(sheet: AboutSheet) -> str:
    return "\n".join(label.text() for label in sheet.panel.findChildren(Label))


def test_it_tells_the_version_where_the_data_is_and_every_part_with_its_licence(shell: Shell) -> None:
    said = words(opened(shell))
    assert f"Tertulia {VERSION}" in said
    assert "/data/of/ana" in said
    listed = json.loads((resources() / "licences.json").read_text(encoding="utf-8"))
    assert len(listed) > 50
    assert all(f"{each['name']}: {each['licence']}" in said for each in listed if each["licence"])


def test_a_part_of_which_nothing_is_known_here_is_not_shown() -> None:
    assert all(each["licence"] for each in parts())


@pytest.mark.parametrize("zoom", [100, 150])
def test_it_fits_into_the_smallest_window(shell: Shell, zoom: int) -> None:
    shell.window.resize(1024, 640)
    shell.look.theme.choose(zoom=zoom)
    sheet = opened(shell, resources())
    sheet.place()
    assert sheet.rect().contains(sheet.panel.geometry())
    assert sheet.panel.findChild(QScrollArea).height() >= shell.look.theme.px(72)
    layout = sheet.panel.layout()
    assert layout is not None
    assert layout.totalHeightForWidth(sheet.panel.width()) <= sheet.panel.height()


def test_the_texts_of_licences_are_shown_where_they_were_installed(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()))
    sheet = opened(shell, tmp_path)
    (button,) = (each for each in sheet.panel.findChildren(Button) if each.text() == "Show the licence texts")
    button.click()
    assert asked == [str(tmp_path)]


def test_a_checkout_has_no_texts_to_show(shell: Shell, tmp_path: Path) -> None:
    assert "Show the licence texts" not in [each.text() for each in opened(shell, tmp_path / "none").panel.findChildren(Button)]
