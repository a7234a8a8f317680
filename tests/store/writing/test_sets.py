"""Deliveries that wait for a set: nothing takes them, and the link comes with the set."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from app.models.image_set import PLACE
from app.models.outbox import DeliveryState
from app.models.post import PostDraft
from app.store.database import Database
from app.store.reading import outbox as reading
from app.store.writing import outbox, posts, sets
from tests.store.making import NOW, NOW_MS, add_account, owed, rows

S = DeliveryState


def two(database: Database, account_id: int) -> tuple[int, int]:
    """(the set, what waits for it)."""
    other = add_account(database, "@otra")
    post_id = database.write_now(posts.save, PostDraft(), NOW_MS)
    first = database.write_now(outbox.add, replace(owed(account_id), post_id=post_id, due_at=NOW), NOW_MS)
    waiting = database.write_now(
        outbox.add, replace(owed(other), post_id=post_id, due_at=NOW, parts=(f"ve {PLACE}",)), NOW_MS
    )
    database.write_now(sets.wait, [waiting], first)
    return first, waiting


def claimed(database: Database) -> list[int]:
    return [item.id for item in database.write_now(outbox.claim, NOW_MS + 1, "p:1:x", 60, 10)]


def test_nothing_takes_what_waits(database: Database, account_id: int) -> None:
    first, waiting = two(database, account_id)
    assert claimed(database) == [first]
    item = database.reader.now(reading.delivery, waiting)
    assert item is not None
    assert database.write_now(outbox.claim_to_hold, item, NOW_MS, "p:1:x", 60) is None
    assert database.write_now(outbox.overdue, NOW_MS + 10**9) == []
    assert database.reader.now(reading.next_due) is None


def test_the_link_comes_in_the_same_transaction_and_then_it_may_leave(database: Database, account_id: int) -> None:
    first, waiting = two(database, account_id)
    claimed(database)
    database.write_now(outbox.record_progress, first, "r1", "https://a.b/1", NOW_MS)
    database.write_now(outbox.settle_out, first, NOW_MS)
    assert rows(database, "SELECT parts, waits_for FROM outbox WHERE id = ?", waiting) == [
        (json.dumps(["ve https://a.b/1"]), first)
    ]
    [found] = database.write_now(sets.waiting)
    assert found.set_state is S.OUT
    assert not found.has_place
    database.write_now(sets.free, waiting, NOW_MS + 5000)
    assert rows(database, "SELECT waits_for, due_at FROM outbox WHERE id = ?", waiting) == [(None, NOW_MS + 5000)]


def test_before_its_time_it_is_free_but_keeps_its_time(database: Database, account_id: int) -> None:
    _, waiting = two(database, account_id)
    later = NOW_MS + round(timedelta(hours=2).total_seconds() * 1000)
    database.write_now(outbox.reschedule, waiting, later, NOW_MS)
    database.write_now(sets.free, waiting, NOW_MS)
    assert rows(database, "SELECT due_at FROM outbox WHERE id = ?", waiting) == [(later,)]


def test_without_a_link_it_waits_for_the_users_word(database: Database, account_id: int) -> None:
    first, waiting = two(database, account_id)
    database.write_now(lambda session: outbox.move(session, first, S.BY_HAND, NOW_MS))
    database.write_now(outbox.settle_out, first, NOW_MS)
    [found] = database.write_now(sets.waiting)
    assert found.has_place
    assert database.write_now(sets.set_of, waiting) == (first, S.OUT)
    database.write_now(sets.give_link, first, "https://a.b/2")
    assert rows(database, "SELECT parts FROM outbox WHERE id = ?", waiting) == [(json.dumps(["ve https://a.b/2"]),)]


def test_without_the_link_the_place_goes(database: Database, account_id: int) -> None:
    _, waiting = two(database, account_id)
    database.write_now(sets.forget_link, waiting)
    assert rows(database, "SELECT parts, waits_for FROM outbox WHERE id = ?", waiting) == [('["ve"]', None)]
    assert database.write_now(sets.set_of, waiting) is None
