"""Buttons: kinds, states, keys beside the words, sizes that follow the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets import button as button_module
from app.ui.widgets.button import Button, IconButton, Kind
from app.ui.widgets.text import text_width
from tests.ui.pictures import has, shot


@pytest.mark.parametrize(
    ("kind", "fill"), [("plain", "surface.raised"), ("primary", "accent.fill"), ("danger", "surface.raised")]
)
def test_a_kind_has_its_ground(look: Look, qtbot: QtBot, kind: Kind, fill: str) -> None:
    button = Button(look, "Send", kind=kind)
    qtbot.addWidget(button)
    assert has(shot(button), look.theme.color(fill))


def test_pressed_and_disabled_look_different(look: Look, qtbot: QtBot) -> None:
    button = Button(look, "Send", kind="primary")
    qtbot.addWidget(button)
    button.setDown(True)
    assert has(shot(button), look.theme.color("accent.pressed"))
    button.setDown(False)
    button.setEnabled(False)
    assert has(shot(button), look.theme.color("surface.sunken"))
    flat = Button(look, "Compare", kind="flat")
    qtbot.addWidget(flat)
    flat.setDown(True)
    assert has(shot(flat), look.theme.color("surface.pressed"))


def test_words_icon_and_key_take_room(look: Look, qtbot: QtBot) -> None:
    widths = [
        Button(look, *given[:1], icon=given[1], key=given[2], menu_arrow=given[3]).sizeHint().width()
        for given in (("Done", None, None, False), ("Done", "check", None, False), ("Done", "check", "E", False), ("Done", "check", "E", True))
    ]
    assert widths == sorted(set(widths))
    small, large = Button(look, "Done", size="small"), Button(look, "Done", size="large")
    assert (small.sizeHint().height(), large.sizeHint().height()) == (26, 36)


def test_a_button_can_be_renamed_and_given_another_key(look: Look, qtbot: QtBot) -> None:
    button = Button(look, "Done", key="E")
    qtbot.addWidget(button)
    before = button.sizeHint().width()
    button.setText("Mark as done")
    button.choose_key("Ctrl+Shift+D")
    button.choose_icon("check")
    button.choose_kind("primary")
    assert button.sizeHint().width() > before
    assert (button.accessibleName(), button.accessibleDescription()) == ("Mark as done", "Ctrl Shift D")
    shot(button)


def test_a_click_is_heard(look: Look, qtbot: QtBot) -> None:
    clicks: list[str] = []
    button = Button(look, "Done", clicked=lambda: clicks.append("button"))
    icon = IconButton(look, "x", "Close", key="Escape", clicked=lambda: clicks.append("icon"))
    for widget in (button, icon):
        qtbot.addWidget(widget)
        widget.show()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    assert clicks == ["button", "icon"]


def test_an_icon_button_names_itself_and_its_key(look: Look, qtbot: QtBot) -> None:
    button = IconButton(look, "link-simple", "Tracked link", key="Ctrl+L", framed=True, checkable=True)
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Tracked link", "Tracked link  Ctrl L")
    button.setChecked(True)
    assert has(shot(button), look.theme.color("surface.selected"))
    button.choose_icon("image")
    button.rename("Picture")
    assert button.accessibleName() == "Picture"
    assert button.sizeHint().width() >= look.theme.size("control.minTarget")


def test_text_without_room_is_elided(look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[QRectF, str]] = []

    class Painter(QPainter):
        def drawText(self, room: QRectF, _flags: int, text: str) -> None:  # type: ignore[override]
            drawn.append((room, text))

    monkeypatch.setattr(button_module, "QPainter", Painter)
    name = "A very long name for so narrow a button"
    button = Button(look, name, icon="check")
    qtbot.addWidget(button)
    shot(button)
    button.resize(100, 30)
    shot(button)
    (_, whole), (room, short) = drawn
    assert whole == name
    assert short.endswith("…")
    assert name.startswith(short.removesuffix("…").rstrip())
    assert text_width(short, look.theme.font("body")) <= room.width() < button.width() - room.left()
    assert button.accessibleName() == name
