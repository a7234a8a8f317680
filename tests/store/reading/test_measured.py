"""When accounts and posts were measured last."""

from __future__ import annotations

from app.models.outbox import DeliveryState
from app.store.database import Database
from app.store.reading import measured
from app.store.writing import outbox, samples
from tests.store.making import NOW_MS, add_account, owe

METRICS = ("likes", "gone")


def out(database: Database, account_id: int, key: str, at: int) -> int:
    item = owe(database, account_id, key=key)
    database.write_now(outbox.claim, NOW_MS, "p", 60)
    database.write_now(outbox.record_progress, item, f"remote {key}", "", at)
    database.write_now(outbox.move, item, DeliveryState.OUT, at)
    return item


def test_an_account_was_measured_when_any_of_its_figures_was(database: Database, account_id: int) -> None:
    assert database.reader.now(measured.account_measured, ("followers", "posts"), account_id) is None
    database.write_now(
        samples.add, [("followers", "account", account_id, 5, 10), ("posts", "account", account_id, 9, 1), ("followers", "account", 99, 30, 1)]
    )
    assert database.reader.now(measured.account_measured, ("followers", "posts"), account_id) == 9


def test_posts_that_are_out_tell_when_they_were_measured_last(database: Database, account_id: int) -> None:
    first, then = out(database, account_id, "a", NOW_MS), out(database, account_id, "b", NOW_MS + 5)
    owe(database, account_id, key="waits")
    other = add_account(database, "@otra")
    out(database, other, "c", NOW_MS)
    database.write_now(samples.add, [("likes", "post", first, NOW_MS + 7, 3), ("gone", "post", first, NOW_MS + 9, 1)])
    found = database.reader.now(measured.sent_since, account_id, NOW_MS, METRICS)
    assert [(each.outbox_id, each.parts(), each.measured_at) for each in found] == [
        (then, ["remote b"], None),
        (first, ["remote a"], NOW_MS + 9),
    ]
    assert database.reader.now(measured.sent_since, account_id, NOW_MS + 5, METRICS)[0].outbox_id == then


def test_what_was_noted_last_of_several_posts(database: Database) -> None:
    database.write_now(samples.add, [("gone", "post", 1, 5, 1), ("gone", "post", 1, 9, 0), ("gone", "post", 2, 5, 1)])
    assert database.reader.now(measured.last_values, "gone", [1, 2, 3]) == {1: 0, 2: 1}


def test_the_last_measurement_is_a_probe_of_the_key(database: Database) -> None:
    plan = database.reader.now(
        lambda connection: connection.execute(
            f"EXPLAIN QUERY PLAN SELECT {measured._last(METRICS, 'post', '?')}", (1, 1)
        ).fetchall()
    )
    assert all("SEARCH sample USING PRIMARY KEY (metric=? AND subject=? AND subject_id=?)" in row[3] for row in plan if "sample" in row[3])
