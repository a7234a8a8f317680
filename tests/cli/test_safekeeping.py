"""Backups, restoring, saving what can be read, export and deletion on the command line, also where the data cannot be opened."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from app.models.safekeeping import SUFFIX
from tests.cli.program import Program


def count(program: Program, table: str) -> int:
    with closing(sqlite3.connect(program.root / "tertulia.db")) as connection:
        found: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return found


def damage(program: Program) -> None:
    """One table's root page is torn."""
    file = program.root / "tertulia.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'shop_order'").fetchone()[0]
    with file.open("rb+") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xa5" * size)


def test_a_backup_is_checked_restored_and_taken_back(sample: Program, tmp_path: Path) -> None:
    file = tmp_path / f"copy{SUFFIX}"
    assert sample.run("backup", file).item == {"file": str(file)}
    checked = sample.run("backup", file, "--check").item
    assert checked["rows"]["message"] == count(sample, "message")
    with closing(sqlite3.connect(sample.root / "tertulia.db")) as connection:
        connection.execute("DELETE FROM shop_order")
        connection.commit()
    orders = checked["rows"]["shop_order"]
    assert count(sample, "shop_order") == 0
    restored = sample.run("restore", file).item
    assert (restored["to_sign_in"], restored["to_check"]) == (0, 0)
    assert count(sample, "shop_order") == orders
    assert sample.run("restore", "--undo").code == 0
    assert count(sample, "shop_order") == 0
    assert sample.run("restore").code == 1
    missing = sample.run("restore", tmp_path / "none")
    assert (missing.code, str(tmp_path / "none") in missing.out + missing.err) == (1, True), "the file, not the profile's folder"


def test_a_damaged_file_is_explained_saved_and_set_aside(sample: Program) -> None:
    messages = count(sample, "message")
    assert sample.run("salvage", as_json=False).out.startswith("The data file is whole")
    damage(sample)
    assert sample.run("doctor").code == 1
    saved = sample.run("salvage").item
    assert "shop_order" in saved["lost_tables"]
    assert Path(saved["aside"]).exists()
    assert count(sample, "message") == messages


def test_where_nothing_can_be_opened_the_doctor_names_each_way_out(sample: Program) -> None:
    file = sample.root / "backups" / f"a{SUFFIX}"
    assert sample.run("backup", file).code == 0
    for left in sample.root.glob("tertulia.db*"):
        left.write_bytes(b"This is no data file. " * 400)
    told = sample.run("doctor", as_json=False)
    assert told.code == 1
    assert "tertulia salvage" in told.out
    assert "tertulia restore --latest" in told.out
    assert sample.run("salvage").code == 1
    assert sample.run("restore", "--latest").code == 0
    assert count(sample, "account") == 5


def test_everything_is_exported(sample: Program, tmp_path: Path) -> None:
    target = tmp_path / "todo"
    assert sample.run("export", "everything", target).item == {"file": str(target)}
    assert len(json.loads((target / "json" / "message.json").read_text())) == count(sample, "message")
    assert sample.run("export", "everything", target).code == 1


def test_deleting_everything_asks_for_the_word(sample: Program) -> None:
    asked = sample.run("erase")
    assert (asked.code, sample.root.exists()) == (1, True)
    assert "--yes discosaurora" in asked.err
    assert sample.run("erase", "--yes", "otra").code == 1
    assert (sample.root / "tertulia.db").exists()
    erased = sample.run("erase", "--yes", "discosaurora")
    assert (erased.code, sample.root.exists()) == (0, False)
