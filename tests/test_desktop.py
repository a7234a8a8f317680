"""The program on a desktop, as its own process: notifications over a real bus, links handed on, and an end on the system's word."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.fakes.desktop_services import daemon, desktop_services, private_bus

if not sys.platform.startswith("linux") or daemon() is None:
    pytest.skip("no dbus-daemon here", allow_module_level=True)

pytestmark = pytest.mark.timeout(180)

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
COMMAND = [sys.executable, "-P", "-m", "app", "--sample"]
READY = "ready"


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A home, a runtime folder and a bus of its own, and the sample shop made."""
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    with private_bus(tmp_path) as address:
        made = os.environ | {
            "HOME": str(tmp_path),
            "XDG_RUNTIME_DIR": str(run),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "QT_QPA_PLATFORM": "offscreen",
            "DBUS_SESSION_BUS_ADDRESS": address,
            "DBUS_SYSTEM_BUS_ADDRESS": address,
            "TERTULIA_PROFILE": str(tmp_path / "profile"),
            "TERTULIA_MARKS": str(tmp_path / "marks"),
            "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        }
        subprocess.run([*COMMAND, "accounts", "list"], env=made, check=True, capture_output=True, timeout=120)
        file = next(tmp_path.glob("profile*/tertulia.db"))
        with closing(sqlite3.connect(file)) as connection, connection:
            value = json.dumps({"version": 1, "values": {"quiet": False}})
            connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('notifications', ?)", (value,))
        yield made


@contextmanager
def running(environment: dict[str, str], *options: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [*COMMAND, *options], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


async def is_ready(environment: dict[str, str], process: subprocess.Popen[str]) -> None:
    marks = Path(environment["TERTULIA_MARKS"])
    async with asyncio.timeout(90):
        while not marks.exists() or READY not in marks.read_text("ascii"):
            assert process.poll() is None, process.communicate()
            await asyncio.sleep(0.1)


async def ended(process: subprocess.Popen[str]) -> int:
    async with asyncio.timeout(30):
        while process.poll() is None:
            await asyncio.sleep(0.05)
    return process.returncode


async def test_started_hidden_it_tells_what_waits_and_ends_in_order_on_the_systems_word(
    environment: dict[str, str],
) -> None:
    async with desktop_services(environment["DBUS_SESSION_BUS_ADDRESS"], NAME) as desktop:
        with running(environment, "--hidden") as process:
            async with asyncio.timeout(90):
                await desktop.came.wait()
            name, _replaces, icon, title, *_ = desktop.shown[0]
            assert (name, icon) == ("Tertulia", "org.tertulia.Tertulia")
            assert title
            await desktop.say(PATH, NAME, "ActionInvoked", "us", 1, "default")
            await asyncio.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            assert await ended(process) == 0
            assert process.stderr is not None
            assert "Traceback" not in process.stderr.read()


async def test_a_link_goes_to_the_window_that_is_there(environment: dict[str, str]) -> None:
    with running(environment) as process:
        await is_ready(environment, process)
        for link in ("tertulia:settings", "tertulia:conversation/999999", "tertulia:nowhere"):
            second = await asyncio.to_thread(
                subprocess.run,
                [*COMMAND, link],
                env=environment,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert (second.returncode, second.stderr) == (0, "")
        await asyncio.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        assert await ended(process) == 0
    ini = next(Path(environment["HOME"]).glob("profile*/window.ini")).read_text("utf-8")
    assert "page=settings" in ini
