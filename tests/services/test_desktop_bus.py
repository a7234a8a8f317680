"""D-Bus, with a real bus of our own: notifications with buttons, battery, network, sleep; and a computer that has none of it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.runtime.settings import Desktop, Settings
from app.runtime.tasks import Tasks
from tests.fakes.desktop_services import daemon, desktop_services, private_bus

if not sys.platform.startswith("linux") or daemon() is None:
    pytest.skip("no dbus-daemon here", allow_module_level=True)

from app.services.desktop_bus import BusTrouble, DesktopBus
from app.services.desktop_notices import NAME, PATH, DesktopNotices
from app.services.power import (
    LOGIN,
    LOGIN_MANAGER,
    LOGIN_PATH,
    LOGIN_SESSION,
    NETWORK,
    NETWORK_PATH,
    UPOWER,
    UPOWER_PATH,
    Power,
)
from app.services.sparing import Sparing


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with private_bus(tmp_path) as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", made)
        yield made


def make_tasks() -> Tasks:
    return Tasks(lambda error: None, lambda error: None)


def make_settings(**stored: Any) -> Settings:
    return Settings(dict, lambda group, text: None)


async def until(true: Any) -> None:
    async with asyncio.timeout(30):
        while not true():
            await asyncio.sleep(0.01)


async def test_a_notification_is_shown_with_its_buttons_and_says_which_was_pressed(address: str) -> None:
    tasks = make_tasks()
    async with desktop_services(address, NAME) as desktop:
        bus = DesktopBus("SESSION", tasks)
        assert await bus.open()
        notices = DesktopNotices(bus, "Tertulia", "org.tertulia.Tertulia", "org.tertulia.Tertulia")
        assert await notices.begin()
        acted: list[tuple[str, str]] = []
        notices.acted.connect(lambda key, action: acted.append((key, action)))
        assert await notices.show("late:12", "An answer is due", "Ana: <b>1 < 2 & 3</b>", [("snooze", "Snooze")])
        name, _replaces, icon, title, body, actions, hints, _timeout = desktop.shown[0]
        assert (name, icon, title) == ("Tertulia", "org.tertulia.Tertulia", "An answer is due")
        assert body == "Ana: &lt;b&gt;1 &lt; 2 &amp; 3&lt;/b&gt;"  # what a customer wrote is no markup
        assert actions == ["default", "An answer is due", "snooze", "Snooze"]
        assert hints["desktop-entry"] == ("s", "org.tertulia.Tertulia")
        await desktop.say(PATH, NAME, "ActionInvoked", "us", 77, "default")  # another program's
        await desktop.say(PATH, NAME, "ActionInvoked", "us", 1, "snooze")
        await until(lambda: acted)
        assert acted == [("late:12", "snooze")]
        await notices.take_back("late:12")
        assert desktop.closed == [1]
        await bus.close()
    await tasks.shutdown(1)


async def test_a_desktop_without_notifications_is_told(address: str) -> None:
    tasks = make_tasks()
    bus = DesktopBus("SESSION", tasks)
    assert await bus.open()
    assert not await DesktopNotices(bus, "Tertulia", "", "").begin()
    with pytest.raises(BusTrouble):
        await bus.get("org.nobody", "/", "org.nobody", "Nothing")
    await bus.close()
    await tasks.shutdown(1)


async def test_a_computer_without_a_bus_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    tasks = make_tasks()
    bus = DesktopBus("SYSTEM", tasks)
    assert not await bus.open()
    sparing = Sparing(make_settings())
    power = Power(bus, sparing)
    await power.begin()
    assert not sparing.active
    assert not await power.is_locked()
    await bus.close()


async def test_battery_and_metered_network_make_it_sparing_and_waking_is_said(address: str) -> None:
    tasks = make_tasks()
    async with desktop_services(
        address, UPOWER, NETWORK, LOGIN, OnBattery=("b", False), Metered=("u", 4), LockedHint=("b", True)
    ) as desktop:
        bus = DesktopBus("SYSTEM", tasks)
        assert await bus.open()
        settings = make_settings()
        sparing = Sparing(settings)
        power = Power(bus, sparing)
        woke: list[bool] = []
        power.woke.connect(lambda: woke.append(True))
        await power.begin()
        assert not sparing.active
        await desktop.change(UPOWER_PATH, UPOWER, "OnBattery", ("b", True))
        await until(lambda: sparing.active)
        assert sparing.interval(timedelta(minutes=5)) == timedelta(minutes=15)
        settings.change(Desktop, sparing=False)
        assert sparing.interval(timedelta(minutes=5)) == timedelta(minutes=5)
        settings.change(Desktop, sparing=True)
        await desktop.change(NETWORK_PATH, NETWORK, "Metered", ("u", 1))
        await until(lambda: sparing.metered)
        await desktop.change(UPOWER_PATH, UPOWER, "OnBattery", ("b", False))
        await until(lambda: not sparing.on_battery)
        assert sparing.active
        await desktop.say(LOGIN_PATH, LOGIN_MANAGER, "PrepareForSleep", "b", True)
        await desktop.say(LOGIN_PATH, LOGIN_MANAGER, "PrepareForSleep", "b", False)
        await until(lambda: woke)
        assert woke == [True]
        assert await power.is_locked()
        await bus.close()
    await tasks.shutdown(1)


async def test_sleep_and_a_locked_screen_of_our_own_session_are_said(address: str) -> None:
    tasks = make_tasks()
    ours, anothers = "/org/freedesktop/login1/session/_32", "/org/freedesktop/login1/session/_33"
    async with desktop_services(address, LOGIN) as desktop:
        desktop.session = ours
        bus = DesktopBus("SYSTEM", tasks)
        assert await bus.open()
        power = Power(bus, Sparing(make_settings()))
        left: list[bool] = []
        power.left.connect(lambda: left.append(True))
        await power.begin()
        await desktop.say(anothers, LOGIN_SESSION, "Lock", "")
        await desktop.change(anothers, LOGIN_SESSION, "LockedHint", ("b", True))
        await desktop.change(ours, LOGIN_SESSION, "LockedHint", ("b", False))
        await desktop.say(LOGIN_PATH, LOGIN_MANAGER, "PrepareForSleep", "b", True)
        await until(lambda: len(left) == 1)
        await desktop.say(ours, LOGIN_SESSION, "Lock", "")
        await until(lambda: len(left) == 2)
        await desktop.change(ours, LOGIN_SESSION, "LockedHint", ("b", True))
        await until(lambda: len(left) == 3)
        await bus.close()
    await tasks.shutdown(1)
