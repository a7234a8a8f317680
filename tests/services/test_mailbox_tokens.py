"""A mailbox that was signed in through the browser: its token is renewed in time, once, by one process; where that ends, nothing is lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from app.models.account import AccountRow, AccountState
from app.models.mailbox import OwnApp
from app.models.outbox import DeliveryState
from app.networks import registry
from app.runtime.errors import SignedOut
from app.runtime.words import Message
from app.services.connections import Connections
from app.services.mailbox import MailConnection, open_mailbox
from app.store.database import Database
from app.store.reading import accounts
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.fakes.mail_server import USER, pem
from tests.fakes.token_server import CLIENT_ID, CLIENT_SECRET, Browser, TokenServer
from tests.services.mail_shop import MailShop, mail_shop_in


class Signed:
    """A shop whose mailbox was signed in through the browser."""

    def __init__(self, shop: MailShop, there: TokenServer) -> None:
        self.shop = shop
        self.there = there

    def revoke_access(self) -> None:
        """The token that was given last is worth nothing any more; the next one will be."""
        self.shop.server.tokens[USER] = f"made-up-access-{self.there.given + 1}"

    async def connection(self) -> MailConnection:
        link = await self.shop.services.connections.get(self.shop.account_id)
        assert isinstance(link.connection, MailConnection)
        return link.connection

    async def account(self) -> AccountRow:
        found = await self.shop.database.read(accounts.account, self.shop.account_id)
        assert found is not None
        return found


@asynccontextmanager
async def signed_in(folder: Path, clock: FakeClock) -> AsyncIterator[Signed]:
    async with TokenServer() as there, mail_shop_in(folder, clock, {"google": there.authority()}) as shop:
        shop.browser = Browser(there).show
        shop.server.tokens[USER] = "made-up-access-1"
        app = OwnApp("google", CLIENT_ID, CLIENT_SECRET)
        shop.account_id = await shop.mailboxes.sign_in_browser(shop.row(), app, pem())
        yield Signed(shop, there)


async def test_it_sends_and_reads_with_its_token(tmp_path: Path, clock: FakeClock) -> None:
    async with signed_in(tmp_path, clock) as signed:
        number = signed.shop.owe()
        await signed.shop.send()
        assert signed.shop.item(number).state is DeliveryState.OUT
        assert await signed.shop.services.letters.look_at(signed.shop.account_id) == 0
        assert signed.there.given == 1


async def test_a_token_is_renewed_before_it_ends(tmp_path: Path, clock: FakeClock) -> None:
    async with signed_in(tmp_path, clock) as signed:
        clock.advance(3600 - 60)
        signed.revoke_access()
        signed.shop.server.shown_tokens.clear()
        number = signed.shop.owe()
        await signed.shop.send()
        assert signed.shop.item(number).state is DeliveryState.OUT
        assert signed.shop.server.shown_tokens[0] == "made-up-access-2"
        kept = signed.shop.secrets.kept[f"test.{signed.shop.account_id}"]
        assert (kept["access_token"], kept["refresh_token"]) == ("made-up-access-2", "made-up-refresh-2")


async def test_a_token_that_the_sending_server_refuses_is_renewed_once(tmp_path: Path, clock: FakeClock) -> None:
    async with signed_in(tmp_path, clock) as signed:
        signed.revoke_access()
        number = signed.shop.owe()
        await signed.shop.send()
        assert signed.shop.item(number).state is DeliveryState.OUT
        assert signed.shop.arrived() == 1
        assert signed.there.given == 2


async def test_a_token_that_the_reading_server_refuses_is_renewed_once(tmp_path: Path, clock: FakeClock) -> None:
    async with signed_in(tmp_path, clock) as signed:
        signed.revoke_access()
        connection = await signed.connection()
        pages = [page async for page in connection.letters(None, None)]
        assert len(pages) == 1
        assert signed.there.given == 2
        await connection.close()


async def test_a_renewed_token_that_is_refused_too_ends_it(tmp_path: Path, clock: FakeClock) -> None:
    async with signed_in(tmp_path, clock) as signed:
        signed.shop.server.tokens[USER] = "of another account"
        with pytest.raises(SignedOut) as raised:
            await (await signed.connection()).profile()
        assert raised.value.message.id == "mail.error.token_refused"
        assert signed.there.given == 2
        with pytest.raises(SignedOut):
            _ = [page async for page in (await signed.connection()).letters(None, None)]
        assert signed.there.given == 3


async def test_when_access_has_ended_the_account_is_signed_out_and_nothing_is_lost(
    tmp_path: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with signed_in(tmp_path, clock) as signed:
        shop = signed.shop
        clock.advance(3600)
        signed.there.refresh = "taken back by its owner"
        number = shop.owe()
        await shop.send()
        account = await signed.account()
        assert account.state is AccountState.SIGNED_OUT
        assert Message.from_json(account.trouble).id == "network.email.ended.google"
        assert shop.item(number).state is DeliveryState.WAITING
        assert shop.arrived() == 0

        signed.revoke_access()
        app = OwnApp("google")
        assert await shop.mailboxes.sign_in_browser(shop.row(), app, again=shop.account_id) == shop.account_id
        await shop.send()
        assert shop.item(number).state is DeliveryState.OUT
        assert shop.arrived() == 1

        files = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
        for secret in ("made-up-access", "made-up-refresh", CLIENT_SECRET):
            assert secret not in caplog.text
            assert secret.encode() not in files


async def test_an_authority_that_is_down_signs_nobody_out(tmp_path: Path, clock: FakeClock) -> None:
    async with signed_in(tmp_path, clock) as signed:
        clock.advance(3600)
        signed.there.refusal = Reply(503, {})
        number = signed.shop.owe()
        await signed.shop.send()
        assert (await signed.account()).state is AccountState.READY
        assert signed.shop.item(number).state is DeliveryState.WAITING


async def test_two_processes_spend_one_refresh_token_once(tmp_path: Path, clock: FakeClock) -> None:
    """The other process, with a lease and a memory of its own, finds what the first has put into the keyring."""
    async with signed_in(tmp_path, clock) as signed:
        shop = signed.shop
        other = Database.open(shop.paths.database, backups=shop.paths.backups, clock=clock, process_id="test:0:second")
        opening = partial(
            open_mailbox, clock=clock, spawn=shop.tasks.spawn, authorities={"google": signed.there.authority()}
        )
        connections = Connections(other, registry.by_id(), shop.secrets, "test", clock, open_mailbox=opening)
        try:
            link = await connections.get(shop.account_id)
            assert isinstance(link.connection, MailConnection)
            mine = await signed.connection()
            clock.advance(3600)
            signed.revoke_access()
            both = asyncio.gather(mine.profile(), link.connection.profile())
            while not both.done():
                await clock.elapse(1)
            await both
            assert signed.there.given == 2
            assert len(signed.there.http.asked("POST", "/token")) == 2  # the sign-in's, and one renewal
        finally:
            await connections.close()
            await other.close()


async def test_an_access_token_alone_ends_with_itself(tmp_path: Path, clock: FakeClock) -> None:
    async with TokenServer() as there, mail_shop_in(tmp_path, clock, {"google": there.authority()}) as shop:
        shop.server.tokens[USER] = "made-up"
        shop.account_id = await shop.mailboxes.add_with_tokens(shop.row(), {"access_token": "made-up"}, pem())
        shop.server.tokens.clear()
        shop.owe()
        await shop.send()
        account = await shop.database.read(accounts.account, shop.account_id)
        assert account is not None
        assert account.state is AccountState.SIGNED_OUT
        assert there.http.requests == []
