"""Renewing the tokens of one account: once over all processes of the profile, and kept before anybody uses them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from app.networks.network import Secrets
from app.runtime.clock import Clock, to_ms
from app.runtime.credentials import Credentials
from app.runtime.errors import Offline, SignedOut
from app.store.database import Database
from app.store.writing import leases

_log = logging.getLogger(__name__)

LEASE_SECONDS = 120
"""Longer than any exchange of tokens is waited for; a process that dies holds the others up no longer than this."""
LOOK_EVERY = 1.0
LOOKS = 150


class AccountSecrets:
    """The `SecretKeeper` of one account: the keyring holds the secrets, a lease in the database says who may renew them."""

    def __init__(
        self, database: Database, credentials: Credentials, clock: Clock, account_id: int, key: str, secrets: Secrets
    ) -> None:
        """`key` names the account's secrets in the keyring, `secrets` are those just read from there."""
        self._database = database
        self._credentials = credentials
        self._clock = clock
        self._key = key
        self._lease = f"renew.{account_id}"
        self._secrets = secrets
        self._renewing = asyncio.Lock()

    @property
    def secrets(self) -> Secrets:
        return self._secrets

    async def renew(self, spent: Secrets, exchange: Callable[[Secrets], Awaitable[Secrets]]) -> Secrets:
        """See `SecretKeeper`. The exchange is carried to its end even where whoever asked for it is cancelled: what a server has
        answered once, it does not answer again.
        """
        return await asyncio.shield(self._renew(spent, exchange))

    async def _renew(self, spent: Secrets, exchange: Callable[[Secrets], Awaitable[Secrets]]) -> Secrets:
        async with self._renewing:
            if dict(self._secrets) != dict(spent):
                return self._secrets
            await self._take_turn()
            try:
                stored = await asyncio.to_thread(self._credentials.get, self._key)
                if stored is None:
                    raise SignedOut(technical="renewal: the secrets are gone")
                if stored != dict(spent):
                    self._secrets = stored
                    return stored
                fresh = dict(await exchange(stored))
                await asyncio.to_thread(self._credentials.set, self._key, fresh)
                self._secrets = fresh
                _log.info("%s: tokens renewed", self._lease)
                return fresh
            finally:
                await self._database.write(leases.release, self._lease, self._database.process_id)

    async def _take_turn(self) -> None:
        for _ in range(LOOKS):
            now = to_ms(self._clock.now())
            if await self._database.write(leases.take, self._lease, self._database.process_id, now, LEASE_SECONDS):
                return
            await self._clock.sleep(LOOK_EVERY)
        raise Offline(technical=f"{self._lease}: another process has been renewing for long")
