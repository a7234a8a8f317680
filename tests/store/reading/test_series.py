"""Recurring posts are listed by name, without those that ended."""

from __future__ import annotations

from datetime import date

from app.models.post import PostDraft
from app.models.series import Rule, Series
from app.store.database import Database
from app.store.reading import series
from app.store.writing import posts
from app.store.writing import series as writing
from tests.store.making import NOW_MS


def test_by_name_without_those_that_ended(database: Database) -> None:
    for name in ("b", "a", "c"):
        database.write_now(writing.add, Series(name, PostDraft(), Rule(), 600, "UTC", date(2026, 11, 20)))
    database.write_now(writing.end, 3, NOW_MS)
    assert [each.name for each in database.reader.now(series.all_of)] == ["a", "b"]
    assert database.reader.now(series.one, 9) is None


def test_what_somebody_saved_again_is_touched(database: Database) -> None:
    post_id = database.write_now(posts.save, PostDraft(), NOW_MS)
    assert database.reader.now(series.is_untouched, post_id)
    database.write_now(posts.save, PostDraft(id=post_id), NOW_MS + 1)
    assert not database.reader.now(series.is_untouched, post_id)
