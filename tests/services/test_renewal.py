"""Tokens are renewed once, whoever asks, and kept before they are used."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.networks.network import Secrets
from app.runtime.clock import to_ms
from app.runtime.errors import CredentialTrouble, KeyringLocked, SignedOut
from app.runtime.tasks import Tasks
from app.services.renewal import LEASE_SECONDS, AccountSecrets
from app.store.database import Database
from app.store.writing import leases
from tests.fakes.clock import FakeClock

OLD = {"access": "a1", "refresh": "r1"}
NEW = {"access": "a2", "refresh": "r2"}


class Keyring:
    """One entry; `locked` makes it refuse to keep anything."""

    def __init__(self) -> None:
        self.entry: dict[str, str] | None = dict(OLD)
        self.locked = False

    def get(self, account_key: str) -> dict[str, str] | None:
        return dict(self.entry) if self.entry is not None else None

    def set(self, account_key: str, secrets: Mapping[str, str]) -> None:
        if self.locked:
            raise KeyringLocked
        self.entry = dict(secrets)

    def delete(self, account_key: str) -> None:
        self.entry = None


class Server:
    """Takes each refresh token once, as X does."""

    def __init__(self) -> None:
        self.spent: list[str] = []
        self.seen_in_keyring: list[dict[str, str] | None] = []

    async def exchange(self, secrets: Secrets) -> Secrets:
        await asyncio.sleep(0)
        if secrets["refresh"] in self.spent:
            raise SignedOut
        self.spent.append(secrets["refresh"])
        return NEW


@pytest.fixture
def keyring() -> Keyring:
    return Keyring()


@pytest.fixture
def database(tmp_path: Path, clock: FakeClock) -> Iterator[Database]:
    database = Database.open(tmp_path / "data.sqlite3", backups=tmp_path, clock=clock, process_id="test:0:first")
    yield database
    asyncio.run(database.close())


def of(database: Database, keyring: Keyring, clock: FakeClock) -> AccountSecrets:
    return AccountSecrets(database, keyring, clock, 1, "key", dict(OLD))


def started(renewing: Coroutine[Any, Any, Secrets]) -> asyncio.Task[Secrets | None]:
    return Tasks(_raise, _raise).spawn("renew", renewing, owner=None)


def _raise(error: BaseException) -> None:
    raise error


async def in_time(clock: FakeClock, waiting: asyncio.Task[Secrets | None]) -> Secrets | None:
    """Lets the clock's time pass, whenever somebody sleeps, until there is an answer."""
    while not waiting.done():
        if clock.sleeping:
            clock.advance(1)
        await asyncio.sleep(0)
    return await waiting


async def test_new_secrets_are_kept_before_anybody_has_them(
    database: Database, keyring: Keyring, clock: FakeClock
) -> None:
    secrets = of(database, keyring, clock)
    assert await secrets.renew(OLD, Server().exchange) == NEW
    assert keyring.entry == NEW
    assert secrets.secrets == NEW


async def test_many_who_find_the_token_spent_renew_it_once(
    database: Database, keyring: Keyring, clock: FakeClock
) -> None:
    secrets, server = of(database, keyring, clock), Server()
    assert await asyncio.gather(*(secrets.renew(OLD, server.exchange) for _ in range(5))) == [NEW] * 5
    assert server.spent == ["r1"]


async def test_what_another_process_renewed_is_taken_over(
    database: Database, keyring: Keyring, clock: FakeClock
) -> None:
    here, there, server = of(database, keyring, clock), of(database, keyring, clock), Server()
    await there.renew(OLD, server.exchange)
    assert await here.renew(OLD, server.exchange) == NEW
    assert server.spent == ["r1"]


async def test_another_process_is_waited_for(database: Database, keyring: Keyring, clock: FakeClock) -> None:
    await database.write(leases.take, "renew.1", "other:1:x", to_ms(clock.now()), LEASE_SECONDS)
    server = Server()
    waiting = started(of(database, keyring, clock).renew(OLD, server.exchange))
    while not clock.sleeping:
        await asyncio.sleep(0)
    keyring.entry = dict(NEW)
    await database.write(leases.release, "renew.1", "other:1:x")
    assert await in_time(clock, waiting) == NEW
    assert not server.spent


async def test_a_process_that_died_holds_nobody_up_for_ever(
    database: Database, keyring: Keyring, clock: FakeClock
) -> None:
    await database.write(leases.take, "renew.1", "gone:1:x", to_ms(clock.now()), LEASE_SECONDS)
    waiting = started(of(database, keyring, clock).renew(OLD, Server().exchange))
    assert await in_time(clock, waiting) == NEW


async def test_cancelling_who_asked_does_not_lose_the_new_token(
    database: Database, keyring: Keyring, clock: FakeClock
) -> None:
    asking, answer = asyncio.Event(), asyncio.Event()

    async def slow(_secrets: Secrets) -> Secrets:
        asking.set()
        await answer.wait()
        return NEW

    secrets = of(database, keyring, clock)
    renewing = started(secrets.renew(OLD, slow))
    await asking.wait()
    renewing.cancel()
    answer.set()
    with pytest.raises(asyncio.CancelledError):
        await renewing
    assert await secrets.renew(OLD, Server().exchange) == NEW
    assert keyring.entry == NEW


async def test_a_refusal_changes_nothing_and_frees_the_turn(
    database: Database, keyring: Keyring, clock: FakeClock
) -> None:
    server = Server()
    server.spent.append("r1")
    secrets = of(database, keyring, clock)
    with pytest.raises(SignedOut):
        await secrets.renew(OLD, server.exchange)
    assert keyring.entry == OLD
    assert await database.write(leases.take, "renew.1", "other:1:x", to_ms(clock.now()), 1)


async def test_a_keyring_that_keeps_nothing_is_said(database: Database, keyring: Keyring, clock: FakeClock) -> None:
    keyring.locked = True
    with pytest.raises(CredentialTrouble):
        await of(database, keyring, clock).renew(OLD, Server().exchange)


async def test_without_secrets_the_account_is_signed_out(
    database: Database, keyring: Keyring, clock: FakeClock
) -> None:
    keyring.entry = None
    with pytest.raises(SignedOut):
        await of(database, keyring, clock).renew(OLD, Server().exchange)
