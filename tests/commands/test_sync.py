"""Looking for messages, and stopping, by name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from app.commands import sync
from app.commands.command import Command, Context, State
from app.runtime.words import Message


class Said:
    """Keeps what was said."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def say(self, message: Message, **_how: object) -> None:
        self.messages.append(message)


async def run(made: Command, **services: Any) -> Said:
    notices = Said()
    await made.run(Context(State(), SimpleNamespace(**services), None, notices, None))  # type: ignore[arg-type]
    return notices


class Sync:
    """Finds a given number of new messages."""

    def __init__(self, new: int = 0) -> None:
        self.new = new
        self.stopped = False

    async def look_now(self) -> int:
        return self.new

    def stop(self) -> None:
        self.stopped = True


async def test_looking_says_how_many_are_new() -> None:
    said = await run(sync.now, sync=Sync(3))
    assert said.messages == [Message("sync.new", {"n": 3})]


async def test_looking_in_vain_says_so() -> None:
    said = await run(sync.now, sync=Sync(0))
    assert [message.id for message in said.messages] == ["sync.nothing_new"]


async def test_stopping_is_passed_on() -> None:
    service = Sync()
    await run(sync.stop, sync=service)
    assert service.stopped


def test_nothing_is_looked_for_in_a_profile_that_is_only_read() -> None:
    assert not sync.now.when(State(read_only=True))
