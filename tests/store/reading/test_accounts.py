"""Accounts as lists and services read them."""

from __future__ import annotations

from app.models.account import AccountRow, AccountState
from app.store.database import Database
from app.store.reading import accounts
from app.store.writing import accounts as acts
from tests.store.making import NOW, NOW_MS, add_account, arrival, keep


def test_a_row_tells_what_the_list_shows(database: Database):
    number = add_account(database, name="Discos Aurora", avatar="a.png")
    keep(database, number, arrival("m1"), arrival("m2", thread_key="t2"))
    database.write_now(acts.checked, number, NOW_MS)
    expected = AccountRow(
        id=number,
        network="mastodon",
        server="https://musica.example",
        handle="@aurora",
        name="Discos Aurora",
        remote_id="id of @aurora",
        state=AccountState.READY,
        state_since=NOW,
        checked_at=NOW,
        avatar="a.png",
        needs_answer=2,
        messages=2,
    )
    assert database.reader.now(accounts.accounts) == [expected]
    assert database.reader.now(accounts.account, number) == expected


def test_a_removed_account_leaves_the_list_and_is_still_known(database: Database):
    number, other = add_account(database), add_account(database, "@discos")
    database.write_now(acts.remove, number, NOW_MS)
    assert [row.id for row in database.reader.now(accounts.accounts)] == [other]
    removed = database.reader.now(accounts.account, number)
    assert removed is not None
    assert removed.state is AccountState.SIGNED_OUT
    assert database.reader.now(accounts.find, "mastodon", "https://musica.example", "id of @aurora") == number


def test_an_unknown_account(database: Database):
    assert database.reader.now(accounts.account, 5) is None
    assert database.reader.now(accounts.find, "x", "", "1") is None
    assert database.reader.now(accounts.limits_and_facts, 5) == ("{}", "{}")


def test_what_the_server_told(database: Database, account_id: int):
    database.write_now(acts.update_server, account_id, '{"text": 5000}', '{"software": "glitch"}')
    assert database.reader.now(accounts.limits_and_facts, account_id) == ('{"text": 5000}', '{"software": "glitch"}')


def test_what_an_account_lacks_is_told_with_its_reason(database: Database, account_id: int):
    facts = '{"software": "pds", "values": {"pds": "https://pds.example", "lacks.private": "network.bluesky.no_private"}}'
    database.write_now(acts.update_server, account_id, "{}", facts)
    row = database.reader.now(accounts.account, account_id)
    assert row is not None
    assert row.lacks == (("private", "network.bluesky.no_private"),)


def test_how_far_a_stream_was_read(database: Database, account_id: int):
    assert database.reader.now(accounts.cursor, account_id, "mentions") == ""
    keep(database, account_id, cursor="77")
    assert database.reader.now(accounts.cursor, account_id, "mentions") == "77"
    assert database.reader.now(accounts.cursor, account_id, "private") == ""
