"""The large profile is what the program itself would have made, only smaller here."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC
from pathlib import Path

import pytest

from app.models.conversation import View
from app.models.find import parse
from app.runtime.clock import to_ms
from app.store import finding, search
from app.store.reading import conversations
from app.store.schema import FileState, check_file
from tests.benchmarks.big_profile import NOW, make


def found_for(connection: sqlite3.Connection, words: str) -> list[finding.Hit]:
    return finding.find(connection, parse(words, NOW, UTC), to_ms(NOW), 50).hits


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("big") / "tertulia.db", conversations=600, messages=3_000)


def test_it_holds_what_was_asked_for(big: Path) -> None:
    assert check_file(big) is FileState.CURRENT
    with closing(sqlite3.connect(big)) as connection:
        assert connection.execute("SELECT count(*) FROM conversation").fetchone() == (600,)
        assert connection.execute("SELECT count(*) FROM message").fetchone() == (3_000,)
        languages = connection.execute("SELECT DISTINCT language FROM conversation").fetchall()
        assert {language for (language,) in languages} == {"es", "en", "fr", "ru", "zh"}
        assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_counters_say_what_is_there(big: Path) -> None:
    with closing(sqlite3.connect(big)) as connection:
        counts = conversations.view_counts(connection, None, to_ms(NOW))
        assert counts[View.ALL] == 600
        for view in (View.NEEDS_ANSWER, View.SNOOZED, View.DONE):
            ids = conversations.ids(connection, view, None, to_ms(NOW))
            assert counts[view] == len(ids) > 0


def test_search_finds_words_of_every_language_and_names(big: Path) -> None:
    with closing(sqlite3.connect(big)) as connection:
        for words in ("vinilo", "shipped expired", "téléchargement", "пластинка", "黑胶", "Сомова", "@cliente7"):
            found = found_for(connection, words.split(" ", maxsplit=1)[-1])
            assert found, words
            assert found == sorted(found, key=lambda hit: (-hit.at_ms, -hit.conversation_id))


def test_indexes_and_triggers_are_those_of_an_ordinary_file_and_work(big: Path, tmp_path: Path) -> None:
    ordinary = make(tmp_path / "one.db", conversations=1, messages=1)
    described = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"
    with closing(sqlite3.connect(big)) as one, closing(sqlite3.connect(ordinary)) as other:
        assert one.execute(described).fetchall() == other.execute(described).fetchall()
    with closing(sqlite3.connect(big)) as connection:
        search.register(connection)
        connection.execute("UPDATE message SET text = 'zapoteco' WHERE id = 17")
        assert len(found_for(connection, "zapoteco")) == 1
        connection.execute("UPDATE message SET text = 'otro' WHERE id = 17")
        assert found_for(connection, "zapoteco") == []


def test_the_same_numbers_give_the_same_file(tmp_path: Path) -> None:
    rows = []
    for name in ("a.db", "b.db"):
        with closing(sqlite3.connect(make(tmp_path / name, conversations=50, messages=200))) as connection:
            rows.append(
                connection.execute(
                    "SELECT * FROM conversation JOIN message ON conversation_id = conversation.id"
                ).fetchall()
            )
    assert rows[0] == rows[1]
