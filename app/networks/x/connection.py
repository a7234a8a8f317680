"""A signed-in X account with all its abilities put together, one file each; and how one is opened."""

from __future__ import annotations

import asyncio
import ssl

from app.networks.client import Client
from app.networks.network import Access, Facts, Limits, Purse, SecretKeeper
from app.networks.x.acts import Acts
from app.networks.x.limits import limits_of
from app.networks.x.messages import Messages
from app.networks.x.metrics import Metrics
from app.networks.x.publishing import Publishing
from app.networks.x.wire import Wire, rates
from app.runtime.clock import Clock, SystemClock
from app.runtime.errors import Refused
from app.runtime.words import Message

SERVER = "https://api.x.com"


class XConnection(Publishing, Messages, Metrics, Acts):
    """Everything a program may do on X, with what concerns its limits and its tokens."""

    async def limits(self) -> tuple[Limits, Facts]:
        """By the account's subscription; X tells no others."""
        await self.profile()
        return self.known_limits()

    def known_limits(self) -> tuple[Limits, Facts]:
        """The same as last told."""
        values = {
            **self._facts.values,
            "account_id": self._me,
            "username": self._username,
            "subscription": self._subscription,
        }
        return limits_of(self._subscription), Facts("x", self._facts.version, values)

    async def revoke(self) -> None:
        """Make the tokens worthless. The four keys can only be revoked by their owner, in X's console."""
        if self._wire.keeper.secrets.get("access_token_secret"):
            raise Refused(Message("network.x.revoke_by_hand"))
        await self._wire.revoke()


def connect(access: Access) -> XConnection:
    """Open an account's connection; nothing is sent yet."""
    return connection_to(access.server or SERVER, access.keeper, access.facts, access.purse)


def connection_to(
    server: str,
    keeper: SecretKeeper,
    facts: Facts,
    purse: Purse | None = None,
    clock: Clock | None = None,
    trust: ssl.SSLContext | None = None,
) -> XConnection:
    """The same from its parts. `trust`: certificates to accept instead of the system's."""
    clock = clock or SystemClock(asyncio.sleep)
    return XConnection(
        Wire(Client(server, clock, trust=trust, rates=rates(clock), requests=900, seconds=900.0), keeper, purse), facts
    )
