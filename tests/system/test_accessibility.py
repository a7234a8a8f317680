"""What a screen reader finds in the window: every part has a role and a name, and lists say which row is selected."""

from __future__ import annotations

import pytest

from tests.system.desktop import Node, Program

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

PAGES = ("Today", "Inbox", "Settings")


def test_the_pages_are_found_by_name(program: Program) -> None:
    program.window()
    seen = program.seen()
    names = {node.name for node in seen.all()}
    missing = [page for page in PAGES if not any(name.startswith(page) for name in names)]
    assert not missing, seen.outline()


def test_everything_that_can_be_reached_by_keyboard_has_a_name(program: Program) -> None:
    for keys in ("control+1", "control+2"):
        program.desktop.press(keys)
        program.wait_for("a page", "frame", "Tertulia")
        seen = program.seen()
        nameless = [node for node in seen.all() if can_be_reached(node) and not node.name]
        assert not nameless, "\n".join([*(node.outline() for node in nameless), "in", seen.outline()])


def test_the_inbox_says_what_its_rows_are_and_which_is_selected(program: Program) -> None:
    program.desktop.press("control+2")
    row = program.wait_for("a selected conversation", "table cell", ".", "selected")
    assert len(row.name.split()) >= 3, row.outline()


def can_be_reached(node: Node) -> bool:
    return {"focusable", "showing", "enabled"} <= node.states
