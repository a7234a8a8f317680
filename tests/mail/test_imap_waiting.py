"""A wait ends when something came, when the computer slept, and when the server refuses it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from app.mail import imap_waiting
from app.mail.imap import Imap
from app.mail.servers import Mailbox
from app.runtime.errors import Offline
from tests.fakes.mail_server import PASSWORD
from tests.mail.conftest import Started

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


async def test_a_computer_that_slept_looks_again(
    started: Started, mailbox_at: Callable[..., Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_waiting, "NAP_SECONDS", 0.05)
    times = iter([NOW, NOW, NOW + timedelta(hours=3)])
    async with started() as server:
        line = Imap(mailbox_at(server), PASSWORD, lambda: next(times, NOW + timedelta(hours=3)), 2.0)
        await asyncio.to_thread(line.use, Imap.open)
        await asyncio.to_thread(line.use, lambda it: it.examine("INBOX"))
        assert await asyncio.to_thread(line.use, lambda it: it.wait(60))
        await asyncio.to_thread(line.use, Imap.close)


async def test_a_server_that_refuses_to_wait_is_a_blip(started: Started, mailbox_at: Callable[..., Mailbox]) -> None:
    async with started() as server:
        line = Imap(mailbox_at(server), PASSWORD, lambda: NOW, 2.0)
        await asyncio.to_thread(line.use, Imap.open)
        await asyncio.to_thread(line.use, lambda it: it.examine("INBOX"))
        server.imap_refuses = "IDLE"
        with pytest.raises(Offline):
            await asyncio.to_thread(line.use, lambda it: it.wait(60))
        line.abort()
