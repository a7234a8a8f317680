"""Opens the real window on a profile inside this process, without its loop, for benchmarks of what is on the screen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.bootstrap import build_services, open_database, open_profile
from app.runtime.start import Options
from app.runtime.tasks import Tasks
from app.services.undo import Undo
from app.ui.widgets.row_list import RowList
from app.window import painter_for
from tests.benchmarks import pressing
from tests.benchmarks.figure import Figure


def with_inbox(folder: Path, scratch: Path) -> Iterator[Figure]:
    """J and K in the inbox of `folder`."""
    profile = open_profile(Options(folder), "bench")
    profile.clock.sleeper = asyncio.sleep
    database = open_database(profile)
    services = build_services(profile, database, Tasks(lambda _: None, lambda _: None), Undo(), _no_browser)
    painter = painter_for(profile, services)
    window = painter.show("inbox", (1440, 900))
    application = QApplication.instance()
    assert isinstance(application, QApplication)

    def settle() -> None:
        end = time.perf_counter() + 0.3
        while time.perf_counter() < end:
            application.processEvents()

    settle()
    view = max(window.findChildren(RowList), key=lambda each: each.model().rowCount())
    yield from pressing.figures(application, view, settle, scratch)
    painter.close()
    database.close_now()


async def _no_browser(_url: str) -> None:
    """Nobody signs in here."""
