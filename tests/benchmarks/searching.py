"""Search: the first answer in a large profile, with and without conditions, beside a scan with LIKE in the same file.

With a profile of a million messages: `python3 run.py bench search --conversations 300000 --messages 1000000`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC
from pathlib import Path

from app.models.find import FoundRows, parse
from app.runtime.clock import SystemClock
from app.store.reader import Reader
from app.store.reading.queries import StoreQueries
from tests.benchmarks.big_profile import NOW
from tests.benchmarks.figure import Figure, middle, quantile

ROUNDS = 60
PAGE = 50
SLOWEST_MS = 50.0
QUERIES = (
    ("word", "vinilo"),
    ("two Chinese characters", "黑胶"),
    ("prefix", "des"),
    ("person", "petra"),
    ("word and state", "vinilo is:escalated"),
    ("word, account and category", "vinilo account:mastodon category:order"),
    ("word and nothing that fits", "vinilo category:spam"),
    ("word and what is rare", "descarga is:snoozed category:praise is:private account:x"),
    ("two Chinese characters before a day", "黑胶 before:2026-03-01"),
    ("prefix in a span of days", "des after:2026-10-01 before:2026-11-01"),
    ("prefix of a person", "des from:petra"),
    ("word of ours", "vinilo from:us"),
    ("two words", "vinilo marea"),
    ("word and one not wanted", "vinilo -descarga"),
    ("phrase", '"vinilo de marea"'),
    ("state alone", "is:late category:complaint"),
    ("person alone", "from:cliente1500"),
    ("pictures alone", "has:picture"),
)
WHOLE = ("word and nothing that fits", "word and what is rare", "pictures alone")
"""Those whose every answer is timed too: how long until it is known that there is no more."""


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def figures(profile: Path) -> Iterator[Figure]:
    """Each kind of query many times, the scan a few times in between."""
    database = profile / "tertulia.db"
    reader = Reader(database)
    clock = SystemClock()
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:

        def scan() -> None:
            connection.execute(
                "SELECT id FROM message WHERE text LIKE '%cualquiera%' ORDER BY at DESC LIMIT 50"
            ).fetchall()

        def search(text: str, after: tuple[int, int] | None = None, effort: int = 1000) -> FoundRows:
            wanted = parse(text, NOW, UTC)
            return reader.now(lambda c: StoreQueries(c, clock).find(wanted, PAGE, after, effort))

        for name, text in QUERIES:
            found = search(text)
            times: list[float] = []
            scans: list[float] = []
            for number in range(ROUNDS):
                times.append(timed(lambda text=text: search(text)))  # type: ignore[misc]
                if number % 12 == 0:
                    scans.append(timed(scan))
            slow = quantile(times, 0.95)
            more = "" if found.resume is None else ", more to come"
            note = f"{len(found.rows)} found{more}, median {middle(times):.2f} ms"
            yield Figure(f"search.{name}.p95", slow, "ms", middle(scans), "scan with LIKE", 1 / 40, note=note)
            yield Figure(f"search.{name}.p95 in time", slow, "ms", limit=SLOWEST_MS)
            if name in WHOLE:
                yield Figure(
                    f"search.{name}.to the end",
                    timed(lambda text=text: to_the_end(search, text)),
                    "ms",
                    note="all answers",
                )  # type: ignore[misc]
    reader.close()


def to_the_end(search: Callable[..., FoundRows], text: str) -> None:
    """As the screen asks: each answer may do twice the work of the one before."""
    after, effort = None, 1000
    while True:
        found = search(text, after, effort)
        after, effort = found.resume, min(effort * 2, 16_000)
        if after is None:
            return
