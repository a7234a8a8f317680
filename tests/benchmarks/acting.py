"""An act to the next row: from the press of E to the paint that shows the next conversation, in the inbox of a large profile.

The real window under its real loop; the act itself is committed meanwhile, and the list follows it. Beside it a C++ list of 20,000
strings from which the selected row is removed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import qasync
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from app.bootstrap import build_services, open_database
from app.profile import open_profile
from app.runtime.start import Options
from app.runtime.tasks import Tasks
from app.services.undo import Undo
from app.ui.inbox.page import InboxPage
from app.window import painter_for
from tests.benchmarks.figure import Figure, middle, quantile
from tests.benchmarks.pressing import Painted, baseline_list
from tests.benchmarks.shown import no_browser

ACTS = 120
REST_S = 0.15
PATIENCE_S = 2.0
LIMIT_MS = 50


class Paints(Painted):
    """Remembers every paint."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.times: list[float] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        painted = super().eventFilter(watched, event)
        if painted:
            self.times.append(self.at)
        return painted

    async def after(self, moment: float) -> float:
        """When the first paint after a moment ended; gives up after `PATIENCE_S`."""
        while time.perf_counter() - moment < PATIENCE_S:
            found = next((at for at in self.times if at > moment), None)
            if found is not None:
                return found
            await asyncio.sleep(0)
        return moment + PATIENCE_S


async def acted(page: InboxPage) -> tuple[list[float], list[float]]:
    """(to the list's paint with the next row selected, to the paint of its messages), one of each an act."""
    rows, messages = Paints(page.list.rows.viewport()), Paints(page.conversation.messages.viewport())
    selected: list[float] = []
    opened: list[float] = []
    for _ in range(ACTS):
        await asyncio.sleep(REST_S)
        before = page.desk.row
        assert before is not None
        read: list[float] = []

        def detailed(row: object, _detail: object, read: list[float] = read, left: int = before.id) -> None:
            if getattr(row, "id", left) != left:
                read.append(time.perf_counter())

        page.desk.detailed.connect(detailed)
        rows.times.clear()
        messages.times.clear()
        began = time.perf_counter()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.postEvent(page.list.rows, QKeyEvent(kind, Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier, "e"))
        selected.append((await rows.after(began) - began) * 1000)
        while not read and time.perf_counter() - began < PATIENCE_S:
            await asyncio.sleep(0)
        opened.append((await messages.after(read[0]) - began) * 1000 if read else PATIENCE_S * 1000)
        page.desk.detailed.disconnect(detailed)
        assert page.desk.row is not None
        assert page.desk.row.id != before.id
    return selected, opened


async def removed(view: QTableView) -> list[float]:
    """The same of a list made of C++ alone: the selected row goes, the next is painted selected."""
    painted = Paints(view.viewport())
    times: list[float] = []
    for _ in range(ACTS):
        await asyncio.sleep(REST_S / 10)
        painted.times.clear()
        began = time.perf_counter()
        view.model().removeRow(view.currentIndex().row())
        times.append((await painted.after(began) - began) * 1000)
    return times


def figures(folder: Path) -> Iterator[Figure]:
    """`folder` is a profile whose conversations are acted on."""
    profile = open_profile(Options(folder), "bench")
    profile.clock.sleeper = asyncio.sleep
    database = open_database(profile)
    tasks = Tasks(lambda _: None, lambda _: None)
    services = build_services(profile, database, tasks, Undo(), no_browser)
    painter = painter_for(profile, services)
    window = painter.show("inbox", (1440, 900))
    page, application = window.page(), QApplication.instance()
    assert isinstance(page, InboxPage)
    assert isinstance(application, QApplication)
    window.activateWindow()
    page.list.rows.setFocus()
    loop = qasync.QEventLoop(application)
    with loop:
        painter._shell.actions.starts.ready(tasks.spawn)
        selected, opened = loop.run_until_complete(acted(page))
        plain = loop.run_until_complete(removed(baseline_list()))
        loop.run_until_complete(tasks.shutdown(3.0))
    name = "a row removed from a C++ list of 20,000 strings"
    yield Figure("inbox.act.selected.median", middle(selected), "ms", middle(plain), name)
    yield Figure("inbox.act.selected.p99", quantile(selected, 0.99), "ms", limit=LIMIT_MS)
    yield Figure("inbox.act.open.median", middle(opened), "ms", middle(plain), name)
    yield Figure("inbox.act.open.p99", quantile(opened, 0.99), "ms", limit=LIMIT_MS)
    painter.close()
    database.close_now()
