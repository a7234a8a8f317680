"""The calendar with 2,000 posts in its month: frames of a drag, a post moved, and pages turned, in the real window.

A frame is what a move of the mouse costs until the end of the paints it caused; it must fit between two frames of the screen (16 ms). Time
of the processor is counted, all threads of the process: how long it takes by the clock depends on what else the computer does.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import build_services, open_database
from app.profile import open_profile
from app.runtime.clock import SystemClock
from app.runtime.start import Options
from app.runtime.tasks import Tasks
from app.services.undo import Undo
from app.ui.calendar.page import CalendarPage
from app.window import painter_for
from tests.benchmarks.figure import Figure, middle, quantile
from tests.benchmarks.shown import no_browser

POSTS = 2_000
FRAMES = 400
PAGES = 40
FRAME_MS = 16
PAGE_MS = 50
PILLARS = ("releases", "catalogue", "scene", "community", "offers", "contest", "help", "house")


def fill(data_file: Path, now: datetime) -> None:
    """Posts over the month around now, each for two accounts; every third is out, with clicks. Both have good times."""
    chance = Random(20261122)
    first = now - timedelta(days=15)
    with closing(sqlite3.connect(data_file)) as connection, connection:
        accounts = [number for (number,) in connection.execute("SELECT id FROM account ORDER BY id LIMIT 2")]
        connection.executemany(
            "INSERT INTO slot (account_id, weekday, minute, zone, pillar, enabled) VALUES (?, ?, ?, 'America/Mexico_City', '', 1)",
            [(account, day, minute) for account in accounts for day in range(7) for minute in (600, 780, 1170)],
        )
        highest = connection.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()[0]
        for number in range(1, POSTS + 1):
            at = round((first + timedelta(minutes=chance.randrange(30 * 24 * 60))).timestamp() * 1000)
            out = number % 3 == 0
            connection.execute(
                "INSERT INTO post (title, parts, state, format, pillar, poll, visibility, warning, language, planned_at, zone, quote, link_card,"
                " lateness, created_at, saved_at) VALUES (?, '[\"Hola\"]', 'scheduled', 'informs', ?, '', 'public', '', 'es', ?, 'UTC', '', '', '', ?, ?)",
                (f"Novedades de la semana, {number}", PILLARS[number % 8], at, at, at),
            )
            post_id = connection.execute("SELECT last_insert_rowid()").fetchone()[0]
            for account in accounts:
                highest += 1
                connection.execute(
                    "INSERT INTO variant (post_id, account_id, parts) VALUES (?, ?, '')", (post_id, account)
                )
                connection.execute(
                    "INSERT INTO outbox (id, account_id, kind, state, key, target, parts, pictures, poll, visibility, warning, language, answer_title,"
                    " post_id, due_at, attempts, progress, claimed_by, reason, remote_id, url, quote, link_card, lateness, held_id, uploads, warnings, created_at)"
                    " VALUES (?, ?, 'post', ?, ?, '', '[\"Hola\"]', '[]', '', 'public', '', 'es', '', ?, ?, 0, '[]', '', '', '', '', '', '', '', '', '', '', ?)",
                    (highest, account, "out" if out else "waiting", f"bench-{highest}", post_id, at, at),
                )
                if out:
                    connection.execute(
                        "INSERT INTO sample (metric, subject, subject_id, at, value) VALUES ('clicks', 'post', ?, ?, 40)",
                        (highest, at),
                    )


def send(target: QWidget, kind: QEvent.Type, place: QPoint) -> None:
    button = Qt.MouseButton.LeftButton
    moving = kind == QEvent.Type.MouseMove
    where = QPointF(place)
    event = QMouseEvent(
        kind,
        where,
        QPointF(target.mapToGlobal(place)),
        Qt.MouseButton.NoButton if moving else button,
        button,
        Qt.KeyboardModifier.NoModifier,
    )
    QCoreApplication.sendEvent(target, event)


def frames(application: QApplication, page: CalendarPage) -> list[float]:
    """Milliseconds of each frame of a long drag over the page."""
    grid = page.grid
    view = grid.viewport()
    placed = next(
        each for each in grid.placed if not each.post.out and view.rect().contains(each.rect.translated(-grid.offset()))
    )
    place = placed.rect.topLeft() - grid.offset() + QPoint(12, 6)
    send(view, QEvent.Type.MouseButtonPress, place)
    times = []
    width, height = view.width() - 40, view.height() - 90
    for number in range(FRAMES):
        spot = QPoint(20 + number * 17 % width, 45 + number * 7 % height)
        began = time.process_time()
        send(view, QEvent.Type.MouseMove, spot)
        application.processEvents()
        times.append((time.process_time() - began) * 1000)
    page.dragging.cancel()
    return times[5:]


def turned(application: QApplication, page: CalendarPage, wait: Callable[[float], None], *, ahead: bool) -> list[float]:
    """Milliseconds from the key to the paint of the other page with its posts: `ahead`, for somebody who looks at each page, or else
    faster than its neighbours can be read.
    """
    times = []
    for number in range(PAGES):
        if ahead:
            wait(0.3)
        else:
            page.desk._soon.stop()
            page.desk._ahead.clear()
        application.processEvents()
        filled: list[bool] = []
        noted = page.desk.filled.connect(lambda filled=filled: filled.append(True))
        began = time.process_time()
        page.perform("turn", step=1 if number % 4 in (0, 3) else -1)
        while not filled:
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        application.processEvents()
        times.append((time.process_time() - began) * 1000)
        page.desk.filled.disconnect(noted)
    return times


def repaints(application: QApplication, page: CalendarPage) -> tuple[list[float], list[float]]:
    """Milliseconds of what a moved post repaints, and of the whole page without kept pictures."""
    grid = page.grid
    moved: list[float] = []
    whole: list[float] = []
    chips = [each for each in grid.placed if grid.viewport().rect().contains(each.rect.translated(-grid.offset()))]
    for number in range(40):
        placed = chips[number % len(chips)]
        application.processEvents()
        began = time.process_time()
        for rect in (placed.rect, chips[(number + 7) % len(chips)].rect):
            grid.update_page(rect)
        application.processEvents()
        moved.append((time.process_time() - began) * 1000)
        page.pictures.forget()
        began = time.process_time()
        grid.viewport().repaint()
        whole.append((time.process_time() - began) * 1000)
    return moved, whole


def figures(folder: Path) -> Iterator[Figure]:
    """In the profile in `folder`, which is filled."""
    fill(folder / "tertulia.db", SystemClock().now())
    profile = open_profile(Options(folder), "bench")
    profile.clock.sleeper = asyncio.sleep
    database = open_database(profile)
    services = build_services(profile, database, Tasks(lambda _: None, lambda _: None), Undo(), no_browser)
    painter = painter_for(profile, services)
    window = painter.show("calendar", (1440, 900))
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    page = window.page()
    assert isinstance(page, CalendarPage)

    def wait(seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            application.processEvents()

    wait(0.5)
    for view in ("week", "month"):
        page.perform("show", view=view)
        wait(0.5)
        many = len(page.desk.shown.span.posts)
        times = frames(application, page)
        note = f"{many} posts in {len(page.desk.shown.days)} days, {len(page.grid.placed)} chips"
        yield Figure(f"calendar.{view}.drag.median", middle(times), "ms", limit=FRAME_MS, note=note)
        yield Figure(f"calendar.{view}.drag.p99", quantile(times, 0.99), "ms", limit=FRAME_MS)
        for name, ahead in (("page", True), ("page_at_once", False)):
            pages = turned(application, page, wait, ahead=ahead)
            yield Figure(f"calendar.{view}.{name}.median", middle(pages), "ms", limit=PAGE_MS)
            yield Figure(f"calendar.{view}.{name}.p95", quantile(pages, 0.95), "ms", limit=PAGE_MS)
        page.perform("today")
        wait(0.3)
        moved, whole = repaints(application, page)
        yield Figure(f"calendar.{view}.move", middle(moved), "ms", middle(whole), "a full repaint", 0.1)
    painter.close()
    database.close_now()
