"""Rows as people read them: times as ISO, lists as lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.runtime import errors
from app.store.database import Database
from app.store.exporting import one_moment, readable
from tests.store.making import NOW_MS, add_account, arrival, keep


@pytest.mark.parametrize(
    ("name", "kind", "value", "wanted"),
    [
        ("at", "INTEGER", NOW_MS, "2026-11-18T16:00:00Z"),
        ("last_at", "INTEGER", NOW_MS, "2026-11-18T16:00:00Z"),
        ("count", "INTEGER", NOW_MS, NOW_MS),
        ("read", "BOOLEAN", 1, True),
        ("parts", "VARCHAR", '["a"]', ["a"]),
        ("text", "VARCHAR", "[no list", "[no list"),
        ("text", "VARCHAR", "", ""),
        ("sent_at", "INTEGER", None, None),
        ("raw", "BLOB", b"\x01", "01"),
        ("at", "INTEGER", 1 << 62, str(1 << 62)),
    ],
)
def test_values_are_written_as_people_write_them(name: str, kind: str, value: object, wanted: object):
    assert readable(name, kind, value) == wanted


def test_one_moment_is_read_whoever_writes_meanwhile(database: Database):
    keep(database, add_account(database), arrival())
    with one_moment(database.path) as snapshot:
        before = {table.name: table.rows for table in snapshot.tables()}
        add_account(database, "@since")
        assert len(list(snapshot.rows("account"))) == before["account"] == 1
        [conversation] = snapshot.conversations()
        assert conversation["account"] == "@aurora"
        assert snapshot.columns("account")[0] == "id"


def test_what_cannot_be_read_is_told(tmp_path: Path):
    with pytest.raises(errors.DiskTrouble), one_moment(tmp_path / "none.db"):
        raise AssertionError
