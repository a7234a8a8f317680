"""The reminder of promises: said when the time comes, once; gone when they are kept; back for another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.models.promise import PromiseRow
from app.runtime.signals import Signal
from app.ui.look import Look
from app.ui.notices import Notices
from app.ui.promise_alerts import KEY, PromiseAlerts
from tests.fakes.clock import FakeClock
from tests.ui.stand_ins import TouchedAll


class World:
    """Services that know nothing but promises."""

    def __init__(self) -> None:
        self.changed: Signal[Any] = Signal()
        self.reads = self
        self.promises: list[PromiseRow] = []

    def later(self, query: Callable[[Any], Any], deliver: Callable[[Any], None]) -> None:
        deliver(query(self))

    def promises_due(self, until: datetime) -> list[PromiseRow]:
        return [each for each in self.promises if each.due_at < until]

    def promise(self, number: int, due_at: datetime) -> None:
        self.promises.append(PromiseRow(number, 7, 1, "Ximena Robles", "x", "new link", due_at, due_at))


class Desk:
    def __init__(self, look: Look, clock: FakeClock) -> None:
        look.words.clock = clock
        self.look, self.clock = look, clock
        self.world: Any = World()
        self.notices = Notices(look, clock)
        self.alerts = PromiseAlerts(self.world, self.notices, look)

    def said(self) -> str:
        found = [each for each in self.notices.banners() if each.key == KEY]
        words = [
            self.look.text(each) for banner in found for each in (banner.message, banner.detail) if each is not None
        ]
        return " ".join(words).replace("\u2068", "").replace("\u2069", "")

    def committed(self) -> None:
        self.world.changed.emit(TouchedAll("promise"))


@pytest.fixture
def desk(look: Look, clock: FakeClock) -> Desk:
    return Desk(look, clock)


def test_it_is_said_when_the_time_comes(desk: Desk) -> None:
    desk.world.promise(1, desk.clock.now() + timedelta(minutes=5))
    desk.committed()
    assert desk.said() == ""
    desk.clock.advance(300)
    desk.alerts.read()
    assert desk.said().startswith("You promised Ximena Robles: “new link” It was due")
    (banner,) = desk.notices.banners()
    assert banner.command == "go.promise_due"


def test_it_goes_when_it_was_kept(desk: Desk) -> None:
    desk.world.promise(1, desk.clock.now())
    desk.committed()
    assert desk.said()
    desk.world.promises.clear()
    desk.committed()
    assert desk.said() == ""


def test_one_that_was_closed_comes_back_for_another_only(desk: Desk) -> None:
    desk.world.promise(1, desk.clock.now())
    desk.committed()
    desk.notices.clear(KEY)
    desk.committed()
    assert desk.said() == ""
    desk.world.promise(2, desk.clock.now())
    desk.committed()
    assert "1 more is due" in desk.said()


def test_without_a_clock_nothing_is_said(look: Look, clock: FakeClock) -> None:
    look.words.clock = None
    world: Any = World()
    world.promise(1, clock.now())
    notices = Notices(look, clock)
    PromiseAlerts(world, notices, look)
    assert notices.banners() == []
