"""What posts gained a day equals what a walk over their samples finds, whatever is written in whatever way."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.runtime.clock import to_ms
from app.store.rollup import METRICS, SEEN_IN_TIME_MS, days
from tests.store.making import NOW_MS

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
POSTS = (1, 2, 3)
ACCOUNT_OF = {1: 1, 2: 1, 3: 2}
STEPS = st.tuples(
    st.sampled_from(("note", "note", "note", "take", "change")),
    st.sampled_from(("likes", "impressions", "followers")),
    st.sampled_from(POSTS),
    st.integers(0, 24 * 6).map(lambda hours: NOW_MS + hours * HOUR_MS),
    st.integers(0, 500),
)
ZONE = ZoneInfo("America/Mexico_City")


def fill(connection: sqlite3.Connection) -> None:
    for number in (1, 2):
        connection.execute(
            "INSERT INTO account VALUES (?, 'x', '', '', '', ?, '', '', 'ready', NULL, NULL, '', '{}', '{}', 0, NULL)", (number, number)
        )
    columns = [row[1] for row in connection.execute("PRAGMA table_info(outbox)")]
    given_values = {"kind": "post", "state": "out", "due_at": NOW_MS, "created_at": NOW_MS, "attempts": 0}
    for number in POSTS:
        values = {name: given_values.get(name, "") for name in columns}
        nothing = ("post_id", "conversation_id", "message_id", "waits_for", "next_try_at", "claimed_at", "claim_ends_at")
        values |= dict.fromkeys((*nothing, "first_claimed_at", "begun_at", "checked_at", "deleted_at"))
        values |= {"id": number, "account_id": ACCOUNT_OF[number], "key": f"k{number}", "sent_at": NOW_MS}
        connection.execute(f"INSERT INTO outbox VALUES ({', '.join('?' * len(columns))})", list(values.values()))


def walked(connection: sqlite3.Connection, starts: list[tuple[int, int]]) -> dict[tuple[str, int, int], int]:
    """The same, found by walking over every sample in order of time."""
    gained: dict[tuple[str, int, int], int] = defaultdict(int)
    before: dict[tuple[str, int], int] = {}
    for metric, number, at, value in connection.execute(
        "SELECT metric, subject_id, at, value FROM sample WHERE subject = 'post' ORDER BY at"
    ):
        if metric not in METRICS:
            continue
        base = before.get((metric, number), 0 if at - NOW_MS <= SEEN_IN_TIME_MS else value)
        day = max(day for start, day in starts if start <= at)
        gained[metric, ACCOUNT_OF[number], day] += value - base
        before[metric, number] = value
    return {key: value for key, value in gained.items() if value}


def kept(connection: sqlite3.Connection) -> dict[tuple[str, int, int], int]:
    sql = "SELECT metric, account_id, day, gained FROM figure_day WHERE gained <> 0"
    return {(metric, account, day): gained for metric, account, day, gained in connection.execute(sql)}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=30))
def test_gains_are_right_after_any_writing(migrated: Path, steps: list[tuple[str, str, int, int, int]]) -> None:
    starts = [(at, day) for at, day in days(ZONE) if abs(at - NOW_MS) < 20 * DAY_MS]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with closing(sqlite3.connect(migrated)) as empty:
            empty.backup(connection)
        fill(connection)
        connection.executemany("INSERT INTO local_day VALUES (?, ?)", starts)
        for what, metric, number, at, value in steps:
            if what == "note":
                connection.execute(
                    "INSERT INTO sample VALUES (?, 'post', ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (metric, number, at, value)
                )
            elif what == "take":
                connection.execute("DELETE FROM sample WHERE metric = ? AND subject_id = ? AND at <= ?", (metric, number, at))
            else:
                connection.execute("UPDATE sample SET value = ? WHERE metric = ? AND subject_id = ?", (value, metric, number))
            assert kept(connection) == walked(connection, starts)


def test_what_a_post_had_before_anybody_measured_it_belongs_to_no_day(migrated: Path) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with closing(sqlite3.connect(migrated)) as empty:
            empty.backup(connection)
        fill(connection)
        late = NOW_MS + 30 * DAY_MS
        connection.execute("INSERT INTO sample VALUES ('likes', 'post', 1, ?, 900)", (late,))
        assert kept(connection) == {}
        connection.execute("INSERT INTO sample VALUES ('likes', 'post', 1, ?, 907)", (late + DAY_MS,))
        assert list(kept(connection).values()) == [7]


@pytest.mark.parametrize("zone", ["America/Mexico_City", "Europe/Madrid", "Asia/Kolkata", "Australia/Lord_Howe", "America/New_York"])
def test_every_day_of_a_zone_begins_once_also_where_the_clocks_change(zone: str) -> None:
    found = days(ZoneInfo(zone))
    assert [day for _, day in found] == list(range(found[0][1], found[-1][1] + 1))
    for at, day in found[::17]:
        local = datetime.combine(date.fromordinal(day), datetime.min.time(), ZoneInfo(zone))
        assert abs(at - to_ms(local)) <= timedelta(hours=1) / timedelta(milliseconds=1)
    lengths = {later - earlier for (earlier, _), (later, _) in pairwise(found)}
    assert all(22 * HOUR_MS <= length <= 26 * HOUR_MS for length in lengths)
