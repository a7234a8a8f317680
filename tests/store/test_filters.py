"""Conditions become comparisons: names are looked up first, and what cannot be met says so."""

from __future__ import annotations

from datetime import UTC

import pytest

from app.models.find import parse
from app.store import filters
from app.store.database import Database
from app.store.filters import Filter
from tests.store.making import NOW, NOW_MS, add_account, arrival, keep


def narrowed(database: Database, text: str) -> Filter:
    return database.reader.now(filters.of, parse(text, NOW, UTC), NOW_MS)


def test_nothing_asked_lets_everything_pass(database: Database) -> None:
    assert narrowed(database, "vinilo").sql == "1"


@pytest.mark.parametrize("name", ["mastodon", "@aurora", "aurora", "AURO", "@Áurora"])
def test_an_account_is_meant_by_its_network_or_its_handle(database: Database, name: str) -> None:
    mine = add_account(database, "@aurora")
    add_account(database, "@discos", network="bluesky")
    assert narrowed(database, f"account:{name}").account == mine


@pytest.mark.parametrize("text", ["account:nobody", "from:nobody", "tag:none"])
def test_who_is_not_there_cannot_be_meant(database: Database, account_id: int, text: str) -> None:
    keep(database, account_id, arrival())
    assert narrowed(database, text).impossible
    assert not narrowed(database, f"-{text}").impossible


def test_people_are_meant_by_name_or_handle(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    assert narrowed(database, "from:robles").people == narrowed(database, "from:@ximena").people == (1,)
    assert narrowed(database, "from:us").people is None


def test_only_conditions_on_single_messages_speak_of_them(database: Database) -> None:
    assert narrowed(database, "has:picture").of_messages
    assert narrowed(database, "before:2026").of_messages
    assert not narrowed(database, "is:late category:order account:x has:note").of_messages
