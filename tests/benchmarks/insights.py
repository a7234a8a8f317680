"""Insights over ten million samples: a question about 28 days beside a scan of the samples, and the page in the real window."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from app.bootstrap import build_services, open_database
from app.models.insight import Scope, last_days
from app.profile import adopt_settings, open_profile
from app.runtime.clock import SystemClock, to_ms
from app.runtime.start import Options
from app.runtime.tasks import Tasks
from app.services.undo import Undo
from app.store import rollup
from app.store.reading.insight_queries import StoreInsightQueries
from app.store.reading.queries import StoreQueries
from app.ui.insights.answers import AnswersTab
from app.ui.insights.audience import AudienceTab
from app.ui.insights.page import InsightsPage
from app.ui.insights.posts import PostsTab
from app.window import painter_for
from tests.benchmarks.figure import Figure, middle, quantile
from tests.benchmarks.shown import no_browser

SAMPLES = 10_000_000
ACCOUNTS, YEARS, POSTS = 20, 5, 20_000
ZONE = ZoneInfo("America/Mexico_City")
ASKED = 20
PAGES = 60
"""So many that one sweep of garbage, or another thread at work, is not the 95th of a hundred."""
SPANS = 10
"""The messages of the benchmark go back so many periods and some more."""
REST_SECONDS = 6
DAY_MS = 86_400_000
METRICS = ("clicks", "reposts", "replies", "likes", "quotes")


def fill(data_file: Path, now_ms: int) -> None:
    """Twenty accounts, five years of posts with their figures, and followers of each day."""
    with closing(sqlite3.connect(data_file)) as connection, connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'sample'")]
        for name in names:
            connection.execute(f"DROP TRIGGER {name}")  # the sums are made at once, below
        have = connection.execute("SELECT count(*) FROM account").fetchone()[0]
        columns = [row[1] for row in connection.execute("PRAGMA table_info(account)") if row[1] not in ("id", "remote_id")]
        connection.executemany(
            f"INSERT INTO account (remote_id, {', '.join(columns)}) SELECT ?, {', '.join(columns)} FROM account ORDER BY id LIMIT 1",
            [(f"bench {number}",) for number in range(ACCOUNTS - have)],
        )
        accounts = [number for (number,) in connection.execute("SELECT id FROM account ORDER BY id")]
        first = now_ms - YEARS * 365 * DAY_MS
        step = YEARS * 365 * DAY_MS // POSTS
        highest = connection.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()[0]
        for number in range(POSTS):
            at = first + number * step
            connection.execute(
                "INSERT INTO post (title, parts, state, format, pillar, poll, visibility, warning, language, planned_at, zone, quote, link_card,"
                " lateness, created_at, saved_at) VALUES (?, '[\"Hola\"]', 'scheduled', ?, 'scene', '', 'public', '', 'es', ?, 'UTC', '', '', '', ?, ?)",
                (f"Novedades {number}", "promo" if number % 3 else "informs", at, at, at),
            )
            connection.execute(
                "INSERT INTO outbox (id, account_id, kind, state, key, target, parts, pictures, poll, visibility, warning, language, answer_title,"
                " post_id, due_at, sent_at, attempts, progress, claimed_by, reason, remote_id, url, quote, link_card, lateness, held_id, uploads, warnings, created_at)"
                " VALUES (?, ?, 'post', 'out', ?, '', '[\"Hola\"]', '[]', '', 'public', '', 'es', '', last_insert_rowid(), ?, ?, 0, '[]', '', '', 'r', '', '', '', '', '', '', '', ?)",
                (highest + 1 + number, accounts[number % ACCOUNTS], f"bench-{number}", at, at, at),
            )
        each = SAMPLES // (POSTS * len(METRICS))
        for metric in METRICS:
            connection.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                " INSERT INTO sample SELECT ?, 'post', o.id, o.sent_at + n.i * 12000000, n.i * 3 FROM outbox AS o, n WHERE o.key LIKE 'bench-%'",
                (each, metric),
            )
        connection.executemany(
            "INSERT OR IGNORE INTO sample VALUES ('followers', 'account', ?, ?, ?)",
            ((number, first + day * DAY_MS, 1000 + day) for number in accounts for day in range(YEARS * 365)),
        )
        connection.execute("DELETE FROM local_day")
        connection.executemany("INSERT INTO local_day VALUES (?, ?)", rollup.days(ZONE))
        connection.execute("DELETE FROM figure_day")
        connection.execute(rollup.REBUILT)
        for statement in rollup.statements():
            connection.execute(f"DROP TRIGGER IF EXISTS {statement.split()[2]}")
            connection.execute(statement)


def asked(data_file: Path) -> Iterator[Figure]:
    """A summary of 28 days, and of 90, beside a scan of all samples."""
    clock = SystemClock()
    with closing(sqlite3.connect(f"file:{data_file}?mode=ro", uri=True)) as connection:
        many = connection.execute("SELECT count(*) FROM sample").fetchone()[0]
        scans = []
        for _ in range(3):
            began = time.process_time()
            connection.execute("SELECT sum(value) FROM sample").fetchone()
            scans.append((time.process_time() - began) * 1000)
        accounts = [number for (number,) in connection.execute("SELECT id FROM account")]
        queries = StoreInsightQueries(connection, clock)
        today = clock.now().astimezone(ZONE).date()
        gains = []
        for _ in range(ASKED):
            began = time.process_time()
            connection.execute(
                "SELECT metric, account_id, day, gained FROM figure_day WHERE metric = 'clicks' AND account_id = ? AND day BETWEEN ? AND ?",
                (accounts[0], today.toordinal() - 28, today.toordinal()),
            ).fetchall()
            gains.append((time.process_time() - began) * 1000)
        note = f"{many} samples; a byte count of {data_file.stat().st_size / many:.0f} a sample, posts included"
        yield Figure("insights.gains_of_28_days", middle(gains), "ms", middle(scans), "a scan of the samples", 0.001, note)
        for days in (28, 90):
            times = []
            for _ in range(ASKED):
                began = time.process_time()
                queries.summary(scope_of(today, days, accounts))
                times.append((time.process_time() - began) * 1000)
            yield Figure(f"insights.summary_of_{days}_days", middle(times), "ms", middle(scans), "a scan of the samples")
        times = []
        for _ in range(ASKED):
            began = time.process_time()
            posts = queries.post_lines(scope_of(today, 28, accounts))
            times.append((time.process_time() - began) * 1000)
        began = time.process_time()
        StoreQueries(connection, clock).tips(clock.now(), ZONE, "es", 60)
        yield Figure("insights.tips", (time.process_time() - began) * 1000, "ms", middle(scans), "a scan of the samples")
        yield Figure("insights.posts_of_28_days", middle(times), "ms", middle(scans), "a scan of the samples", note=f"{len(posts)} posts with all figures")


def scope_of(today: date, days: int, accounts: Sequence[int]) -> Scope:
    period = last_days(today, days)
    return Scope(period, period.before, tuple(accounts), ZONE, "es")


def painted(folder: Path) -> Iterator[Figure]:
    """The page shown, and turned to other periods."""
    profile = open_profile(Options(folder), "bench")
    profile.clock.sleeper = asyncio.sleep
    database = open_database(profile)
    services = build_services(profile, database, Tasks(lambda _: None, lambda _: None), Undo(), no_browser)
    painter = painter_for(profile, services)
    window = painter.show("today", (1440, 900))
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    began = time.process_time()
    window.show_page("insights")
    page = window.page()
    assert isinstance(page, InsightsPage)
    while page.view.summary is None:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    application.processEvents()
    yield Figure("insights.painted", (time.process_time() - began) * 1000, "ms", limit=300)
    rested = time.monotonic() + REST_SECONDS
    while time.monotonic() < rested:  # tips and holidays come after the figures
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    yield from turned(application, page, "period", lambda: page.view.summary)
    began = time.process_time()
    page.turn_to(1)
    posts = page.tab
    assert isinstance(posts, PostsTab)
    while not posts.lines or posts.beside.chart.places == 0:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    application.processEvents()
    yield Figure("insights.posts.painted", (time.process_time() - began) * 1000, "ms", limit=300, note=f"{len(posts.lines)} posts")
    yield from turned(application, page, "posts.period", lambda: posts.lines)
    painter.close()
    database.close_now()


def settle(application: QApplication, act: Callable[[], object], shown: Callable[[], object]) -> None:
    """What is shown is read."""
    before = shown()
    act()
    while shown() is before:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        time.sleep(0.001)
    application.processEvents()


def turned(
    application: QApplication, page: InsightsPage, name: str, shown: Callable[[], object], back: int = PAGES // 2
) -> Iterator[Figure]:
    """Other periods one after the other, as with the arrow keys: `back` ones earlier, as many later; the longest time for which the screen's
    thread was away. Where it turns, the tab forgets what it remembers of earlier ones.
    """
    times, gaps = [], []
    for number in range(PAGES):
        if number % back == 0:
            page.tab.forget()
            settle(application, page.read, shown)
        before, longest = shown(), 0.0
        began = time.process_time()
        page.step(-1 if number // back % 2 == 0 else 1)
        while True:
            turn = time.thread_time()
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            longest = max(longest, time.thread_time() - turn)
            if shown() is not before:
                break
            time.sleep(0.001)
        turn = time.thread_time()
        application.processEvents()
        gaps.append(max(longest, time.thread_time() - turn) * 1000)
        times.append((time.process_time() - began) * 1000)
    yield Figure(f"insights.{name}.median", middle(times), "ms", limit=100)
    yield Figure(f"insights.{name}.p95", quantile(times, 0.95), "ms", limit=100)
    yield Figure(f"insights.{name}.gap.p95", quantile(gaps, 0.95), "ms", limit=16, note="the longest turn of the screen's thread: figures put in place, or painted")


# --- answers and audience


def talked(data_file: Path) -> None:
    """Each conversation a case, names of the catalogue in every second message of a customer, a third of the replies out of the playbook."""
    with closing(sqlite3.connect(data_file)) as connection, connection:
        connection.execute(
            "INSERT INTO support_case (conversation_id, category, opened_at, answered_at, answered_in, solved_at, solved_in, messages, replies, reopened)"
            " SELECT c.id, c.category, min(m.at), min(CASE WHEN m.kind = 'ours' THEN m.at END), min(CASE WHEN m.kind = 'ours' THEN m.at END) - min(m.at),"
            " CASE WHEN c.state IN ('done', 'kept') THEN max(m.at) END, CASE WHEN c.state IN ('done', 'kept') THEN max(m.at) - min(m.at) END,"
            " count(*), sum(m.kind = 'ours'), 0 FROM conversation AS c JOIN message AS m ON m.conversation_id = c.id GROUP BY c.id"
        )
        terms = [(f"disco {number}", ("title", "maker", "style")[number % 3], f"Disco {number}") for number in range(300)]
        connection.executemany("INSERT INTO product_term (term, kind, name, hidden) VALUES (?, ?, ?, 0)", terms)
        connection.execute(
            "INSERT INTO message_term SELECT m.id, p.kind, p.term FROM message AS m JOIN product_term AS p ON p.term = 'disco ' || (m.id % 300)"
            " WHERE m.kind <> 'ours' AND m.id % 2 = 0"
        )
        connection.execute("UPDATE message SET answer_title = 'Envíos' WHERE kind = 'ours' AND id % 3 = 0")
        connection.execute("UPDATE customer SET email = 'c' || id || '@example.org', newsletter_at = 1 WHERE id % 4 = 0")
        connection.execute("ANALYZE")


def answered(folder: Path) -> Iterator[Figure]:
    """The Answers and the Audience tab over the messages of `folder`."""
    talked(folder / "tertulia.db")
    profile = open_profile(Options(folder), "bench")
    profile.clock.sleeper = asyncio.sleep
    database = open_database(profile)
    adopt_settings(profile)
    services = build_services(profile, database, Tasks(lambda _: None, lambda _: None), Undo(), no_browser)
    painter = painter_for(profile, services)
    window = painter.show("today", (1440, 900))
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window.show_page("insights")
    page = window.page()
    assert isinstance(page, InsightsPage)
    many = database.reader.now(lambda c: c.execute("SELECT count(*) FROM message").fetchone()[0])
    for name in ("answers", "audience"):
        began = time.process_time()
        window.show_page("insights", tab=name)
        tab = page.tab
        assert isinstance(tab, AnswersTab | AudienceTab)
        shown = partial(getattr, tab, "support" if isinstance(tab, AnswersTab) else "found")
        while shown() is None:
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        application.processEvents()
        yield Figure(f"insights.{name}.painted", (time.process_time() - began) * 1000, "ms", limit=300, note=f"{many} messages")
        rested = time.monotonic() + REST_SECONDS
        while time.monotonic() < rested:
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        yield from turned(application, page, f"{name}.period", shown, SPANS)
    painter.close()
    database.close_now()


def figures(folder: Path) -> Iterator[Figure]:
    """In the profile in `folder`, which is filled."""
    fill(folder / "tertulia.db", to_ms(SystemClock().now()))
    yield from asked(folder / "tertulia.db")
    yield from painted(folder)
