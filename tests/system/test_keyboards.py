"""Real key presses on US, Russian and French keyboards: the same letters and digits do the same everywhere."""

from __future__ import annotations

import pytest

from tests.system.desktop import KEYCODES, Program
from tests.system.parts import wait_until

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

# Where the key that undoes stands: Z by what it types (W's place on AZERTY), by its place where no Latin letter is typed.
UNDO = {"us": "z", "ru": "z", "fr": "w"}


def selected(program: Program) -> str:
    """Whose conversation is selected; the rest of the row's name counts minutes."""
    return program.wait_for("a selected conversation", "table cell", ".", "selected").name.split(",")[0]


@pytest.mark.parametrize("layout", ["us", "ru", "fr"])
def test_conversations_are_walked_and_closed_on_every_layout(program: Program, layout: str) -> None:
    desktop = program.desktop
    desktop.use_layout(layout)

    desktop.press("g", "i")
    first = selected(program)
    desktop.press("j")
    second = wait_until("J to select the next conversation", lambda: other_than(first, selected(program)))
    desktop.press("k")
    wait_until("K to select the one before", lambda: selected(program) == first)

    waiting = len(program.tell("inbox", "list"))
    desktop.press("e")
    wait_until("E to close the conversation and go on", lambda: selected(program) == second)
    wait_until("the closed conversation to leave the list", lambda: len(program.tell("inbox", "list")) == waiting - 1)

    desktop.press(UNDO[layout])
    wait_until("the conversation to come back", lambda: len(program.tell("inbox", "list")) == waiting)


@pytest.mark.parametrize("layout", ["us", "ru", "fr"])
def test_a_page_is_reached_by_its_digit_on_every_layout(program: Program, layout: str) -> None:
    """On AZERTY the key of 2 types é unless Shift is held."""
    program.desktop.use_layout(layout)
    program.desktop.press("control+2")
    program.wait_for("the inbox", "frame", "^Inbox")


def test_the_palette_opens_where_only_russian_letters_are_typed(program: Program) -> None:
    program.desktop.use_layout("ru")
    program.desktop.press("control+k")
    program.wait_for("the palette", "text", ".", "focused")


def other_than(known: str, name: str) -> str | None:
    return name if name != known else None


def test_the_places_of_the_keys_are_known() -> None:
    assert (KEYCODES["j"], KEYCODES["k"], KEYCODES["e"], KEYCODES["2"]) == (44, 45, 26, 11)
