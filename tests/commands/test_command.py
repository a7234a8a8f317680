"""What a command is: its card, its contexts, its keys."""

from __future__ import annotations

import pytest

from app.commands.command import (
    Context,
    State,
    changes_conversation,
    command,
    has_conversation,
    is_bare,
    may_change,
)


@command("inbox.done", menu="message", shortcut="E", keys=("F9",), context="inbox")
async def done(_ctx: Context) -> None:
    """Close the conversation."""


def test_the_decorator_makes_a_value_with_the_docstring_as_help() -> None:
    assert (done.id, done.help, done.all_keys) == ("inbox.done", "Close the conversation.", ("E", "F9"))
    assert (done.title_id, done.help_id) == ("command.inbox.done", "command.inbox.done.help")


@pytest.mark.parametrize(("context", "applies"), [("inbox", True), ("inbox.reply", True), ("inboxes", False), ("composer", False)])
def test_a_command_applies_in_its_context_and_inside_it(context: str, applies: bool) -> None:
    assert done.applies_in(context) is applies


@pytest.mark.parametrize(
    ("key", "bare"),
    [("E", True), ("Shift+J", True), ("?", True), ("G T", True), ("Escape", True), ("+", True),
     ("Ctrl+K", False), ("Ctrl++", False), ("F6", False), ("Shift+F6", False), ("Alt+1", False)],
)  # fmt: skip
def test_a_bare_key_has_no_modifier_but_shift(key: str, bare: bool) -> None:
    assert is_bare(key) is bare


def test_conditions_read_the_state() -> None:
    assert has_conversation(State(conversation=3))
    assert has_conversation(State(conversations=(3, 4)))
    assert not has_conversation(State())
    assert not may_change(State(read_only=True))
    assert not changes_conversation(State(conversation=3, read_only=True))
    assert State(post=1).has_post
    assert State(account=1).has_account
