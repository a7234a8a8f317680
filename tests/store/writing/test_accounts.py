"""Accounts come, change, go, and come back as themselves."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from app.models.account import AccountRow, AccountState
from app.models.outbox import DeliveryState
from app.runtime.clock import from_ms
from app.store.database import Database
from app.store.reading import accounts as reading
from app.store.reading import outbox as owed
from app.store.writing import accounts, outbox
from tests.store.making import NOW, NOW_MS, add_account, arrival, keep, owe, rows


def stored(database: Database, account_id: int) -> AccountRow:
    row = database.reader.now(reading.account, account_id)
    assert row is not None
    return row


def test_accounts_stand_in_the_order_in_which_they_came(database: Database):
    added = [add_account(database, handle) for handle in ("@z", "@a", "@m")]
    assert [row.id for row in database.reader.now(reading.accounts)] == added


def test_the_same_profile_comes_back_as_the_same_account(database: Database, account_id: int):
    keep(database, account_id, arrival())
    database.write_now(accounts.remove, account_id, NOW_MS)

    def again(session: Session) -> int:
        return accounts.add(
            session,
            "mastodon",
            "https://musica.example",
            "@new",
            "id of @aurora",
            NOW_MS + 1,
            name="Aurora",
            limits='{"text": 5}',
        )

    assert database.write_now(again) == account_id
    row = stored(database, account_id)
    assert (row.handle, row.name, row.state, row.messages) == ("@new", "Aurora", AccountState.READY, 1)
    assert [each.id for each in database.reader.now(reading.accounts)] == [account_id]
    assert database.reader.now(reading.limits_and_facts, account_id)[0] == '{"text": 5}'


def test_another_server_is_another_account(database: Database, account_id: int):
    other = database.write_now(accounts.add, "mastodon", "https://other.example", "@aurora", "id of @aurora", NOW_MS)
    assert other != account_id


def test_a_state_keeps_the_time_since_when_it_holds(database: Database, account_id: int):
    database.write_now(accounts.set_state, account_id, AccountState.SIGNED_OUT, NOW_MS + 5, "why")
    database.write_now(accounts.set_state, account_id, AccountState.SIGNED_OUT, NOW_MS + 9, "still")
    row = stored(database, account_id)
    assert (row.state, row.state_since, row.trouble) == (AccountState.SIGNED_OUT, from_ms(NOW_MS + 5), "still")


def test_trouble_ends_with_a_reading_to_the_end(database: Database, account_id: int):
    database.write_now(accounts.set_trouble, account_id, "why")
    assert stored(database, account_id).trouble == "why"
    database.write_now(accounts.checked, account_id, NOW_MS)
    assert (stored(database, account_id).trouble, stored(database, account_id).checked_at) == ("", NOW)


def test_a_profile_is_renamed(database: Database, account_id: int):
    database.write_now(lambda s: accounts.update_profile(s, account_id, handle="@b", name="B", url="u", avatar="a"))
    row = stored(database, account_id)
    assert (row.handle, row.name, row.avatar) == ("@b", "B", "a")


@pytest.mark.parametrize("state", [DeliveryState.UNSURE, DeliveryState.OUT])
def test_removing_lets_go_of_what_waits_and_of_nothing_else(database: Database, account_id: int, state: DeliveryState):
    settled, waiting, failed = (owe(database, account_id) for _ in range(3))
    other = owe(database, add_account(database, "@other"))
    database.write_now(outbox.claim, NOW_MS, "this", 60)
    database.write_now(outbox.move, settled, state, NOW_MS)
    database.write_now(outbox.move, failed, DeliveryState.FAILED, NOW_MS)
    database.write_now(accounts.remove, account_id, NOW_MS)
    states = {row.id: row.state for row in database.reader.now(lambda c: owed.items(c, unfinished=False))}
    assert states == {
        settled: state,
        waiting: DeliveryState.LET_GO,
        failed: DeliveryState.LET_GO,
        other: DeliveryState.WAITING,
    }


def test_removing_keeps_messages(database: Database, account_id: int):
    keep(database, account_id, arrival())
    database.write_now(accounts.remove, account_id, NOW_MS)
    assert rows(database, "SELECT count(*) FROM message") == [(1,)]
