"""X for the contract test: the real connection before the X server of tests."""

from __future__ import annotations

from datetime import timedelta

from app.networks.network import Facts, Purse, Secrets
from app.networks.registry import by_id
from app.networks.x.connection import XConnection, connection_to
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.fakes.keeper import FakeKeeper
from tests.networks.x.server import ANA, CLIENT_ID, KEYS, LOST, ME, USERNAME, XOfTests, recorded

FACTS = Facts("x", "", {"account_id": ME, "username": USERNAME})
TOKENS: Secrets = {"client_id": CLIENT_ID, "access_token": "made-up-access", "refresh_token": "made-up-refresh"}


def open_connection(
    server: XOfTests, secrets: Secrets = TOKENS, facts: Facts = FACTS, purse: Purse | None = None
) -> tuple[XConnection, FakeKeeper]:
    """A signed-in connection to the server of tests, and its secrets."""
    keeper = FakeKeeper(secrets)
    assert isinstance(server.clock, FakeClock)
    return connection_to(server.url, keeper, facts, purse, server.clock), keeper


class XRig:
    """See the `Rig` of tests/networks/rigs.py."""

    nowhere = "404404"

    def __init__(self, clock: FakeClock, *, spelling: str = "new", keys: bool = False) -> None:
        """`keys`: signed in by the four keys of OAuth 1.0a instead of tokens."""
        self.card = by_id()["x"]
        self.clock = clock
        self.server = XOfTests(clock, spelling)
        self.connection: XConnection
        self._secrets = KEYS if keys else TOKENS

    async def start(self) -> None:
        await self.server.start()
        self.connection, _ = open_connection(self.server, self._secrets)

    async def stop(self) -> None:
        await self.connection.close()
        await self.server.stop()

    def customer_writes(self, text: str, *, under: str = "") -> str:
        self.clock.advance(1)
        return self.server.say(ANA, text, reply_to=under)

    def stored(self) -> list[str]:
        return [post["id"] for post in self.server.ours]

    def limit(self, seconds: int) -> None:
        reset = self.clock.now() + timedelta(seconds=seconds)
        headers = {
            "x-rate-limit-limit": "100",
            "x-rate-limit-remaining": "0",
            "x-rate-limit-reset": str(int(reset.timestamp())),
        }
        self.server.limited = Reply(429, recorded("too_many"), headers=headers)

    def refuse_token(self) -> None:
        self.server.token_ok = False

    async def cut_off(self) -> None:
        await self.server.stop()

    def lose_answer(self, *, stored: bool) -> None:
        self.server.faults.append((stored, LOST))

    def reject(self) -> None:
        self.server.faults.append((False, Reply(403, recorded("not_permitted"))))
