"""What the checks found is kept with the delivery, until it moves or its account changes."""

from __future__ import annotations

from datetime import timedelta

from app.runtime.words import Message
from app.store.database import Database
from app.store.reading import checks, outbox
from app.store.writing import checks as noting
from tests.store.making import NOW, NOW_MS, owe

MINUTE_MS = 60_000


def asked(database: Database) -> list[int]:
    return [item.id for item in database.reader.now(checks.to_check, NOW_MS, 30 * MINUTE_MS, 50)]


def test_what_was_found_is_kept_until_the_account_changes(database: Database, account_id: int) -> None:
    number = owe(database, account_id, key="a", due_at=NOW + timedelta(minutes=90))
    found = [Message("check.link_dead", {"link": "https://discosaurora.mx"})]
    database.write_now(noting.note, number, NOW_MS + 90 * MINUTE_MS, found, NOW_MS)
    item = database.reader.now(outbox.delivery, number)
    assert item is not None
    assert item.warnings == tuple(found)
    database.write_now(noting.forget, [account_id + 1], NOW_MS)
    assert asked(database) == []
    database.write_now(noting.forget, [account_id], NOW_MS)
    assert asked(database) == [number]


def test_what_moved_to_another_time_is_looked_at_again(database: Database, account_id: int) -> None:
    number = owe(database, account_id, key="a", due_at=NOW + timedelta(minutes=90))
    assert not database.write_now(noting.note, number, NOW_MS, [], NOW_MS)
    assert asked(database) == [number]
