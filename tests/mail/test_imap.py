"""One mailbox at a server: what was closed is not used; the rest is tested through app/mail/reading.py."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from app.mail import imap
from app.mail.servers import Mailbox
from app.runtime.errors import Offline
from tests.fakes.mail_server import PASSWORD
from tests.mail.conftest import Started

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


async def test_what_was_closed_is_not_used(started: Started, mailbox_at: Callable[..., Mailbox]) -> None:
    async with started() as server:
        line = imap.Imap(mailbox_at(server), PASSWORD, lambda: NOW, 2.0)
        line.abort()
        with pytest.raises(Offline):
            await asyncio.to_thread(line.use, imap.Imap.open)
