"""A signed-in Bluesky account with all its abilities put together, one file each; and how one is opened."""

from __future__ import annotations

import asyncio
import ssl

from app.networks import fields
from app.networks.bluesky import api
from app.networks.bluesky.acts import Acts
from app.networks.bluesky.filling_in import FillingIn
from app.networks.bluesky.metrics import Metrics
from app.networks.bluesky.publishing import Publishing
from app.networks.bluesky.search import Search
from app.networks.bluesky.server import LIMITS
from app.networks.bluesky.video import SERVICE, Videos
from app.networks.bluesky.xrpc import Xrpc
from app.networks.client import Client
from app.networks.network import LACKS, Access, Facts, Limits, SecretKeeper
from app.runtime.clock import Clock, SystemClock
from app.runtime.errors import NetworkTrouble

REQUESTS, SECONDS = 2_800, 300.0
"""A server takes 3,000 requests in five minutes from one address."""
PDS = "pds"
"""Fact: the account's own server, which is not always the one it signs in at."""
DID = "account_id"
"""Fact: the account's permanent name."""
LACKS_PRIVATE = f"{LACKS}private"


class BlueskyConnection(Publishing, Search, FillingIn, Metrics, Acts):
    """Everything a Bluesky account can do, with what concerns its server and its sign-in."""

    async def limits(self) -> tuple[Limits, Facts]:
        """The network's limits are the same everywhere; the facts say which server it is and whether private messages work."""
        answer = await api.describe_server(self._xrpc)
        software = "pds" if fields.text(fields.mapping(answer.data), "did") else ""
        values = {name: value for name, value in self._facts.values.items() if name != LACKS_PRIVATE}
        if not self.hears_private:
            values[LACKS_PRIVATE] = "network.bluesky.no_private"
        return LIMITS, Facts(software, self._facts.version, values)

    async def revoke(self) -> None:
        """End the session at the server. The app password itself can only be deleted by its owner; ours is forgotten with the account."""
        await self._xrpc.end()


def connect(access: Access) -> BlueskyConnection:
    """Open an account's connection; nothing is sent yet."""
    return connection_to(access.facts.values.get(PDS, "") or access.server, access.keeper, access.facts)


def connection_to(
    server: str,
    keeper: SecretKeeper,
    facts: Facts,
    clock: Clock | None = None,
    trust: ssl.SSLContext | None = None,
    video: str = SERVICE,
) -> BlueskyConnection:
    """The same from its parts. `server`: the account's own. `trust`: certificates to accept instead of the system's."""
    clock = clock or SystemClock(asyncio.sleep)
    xrpc = Xrpc(
        Client(server, clock, trust=trust, requests=REQUESTS, seconds=SECONDS), keeper, facts.values.get(DID, "")
    )
    return BlueskyConnection(xrpc, facts, Videos(xrpc, Client(video, clock, trust=trust)))


async def version_of(client: Client) -> str:
    """Of the server's software; empty where it does not tell."""
    try:
        answer = await client.get("/xrpc/_health", accept=range(400, 600))
    except NetworkTrouble:
        return ""
    return fields.text(fields.mapping(answer.data), "version")
