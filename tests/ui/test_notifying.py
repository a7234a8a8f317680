"""Notifications: what is told, once each, in which words, and what is held back; and where a click leads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.models.conversation import Category, ConversationRow, ConversationState
from app.models.outbox import DeliveryState, OutboxKind, OutboxRow
from app.models.spike import Spike
from app.models.today import ManagerReply
from app.runtime.settings import Notifications, Settings
from app.runtime.signals import Signal
from app.ui.look import Look
from app.ui.notifying import Notifying, is_quiet
from app.ui.tellings import Facts, tellings
from tests.fakes.clock import FakeClock


class Desk:
    """A teller that remembers."""

    def __init__(self) -> None:
        self.acted: Signal[[str, str]] = Signal("acted")
        self.shown: list[tuple[str, str, str, list[str]]] = []
        self.gone: list[str] = []

    async def show(self, key: str, title: str, text: str, actions: Sequence[tuple[str, str]] = ()) -> bool:
        self.shown.append((key, title, text, [name for name, _ in actions]))
        return True

    async def take_back(self, key: str) -> None:
        self.gone.append(key)


class World:
    """The services as far as notifications ask them, and what they were asked to do."""

    def __init__(self, look: Look, clock: FakeClock, folder: Path) -> None:
        self.facts = Facts((), (), (), (), 0)
        self.done: list[tuple[Any, ...]] = []
        self.opened: list[tuple[str, dict[str, object]]] = []
        self.seen = self.locked = self.shut = False
        self.settings = Settings(dict, lambda *_kept: None)
        self.settings.change(Notifications, quiet=False)
        self.clock = clock
        self.look = look
        self.folder = folder
        self.desk = Desk()
        self.changed: Signal[[Any]] = Signal("changed")
        self.spikes = SimpleNamespace(current=None, changed=Signal("spikes"))
        self.reads = SimpleNamespace(later=lambda _query, deliver: deliver(self.facts))
        self.inbox = SimpleNamespace(snooze=self._note("snooze"))
        self.outbox = SimpleNamespace(send_now=self._note("send"))

    def _note(self, name: str) -> Callable[..., Coroutine[Any, Any, None]]:
        async def do(*said: Any) -> None:
            self.done.append((name, *said))

        return do

    def start(self, teller: bool = True) -> Notifying:
        remembered = QSettings(str(self.folder / "window.ini"), QSettings.Format.IniFormat)

        async def locked() -> bool:
            return self.locked

        made = Notifying(
            self,  # type: ignore[arg-type]
            self.look,
            self.clock,
            remembered,
            lambda _name, work: asyncio.run(work),
            lambda page, **target: self.opened.append((page, target)),
            lambda: self.seen,
            locked,
            lambda: self.shut,
        )
        made.begin(self.desk if teller else None)
        return made


@pytest.fixture
def world(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> World:
    look.words.clock = clock
    return World(look, clock, tmp_path)


def row(clock: FakeClock, number: int, *, minutes: int | None = None, ago: int = -1, **other: Any) -> ConversationRow:
    """`minutes` until an answer is due; `ago`: minutes since it came, negative for after the start."""
    due = None if minutes is None else clock.now() + timedelta(minutes=minutes)
    made = ConversationRow(
        number, 1, "mastodon", number, "Ana", "ana", "Where is my order?", ConversationState.NEEDS_ANSWER, Category.ORDER, "en",
        private=False, unread=True, last_at=clock.now() - timedelta(minutes=ago), answer_by=due,
    )  # fmt: skip
    return made._replace(**other)


def owed(clock: FakeClock, number: int, state: DeliveryState) -> OutboxRow:
    return OutboxRow(number, 1, "bluesky", "@aurora", OutboxKind.POST, state, clock.now(), "New record", post_id=5)


def test_an_answer_that_comes_due_is_told_once_and_can_be_snoozed(world: World) -> None:
    world.facts = world.facts._replace(soon=[row(world.clock, 12, minutes=10), row(world.clock, 13, minutes=40)])
    notifying = world.start()
    (key, title, text, actions) = world.desk.shown[0]
    assert len(world.desk.shown) == 1
    assert "Ana" in title
    assert "Where is my order?" in text
    assert actions == ["snooze"]
    notifying.look()
    notifying.end()
    world.start().look()  # another run of the program
    assert len(world.desk.shown) == 1
    notifying.act(key, "snooze")
    assert world.done == [("snooze", [12], world.clock.now() + timedelta(hours=1))]


def test_a_click_opens_what_it_is_about(world: World) -> None:
    world.facts = world.facts._replace(soon=[row(world.clock, 12, minutes=10)])
    world.start()
    world.desk.acted.emit(world.desk.shown[0][0], "default")
    assert world.opened == [("inbox", {"conversation": 12})]


def test_what_was_answered_meanwhile_is_taken_back(world: World) -> None:
    world.facts = world.facts._replace(soon=[row(world.clock, 12, minutes=10)])
    notifying = world.start()
    world.facts = world.facts._replace(soon=[])
    notifying.look()
    assert world.desk.gone == [world.desk.shown[0][0]]


def test_private_messages_and_complaints_are_told_as_they_come_and_nothing_else(world: World) -> None:
    clock = world.clock
    world.facts = world.facts._replace(
        recent=[
            row(clock, 1, private=True),
            row(clock, 2, category=Category.COMPLAINT),
            row(clock, 3),
            row(clock, 4, private=True, ago=60),  # was there before
            row(clock, 5, private=True, unread=False),
        ]
    )
    world.start()
    assert [key.split(":")[1] for key, *_ in world.desk.shown] == ["1", "2"]


@pytest.mark.parametrize("topic", ["late", "private", "complaint", "manager", "post", "by_hand", "spike"])
def test_each_kind_can_be_switched_off(world: World, topic: str) -> None:
    clock = world.clock
    every = {
        "late": Facts([row(clock, 1, minutes=5)], (), (), (), 0),
        "private": Facts((), [row(clock, 1, private=True)], (), (), 0),
        "complaint": Facts((), [row(clock, 1, category=Category.COMPLAINT)], (), (), 0),
        "manager": Facts((), (), (), [ManagerReply(1, "Luz", "Ana", "May we pay it back?", clock.now())], 0),
        "post": Facts((), (), [owed(clock, 1, DeliveryState.FAILED)], (), 0),
        "by_hand": Facts((), (), [owed(clock, 1, DeliveryState.BY_HAND)], (), 0),
        "spike": Facts((), (), (), (), 0),
    }
    world.facts = every[topic]
    world.spikes.current = Spike("pedido", (3, 4), 2, 0, 2, 100) if topic == "spike" else None
    told = tellings(world.facts, world.spikes.current, clock.now(), clock.now())
    assert [telling.topic for telling in told] == [topic]
    world.settings.change(Notifications, **{topic: False})
    notifying = world.start()
    assert world.desk.shown == []
    world.settings.change(Notifications, **{topic: True})
    notifying.look()
    assert world.desk.shown == []  # what happened while it was off is no news
    notifying.end()
    world.folder /= "another"
    world.start()
    assert len(world.desk.shown) == 1


def test_all_can_be_switched_off(world: World) -> None:
    world.settings.change(Notifications, on=False)
    world.facts = world.facts._replace(soon=[row(world.clock, 12, minutes=10)])
    world.start()
    assert world.desk.shown == []


@pytest.mark.parametrize(
    ("said", "locked", "shown"),
    [("always", True, True), ("unlocked", False, True), ("unlocked", True, False), ("never", False, False)],
)
def test_names_and_words_stay_hidden_where_the_setting_says_so(
    world: World, said: str, locked: bool, shown: bool
) -> None:
    world.settings.change(Notifications, said=said)
    world.locked = locked
    world.facts = world.facts._replace(recent=[row(world.clock, 1, private=True)])
    world.start()
    (_, title, text, _) = world.desk.shown[0]
    assert ("Ana" in title, "order" in text) == (shown, shown)


def test_quiet_hours_hold_back_until_they_end(world: World) -> None:
    local = world.clock.now().astimezone(world.look.words.zone)
    begins = local.hour * 60 // 30 * 30
    world.settings.change(Notifications, quiet=True, quiet_from=begins, quiet_until=(begins + 120) % 1440)
    world.facts = world.facts._replace(recent=[row(world.clock, 1, private=True)])
    notifying = world.start()
    assert world.desk.shown == []
    world.clock.advance(3 * 3600)
    notifying.look()
    assert len(world.desk.shown) == 1


def test_who_looks_at_the_window_is_not_told_besides(world: World) -> None:
    world.seen = True
    world.facts = world.facts._replace(soon=[row(world.clock, 12, minutes=10)])
    notifying = world.start()
    world.seen = False
    notifying.look()
    assert world.desk.shown == []


def test_many_at_once_are_told_as_one(world: World) -> None:
    world.facts = world.facts._replace(soon=[row(world.clock, number, minutes=10) for number in range(1, 6)])
    world.start()
    assert [key for key, *_ in world.desk.shown] == ["summary"]
    assert "5" in world.desk.shown[0][1]
    world.desk.acted.emit("summary", "default")
    assert world.opened == [("today", {})]


def test_a_post_that_failed_can_be_sent_again(world: World) -> None:
    world.facts = world.facts._replace(owed=[owed(world.clock, 9, DeliveryState.FAILED)])
    world.start()
    key, *_, actions = world.desk.shown[0]
    assert actions == ["again"]
    world.desk.acted.emit(key, "again")
    assert world.done == [("send", 9)]


def test_a_desktop_that_shows_none_is_told_apart(world: World) -> None:
    notifying = world.start(teller=False)
    assert not notifying.try_out()
    notifying.end()
    assert world.start().try_out()
    assert world.desk.shown[-1][0] == "trial"


@pytest.mark.parametrize(
    ("begins", "ends", "minutes", "quiet"),
    [
        (1200, 480, 1230, True),
        (1200, 480, 60, True),
        (1200, 480, 480, False),
        (600, 660, 630, True),
        (600, 660, 720, False),
        (600, 600, 600, False),
    ],
)
def test_quiet_hours_may_go_over_midnight(begins: int, ends: int, minutes: int, quiet: bool) -> None:
    assert is_quiet(Notifications(quiet_from=begins, quiet_until=ends), minutes) is quiet


def test_a_damaged_note_of_the_last_look_begins_anew(world: World) -> None:
    remembered = QSettings(str(world.folder / "window.ini"), QSettings.Format.IniFormat)
    remembered.setValue("notifications/looked", datetime(2020, 1, 1).isoformat())  # noqa: DTZ001
    remembered.sync()
    world.facts = world.facts._replace(recent=[row(world.clock, 4, private=True, ago=60)])
    world.start()
    assert world.desk.shown == []


@pytest.mark.parametrize(
    ("quiet", "begins", "ends", "told"),
    [(False, 0, 60, True), (True, 0, 60, False), (True, 60, 120, True), (True, -120, 0, True), (True, -120, 30, False)],
)
def test_the_quiet_hours_are_those_that_are_set(world: World, quiet: bool, begins: int, ends: int, told: bool) -> None:
    """Counted from the half hour that goes on."""
    local = world.clock.now().astimezone(world.look.words.zone)
    now = local.hour * 60 + local.minute // 30 * 30
    notifying = world.start()
    world.settings.change(
        Notifications, quiet=quiet, quiet_from=(now + begins) % 1440, quiet_until=(now + ends) % 1440
    )
    world.facts = world.facts._replace(recent=[row(world.clock, 1, private=True)])
    notifying.look()
    assert bool(world.desk.shown) is told


def test_while_the_window_is_locked_nothing_is_said_and_nothing_is_done(world: World) -> None:
    world.facts = world.facts._replace(soon=[row(world.clock, 12, minutes=10)])
    notifying = world.start()
    (key, *_) = world.desk.shown[0]
    world.shut = True
    notifying.shut(True)
    assert key in world.desk.gone, "what was told before names a customer"
    world.facts = world.facts._replace(soon=[row(world.clock, 13, minutes=5)])
    notifying.look()
    assert world.desk.shown[1:] == [("summary", "Something waits in Tertulia", "Unlock it to see what.", [])]
    notifying.act(key, "snooze")
    notifying.act("summary", "default")
    assert world.done == []
    assert world.opened == [("", {}), ("", {})], "the window, which asks for the passphrase"
    world.shut = False
    notifying.shut(False)
    assert world.desk.gone[-1] == "summary"
