"""A Mastodon server of tests and a connection to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
import stamina

from app.networks.mastodon.connection import MastodonConnection
from tests.fakes.clock import FakeClock
from tests.networks.mastodon.server_of_tests import MastodonOfTests
from tests.networks.rigs import open_connection

Opening = Callable[..., AbstractAsyncContextManager[tuple[MastodonOfTests, MastodonConnection]]]


@pytest.fixture(autouse=True)
def _no_pauses() -> object:
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


@pytest.fixture
def opening(clock: FakeClock) -> Opening:
    """`async with opening("snac") as (server, connection)`."""

    @asynccontextmanager
    async def open_both(flavour: str = "mastodon") -> AsyncIterator[tuple[MastodonOfTests, MastodonConnection]]:
        server = MastodonOfTests(clock, flavour)
        await server.start()
        connection = open_connection(server)
        try:
            yield server, connection
        finally:
            await connection.close()
            await server.stop()

    return open_both
