"""A settings group is stored and replaced, and told of."""

from __future__ import annotations

from app.store.changes import Changes
from app.store.database import Database
from app.store.writing import settings
from tests.store.making import rows


def test_storing_tells_and_storing_the_same_does_not(database: Database):
    heard: list[Changes] = []
    database.changed.connect(heard.append)
    for value in ("{}", '{"a": 1}', '{"a": 1}'):
        database.write_now(settings.save, "inbox", value)
    assert rows(database, "SELECT name, value FROM setting") == [("inbox", '{"a": 1}')]
    assert heard == [Changes({"setting": None})] * 2


def test_what_is_kept_first_stays(database: Database):
    assert [database.write_now(settings.keep, "profile_id", value) for value in ("first", "second")] == ["first", "first"]
