"""For each network that connects a rig: the real connection, a server behind it, and a few handles to make that server misbehave.

A new network adds its rig to `RIGS`; the contract test does the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

from app.networks import sample
from app.networks.mastodon.connection import MastodonConnection, connection_to
from app.networks.mastodon.server import facts_of
from app.networks.network import Card, Facts
from app.networks.registry import by_id
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.mastodon.server_of_tests import ANA, LOST, TOKEN, MastodonOfTests, recorded
from tests.networks.sample.rig import SampleRig


class Rig(Protocol):
    """What the contract needs of a network under test."""

    card: Card
    connection: Any

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def customer_writes(self, text: str, *, under: str = "") -> str:
        """A customer writes to us, publicly; answers the message's remote id."""

    def stored(self) -> list[str]:
        """Remote ids of everything that we have published, oldest first."""

    def limit(self, seconds: int) -> None:
        """The server takes no more requests for so long."""

    def refuse_token(self) -> None:
        """The token is no longer good."""

    async def cut_off(self) -> None:
        """Nobody answers any more."""

    def lose_answer(self, *, stored: bool) -> None:
        """The next post is `stored` or not, and either way the line breaks before the answer."""

    def reject(self) -> None:
        """The next post is refused for good."""


class MastodonRig:
    """The Mastodon folder over recorded shapes, in one flavour of server."""

    def __init__(self, clock: FakeClock, flavour: str) -> None:
        self.card = by_id()["mastodon"]
        self.clock = clock
        self.server = MastodonOfTests(clock, flavour)
        self.connection: MastodonConnection

    async def start(self) -> None:
        await self.server.start()
        self.connection = open_connection(self.server)

    async def stop(self) -> None:
        await self.connection.close()
        await self.server.stop()

    def customer_writes(self, text: str, *, under: str = "") -> str:
        self.clock.advance(1)
        return self.server.say(ANA, f"<p>{text}</p>", reply_to=under)

    def stored(self) -> list[str]:
        ours = [status for status in self.server.statuses.values() if status["account"]["id"] == "109"]
        return [status["id"] for status in ours]

    def limit(self, seconds: int) -> None:
        reset = self.clock.now() + timedelta(seconds=seconds)
        shown = str(int(reset.timestamp())) if self.server.flavour == "gotosocial" else reset.isoformat()
        self.server.limited = Reply(429, {"error": "Too many requests"}, headers={"x-ratelimit-reset": shown, "x-ratelimit-remaining": "0"})

    def refuse_token(self) -> None:
        self.server.token_ok = False

    async def cut_off(self) -> None:
        await self.server.stop()

    def lose_answer(self, *, stored: bool) -> None:
        self.server.faults.append((stored, LOST))

    def reject(self) -> None:
        self.server.faults.append((False, Reply(422, {"error": "Validation failed: no"})))


def open_connection(server: MastodonOfTests, facts: Facts | None = None) -> MastodonConnection:
    """A signed-in connection to the server of tests."""
    name = {"mastodon": "instance_v2", "gotosocial": "instance_v2_gotosocial", "snac": "instance_v1_snac"}[server.flavour]
    facts = facts or facts_of(recorded(name), server.flavour, "", "109")
    return connection_to(server.url, {"access_token": TOKEN, "client_id": "c", "client_secret": "s"}, facts, server.clock)


RIGS: dict[str, Callable[[FakeClock], Rig]] = {
    "mastodon": lambda clock: MastodonRig(clock, "mastodon"),
    "mastodon on gotosocial": lambda clock: MastodonRig(clock, "gotosocial"),
    "mastodon on snac": lambda clock: MastodonRig(clock, "snac"),
    "sample": lambda clock: SampleRig(clock, sample.CARD),
    "x in the sample shop": lambda clock: SampleRig(clock, by_id()["x"]),
}

