"""The secrets of one account in memory, renewed as the real keeper does, without a keyring and a lease."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from app.networks.network import Secrets


class FakeKeeper:
    """`renewals` counts the exchanges that were made."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets: Secrets = dict(secrets)
        self.renewals = 0

    async def renew(self, spent: Secrets, exchange: Callable[[Secrets], Awaitable[Secrets]]) -> Secrets:
        if dict(self.secrets) == dict(spent):
            self.secrets = dict(await exchange(spent))
            self.renewals += 1
        return self.secrets
