"""What each command on tags and rules asks of services and window."""

from __future__ import annotations

from typing import Any

import pytest

from app.commands import inbox, sorting, view
from app.commands.command import Command, Context, State
from app.commands.registry import collect
from app.models.message import RuleNote
from app.runtime.words import Words
from tests.commands.test_inbox import FakeNotices, FakeWindow, Recorder

NOTE = RuleNote(4, 9, "Refunds")


class Services:
    def __init__(self, recorder: Recorder) -> None:
        self.tags = recorder.service("tags")
        self.rules = recorder.service("rules")


async def run(
    words: Words, command: Command, answers: dict[str, Any], ids: tuple[int, ...] = (7,)
) -> list[tuple[Any, ...]]:
    recorder = Recorder()
    state = State(page="inbox", context="inbox", conversation=7, conversations=ids)
    context = Context(state, Services(recorder), FakeWindow(recorder, answers), FakeNotices(recorder), words)  # type: ignore[arg-type]
    await command.run(context)
    return recorder.calls


async def test_a_tag_is_put_on_the_chosen_message(words: Words):
    calls = await run(words, sorting.tag_chosen, {"tag_chosen": (3, "Vinilo"), "message_to_tag": 12})
    assert calls[2:] == [
        ("tags.toggle", 3, ("messages", (12,)), ("conversations", (7,))),
        ("say", "inbox.said.tagged", True),
    ]


async def test_ticked_conversations_are_tagged_all(words: Words):
    calls = await run(words, sorting.tag_chosen, {"tag_chosen": (3, "Vinilo"), "message_to_tag": None}, (7, 8))
    assert calls[2] == ("tags.toggle", 3, ("messages", ()), ("conversations", (7, 8)))


async def test_nothing_chosen_changes_nothing(words: Words):
    assert await run(words, sorting.tag_chosen, {}) == [("tag_chosen",)]
    assert await run(words, sorting.undo_rule, {}) == [("rule_of_message",)]
    assert await run(words, sorting.open_rule, {}) == [("rule_of_message",)]


async def test_what_a_rule_did_is_taken_back_once(words: Words):
    calls = await run(words, sorting.undo_rule, {"rule_of_message": NOTE})
    assert calls[1:] == [("rules.take_back", 4), ("say", "inbox.said.rule_undone", True)]
    assert await run(words, sorting.undo_rule, {"rule_of_message": NOTE._replace(undone=True)}) == [
        ("rule_of_message",)
    ]


async def test_a_rule_is_shown_in_settings(words: Words):
    calls = await run(words, sorting.open_rule, {"rule_of_message": NOTE})
    assert calls[1:] == [("show_page", "settings", {"section": "rules", "rule": 9})]
    assert await run(words, sorting.rules, {}) == [("show_page", "settings", {"section": "rules"})]
    assert await run(words, sorting.sorting, {}) == [("show_page", "settings", {"section": "sorting"})]
    assert await run(words, sorting.new_rule, {}) == [("show_page", "settings", {"section": "rules", "add": True})]


@pytest.mark.parametrize(("command", "verb"), [(sorting.tag, "choose_tag"), (sorting.feedback, "show_feedback")])
async def test_the_page_is_asked(words: Words, command: Command, verb: str):
    assert await run(words, command, {}) == [(verb,)]


async def test_priority_is_for_all_that_are_chosen(words: Words):
    calls = await run(words, sorting.put_first, {}, (7, 8))
    assert calls == [("rules.put_first", (7, 8)), ("say", "inbox.said.first", True)]


def test_their_keys_are_free_and_rules_are_undone_only_where_one_did_something():
    registry = collect(view.COMMANDS, inbox.COMMANDS, sorting.COMMANDS)
    assert registry["inbox.tag"].shortcut == "Ctrl+Shift+T"
    state = State(conversation=7)
    assert not registry["inbox.undo_rule"].when(state)
    assert registry["inbox.undo_rule"].when(state._replace(facts=frozenset({"ruled"})))
    assert not registry["inbox.tag"].when(state._replace(read_only=True))
