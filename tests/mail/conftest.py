"""A mail server for each test that asks for one, and the mailbox that trusts it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from app.mail.servers import Mailbox, Security, Server
from tests.fakes.mail_server import USER, MailServers, pem

Started = Callable[[], AbstractAsyncContextManager[MailServers]]


@pytest.fixture
def started(tmp_path: Path) -> Started:
    """`async with started() as server`: stops with the test, in its own loop."""

    @asynccontextmanager
    async def run() -> AsyncIterator[MailServers]:
        server = MailServers(tmp_path)
        await server.start()
        try:
            yield server
        finally:
            await server.stop()

    return run


@pytest.fixture
def mailbox_at() -> Callable[..., Mailbox]:
    """The mailbox at a server; by STARTTLS where asked."""

    def made(server: MailServers, *, starttls: bool = False, trusted: bool = True, host: str = "127.0.0.1") -> Mailbox:
        way = Security.STARTTLS if starttls else Security.TLS
        smtp = server.smtp_starttls_port if starttls else server.smtp_port
        imap = server.imap_starttls_port if starttls else server.imap_port
        return Mailbox(
            USER,
            Server(host, smtp, way),
            Server(host, imap, way),
            sender_name="Lucía · Aurora",
            certificate=pem() if trusted else "",
        )

    return made
