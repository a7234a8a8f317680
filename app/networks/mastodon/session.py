"""What all abilities of a signed-in Mastodon account share: the client, the server's quirks, and who we are."""

from __future__ import annotations

from dataclasses import replace

from app.networks import fields
from app.networks.client import Client
from app.networks.hearing import Allowance
from app.networks.mastodon import api, shapes
from app.networks.mastodon.server import Quirks, quirks_of
from app.networks.network import Facts, Profile, Secrets
from app.runtime.errors import Offline, SignedOut
from app.runtime.words import Message


class Session:
    """One signed-in account. `close` it."""

    def __init__(self, client: Client, secrets: Secrets, facts: Facts) -> None:
        self._client = client
        self._secrets = secrets
        self._facts = facts
        self._quirks: Quirks = quirks_of(facts)
        self._home = facts.values.get("domain", "") or client.host
        self._me = facts.values.get("account_id", "")

    async def profile(self) -> Profile:
        """Who we are. Raises `SignedOut` when the token is no longer good."""
        answer = await api.verify_credentials(self._client)
        if answer.status == 422:
            raise SignedOut(technical="verify_credentials: 422")
        profile = shapes.profile_of(fields.mapping(answer.data))
        if profile is None:
            raise Offline(Message("network.server_trouble", {"host": self._client.host, "status": answer.status}), technical="no account in verify_credentials")
        self._me = profile.remote_id
        if self._quirks.nought_is_unknown:
            followers, following, posts = profile.followers or None, profile.following or None, profile.posts or None
            return replace(profile, followers=followers, following=following, posts=posts)
        return profile

    def allowance(self) -> Allowance:
        """What the server still takes of us."""
        return Allowance(self._client.rates.asked, *(self._client.rates.scarcest() or (None, None)))

    async def close(self) -> None:
        """Let go of the sockets."""
        await self._client.close()

    async def _my_id(self) -> str:
        """Our account's id at the server; asked for once if it was not stored."""
        return self._me or (await self.profile()).remote_id
