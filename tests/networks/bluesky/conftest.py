"""A Bluesky server of tests and a connection to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
import stamina

from app.networks.bluesky.connection import BlueskyConnection
from tests.fakes.clock import FakeClock
from tests.fakes.keeper import FakeKeeper
from tests.networks.bluesky.pds import APP_PASSWORD, PdsOfTests
from tests.networks.rigs import open_bluesky

Opening = Callable[..., AbstractAsyncContextManager[tuple[PdsOfTests, BlueskyConnection, FakeKeeper]]]


@pytest.fixture(autouse=True)
def _no_pauses() -> object:
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


@pytest.fixture
def opening(clock: FakeClock) -> Opening:
    """`async with opening() as (server, connection, keeper)`. `scope`: of the app password."""

    @asynccontextmanager
    async def open_all(scope: str = "") -> AsyncIterator[tuple[PdsOfTests, BlueskyConnection, FakeKeeper]]:
        server = PdsOfTests(clock)
        server.scope = scope or server.scope
        await server.start()
        session = server.session()
        tokens = {"access_token": session["accessJwt"], "refresh_token": session["refreshJwt"]}
        keeper = FakeKeeper({"app_password": APP_PASSWORD, **tokens})
        connection = open_bluesky(server, keeper)
        try:
            yield server, connection, keeper
        finally:
            await connection.close()
            await server.stop()

    return open_all
