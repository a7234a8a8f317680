"""Going on from a pause: what its posts become is asked first, and nothing leaves before the answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.models.lateness import AfterPause, Pause
from app.models.outbox import DeliveryState, OutboxKind, OutboxRow
from app.ui.going_on import GoingOn
from app.ui.shell import Shell
from app.ui.widgets.button import Button
from tests.fakes.clock import FakeClock


@dataclass
class World:
    """A pause of two hours, one of which is over."""

    shell: Shell
    clock: FakeClock
    rows: list[OutboxRow] = field(default_factory=list)
    done: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        now = self.clock.now()
        self.last: Pause | None = Pause(now - timedelta(hours=1), now + timedelta(hours=1))
        self.until: Any = self.last.until
        services: Any = SimpleNamespace(
            pausing=self,
            outbox=self,
            reads=SimpleNamespace(now=lambda query: query(SimpleNamespace(outbox=lambda: self.rows))),
        )
        starts: Any = SimpleNamespace(start=self.start)
        face = self.shell.face
        self.going_on = GoingOn(
            services, face, starts, self.shell.notices, self.clock, lambda: self.done.append("forward")
        )

    def post(self, number: int, minutes: int, **more: Any) -> None:
        """To leave so many minutes from now."""
        due = self.clock.now() + timedelta(minutes=minutes)
        row = OutboxRow(number, 1, "x", "@a", OutboxKind.POST, DeliveryState.WAITING, due, "", post_id=number)
        self.rows.append(replace(row, **more))

    def start(self, _name: str, work: Any) -> None:
        with pytest.raises(StopIteration):
            work.send(None)

    def resume(self) -> None:
        self.until = None
        self.done.append("resumed")

    async def settle_missed(self, pause: Pause, way: AfterPause) -> int:
        assert self.until is not None, "nothing leaves before that is settled"
        assert pause.until == self.clock.now()
        self.done.append(way)
        return 1

    def buttons(self) -> list[Button]:
        overlay = self.shell.window.overlay()
        return [] if overlay is None else [each for each in overlay.findChildren(Button) if each.text()]


@pytest.fixture
def world(qapp: QApplication, shell: Shell, clock: FakeClock) -> World:
    return World(shell, clock)


def test_where_nothing_was_missed_it_just_goes_on(world: World) -> None:
    world.post(1, 20)  # its time is to come
    world.post(2, -90)  # late before the pause: its own rule is asked
    world.post(3, -20, kind=OutboxKind.REPLY, post_id=None)
    world.post(4, -20, state=DeliveryState.HELD)
    world.going_on.ask()
    assert (world.done, world.buttons()) == (["resumed"], [])
    world.going_on.ask()
    assert world.done == ["resumed"]


@pytest.mark.parametrize(("choice", "way"), list(enumerate(AfterPause)))
def test_each_answer_is_done_before_the_pause_ends(world: World, choice: int, way: AfterPause) -> None:
    world.post(1, -20)
    world.post(1, -20, id=2, account_id=2)
    world.post(3, -5)
    world.going_on.ask()
    world.going_on.ask()  # pressed again: asked once
    assert world.done == ["forward"]
    offered = list(reversed(world.buttons()))  # the main one stands at the right
    assert [each.text() for each in offered] == ["Send them now", "Each to its next free day", "Decide on Today"]
    offered[choice].click()
    assert world.done == ["forward", way, "resumed"]
    assert (world.shell.window.current == "today") is (way is AfterPause.ASK)


def test_without_an_answer_the_pause_goes_on_and_it_can_be_asked_again(world: World) -> None:
    world.post(1, -20)
    world.going_on.ask()
    world.shell.face.escape()
    assert world.done == ["forward"]
    world.going_on.ask()
    assert world.done == ["forward", "forward"]
