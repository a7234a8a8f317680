"""Accounts and what is owed, when an older copy of the data takes the place of the data (the whole way is told in test_restore)."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.models.outbox import DeliveryState, OutboxKind
from app.store.database import Database
from app.store.reading.outbox import ANYONE, ASKED_TO_HOLD
from app.store.reconciling import REASON, SKEW, reconcile
from app.store.writing import outbox
from tests.fakes.clock import FakeClock
from tests.store.making import HOUR_MS, NOW_MS, add_account, arrival, keep, owe, rows

S = DeliveryState


class Pair:
    """An older copy and what it takes the place of."""

    def __init__(self, folder: Path, former: Database, clock: FakeClock) -> None:
        former.close_now()
        self.former = former.path
        self.fresh = Path(shutil.copy(former.path, folder / "fresh.db"))
        self.clock = clock

    def since(self) -> Database:
        """What happens after the copy was made."""
        return Database.open(self.former, backups=self.former.parent, clock=self.clock, process_id="since")

    def reconcile(self, *, with_former: bool = True, made_at: int | None = NOW_MS - HOUR_MS):
        with closing(sqlite3.connect(self.fresh)) as fresh, closing(sqlite3.connect(self.former)) as former:
            found = reconcile(fresh, former if with_former else None, made_at, NOW_MS, same_place=True)
            fresh.commit()
        return found

    def item(self, names: str) -> tuple[object, ...]:
        with closing(sqlite3.connect(self.fresh)) as fresh:
            return tuple(fresh.execute(f"SELECT {names} FROM outbox").fetchone())


@pytest.fixture
def account(database: Database) -> int:
    return add_account(database)


def test_reasons_of_both_sides_of_the_store_are_one(account: int):
    assert account
    assert outbox.RESTORED == REASON


def test_a_doubt_reaches_back_to_the_copy_and_a_little_more(
    database: Database, account: int, tmp_path: Path, clock: FakeClock
):
    owe(database, account)
    pair = Pair(tmp_path, database, clock)
    pair.reconcile(with_former=False)
    since = NOW_MS - HOUR_MS - int(SKEW.total_seconds() * 1000)
    assert pair.item("state, claimed_by, first_claimed_at, held_id, begun_at") == (
        S.UNSURE,
        ANYONE,
        since,
        ASKED_TO_HOLD,
        None,
    )


def test_of_salvaged_rows_it_reaches_back_to_when_each_was_made(
    database: Database, account: int, tmp_path: Path, clock: FakeClock
):
    owe(database, account)
    pair = Pair(tmp_path, database, clock)
    pair.reconcile(with_former=False, made_at=None)
    assert pair.item("first_claimed_at") == (NOW_MS - int(SKEW.total_seconds() * 1000),)


def test_no_server_is_asked_to_hold_a_reply(database: Database, account: int, tmp_path: Path, clock: FakeClock):
    keep(database, account, arrival())
    owe(database, account, OutboxKind.REPLY, conversation_id=1)
    pair = Pair(tmp_path, database, clock)
    pair.reconcile(with_former=False)
    assert pair.item("state, held_id") == (S.UNSURE, "")


def test_what_was_let_go_since_stays_as_planned_then_and_is_not_in_doubt(
    database: Database, account: int, tmp_path: Path, clock: FakeClock
):
    number = owe(database, account)
    pair = Pair(tmp_path, database, clock)
    since = pair.since()
    since.write_now(lambda s: outbox.move(s, number, S.LET_GO, NOW_MS))
    since.close_now()
    assert pair.reconcile().to_check == 0
    assert pair.item("state") == (S.WAITING,)


def test_what_a_server_holds_since_is_held(database: Database, account: int, tmp_path: Path, clock: FakeClock):
    number = owe(database, account)
    pair = Pair(tmp_path, database, clock)
    since = pair.since()
    since.write_now(lambda s: outbox.hold(s, number, "77", NOW_MS))
    since.close_now()
    pair.reconcile()
    assert pair.item("state, held_id") == (S.HELD, "77")


def test_what_is_in_doubt_since_is_in_the_same_doubt(
    database: Database, account: int, tmp_path: Path, clock: FakeClock
):
    number = owe(database, account)
    pair = Pair(tmp_path, database, clock)
    since = pair.since()
    since.write_now(lambda s: outbox.claim(s, NOW_MS, "since", 1))
    since.write_now(lambda s: outbox.move(s, number, S.UNSURE, NOW_MS, reason="why", next_try_ms=5))
    since.close_now()
    pair.reconcile()
    assert pair.item("state, reason, next_try_at, first_claimed_at, claimed_by") == (S.UNSURE, "why", 5, NOW_MS, "")


def test_a_former_whose_outbox_cannot_be_read_knows_nothing(
    database: Database, account: int, tmp_path: Path, clock: FakeClock
):
    owe(database, account)
    pair = Pair(tmp_path, database, clock)
    with closing(sqlite3.connect(pair.former)) as former:
        former.execute("PRAGMA foreign_keys = OFF")
        former.execute("DROP TABLE outbox")
        former.commit()
    assert pair.reconcile().to_check == 1


def test_leases_and_journal_of_the_copy_are_nobodys(database: Database, account: int, tmp_path: Path, clock: FakeClock):
    owe(database, account)
    assert rows(database, "SELECT count(*) FROM change") != [(0,)]
    pair = Pair(tmp_path, database, clock)
    pair.reconcile()
    with closing(sqlite3.connect(pair.fresh)) as fresh:
        assert fresh.execute("SELECT (SELECT count(*) FROM lease), (SELECT count(*) FROM change)").fetchone() == (0, 0)


def test_whatever_a_copy_says_passwords_and_keys_stay_with_the_servers_they_were_given_for(
    database: Database, account: int, tmp_path: Path, clock: FakeClock
):
    """Anybody may have made that file: it may name our account and servers of its own."""
    pair = Pair(tmp_path, database, clock)
    mailbox = (
        "INSERT INTO mailbox (account_id, address, sender_name, user, sign_in, smtp_host, smtp_port, smtp_security, imap_host, imap_port,"
        " imap_security, copy_to_self, folder, sent_folder, resyncs)"
        " VALUES (?, 'ana@shop.example', '', 'ana', 'password', ?, 465, 'tls', ?, 993, 'tls', 1, 'INBOX', '', 0)"
    )
    for path, host in ((pair.former, "mail.shop.example"), (pair.fresh, "mail.of.somebody.example")):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(mailbox, (account, host, host))
            connection.execute("INSERT INTO setting VALUES ('links', ?)", (f'{{"server": "https://{host}"}}',))
    with closing(sqlite3.connect(pair.fresh)) as fresh, fresh:
        fresh.execute("INSERT INTO setting VALUES ('analytics', '{}')")
    pair.reconcile()
    with closing(sqlite3.connect(pair.fresh)) as fresh:
        assert fresh.execute("SELECT smtp_host, imap_host FROM mailbox").fetchall() == [("mail.shop.example",) * 2]
        assert fresh.execute("SELECT name, value FROM setting WHERE name IN ('links', 'analytics')").fetchall() == [
            ("links", '{"server": "https://mail.shop.example"}')
        ]


@pytest.mark.parametrize(("here", "there"), [("on", None), (None, "on"), ("on", "off")])
def test_no_copy_takes_the_window_s_lock_off_or_puts_one_on(
    database: Database, tmp_path: Path, clock: FakeClock, here: str | None, there: str | None
):
    pair = Pair(tmp_path, database, clock)
    for path, value in ((pair.former, here), (pair.fresh, there)):
        if value is not None:
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute("INSERT INTO setting VALUES ('lock', ?)", (value,))
    pair.reconcile()
    with closing(sqlite3.connect(pair.fresh)) as fresh:
        assert fresh.execute("SELECT value FROM setting WHERE name = 'lock'").fetchone() == ((here,) if here else None)
