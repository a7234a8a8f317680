"""One open connection an account, with the secrets of the keyring, until it is forgotten."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from app.models.account import AccountState
from app.networks import registry
from app.networks.network import Access, Card, Connection, Facts
from app.runtime.clock import to_ms
from app.runtime.errors import SignedOut
from app.services.connections import connect_for_real
from app.store.database import Database
from app.store.writing import accounts
from tests.fakes.clock import FakeClock
from tests.fakes.keeper import FakeKeeper
from tests.services.shop import SmallShop, shop_in


def counted(shop: SmallShop) -> list[str]:
    """What is opened and closed from now on."""
    happened: list[str] = []
    connect = shop.services.connections._connect

    def listen(card: Card, remote_id: str, access: Access) -> Connection:
        happened.append(f"open {access.server} {remote_id} {dict(access.keeper.secrets)}")
        connection = connect(card, remote_id, access)

        async def close() -> None:
            happened.append("close")

        connection.close = close  # type: ignore[method-assign]
        return connection

    shop.services.connections._connect = listen
    return happened


async def test_a_connection_is_opened_once_with_the_accounts_secrets(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        happened = counted(shop)
        shop.secrets.kept["test.1"] = {"access_token": "t"}
        first = await shop.services.connections.get(shop.account_id)
        assert await shop.services.connections.get(shop.account_id) is first
        assert (first.handle, first.card.id, first.limits.text) == ("@aurora", "mastodon", 500)
        assert happened == ["open https://musica.example account-1 {'access_token': 't'}"]


async def test_two_who_ask_at_the_same_time_share_one(tmp_path: Path, clock: FakeClock) -> None:
    """Reading and sending begin together: the second connection would never be closed."""
    async with shop_in(tmp_path, clock) as shop:
        happened = counted(shop)
        first, second = await asyncio.gather(*(shop.services.connections.get(shop.account_id) for _ in range(2)))
        assert first is second
        await shop.services.connections.close()
        assert [event.split()[0] for event in happened] == ["open", "close"]


async def test_forgotten_it_is_closed_and_the_next_one_is_new(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        happened = counted(shop)
        first = await shop.services.connections.get(shop.account_id)
        await shop.services.connections.forget(shop.account_id)
        await shop.services.connections.forget(shop.account_id)
        assert await shop.services.connections.get(shop.account_id) is not first
        assert [event.split()[0] for event in happened] == ["open", "close", "open"]


async def test_signed_in_again_by_another_process_it_is_opened_with_the_new_secrets(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        happened = counted(shop)
        shop.secrets.kept["test.1"] = {"access_token": "old"}
        held = await shop.services.connections.get(shop.account_id)
        other = Database.open(shop.database.path, backups=tmp_path / "backups", clock=clock, process_id="other")
        clock.advance(60)
        await other.write(accounts.checked, shop.account_id, to_ms(clock.now()))
        assert await shop.services.connections.get(shop.account_id) is held  # reading is no reason
        await other.write(accounts.set_state, shop.account_id, AccountState.SIGNED_OUT, to_ms(clock.now()))
        shop.secrets.kept["test.1"] = {"access_token": "new"}
        await other.write(accounts.set_state, shop.account_id, AccountState.READY, to_ms(clock.now()))
        await other.close()
        renewed = await shop.services.connections.get(shop.account_id)
        assert [event.split()[-1] for event in happened] == ["'old'}", "'new'}"]  # and nothing is closed under who uses it
        assert await shop.services.connections.get(shop.account_id) is renewed
        await shop.services.connections.close()
        assert happened[2:] == ["close", "close"]


async def test_without_secrets_the_account_is_signed_out(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.secrets.missing = True
        with pytest.raises(SignedOut) as trouble:
            await shop.services.connections.get(shop.account_id)
        assert trouble.value.message.values == {"network": "Mastodon", "handle": "@aurora"}
        shop.secrets.missing = False
        await shop.services.connections.get(shop.account_id)  # asked again: signing in needs no restart


async def test_an_account_that_never_was_has_none(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(SignedOut):
            await shop.services.connections.get(99)


async def test_two_profiles_keep_their_secrets_apart(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        assert shop.services.connections.key(7) == "test.7"


def test_a_network_that_no_program_speaks_to_has_no_connection() -> None:
    card = replace(registry.by_id()["instagram"], connect=None)
    with pytest.raises(SignedOut):
        connect_for_real(card, "", Access("", FakeKeeper({}), Facts()))
