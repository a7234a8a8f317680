"""Commands of the program on its desktop: one key pauses and goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from app.commands import desktop
from app.commands.command import Command
from app.models.outbox import DeliveryState, Keeper, OutboxKind, OutboxRow
from app.runtime.words import Message

WHEN = datetime(2026, 11, 22, 12, tzinfo=UTC)


class World:
    """What the commands ask for."""

    def __init__(self) -> None:
        self.until: datetime | None = None
        self.said: list[str] = []
        self.counted: list[object] = []
        self.tried = 0
        self.rows: list[Any] = []
        self.services = SimpleNamespace(pausing=self, reads=SimpleNamespace(now=lambda query: query(self)))
        self.notices = SimpleNamespace(say=self.say)
        self.window = self

    def say(self, said: Message, **_how: object) -> None:
        self.said.append(said.id)
        self.counted += [said.values["n"]] if "n" in said.values else []

    def pause(self, span: timedelta) -> datetime:
        self.until = WHEN + span
        return self.until

    def pause_until_tomorrow(self) -> datetime:
        return self.pause(timedelta(days=1))

    def go_on(self) -> None:
        self.until = None

    def outbox(self) -> list[Any]:
        return self.rows

    def try_notification(self) -> None:
        self.tried += 1

    async def run(self, command: Command) -> None:
        context: Any = self
        await command.run(context)


async def test_one_key_pauses_for_an_hour_and_goes_on() -> None:
    world = World()
    await world.run(desktop.pause_hour)
    assert world.until == WHEN + timedelta(hours=1)
    await world.run(desktop.pause_hour)
    assert world.until is None
    await world.run(desktop.pause_tomorrow)
    assert world.until == WHEN + timedelta(days=1)
    await world.run(desktop.resume)
    assert world.until is None
    assert world.said == ["desktop.paused", "desktop.paused"]


async def test_the_pause_says_how_many_posts_wait_for_it() -> None:
    world = World()
    base = OutboxRow(1, 1, "x", "@a", OutboxKind.POST, DeliveryState.WAITING, WHEN, "", post_id=5, keeper=Keeper.COMPUTER)
    world.rows = [
        base,
        replace(base, id=2, account_id=2),
        replace(base, id=3, post_id=6, due_at=WHEN + timedelta(hours=2)),
        replace(base, id=4, post_id=7, keeper=Keeper.SERVER),
        replace(base, id=5, post_id=None, kind=OutboxKind.REPLY),
    ]
    await world.run(desktop.pause_hour)
    assert world.said == ["desktop.paused.posts"]
    assert world.counted == [1]


async def test_a_notification_can_be_tried() -> None:
    world = World()
    await world.run(desktop.try_notification)
    assert world.tried == 1
