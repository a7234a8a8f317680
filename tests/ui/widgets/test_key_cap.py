"""Keys are written for the platform and drawn as caps."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.key_cap import CapKind, KeyHint, cap_texts, cap_width, caps_width, key_text, paint_cap, paint_caps
from tests.ui.pictures import has, painted, shot


@pytest.mark.parametrize(
    ("key", "elsewhere", "apple"),
    [("E", "E", "E"), ("Ctrl+Return", "Ctrl ↵", "⌘↵"), ("Ctrl+Shift+B", "Ctrl Shift B", "⌘⇧B"), ("Ctrl++", "Ctrl +", "⌘+"), ("+", "+", "+"),
     ("Escape", "Esc", "Esc"), ("Delete", "Del", "⌫"), ("Shift+F6", "Shift F6", "⇧F6"), ("Ctrl+,", "Ctrl ,", "⌘,"), ("Ctrl+-", "Ctrl -", "⌘-")],
)  # fmt: skip
def test_a_key_is_written_for_the_platform(key: str, elsewhere: str, apple: str) -> None:
    assert (key_text(key, apple=False), key_text(key, apple=True)) == (elsewhere, apple)


def test_a_sequence_is_two_caps() -> None:
    assert cap_texts("G T") == ["G", "T"]
    assert len(cap_texts("Ctrl+K")) == 1


@pytest.mark.parametrize("kind", ["plain", "on", "ghost", "on_fill"])
def test_caps_are_drawn_as_wide_as_they_say(look: Look, kind: CapKind) -> None:
    widths = []
    painted(lambda painter: widths.append(paint_cap(painter, 0, 0, look, "Ctrl K", kind)))
    assert widths == [cap_width(look, "Ctrl K")]


def test_a_row_of_caps_is_as_wide_as_it_says(look: Look) -> None:
    widths = []
    painted(lambda painter: widths.append(paint_caps(painter, 0, 0, look, ("J", "K"))))
    assert widths == [caps_width(look, ("J", "K"))]
    assert caps_width(look, ()) == 0


def test_a_hint_names_key_and_deed(look: Look, qtbot: QtBot) -> None:
    hint = KeyHint(look, ("J", "K"), "next, previous")
    qtbot.addWidget(hint)
    assert hint.accessibleName() == "J K next, previous"
    assert has(shot(hint), look.theme.color("border.default"))
