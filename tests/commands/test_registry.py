"""The registry refuses what would confuse the user or an input method."""

from __future__ import annotations

import pytest

from app.commands import help as help_commands
from app.commands import view
from app.commands.command import Command, Context, command
from app.commands.registry import CommandFault, collect, forbidden


def make(name: str, key: str | None = None, context: str = "everywhere", twin: str | None = None) -> Command:
    async def run(_ctx: Context) -> None:
        """Do it."""

    return command(name, menu="view", shortcut=key, context=context, keys_twin=twin)(run)


def test_commands_are_found_by_id_in_their_order() -> None:
    registry = collect([make("b"), make("a")])
    assert [found.id for found in registry] == ["b", "a"]
    assert registry["a"].id == "a"
    assert "a" in registry
    assert len(registry) == 2
    assert registry.get(None) is None


def test_two_commands_of_one_name_are_refused() -> None:
    with pytest.raises(CommandFault, match="two commands are called a"):
        collect([make("a")], [make("a")])


def test_a_command_without_docstring_is_refused() -> None:
    async def run(_ctx: Context) -> None:
        return None

    with pytest.raises(CommandFault, match="no docstring"):
        collect([command("a", menu="view")(run)])


@pytest.mark.parametrize(
    ("one", "other"),
    [("inbox", "inbox"), ("everywhere", "inbox"), ("inbox", "inbox.reply")],
)
def test_one_key_for_two_commands_that_can_apply_at_once_is_refused(one: str, other: str) -> None:
    with pytest.raises(CommandFault, match="both want E"):
        collect([make("a", "E", one), make("b", "E", other)])


def test_one_key_on_two_pages_is_fine() -> None:
    assert len(collect([make("a", "E", "inbox"), make("b", "E", "calendar")])) == 2


def test_a_key_that_begins_a_sequence_is_refused() -> None:
    with pytest.raises(CommandFault, match="begins the other"):
        collect([make("a", "G T"), make("b", "G", "inbox")])


@pytest.mark.parametrize(
    "key",
    ["Ctrl+Space", "Ctrl+.", "Ctrl+;", "Ctrl+Shift+F", "Ctrl+Shift+U", "Ctrl+Shift+E", "Ctrl+Alt+Q", "Alt+E", "Meta+D",
     "Ctrl+H", "Ctrl+M", "Ctrl+Shift+4", "Ctrl+Alt+Left", "Insert"],
)  # fmt: skip
def test_keys_of_input_methods_screen_readers_and_systems_are_never_bound(key: str) -> None:
    assert forbidden(key)
    with pytest.raises(CommandFault, match="belongs to"):
        collect([make("a", key)])


def test_a_twin_must_have_a_modifier() -> None:
    with pytest.raises(CommandFault, match="must have a modifier"):
        collect([make("a", "E", twin="D")])


def test_the_commands_of_the_window_go_together() -> None:
    registry = collect(view.COMMANDS, help_commands.COMMANDS)
    assert {"view.palette", "help.keys", "edit.undo", "go.inbox"} <= {found.id for found in registry}


def test_commands_of_the_page_come_before_those_of_everywhere() -> None:
    registry = collect([make("all"), make("here", context="inbox"), make("there", context="calendar")])
    assert [found.id for found in registry.in_context("inbox.reply")] == ["here", "all"]


def test_one_key_may_have_two_commands_that_never_apply_at_once() -> None:
    async def run(_ctx: Context) -> None:
        """Do it."""

    other = command("b", menu="view", shortcut="E", context="inbox", instead_of="a")(run)
    for order in ([make("a", "E", "inbox"), other], [other, make("a", "E", "inbox")]):
        assert len(collect(order)) == 2
    with pytest.raises(CommandFault, match="both want E"):
        collect([make("c", "E", "inbox"), other])
