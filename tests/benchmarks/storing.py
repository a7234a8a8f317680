"""Storing new messages: the program's own way beside bare `executemany` of the very same rows into the same tables, and what the window
feels of it.

Like against like: the baseline is handed the finished rows, those that are new and those that were changed, and writes them to another
copy of the same file with the same indexes, counters and settings, a transaction each 1,000 messages with the people and conversations
that these bring along, as the program does. Both do without the search index first; then the program keeps it as well.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import qasync
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import build_services, open_database
from app.models.arrival import Arrival
from app.models.message import MessageKind
from app.profile import open_profile
from app.runtime.clock import to_ms
from app.runtime.start import Options
from app.runtime.tasks import Tasks
from app.services.undo import Undo
from app.store.database import Database
from app.store.writer import connect_for_writing
from app.store.writing import messages
from app.window import painter_for
from tests.benchmarks.big_profile import NOW, TEXTS
from tests.benchmarks.figure import Figure, middle, quantile
from tests.benchmarks.shown import no_browser
from tests.fakes.clock import FakeClock

ACCOUNT = 1
PAGE = 1000
PAGES = 8
BATCH = PAGE
TABLES = ("customer", "identity", "conversation", "support_case", "message")


def arrivals(page: int, chance: Random) -> list[Arrival]:
    """A page of messages as they come: half of them in conversations that are there, half by new people."""
    made = []
    for number in range(page * PAGE, (page + 1) * PAGE):
        known = chance.random() < 0.5
        customer = 4 * chance.randrange(1, 5_000) if known else 10_000_000 + number
        texts = TEXTS[chance.choice(tuple(TEXTS))]
        made.append(
            Arrival(
                remote_id=f"new-{number}",
                kind=MessageKind.MENTION,
                author_id=f"person-{customer}",
                author_handle=f"@cliente{customer}",
                author_name=f"Cliente {customer}",
                text=chance.choice(texts).format(album=f"Marea {number}"),
                at=NOW + timedelta(seconds=number),
                thread_key=f"thread-{customer}",
                language="es",
            )
        )
    return made


def without_search(path: Path) -> None:
    """Takes the triggers of the search index away."""
    with closing(sqlite3.connect(path)) as connection, connection:
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%\\_search%' ESCAPE '\\'"
        for (name,) in connection.execute(sql).fetchall():
            connection.execute(f"DROP TRIGGER {name}")


def by_the_program(path: Path) -> float:
    """Seconds of computing time to store all pages."""
    database = Database.open(path, backups=path.parent, clock=FakeClock(NOW))
    warm, *pages = [arrivals(page, Random(page)) for page in range(PAGES + 1)]
    now = to_ms(NOW)
    database.write_now(messages.keep, ACCOUNT, warm[:1], "messages", "warm", now, _nothing_owed, bulk=True)  # everything is loaded
    began = time.process_time()
    for number, page in enumerate(pages):
        database.write_now(messages.keep, ACCOUNT, page, "messages", str(number), now, _nothing_owed, bulk=True)
    took = time.process_time() - began
    database.close_now()
    return took


def _nothing_owed(_arrival: Arrival) -> None:
    return None


class Rows:
    """What storing changed: the new rows of each table, each with the messages that brought it, and the rows there before that were changed."""

    def __init__(self, before: Path, after: Path) -> None:
        with closing(sqlite3.connect(before)) as old, closing(sqlite3.connect(after)) as new:
            new.execute("ATTACH ? AS old", (str(before),))
            self.new, self.changed, self.columns = {}, {}, {}
            for table in TABLES:
                last = old.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
                self.new[table] = new.execute(f"SELECT * FROM {table} WHERE id > ? ORDER BY id", (last,)).fetchall()
                self.columns[table] = [row[1] for row in new.execute(f"PRAGMA table_info({table})")]
                differs = f"SELECT * FROM main.{table} WHERE id <= ? EXCEPT SELECT * FROM old.{table}"
                self.changed[table] = [(*row[1:], row[0]) for row in new.execute(differs, (last,))]
        self.parts = max(1, len(self.new["message"]) // BATCH)
        self._ends = [dict.fromkeys(TABLES, 0)]
        for part in range(self.parts):
            self._ends.append(self._end(len(self.new["message"]) * (part + 1) // self.parts))

    def _end(self, messages: int) -> dict[str, int]:
        """How many rows of each table have to be there with so many messages."""
        place = self.columns["message"].index("conversation_id")
        highest = max(row[place] for row in self.new["message"][:messages])
        begun = [row for row in self.new["conversation"] if row[0] <= highest]
        ends = {"message": messages, "conversation": len(begun)}
        for table in ("customer", "identity"):
            place = self.columns["conversation"].index(f"{table}_id")
            newest = max((row[place] for row in begun), default=0)
            ends[table] = sum(row[0] <= newest for row in self.new[table])
        at, opened = self.columns["message"].index("at"), self.columns["support_case"].index("opened_at")
        now = self.new["message"][messages - 1][at]
        return ends | {"support_case": sum(row[opened] <= now for row in self.new["support_case"])}

    def part(self, table: str, part: int) -> Sequence[tuple[object, ...]]:
        """New rows of one transaction."""
        return self.new[table][self._ends[part][table] : self._ends[part + 1][table]]

    def changed_part(self, table: str, part: int) -> Sequence[tuple[object, ...]]:
        """Changed rows of one transaction: an equal share."""
        rows = self.changed[table]
        return rows[len(rows) * part // self.parts : len(rows) * (part + 1) // self.parts]


def bare(path: Path, rows: Rows) -> float:
    """Seconds of computing time for the same rows by `executemany`, a transaction each `BATCH` messages."""
    adds = {table: f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows.columns[table]))})" for table in TABLES}
    sets = {table: ", ".join(f"{column} = ?" for column in rows.columns[table][1:]) for table in TABLES}
    with closing(connect_for_writing(path)) as connection:
        connection.execute("PRAGMA synchronous = NORMAL")  # as the program has it for bulk storing
        connection.execute("SELECT count(*) FROM account").fetchone()
        began = time.process_time()
        for part in range(rows.parts):
            connection.execute("BEGIN IMMEDIATE")
            for table in TABLES:
                connection.executemany(adds[table], rows.part(table, part))
            for table in TABLES:
                connection.executemany(f"UPDATE {table} SET {sets[table]} WHERE id = ?", rows.changed_part(table, part))
            connection.execute("COMMIT")
        return time.process_time() - began


def figures(profile: Path, scratch: Path) -> Iterator[Figure]:
    """Three rounds each, interleaved; then the window on top of the same work."""
    source = profile / "tertulia.db"
    plain, indexed, baseline = [], [], []
    for _ in range(3):
        bare_file = _copy(source, scratch / "bare.db", searched=False)
        plain_file = _copy(source, scratch / "plain.db", searched=False)
        plain.append(by_the_program(plain_file))
        baseline.append(bare(bare_file, Rows(source, plain_file)))
        indexed.append(by_the_program(_copy(source, scratch / "indexed.db", searched=True)))
    many = PAGE * PAGES
    rate = many / middle(baseline)
    name = "bare executemany of the same rows"
    yield Figure("storing.plain", many / middle(plain), "messages/s", rate, name, 0.6, at_least=True)
    yield Figure("storing.searchable", many / middle(indexed), "messages/s", rate, name, 0.08, at_least=True)
    yield from felt(_profile_copy(profile, scratch / "felt"))


def _copy(source: Path, target: Path, *, searched: bool) -> Path:
    for stale in target.parent.glob(f"{target.name}*"):
        stale.unlink()
    shutil.copyfile(source, target)
    if not searched:
        without_search(target)
    return target


def _profile_copy(profile: Path, target: Path) -> Path:
    target.mkdir()
    shutil.copyfile(profile / "tertulia.db", target / "tertulia.db")
    return target


def felt(folder: Path) -> Iterator[Figure]:
    """How late a tick of the window comes while pages are stored and the inbox follows them."""
    late: list[float] = []
    idle: list[float] = []

    async def work(loop_profile: Path) -> None:
        profile = open_profile(Options(loop_profile), "bench")
        profile.clock.sleeper = asyncio.sleep
        database = open_database(profile)
        services = build_services(profile, database, Tasks(lambda _: None, lambda _: None), Undo(), no_browser)
        painter = painter_for(profile, services)
        painter.show("inbox", (1440, 900))
        into = idle
        last = time.perf_counter()

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            into.append(max(0.0, (now - last) * 1000 - timer.interval()))
            last = now

        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)
        await asyncio.sleep(0.5)
        timer.start(2)
        await asyncio.sleep(1)
        into = late
        pages = [arrivals(page, Random(page)) for page in range(PAGES)]
        now = to_ms(NOW)
        for number, page in enumerate(pages):
            await database.write(messages.keep, ACCOUNT, page, "messages", str(number), now, _nothing_owed, bulk=True)
            await asyncio.sleep(0.02)
        timer.stop()
        painter.close()
        await database.close()

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    with qasync.QEventLoop(application) as loop:
        loop.run_until_complete(work(folder))
    yield Figure("storing.tick.p99", quantile(late, 0.99), "ms", limit=10, note=f"idle {quantile(idle, 0.99):.1f} ms, worst {max(late):.1f} ms")
