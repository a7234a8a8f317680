"""The program itself, started as it is: what a screen reader hears when another page comes to the front."""

from __future__ import annotations

import pytest

from tests.system.desktop import Program
from tests.system.screen_reader import screen_reader

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]


def test_another_page_is_told_and_nothing_on_the_way(program: Program) -> None:
    program.window()
    with screen_reader(program.desktop) as reader:
        reader.tree()
        reader.forget()
        program.desktop.press("control+2")
        reader.wait_for(
            "the list",
            lambda event: event.kind == "state-changed" and event.role == "table" and event.name == "Conversations",
        )
        reader.wait_for(
            "the window's new name", lambda event: event.kind == "property-change" and event.name.startswith("Inbox")
        )
        passed = [event for event in reader.heard() if event.kind == "state-changed" and event.role == "page tab"]
        assert passed == []


def test_the_inbox_says_what_its_rows_are_and_which_is_selected(program: Program) -> None:
    program.desktop.press("control+2")
    row = program.wait_for("a selected conversation", "table cell", ".", "selected")
    assert len(row.name.split()) >= 3, row.outline()
