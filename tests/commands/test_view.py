"""The window's commands ask the window for what their names say."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands import view
from app.commands.command import Command, Context, State
from app.runtime.words import message


class Notes:
    """Notes every call; `in_page` answers what it was given."""

    def __init__(self, answer: object = None) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self._answer = answer

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            self.calls.append((name, *arguments, *named.items()))
            return self._answer

        return call


async def ran(made: Command, window: Notes, **services: Any) -> Notes:
    notices = Notes()
    await made.run(Context(State(page="inbox"), SimpleNamespace(**services), window, notices, None))  # type: ignore[arg-type]
    return notices


@pytest.mark.parametrize(
    ("made", "call"),
    [
        (view.go_today, ("show_page", "today")),
        (view.go_inbox, ("show_page", "inbox")),
        (view.go_due_soon, ("show_page", "inbox", ("view", "due_soon"))),
        (view.go_escalated, ("show_page", "inbox", ("view", "escalated"))),
        (view.go_praise, ("show_page", "inbox", ("view", "praise"))),
        (view.go_settings, ("show_page", "settings")),
        (view.palette, ("show_palette",)),
        (view.side_pane, ("toggle_side_pane",)),
        (view.next_pane, ("focus_next_pane", 1)),
        (view.previous_pane, ("focus_next_pane", -1)),
        (view.larger, ("zoom", 1)),
        (view.smaller, ("zoom", -1)),
        (view.normal_size, ("zoom", 0)),
        (view.full_screen, ("full_screen",)),
        (view.theme_system, ("choose_theme", "system")),
        (view.theme_light, ("choose_theme", "light")),
        (view.theme_dark, ("choose_theme", "dark")),
        (view.comfortable, ("choose_density", "comfortable")),
        (view.compact, ("choose_density", "compact")),
        (view.menu_bar, ("show_menu_bar",)),
        (view.escape, ("escape",)),
        (view.close, ("close",)),
    ],
)
async def test_a_command_of_the_window_asks_the_window(made: Command, call: tuple[Any, ...]) -> None:
    window = Notes()
    await ran(made, window)
    assert window.calls == [call]


async def test_find_and_new_are_the_pages_business_first() -> None:
    window = Notes(answer=True)
    await ran(view.find, window)
    await ran(view.new, window)
    assert window.calls == [("in_page", "find"), ("in_page", "new")]


async def test_where_the_page_has_nothing_of_its_own_find_and_new_have_a_default() -> None:
    window = Notes(answer=None)
    await ran(view.find, window)
    await ran(view.new, window)
    assert ("show_palette",) in window.calls
    assert ("show_page", "composer", ("new", True), ("origin", "inbox")) in window.calls


async def test_undo_says_what_was_taken_back_and_drops_the_offer() -> None:
    async def undo(_under_way: object) -> Any:
        return message("undone.reply")

    notices = await ran(view.undo, Notes(), undo=SimpleNamespace(undo=undo, redo=undo, about=(7,)))
    assert notices.calls == [("dismiss_undo",), ("say", message("undone.reply"), ("undone", True))]
    notices = await ran(view.redo, Notes(), undo=SimpleNamespace(undo=undo, redo=undo))
    assert notices.calls == [("say", message("view.said.redone"), ("undo", True), ("seconds", view.UNDO_SECONDS))]


def test_undo_applies_only_where_there_is_something_to_undo() -> None:
    assert not view.undo.when(State())
    assert view.undo.when(State(can_undo=True))
    assert not view.undo.when(State(can_undo=True, read_only=True))
    assert view.redo.when(State(can_redo=True))


def test_all_but_undo_and_redo_run_before_the_loop() -> None:
    assert [made.id for made in view.COMMANDS if not made.at_once] == ["edit.undo", "edit.redo"]
