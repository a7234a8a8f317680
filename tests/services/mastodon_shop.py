"""The small shop with a Mastodon server of tests behind it, over real connections on this computer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from app.networks.mastodon.connection import MastodonConnection
from app.networks.mastodon.server import STREAMING, facts_of
from app.networks.network import Access, Card
from app.store.writing import accounts
from tests.fakes.clock import FakeClock
from tests.networks.mastodon.server_of_tests import MastodonOfTests, recorded
from tests.networks.rigs import open_connection
from tests.services.shop import SmallShop


def connected(server: MastodonOfTests) -> MastodonConnection:
    """A connection whose stream is where the server is."""
    facts = facts_of(recorded("instance_v2"), server.flavour, "", "109")
    values = {name: value for name, value in facts.values.items() if name != STREAMING}
    return open_connection(server, replace(facts, values=values))


@asynccontextmanager
async def mastodon_shop(
    folder: Path, clock: FakeClock, server: MastodonOfTests, *, stock: bool = True, process: str = ""
) -> AsyncIterator[SmallShop]:
    """May be opened again in the same folder, as after a crash."""
    shop = SmallShop(folder, clock, stock=stock, process=process)

    def connect(_card: Card, _remote_id: str, _access: Access) -> MastodonConnection:
        return connected(server)

    shop.services.connections._connect = connect
    try:
        yield shop
    finally:
        await shop.close()
        assert shop.bugs == []


async def texts(shop: SmallShop) -> list[str]:
    """Of all messages that are stored, in order of time."""
    rows = await shop.database.read(lambda c: c.execute("SELECT text FROM message ORDER BY at, id").fetchall())
    return [row[0] for row in rows]


def second_account(shop: SmallShop) -> int:
    """Another account at the same server."""
    return shop.database.write_now(lambda s: accounts.add(s, "mastodon", "https://musica.example", "@zwei", "2", 0))
