"""Good times kept: once each, put back with their ids, days switched off and on."""

from __future__ import annotations

from dataclasses import replace

from app.models.slot import SlotGrid
from app.store.database import Database
from app.store.reading import slots as reading
from app.store.writing import slots


def grid(database: Database) -> SlotGrid:
    return database.reader.now(reading.grid)


def test_the_same_time_of_the_same_queue_is_kept_once(database: Database, account_id: int) -> None:
    first, again, other = (
        database.write_now(lambda s, pillar=pillar: slots.add(s, account_id, 2, 600, "UTC", pillar))
        for pillar in ("", "", "offers")
    )
    assert first == again != other
    assert len(grid(database).slots) == 2


def test_what_was_taken_away_comes_back_as_it_was(database: Database, account_id: int) -> None:
    number = database.write_now(lambda s: slots.add(s, account_id, 2, 600, "UTC"))
    before = grid(database)
    database.write_now(lambda s: slots.remove(s, [number, 999]))
    assert grid(database).slots == ()
    database.write_now(lambda s: slots.bring(s, before.slots))
    assert grid(database) == before
    changed = replace(before.slots[0], weekday=4, minute=615, pillar="help", enabled=False)
    database.write_now(lambda s: slots.bring(s, [changed]))
    assert grid(database).slots == (changed,)


def test_a_day_is_switched_off_and_on_as_often_as_one_likes(database: Database, account_id: int) -> None:
    for on in (False, False, True, True, False):
        database.write_now(lambda s, on=on: slots.switch_day(s, account_id, 3, on=on))
        assert grid(database).off == (frozenset() if on else frozenset({(account_id, 3)}))
