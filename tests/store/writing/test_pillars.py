"""All that has a pillar is given away and comes back exactly."""

from __future__ import annotations

from app.models.post import PostDraft
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import slots as slots_reading
from app.store.writing import pillars, posts, slots
from tests.store.making import NOW_MS, rows


def save(database: Database, account_id: int, pillar: str) -> int:
    draft = PostDraft(parts=("Hola",), accounts=(account_id,), pillar=pillar)
    return database.write_now(lambda s: posts.save(s, draft, NOW_MS))


def worn(database: Database) -> list[str]:
    return [pillar for (pillar,) in rows(database, "SELECT pillar FROM post ORDER BY id")]


def test_posts_are_given_and_come_back_and_everybody_hears_of_them(database: Database, account_id: int) -> None:
    first, _, third = (save(database, account_id, pillar) for pillar in ("offers", "house", "offers"))
    heard: list[Changes] = []
    database.changed.connect(heard.append)
    given = database.write_now(lambda s: pillars.give(s, "offers", "house"))
    assert given.posts == (first, third)
    assert worn(database) == ["house"] * 3
    assert heard[-1].ids("post") == {first, third}
    database.write_now(lambda s: pillars.take_back(s, "offers", given))
    assert worn(database) == ["offers", "house", "offers"]


def test_a_good_time_never_stands_there_twice(database: Database, account_id: int) -> None:
    for pillar in ("offers", "house"):
        database.write_now(lambda s, pillar=pillar: slots.add(s, account_id, 2, 600, "UTC", pillar))
    database.write_now(lambda s: slots.add(s, account_id, 3, 600, "UTC", "offers"))
    before = database.reader.now(slots_reading.grid)
    given = database.write_now(lambda s: pillars.give(s, "offers", "house"))
    after = database.reader.now(slots_reading.grid)
    assert [(slot.weekday, slot.pillar) for slot in after.slots] == [(2, "house"), (3, "house")]
    database.write_now(lambda s: pillars.take_back(s, "offers", given))
    assert database.reader.now(slots_reading.grid) == before


def test_what_nothing_has_is_given_without_a_change(database: Database) -> None:
    assert database.write_now(lambda s: pillars.give(s, "offers", "house")) == pillars.Given()
    database.write_now(lambda s: pillars.take_back(s, "offers", pillars.Given()))
