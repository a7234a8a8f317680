"""What the commands of the reply box ask of the page, and where they apply."""

from __future__ import annotations

import pytest

from app.commands import replying
from app.commands.command import Command, State
from app.commands.inbox import CONTEXT
from app.runtime.words import Words
from tests.commands.test_inbox import Desk


@pytest.mark.parametrize(
    ("command", "verb"),
    [
        (replying.link, "reply_link"),
        (replying.picture, "reply_picture"),
        (replying.language, "reply_language"),
        (replying.accept, "reply_accept"),
    ],
)
async def test_each_asks_the_page(words: Words, command: Command, verb: str) -> None:
    desk = Desk(words)
    assert await desk.run(command) == [(verb,)]


def test_they_need_a_conversation_and_a_profile_that_may_be_written() -> None:
    for command in replying.COMMANDS:
        assert command.when(State(conversation=1))
        assert not command.when(State())
        assert not command.when(State(conversation=1, read_only=True))


def test_link_picture_and_language_belong_to_the_box_and_the_proposal_to_the_list_too() -> None:
    for command in (replying.link, replying.picture, replying.language):
        assert not command.applies_in(CONTEXT)
        assert command.applies_in(f"{CONTEXT}.reply")
    assert replying.accept.applies_in(CONTEXT)
