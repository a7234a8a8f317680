"""Whose an archive is: by the network's own id, else by handle and server."""

from __future__ import annotations

from app.store.database import Database
from app.store.reading import archives
from app.store.writing import accounts
from tests.store.making import NOW_MS, add_account


def test_an_account_is_found_by_id_before_its_handle(database: Database) -> None:
    first = add_account(database, "@aurora", "x")
    second = database.write_now(lambda s: accounts.add(s, "x", "", "@otra", "4242", NOW_MS))
    of = database.reader.now
    assert of(archives.account_of, "x", "4242", "", "aurora") == second
    assert of(archives.account_of, "x", "99", "", "Aurora") == first
    assert of(archives.account_of, "x", "", "", "") is None
    assert of(archives.account_of, "mastodon", "", "", "aurora") is None


def test_the_same_handle_on_another_server_is_somebody_else(database: Database) -> None:
    number = database.write_now(lambda s: accounts.add(s, "mastodon", "https://musica.example", "@aurora", "7", NOW_MS))
    assert database.reader.now(archives.account_of, "mastodon", "", "https://musica.example", "aurora") == number
    assert database.reader.now(archives.account_of, "mastodon", "", "https://otro.example", "aurora") is None
    database.write_now(lambda s: accounts.remove(s, number, NOW_MS))
    assert database.reader.now(archives.account_of, "mastodon", "", "https://musica.example", "aurora") is None
