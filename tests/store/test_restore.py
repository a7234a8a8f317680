"""A backup takes the place of the data: what is owed is never sent twice, the former data is kept, nothing is lost on the way."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.account import AccountState
from app.models.outbox import DeliveryState
from app.models.safekeeping import SUFFIX, BackupKind, Progress, Step, Stopped
from app.runtime import errors
from app.runtime.paths import Paths
from app.store import restore as module
from app.store.backup_file import About, read_manifest, write_backup
from app.store.database import Database
from app.store.reading import accounts as accounts_reading
from app.store.reading.outbox import ANYONE, ASKED_TO_HOLD
from app.store.restore import Here, latest_backup, let_go_on, restore, restore_latest
from app.store.schema import FileState, check_file
from app.store.writing import outbox
from tests.fakes.clock import FakeClock
from tests.store.making import NOW, NOW_MS, add_account, owe

PLACE = "here"


class Profile:
    """A folder with data, backups and media."""

    def __init__(self, root: Path, migrated: Path, clock: FakeClock) -> None:
        self.paths = Paths.of(root)
        self.paths.create()
        self.paths.database.write_bytes(migrated.read_bytes())
        self.clock = clock
        self.here = Here(self.paths, PLACE, "0.1", clock.now, lambda _seconds: None)
        self.database = self.open()

    def open(self) -> Database:
        return Database.open(self.paths.database, backups=self.paths.backups, clock=self.clock, process_id="this")

    def backup(self, name: str = "copy", place: str = PLACE) -> Path:
        target = self.paths.root / f"{name}{SUFFIX}"
        write_backup(
            self.paths.database, self.paths.root, target, About(BackupKind.BY_HAND, self.clock.now(), "0.1", place)
        )
        return target

    def restore(self, file: Path, **how: object):
        """As the command line does: nobody of this process has it open."""
        self.database.close_now()
        found = restore(file, self.here, **how)
        self.database = self.open()
        return found

    def outbox(self) -> dict[str, tuple[str, ...]]:
        sql = "SELECT key, state, claimed_by, held_id, remote_id FROM outbox"
        return {key: tuple(rest) for key, *rest in self.database.reader.now(lambda c: c.execute(sql).fetchall())}


@pytest.fixture
def profile(tmp_path: Path, migrated: Path, clock: FakeClock):
    made = Profile(tmp_path / "shop", migrated, clock)
    yield made
    made.database.close_now()


def send(database: Database, number: int, remote_id: str = "remote", at_ms: int = NOW_MS) -> None:
    database.write_now(lambda s: outbox.claim(s, at_ms, "this", 60))
    database.write_now(lambda s: outbox.record_progress(s, number, remote_id, "https://x.example/1", at_ms))
    database.write_now(lambda s: outbox.settle_out(s, number, at_ms))


def test_what_left_since_the_backup_is_known_to_be_out_and_nothing_sends_it_again(profile: Profile):
    account = add_account(profile.database)
    number = owe(profile.database, account, key="k1")
    owe(profile.database, account, key="k2", due_at=NOW + timedelta(days=1))
    file = profile.backup()
    send(profile.database, number)
    found = profile.restore(file)
    assert (found.known_out, found.to_check, found.to_sign_in) == (1, 0, 0)
    assert profile.outbox() == {"k1": ("out", "", "", "remote"), "k2": ("waiting", "", "", "")}
    assert profile.database.write_now(lambda s: outbox.claim(s, NOW_MS, "this", 60)) == []


def test_what_nobody_here_knows_of_is_looked_for_before_anything_is_sent(
    profile: Profile, tmp_path: Path, migrated: Path, clock: FakeClock
):
    account = add_account(profile.database)
    owe(profile.database, account, key="k1", parts=("one", "two"))
    file = profile.backup()
    other = Profile(tmp_path / "other", migrated, clock)
    found = other.restore(file)
    assert (found.to_check, found.to_sign_in) == (1, 1)
    assert other.outbox() == {"k1": ("unsure", ANYONE, ASKED_TO_HOLD, "")}
    assert other.database.write_now(lambda s: outbox.claim(s, NOW_MS, "this", 60)) == []
    [row] = other.database.reader.now(accounts_reading.accounts)
    assert row.state is AccountState.SIGNED_OUT
    other.database.close_now()


def test_the_same_number_of_another_account_never_gets_its_secrets(
    profile: Profile, tmp_path: Path, migrated: Path, clock: FakeClock
):
    add_account(profile.database, "@aurora")
    other = Profile(tmp_path / "other", migrated, clock)
    add_account(other.database, "@otra")
    found = profile.restore(other.backup())
    [row] = profile.database.reader.now(accounts_reading.accounts)
    assert (found.to_sign_in, row.handle, row.state) == (1, "@otra", AccountState.SIGNED_OUT)
    other.database.close_now()


def test_the_profile_keeps_its_own_id(profile: Profile, tmp_path: Path, migrated: Path, clock: FakeClock):
    sql = "INSERT INTO setting (name, value) VALUES ('profile.id', ?)"
    other = Profile(tmp_path / "other", migrated, clock)
    for each, value in ((profile, "mine"), (other, "theirs")):
        each.database.close_now()
        with closing(sqlite3.connect(each.paths.database)) as connection:
            connection.execute(sql, (value,))
            connection.commit()
        each.database = each.open()
    profile.restore(other.backup())
    assert profile.database.reader.now(
        lambda c: c.execute("SELECT value FROM setting WHERE name = 'profile.id'").fetchone()
    ) == ("mine",)
    other.database.close_now()


def test_undoing_a_restore_brings_everything_back_but_what_left_meanwhile(profile: Profile):
    account = add_account(profile.database)
    file = profile.backup()
    owe(profile.database, account, key="since")
    found = profile.restore(file)
    assert found.not_in_it == 1
    assert profile.outbox() == {}
    assert found.former is not None
    assert read_manifest(found.former).kind is BackupKind.BEFORE_RESTORE
    profile.clock.advance(timedelta(minutes=5))
    back = profile.restore(found.former)
    # Nobody had it meanwhile, so nobody can have sent it.
    assert (profile.outbox()["since"][0], back.to_check) == (DeliveryState.WAITING, 0)


def test_a_former_that_was_not_just_replaced_is_an_old_copy_like_any_other(profile: Profile):
    account = add_account(profile.database)
    file = profile.backup()
    owe(profile.database, account, key="since")
    first = profile.restore(file).former
    profile.clock.advance(timedelta(minutes=5))
    profile.restore(file)
    profile.clock.advance(timedelta(minutes=5))
    assert first is not None
    assert profile.restore(first).to_check == 1
    assert profile.outbox()["since"][0] == DeliveryState.UNSURE


def test_a_given_up_item_that_is_tried_again_is_looked_for_first(
    profile: Profile, tmp_path: Path, migrated: Path, clock: FakeClock
):
    account = add_account(profile.database)
    number = owe(profile.database, account, key="k1")
    profile.database.write_now(lambda s: outbox.move(s, number, DeliveryState.FAILED, NOW_MS))
    other = Profile(tmp_path / "other", migrated, clock)
    other.restore(profile.backup())
    assert other.outbox()["k1"][0] == DeliveryState.FAILED
    other.database.write_now(lambda s: outbox.move(s, number, DeliveryState.WAITING, NOW_MS))
    assert other.outbox()["k1"][:2] == ("unsure", ANYONE)
    other.database.close_now()


def test_another_process_with_the_file_open_sees_the_restored_data_and_claims_nothing_of_before(profile: Profile):
    account = add_account(profile.database)
    file = profile.backup()
    owe(profile.database, account, key="since")
    service = profile.open()
    try:
        restore(file, profile.here, put_in=profile.database.become)
        assert service.write_now(lambda s: outbox.claim(s, NOW_MS, "service", 60)) == []
        assert service.reader.now(lambda c: c.execute("SELECT count(*) FROM outbox").fetchone()) == (0,)
        assert (
            service.reader.now(lambda c: c.execute("SELECT count(*) FROM change WHERE process = 'restore'").fetchone())[
                0
            ]
            > 20
        )
    finally:
        service.close_now()
    # What this process still wants to write was meant for the former data.
    with pytest.raises(errors.ReadOnly):
        add_account(profile.database, "@late")


def test_what_is_being_sent_is_waited_for_and_else_nothing_is_changed(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
):
    account = add_account(profile.database)
    owe(profile.database, account, key="k1")
    file = profile.backup()
    profile.database.write_now(lambda s: outbox.claim(s, NOW_MS, "service", 600))
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 1.0)
    with pytest.raises(errors.AlreadyOpen) as trouble:
        profile.restore(file)
    assert trouble.value.message.id == "restore.sending"
    profile.database = profile.open()
    [row] = profile.database.reader.now(accounts_reading.accounts)
    assert row.state is AccountState.READY
    assert profile.outbox()["k1"][0] == DeliveryState.CLAIMED


def test_stopping_leaves_everything_as_it_was(profile: Profile):
    add_account(profile.database)
    file = profile.backup()
    add_account(profile.database, "@since")

    def stop(progress: Progress) -> None:
        if progress.step is Step.KEEP_FORMER:
            raise Stopped

    with pytest.raises(Stopped):
        profile.restore(file, tell=stop)
    profile.database = profile.open()
    rows = profile.database.reader.now(accounts_reading.accounts)
    assert [(row.handle, row.state) for row in rows] == [
        ("@aurora", AccountState.READY),
        ("@since", AccountState.READY),
    ]
    assert not (profile.paths.root / module.FOLDER).exists()


def test_accounts_that_a_cut_restore_had_stopped_send_again(profile: Profile):
    account = add_account(profile.database, state=AccountState.PAUSED)
    folder = profile.paths.root / module.FOLDER
    folder.mkdir()
    note = folder / module.PAUSED_BY_US
    note.write_text(json.dumps([account]))
    os.utime(note, (NOW.timestamp(), NOW.timestamp()))
    assert let_go_on(profile.here) == 0
    profile.clock.advance(timedelta(hours=1))
    assert let_go_on(profile.here) == 1
    [row] = profile.database.reader.now(accounts_reading.accounts)
    assert row.state is AccountState.READY
    assert not folder.exists()
    assert let_go_on(profile.here) == 0


def test_a_damaged_file_is_set_aside_and_the_newest_good_backup_takes_its_place(profile: Profile):
    add_account(profile.database)
    backups = profile.paths.backups
    profile.backup().rename(backups / f"a{SUFFIX}")
    profile.clock.advance(timedelta(days=1))
    newer = profile.backup()
    newer.write_bytes(newer.read_bytes()[:-900])
    newer.rename(backups / f"b{SUFFIX}")
    profile.database.close_now()
    profile.paths.database.write_bytes(b"torn")
    profile.paths.database.with_name("tertulia.db-wal").write_bytes(b"log")
    found = restore_latest(profile.here)
    [aside] = profile.paths.root.glob("damaged-*.db")
    assert aside.read_bytes() == b"torn"
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"log"
    assert (found.made_at, found.former) == (NOW, None)
    profile.database = profile.open()
    [row] = profile.database.reader.now(accounts_reading.accounts)
    assert row.state is AccountState.READY  # made here: its secrets are still in the keyring


def test_a_plain_copy_does_where_there_is_no_backup(profile: Profile):
    account = add_account(profile.database)
    owe(profile.database, account, key="k1")
    profile.database.close_now()
    profile.paths.database.rename(profile.paths.backups / "before-version-1.db")
    latest = latest_backup(profile.paths.backups)
    assert latest == (profile.paths.backups / "before-version-1.db", None)
    profile.paths.database.write_bytes(b"torn")
    assert restore_latest(profile.here).to_check == 1
    assert check_file(profile.paths.database) is FileState.CURRENT
    profile.database = profile.open()


def test_without_a_backup_nothing_is_touched(profile: Profile):
    profile.database.close_now()
    profile.paths.database.write_bytes(b"torn")
    with pytest.raises(errors.UserMistake):
        restore_latest(profile.here)
    assert profile.paths.database.read_bytes() == b"torn"
    assert latest_backup(profile.paths.backups) is None


def test_without_room_nothing_is_lost(profile: Profile, monkeypatch: pytest.MonkeyPatch):
    file = profile.backup()
    profile.database.close_now()
    profile.paths.database.write_bytes(b"torn")

    def no_room(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "unpack_database", no_room)
    with pytest.raises(errors.DiskFull):
        restore(file, profile.here)
    assert profile.paths.database.read_bytes() == b"torn"
