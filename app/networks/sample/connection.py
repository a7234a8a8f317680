"""A signed-in account on the simulated server, with exactly the abilities that its network's own card names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar, cast

from app.networks.network import Card, Connection, Facts, Figures, Limits, Page, Profile
from app.networks.outgoing import Found, Held, Outgoing, Sent, Upload
from app.networks.sample.failures import Verb
from app.networks.sample.keeping import KeepingWorld
from app.networks.sample.state import account_key

T = TypeVar("T")


class Server(Protocol):
    """What connections ask of the server; see server.py."""

    async def ask(self, account: str, verb: Verb, work: Callable[[], T]) -> T: ...

    def facts(self, account_remote_id: str) -> Facts: ...


class _Account:
    """What every account has: profile, limits, and a sign-in that can be revoked."""

    def __init__(self, server: Server, world: KeepingWorld, network: str, remote_id: str, card: Card) -> None:
        self._server = server
        self._world = world
        self._remote_id = remote_id
        self._key = account_key(network, remote_id)
        self._card = card

    async def profile(self) -> Profile:
        return await self._ask(Verb.PROFILE, lambda: self._world.profile(self._key))

    async def limits(self) -> tuple[Limits, Facts]:
        return await self._ask(Verb.LIMITS, lambda: (self._card.limits, self._server.facts(self._remote_id)))

    async def revoke(self) -> None:
        await self._ask(Verb.REVOKE, lambda: self._world.sign_out(self._key))

    async def close(self) -> None:
        """There are no sockets."""

    async def _ask(self, verb: Verb, work: Callable[[], T]) -> T:
        return await self._server.ask(self._key, verb, work)


class _Publishing(_Account):
    async def upload(self, picture: Upload) -> str:
        return await self._ask(Verb.UPLOAD, lambda: self._world.upload(self._key, picture))

    async def publish(self, part: Outgoing) -> Sent:
        return await self._ask(Verb.PUBLISH, lambda: self._world.publish(self._key, part))

    async def find_mine(self, part: Outgoing, since: datetime) -> Sent | Found:  # noqa: ARG002 (keys need no time)
        return await self._ask(Verb.FIND, lambda: self._world.find_mine(self._key, part))


class _Hearing(_Account):
    async def messages(self, cursor: str) -> AsyncIterator[Page]:
        while (page := await self._ask(Verb.HEAR, lambda at=cursor: self._world.page(self._key, at))) is not None:  # type: ignore[misc]
            yield page
            cursor = page.cursor


class _Measuring(_Account):
    async def figures(self, remote_ids: Sequence[str]) -> list[Figures]:
        return await self._ask(Verb.FIGURES, lambda: self._world.figures(self._key, remote_ids))


class _Liking(_Account):
    async def like(self, remote_id: str) -> None:
        await self._ask(Verb.LIKE, lambda: self._world.act(self._key, "like", remote_id, True))

    async def unlike(self, remote_id: str) -> None:
        await self._ask(Verb.LIKE, lambda: self._world.act(self._key, "like", remote_id, False))


class _Boosting(_Account):
    async def boost(self, remote_id: str) -> None:
        await self._ask(Verb.BOOST, lambda: self._world.act(self._key, "boost", remote_id, True))

    async def unboost(self, remote_id: str) -> None:
        await self._ask(Verb.BOOST, lambda: self._world.act(self._key, "boost", remote_id, False))


class _Deleting(_Account):
    async def delete(self, remote_id: str) -> None:
        await self._ask(Verb.DELETE, lambda: self._world.delete(self._key, remote_id))


class _Searching(_Account):
    async def search(self, words: str, cursor: str) -> AsyncIterator[Page]:
        while (page := await self._ask(Verb.SEARCH, lambda at=cursor: self._world.search(self._key, words, at))) is not None:  # type: ignore[misc]
            yield page
            cursor = page.cursor


class _Holding(_Account):
    async def may_hold(self, at: datetime) -> bool:
        return self._world.may_hold(at)

    async def hold(self, part: Outgoing, at: datetime) -> Held | Sent:
        return await self._ask(Verb.HOLD, lambda: self._world.hold(self._key, part, at))

    async def move_held(self, held_id: str, at: datetime) -> bool:
        return await self._ask(Verb.HELD, lambda: self._world.move_held(self._key, held_id, at))

    async def let_go_held(self, held_id: str) -> bool:
        return await self._ask(Verb.HELD, lambda: self._world.let_go_held(self._key, held_id))

    async def held(self) -> list[Held]:
        return await self._ask(Verb.HELD, lambda: self._world.held(self._key))


_BY_ABILITY: Mapping[str, type[_Account]] = {
    "publish": _Publishing,
    "hear": _Hearing,
    "metrics": _Measuring,
    "like": _Liking,
    "boost": _Boosting,
    "delete": _Deleting,
    "search": _Searching,
    "hold": _Holding,
}


def connection_for(server: Server, world: KeepingWorld, network: str, account_remote_id: str, card: Card) -> Connection:
    """A missing ability is a missing method, so the class is put together from the abilities of the card."""
    parts = tuple(part for ability, part in _BY_ABILITY.items() if ability in card.abilities)
    made = type("SampleConnection", parts or (_Account,), {})
    return cast(Connection, made(server, world, network, account_remote_id, card))
