"""Hashtag sets are kept, changed, removed and brought back under their number."""

from __future__ import annotations

from app.models.hashtags import HashtagSet
from app.store.database import Database
from app.store.reading import hashtags as reading
from app.store.writing import hashtags


def test_a_set_is_changed_removed_and_brought_back(database: Database) -> None:
    number = database.write_now(lambda session: hashtags.save(session, HashtagSet(None, "Jazz", ("jazz", "música"))))
    changed = HashtagSet(number, "Jazz y más", ("jazz",))
    assert database.write_now(lambda session: hashtags.save(session, changed)) == number
    assert database.write_now(lambda session: hashtags.remove(session, number)) == changed
    assert database.reader.now(reading.sets) == []
    assert database.write_now(lambda session: hashtags.remove(session, number)) is None
    database.write_now(lambda session: hashtags.save(session, changed))
    assert database.reader.now(reading.sets) == [changed]
