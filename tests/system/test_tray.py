"""The icon in a real tray: what a desktop is told of it over the bus, and what its menu does to the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system import desktop as desktops
from tests.system.desktop import Desktop, Program
from tests.system.parts import wait_until
from tests.system.tray_host import Icon, TrayHost, tray_host

OPEN, QUIT = "Open Tertulia", "Quit"
PAUSE, GO_ON = "Pause sending and reading for an hour", "Go on sending and reading"

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]


@pytest.fixture
def host(desktop: Desktop) -> Iterator[TrayHost]:
    with tray_host(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as made:
        yield made


@pytest.fixture
def beside(host: TrayHost, desktop: Desktop, tmp_path: Path) -> Iterator[Program]:
    """Tertulia on a desktop that has a tray before it starts."""
    desktop.use_layout("us")
    with desktops.program(desktop, tmp_path) as started:
        yield started


def icon_in(host: TrayHost) -> Icon:
    return wait_until("the icon in the tray", lambda: next(iter(host.icons()), None), 60)


def test_the_icon_says_what_it_is_and_how_things_stand(host: TrayHost, beside: Program) -> None:
    icon = icon_in(host)
    assert icon.get("Title") == "tertulia"
    assert icon.get("Status") == "Active"
    wait_until("its state", lambda: icon.tooltip.startswith("Tertulia: "))
    pictures = icon.pictures
    assert {16, 22, 32} <= set(pictures)
    assert all(any(pixels) for pixels in pictures.values()), "none of them is empty"
    labels = icon.labels()
    assert [label for label in labels if not label.startswith("Due soon")] == [
        OPEN,
        PAUSE,
        "Pause until tomorrow",
        QUIT,
    ]
    assert any(label.startswith("Due soon: ") for label in labels)


def test_a_pause_and_going_on_show_in_the_tray(host: TrayHost, beside: Program) -> None:
    icon = icon_in(host)
    before = icon.pictures
    icon.choose(PAUSE)
    wait_until("the pause in the tooltip", lambda: icon.tooltip == "Tertulia: paused")
    assert [label for label in icon.labels() if not label.startswith("Due soon")] == [OPEN, GO_ON, QUIT]
    assert icon.pictures != before
    icon.choose(GO_ON)
    wait_until("the pause to be over", lambda: icon.tooltip != "Tertulia: paused")
    assert PAUSE in icon.labels()


def test_closing_leaves_the_program_in_the_tray_from_which_it_comes_back_and_ends(
    host: TrayHost, beside: Program
) -> None:
    icon = icon_in(host)
    beside.window()
    beside.desktop.press("alt+f4")
    wait_until("the window to go", lambda: not beside.desktop.windows("Tertulia"))
    assert beside.process.poll() is None
    icon.choose(OPEN)
    beside.window()
    beside.desktop.press("alt+f4")
    wait_until("the window to go again", lambda: not beside.desktop.windows("Tertulia"))
    icon.click()
    beside.window()
    icon.choose(QUIT)
    wait_until("the program to end", lambda: beside.process.poll() is not None, 30)
    assert beside.process.returncode == 0
    assert host.icons() == []
    assert beside.complained() == []
