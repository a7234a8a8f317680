"""Commands of the program on its desktop: one key pauses and goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from app.commands import desktop
from app.commands.command import Command

WHEN = datetime(2026, 11, 22, 12, tzinfo=UTC)


class World:
    """What the commands ask for."""

    def __init__(self) -> None:
        self.until: datetime | None = None
        self.said: list[str] = []
        self.tried = 0
        self.services = SimpleNamespace(pausing=self)
        self.notices = SimpleNamespace(say=lambda said, **_how: self.said.append(said.id))
        self.window = self

    def pause(self, span: timedelta) -> datetime:
        self.until = WHEN + span
        return self.until

    def pause_until_tomorrow(self) -> datetime:
        return self.pause(timedelta(days=1))

    def resume(self) -> None:
        self.until = None

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
    assert world.said == ["desktop.paused", "desktop.resumed", "desktop.paused", "desktop.resumed"]


async def test_a_notification_can_be_tried() -> None:
    world = World()
    await world.run(desktop.try_notification)
    assert world.tried == 1
