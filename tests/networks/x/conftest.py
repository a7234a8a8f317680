"""An X server of tests and a connection to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from app.networks.network import Purse, Secrets
from app.networks.x.connection import XConnection
from tests.fakes.clock import FakeClock
from tests.networks.x.rig import TOKENS, open_connection
from tests.networks.x.server import XOfTests

Opening = Callable[..., AbstractAsyncContextManager[tuple[XOfTests, XConnection]]]


@pytest.fixture
def opening(clock: FakeClock) -> Opening:
    """`async with opening() as (server, connection)`."""

    @asynccontextmanager
    async def open_both(
        spelling: str = "new", secrets: Secrets = TOKENS, purse: Purse | None = None
    ) -> AsyncIterator[tuple[XOfTests, XConnection]]:
        server = XOfTests(clock, spelling)
        await server.start()
        connection, _ = open_connection(server, secrets, purse=purse)
        try:
            yield server, connection
        finally:
            await connection.close()
            await server.stop()

    return open_both
