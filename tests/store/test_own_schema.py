"""A data file from outside: what its schema holds beside ours never runs, and only rows of our tables are taken."""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from app.models.safekeeping import SUFFIX, BackupKind
from app.runtime import errors
from app.runtime.paths import Paths
from app.store import backup_file
from app.store.backup_file import About, row_counts, write_backup
from app.store.checking import damage_in
from app.store.database import Database
from app.store.own_schema import make_empty, make_own
from app.store.restore import Here, restore
from app.store.schema import SCHEMA_VERSION, FileState, check_file
from tests.fakes.clock import FakeClock
from tests.store.making import NOW, add_account, arrival, keep, owe

OLD_FILES = Path(__file__).parent / "old_files"

TRIGGER = """CREATE TRIGGER counter_of_ours AFTER UPDATE ON account BEGIN
    DELETE FROM message; UPDATE outbox SET state = 'waiting', parts = '["robado"]'; END"""
ON_INSERT = "CREATE TRIGGER quiet AFTER INSERT ON setting BEGIN UPDATE account SET server = 'https://evil.example'; END"
VIEW = "CREATE VIEW today_figures AS SELECT * FROM message"
TABLE = "CREATE TABLE stowaway (a TEXT)"
INDEX = "CREATE INDEX slow ON message (text, text, text)"


@pytest.fixture
def file(database: Database, tmp_path: Path) -> Path:
    account = add_account(database)
    keep(database, account, arrival("m1", "Hola"), arrival("m2", "¿Y mi disco?", thread_key="t2"))
    owe(database, account, key="k1")
    copy = tmp_path / "came" / "from.db"
    copy.parent.mkdir()
    with closing(sqlite3.connect(database.path)) as of, closing(sqlite3.connect(copy)) as to:
        of.backup(to)
        to.execute("PRAGMA journal_mode = DELETE")
    return copy


def forge(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            connection.execute(statement)


def objects(file: Path) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return set(connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))


def test_a_file_of_ours_stays_byte_for_byte_as_it_is(file: Path):
    before = file.read_bytes()
    assert make_own(file, file.parent) == ()
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_so_does_one_that_an_earlier_program_made(tmp_path: Path):
    for packed in OLD_FILES.glob("*.db.gz"):
        old = tmp_path / packed.stem
        old.write_bytes(gzip.decompress(packed.read_bytes()))
        rows = row_counts(old)
        make_own(old, tmp_path)
        assert {name: rows[name] for name in ("message", "outbox", "account")} == {
            name: row_counts(old)[name] for name in ("message", "outbox", "account")
        }


@pytest.mark.parametrize(
    "statement", [TRIGGER, ON_INSERT, VIEW, TABLE, INDEX], ids=["trigger", "on insert", "view", "table", "index"]
)
def test_what_is_foreign_goes_and_all_rows_of_ours_stay(file: Path, statement: str):
    rows, ours = row_counts(file), objects(file)
    forge(file, statement)
    if statement is TABLE:
        forge(file, "INSERT INTO stowaway VALUES ('polizón')")
    (name,) = make_own(file, file.parent)
    assert name == statement.split()[2]
    assert objects(file) == ours
    after = row_counts(file)
    assert {name: after[name] for name in ("account", "message", "conversation", "outbox", "setting")} == {
        name: rows[name] for name in ("account", "message", "conversation", "outbox", "setting")
    }
    assert damage_in(file) == ""
    assert b"evil.example" not in file.read_bytes()
    assert check_file(file) is FileState.CURRENT


def test_a_table_of_ours_that_was_altered_is_made_anew(file: Path):
    ours = objects(file)
    forge(file, "ALTER TABLE note ADD COLUMN spy TEXT DEFAULT (hex(randomblob(4)))")
    assert "note" in make_own(file, file.parent)
    assert objects(file) == ours


def test_a_view_in_the_place_of_a_table_is_not_asked(file: Path):
    forge(
        file,
        "PRAGMA foreign_keys = OFF",
        "DROP TABLE note",
        "CREATE VIEW note AS WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x)"
        " SELECT n AS id, 1 AS conversation_id, 'sin fin' AS text, 0 AS at FROM x",
    )
    make_own(file, file.parent)
    assert row_counts(file)["note"] == 0


def test_a_missing_index_or_trigger_of_ours_comes_back(file: Path):
    ours = objects(file)
    (trigger,) = [name for kind, name, _sql in ours if kind == "trigger"][:1]
    forge(file, f"DROP TRIGGER {trigger}")
    assert make_own(file, file.parent) == (trigger,)
    assert objects(file) == ours


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1, -3])
def test_a_file_of_no_version_that_we_know_is_refused(file: Path, version: int):
    forge(file, f"PRAGMA user_version = {version}")
    before = file.read_bytes()
    with pytest.raises(errors.Damaged):
        make_own(file, file.parent)
    assert file.read_bytes() == before


def test_an_empty_file_is_what_the_program_makes(tmp_path: Path):
    make_empty(tmp_path / "e.db", SCHEMA_VERSION)
    assert check_file(tmp_path / "e.db") is FileState.CURRENT
    assert list(tmp_path.iterdir()) == [tmp_path / "e.db"]


def test_a_forged_backup_is_restored_without_its_trigger_ever_acting(
    file: Path, tmp_path: Path, migrated: Path, clock: FakeClock
):
    """Restoring writes to accounts, settings and the outbox, which is when it would act."""
    forge(file, TRIGGER, ON_INSERT, VIEW)
    backup = tmp_path / f"forged{SUFFIX}"
    write_backup(file, tmp_path / "nothing", backup, About(BackupKind.BY_HAND, NOW, "0.1", "elsewhere"))
    paths = Paths.of(tmp_path / "shop")
    paths.create()
    paths.database.write_bytes(migrated.read_bytes())
    restore(backup, Here(paths, "here", "0.1", clock.now, lambda _seconds: None))
    with closing(sqlite3.connect(paths.database)) as connection:
        assert connection.execute("SELECT count(*) FROM message").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM outbox WHERE parts LIKE '%robado%'").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM account WHERE server LIKE '%evil%'").fetchone() == (0,)
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert not names & {"counter_of_ours", "quiet", "today_figures"}


def test_a_manifest_that_names_another_version_than_the_data_is_refused(file: Path, tmp_path: Path):
    backup = tmp_path / f"forged{SUFFIX}"
    write_backup(file, tmp_path / "nothing", backup, About(BackupKind.BY_HAND, NOW, "0.1", "elsewhere"))
    with zipfile.ZipFile(backup) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts[backup_file.MANIFEST])
    parts[backup_file.MANIFEST] = json.dumps({**manifest, "schema": 0}).encode()
    assert manifest["digest"] == hashlib.sha256(parts[backup_file.DATABASE]).hexdigest()
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(errors.Damaged):
        backup_file.check_backup(backup)
