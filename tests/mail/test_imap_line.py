"""A line is private before anything is shown over it, and takes the best way of signing in that the server offers."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.mail.imap import Imap
from app.mail.imap_line import certificate
from app.mail.servers import Mailbox, SignIn
from app.runtime.errors import SignedOut
from tests.fakes.mail_server import USER, pem
from tests.mail.conftest import Started


@pytest.mark.parametrize("starttls", [False, True])
async def test_the_certificate_can_be_looked_at(
    started: Started, mailbox_at: Callable[..., Mailbox], starttls: bool
) -> None:
    async with started() as server:
        found = await asyncio.to_thread(certificate, mailbox_at(server, starttls=starttls, trusted=False))
        assert found == ssl.PEM_cert_to_DER_cert(pem())
        assert not any(each.startswith(("AUTHENTICATE", "LOGIN")) for each in server.imap_commands)


async def test_a_token_lets_in_and_a_refused_one_is_said_to_nobody(
    started: Started, mailbox_at: Callable[..., Mailbox]
) -> None:
    async with started() as server:
        mailbox = replace(mailbox_at(server), sign_in=SignIn.XOAUTH2)
        server.tokens[USER] = "made-up-token"
        now = datetime(2026, 11, 22, tzinfo=UTC)
        for token, works in (("made-up-token", True), ("an-old-token-of-some-length", False)):
            imap = Imap(mailbox, token, lambda: now)
            if works:
                await asyncio.to_thread(imap.open)
            else:
                with pytest.raises(SignedOut) as raised:
                    await asyncio.to_thread(imap.open)
                assert raised.value.message.id == "mail.error.token_refused"
                assert token not in str(raised.value)
            imap.abort()
        assert server.shown_tokens == ["made-up-token", "an-old-token-of-some-length"]
