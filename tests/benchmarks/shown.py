"""Opens the real window on a profile inside this process, without its loop, for benchmarks of what is on the screen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.bootstrap import build_services, open_database
from app.profile import open_profile
from app.runtime.start import Options
from app.runtime.tasks import Tasks
from app.services.undo import Undo
from app.ui.inbox.page import InboxPage
from app.window import painter_for
from tests.benchmarks import pressing
from tests.benchmarks.figure import Figure


def with_inbox(folder: Path) -> Iterator[Figure]:
    """J and K in the inbox of the profile in `folder`."""
    profile = open_profile(Options(folder), "bench")
    profile.clock.sleeper = asyncio.sleep
    database = open_database(profile)
    services = build_services(profile, database, Tasks(lambda _: None, lambda _: None), Undo(), no_browser)
    painter = painter_for(profile, services)
    window = painter.show("inbox", (1440, 900))
    application = QApplication.instance()
    assert isinstance(application, QApplication)

    def wait(seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            application.processEvents()

    page = window.page()
    assert isinstance(page, InboxPage)
    page.desk.seen.setInterval(3_600_000)
    page.desk.seen.stop()  # nothing is written: there is no loop to do it in
    wait(0.3)
    yield from pressing.figures(application, page, wait)
    painter.close()
    database.close_now()


async def no_browser(_url: str) -> None:
    """Nobody signs in here."""
