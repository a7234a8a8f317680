"""For each network that connects a rig: the real connection, a server behind it, and a few handles to make that server misbehave.

A new network adds its rig to `RIGS`; the contract test does the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

from app.networks import sample
from app.networks.bluesky.connection import BlueskyConnection
from app.networks.bluesky.connection import connection_to as bluesky_connection_to
from app.networks.mastodon.connection import MastodonConnection, connection_to
from app.networks.mastodon.server import facts_of
from app.networks.network import Card, Facts
from app.networks.registry import by_id
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.fakes.keeper import FakeKeeper
from tests.networks.bluesky import pds, wire
from tests.networks.mastodon.server_of_tests import ANA, LOST, TOKEN, MastodonOfTests, recorded
from tests.networks.sample.rig import SampleRig
from tests.networks.x.rig import XRig


class Rig(Protocol):
    """What the contract needs of a network under test."""

    card: Card
    connection: Any
    nowhere: str
    """Remote id of a post that is not there."""

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

    nowhere = "404404"

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


class BlueskyRig:
    """The Bluesky folder over a small server that keeps records as the reference implementation does."""

    nowhere = f"at://{pds.OURS}/{pds.POST}/3aaaaaaaaaaaa#bafyreinone"

    def __init__(self, clock: FakeClock) -> None:
        self.card = by_id()["bluesky"]
        self.clock = clock
        self.server = pds.PdsOfTests(clock)
        self.connection: BlueskyConnection

    async def start(self) -> None:
        await self.server.start()
        self.connection = open_bluesky(self.server)

    async def stop(self) -> None:
        await self.connection.close()
        await self.server.stop()

    def customer_writes(self, text: str, *, under: str = "") -> str:
        self.clock.advance(1)
        return self.server.say(pds.ANA, text, reply_to=under)

    def stored(self) -> list[str]:
        return [f"{post['uri']}#{post['cid']}" for post in self.server.posts()]

    def limit(self, seconds: int) -> None:
        self.server.limit(seconds)

    def refuse_token(self) -> None:
        self.server.forget_sessions()
        self.server.password_ok = False

    async def cut_off(self) -> None:
        await self.server.stop()

    def lose_answer(self, *, stored: bool) -> None:
        self.server.faults.append((stored, pds.LOST))

    def reject(self) -> None:
        self.server.faults.append((False, wire.error(400, "InvalidRequest", "Invalid app.bsky.feed.post record: no")))


def open_bluesky(server: pds.PdsOfTests, keeper: FakeKeeper | None = None) -> BlueskyConnection:
    """A signed-in connection to the server of tests; its video service answers at the same address."""
    if keeper is None:
        session = server.session()
        tokens = {"access_token": session["accessJwt"], "refresh_token": session["refreshJwt"]}
        keeper = FakeKeeper({"app_password": pds.APP_PASSWORD, **tokens})
    facts = Facts("pds", "0.4", {"pds": server.url, "account_id": pds.OURS})
    return bluesky_connection_to(server.url, keeper, facts, server.clock, video=server.url)


def open_connection(server: MastodonOfTests, facts: Facts | None = None) -> MastodonConnection:
    """A signed-in connection to the server of tests."""
    name = {"mastodon": "instance_v2", "gotosocial": "instance_v2_gotosocial", "snac": "instance_v1_snac"}[server.flavour]
    facts = facts or facts_of(recorded(name), server.flavour, "", "109")
    return connection_to(server.url, {"access_token": TOKEN, "client_id": "c", "client_secret": "s"}, facts, server.clock)


RIGS: dict[str, Callable[[FakeClock], Rig]] = {
    "mastodon": lambda clock: MastodonRig(clock, "mastodon"),
    "mastodon on gotosocial": lambda clock: MastodonRig(clock, "gotosocial"),
    "mastodon on snac": lambda clock: MastodonRig(clock, "snac"),
    "x": lambda clock: XRig(clock),
    "x in the old spelling": lambda clock: XRig(clock, spelling="old"),
    "bluesky": BlueskyRig,
    "sample": lambda clock: SampleRig(clock, sample.CARD),
    "x in the sample shop": lambda clock: SampleRig(clock, by_id()["x"]),
}

