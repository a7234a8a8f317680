"""What all abilities of a signed-in X account share: the wire, who we are, and which spelling the server takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from app.networks.client import Answer, Pairs
from app.networks.hearing import Allowance
from app.networks.network import Facts, Profile
from app.networks.x import api, shapes
from app.networks.x.api import Spelling
from app.networks.x.wire import Wire, data_of
from app.runtime.errors import Offline, Refused
from app.runtime.words import Message


class Session:
    """One signed-in account. `close` it."""

    def __init__(self, wire: Wire, facts: Facts) -> None:
        self._wire = wire
        self._facts = facts
        self._me = facts.values.get("account_id", "")
        self._username = facts.values.get("username", "")
        self._spelling = api.NEW
        self._spelling_taken = False
        """Something was read with it: what is refused from then on is refused for another reason."""
        self._subscription = facts.values.get("subscription", "")

    async def profile(self) -> Profile:
        """Who we are. Raises `SignedOut` when the token is no longer good."""
        answer = await api.me(self._wire)
        data = data_of(answer)
        profile = shapes.profile_of(data)
        if profile is None:
            raise Offline(
                Message("network.server_trouble", {"host": "X", "status": answer.status}),
                technical="no account in users/me",
            )
        self._me, self._username = profile.remote_id, profile.handle.lstrip("@")
        found = data.get("subscription_type")
        self._subscription = found if isinstance(found, str) and found != "None" else ""
        return profile

    def allowance(self) -> Allowance:
        """What X still takes of us."""
        rates = self._wire.client.rates
        return Allowance(rates.asked, *(rates.scarcest() or (None, None)))

    async def close(self) -> None:
        """Let go of the sockets."""
        await self._wire.client.close()

    async def _my_id(self) -> str:
        return self._me or (await self.profile()).remote_id

    async def _own_posts(self, size: int, bounds: Pairs, *, placed: bool = True) -> Answer:
        """A page of our own timeline, newest first; `placed`: with what each post answers."""
        me = await self._my_id()
        return await self._spelt(lambda spelling: api.own_posts(self._wire, me, spelling, size, bounds, placed=placed))

    async def _spelt(self, read: Callable[[Spelling], Awaitable[Answer]]) -> Answer:
        """Read in the new spelling, and from the first time that the server does not know it in the old one."""
        try:
            answer = await read(self._spelling)
        except Refused as error:
            if self._spelling is api.OLD or ": 400 " not in error.technical or not _names_a_field(error.technical):
                raise
            self._spelling = api.OLD
            answer = await read(self._spelling)
        self._spelling_taken = True
        return answer


def _names_a_field(words: str) -> bool:
    return any(name in words for name in ("fields", "expansions", "referenced_posts", "note_post"))
