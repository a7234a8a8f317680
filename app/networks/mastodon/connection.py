"""A signed-in Mastodon account with all its abilities put together, one file each; and how one is opened."""

from __future__ import annotations

import asyncio
import ssl

from app.networks import fields
from app.networks.client import Client
from app.networks.mastodon import api
from app.networks.mastodon.acts import Acts
from app.networks.mastodon.filling_in import FillingIn
from app.networks.mastodon.looking_up import LookingUp
from app.networks.mastodon.metrics import Metrics
from app.networks.mastodon.scheduling import Scheduling
from app.networks.mastodon.searching import Searching
from app.networks.mastodon.server import MASTODONS, facts_of, limits_of
from app.networks.mastodon.streaming import Streaming
from app.networks.network import Access, Facts, Limits, Secrets
from app.runtime.clock import Clock, SystemClock
from app.runtime.errors import Misconfiguration, Misconfigured, Refused
from app.runtime.words import Message


class MastodonConnection(Scheduling, Searching, LookingUp, FillingIn, Streaming, Metrics, Acts):
    """Everything a Mastodon account can do, with what concerns its server and its token."""

    async def limits(self) -> tuple[Limits, Facts]:
        """As the server tells them now."""
        answer = await api.instance_v2(self._client)
        if answer.status != 200:
            answer = await api.instance_v1(self._client)
        instance = fields.mapping(answer.data)
        if answer.status != 200 or not fields.text(instance, "version"):
            raise Misconfigured(Misconfiguration.NOT_SUCH_A_SERVER, self._client.host, technical=f"instance: {answer.status}")
        software = self._facts.software
        version = "" if software in MASTODONS else self._facts.version
        facts = facts_of(instance, software, version, await self._my_id())
        return limits_of(instance, facts), facts

    async def revoke(self) -> None:
        """Make the token worthless. A pasted one can only be revoked by its owner, on the server's own pages."""
        client_id, client_secret = self._secrets.get("client_id", ""), self._secrets.get("client_secret", "")
        if not client_id or not client_secret:
            raise Refused(Message("network.mastodon.revoke_by_hand", {"host": self._client.host}))
        await api.revoke_token(self._client, client_id, client_secret, self._secrets["access_token"])


def connect(access: Access) -> MastodonConnection:
    """Open an account's connection; nothing is sent yet. Its tokens never expire, so nothing is renewed."""
    return connection_to(access.server, access.keeper.secrets, access.facts)


def connection_to(
    server: str, secrets: Secrets, facts: Facts, clock: Clock | None = None, trust: ssl.SSLContext | None = None
) -> MastodonConnection:
    """The same from its parts. `trust`: certificates to accept instead of the system's."""
    client = Client(server, clock or SystemClock(asyncio.sleep), token=secrets.get("access_token", ""), trust=trust)
    return MastodonConnection(client, secrets, facts)
