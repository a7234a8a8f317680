"""Search: the first page of results in a large profile, beside a scan with LIKE and a look-up by key in the same file."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from app.runtime.clock import SystemClock
from app.store.reader import Reader
from app.store.reading.queries import StoreQueries
from tests.benchmarks.figure import Figure, middle, quantile

ROUNDS = 60
QUERIES = (("word", "vinilo"), ("two Chinese characters", "黑胶"), ("prefix", "des"))


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
            connection.execute("SELECT id FROM message WHERE text LIKE '%cualquiera%' ORDER BY at DESC LIMIT 50").fetchall()

        def search(text: str) -> list[object]:
            return reader.now(lambda c: list(StoreQueries(c, clock).search(text, 50)))

        for name, text in QUERIES:
            found = search(text)
            times: list[float] = []
            scans: list[float] = []
            for number in range(ROUNDS):
                times.append(timed(lambda text=text: search(text)))  # type: ignore[misc]
                if number % 12 == 0:
                    scans.append(timed(scan))
            slow = quantile(times, 0.95)
            yield Figure(f"search.{name}.p95", slow, "ms", middle(scans), "scan with LIKE", 1 / 40, note=f"{len(found)} found, median {middle(times):.2f} ms")
    reader.close()
