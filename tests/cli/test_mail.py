"""A mailbox is added by a script: address, servers where they must be named, password from standard input."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from app.cli.mail import add_mailbox, with_servers
from app.models.account import AccountRow, AccountState
from app.models.mailbox import MailboxRow
from app.runtime.errors import UserMistake
from app.store.reading import accounts
from tests.cli.program import Program
from tests.fakes.clock import FakeClock
from tests.fakes.mail_server import PASSWORD, USER, pem
from tests.fakes.token_server import CLIENT_ID, CLIENT_SECRET, REFRESH, TokenServer
from tests.services.mail_shop import mail_shop_in

ROW = MailboxRow(0, USER, "smtp.aurora.example", "imap.aurora.example")


def test_servers_are_named_as_addresses() -> None:
    row = with_servers(ROW, "smtp://mail.example imaps://mail.example:1993")
    assert (row.smtp_host, row.smtp_port, row.smtp_security) == ("mail.example", 587, "starttls")
    assert (row.imap_host, row.imap_port, row.imap_security) == ("mail.example", 1993, "tls")
    assert with_servers(ROW, "") == ROW


@pytest.mark.parametrize("servers", ["mail.example", "https://mail.example", "smtps://", "smtps://x:99999999"])
def test_what_names_no_server_is_said(servers: str) -> None:
    with pytest.raises(UserMistake):
        with_servers(ROW, servers)


@pytest.mark.parametrize("as_json", [True, False])
async def test_a_mailbox_is_added(tmp_path: Path, clock: FakeClock, as_json: bool) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        servers = f"smtps://127.0.0.1:{shop.server.smtp_port},imaps://127.0.0.1:{shop.server.imap_port}"
        if not as_json:
            with pytest.raises(UserMistake):
                await add_mailbox(shop.mailboxes, USER, servers, "{}")
            return
        number = await add_mailbox(
            shop.mailboxes, USER, servers, json.dumps({"password": PASSWORD, "certificate": pem()})
        )
        (row,) = [row for row in shop.database.reader.now(_accounts) if row.id == number]
        assert (row.network, row.handle, row.state) == ("email", USER, AccountState.READY)


def _accounts(connection: sqlite3.Connection) -> list[AccountRow]:
    return accounts.accounts(connection)


def test_the_command_says_what_is_wrong(empty: Program) -> None:
    ran = empty.run("accounts", "add", "email", "--handle", "lucia", "--secret-stdin", stdin="x\n")
    assert ran.code == 1
    assert "no e-mail address" in ran.err


async def test_tokens_are_taken_instead_of_a_password(tmp_path: Path, clock: FakeClock) -> None:
    async with TokenServer() as there, mail_shop_in(tmp_path, clock, {"google": there.authority()}) as shop:
        shop.server.tokens[USER] = "made-up-access-1"
        servers = f"smtps://127.0.0.1:{shop.server.smtp_port},imaps://127.0.0.1:{shop.server.imap_port}"
        given = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "refresh_token": REFRESH, "certificate": pem()}
        number = await add_mailbox(shop.mailboxes, USER, servers, json.dumps(given))
        assert shop.secrets.kept[f"test.{number}"]["refresh_token"] == "made-up-refresh-1"
        given = {"access_token": "made-up-access-1", "certificate": pem()}
        assert await add_mailbox(shop.mailboxes, USER, servers, json.dumps(given)) == number
