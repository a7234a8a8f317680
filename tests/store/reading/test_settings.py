"""Settings come back as they were stored."""

from __future__ import annotations

from app.store.database import Database
from app.store.reading import settings
from app.store.writing import settings as acts


def test_a_group_and_all_groups(database: Database):
    assert database.reader.now(settings.value, "inbox") is None
    database.write_now(acts.save, "inbox", '{"undo": 10}')
    database.write_now(acts.save, "look", "{}")
    database.write_now(acts.save, "inbox", '{"undo": 5}')
    assert database.reader.now(settings.value, "inbox") == '{"undo": 5}'
    assert database.reader.now(settings.values) == {"inbox": '{"undo": 5}', "look": "{}"}
