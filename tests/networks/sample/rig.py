"""The sample network for the contract test: any card with the simulated server behind it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.networks.network import Card
from app.networks.sample.failures import FailureKind, Verb
from app.networks.sample.server import SampleServer
from app.networks.sample.state import ServedAccount, Speaker
from app.runtime.clock import to_ms
from tests.fakes.clock import FakeClock

REMOTE_ID = "9"
INES = Speaker("", "1", "@ines", "Inés", "es", 80)


class SampleRig:
    """See the `Rig` of tests/networks/rigs.py."""

    nowhere = "404404"

    def __init__(self, clock: FakeClock, card: Card) -> None:
        self.card = card
        self.clock = clock
        self.connection: Any = None

    async def start(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.server = SampleServer(Path(self._folder.name) / "network.jsonl", self.clock)
        account = ServedAccount(self.card.id, REMOTE_ID, "@aurora", "Discos Aurora", 900, 1.0, to_ms(self.clock.now()))
        self.server.stock(accounts=[account])
        self.connection = self.server.connect(self.card.id, REMOTE_ID, self.card)

    async def stop(self) -> None:
        await self.connection.close()
        self._folder.cleanup()

    def customer_writes(self, text: str, *, under: str = "") -> str:
        self.clock.advance(1)
        return self.server.write(self.card.id, REMOTE_ID, replace(INES, network=self.card.id), text, under)

    def stored(self) -> list[str]:
        return [post.id for post in self.server.published(self.card.id, REMOTE_ID)]

    def limit(self, seconds: int) -> None:
        self.server.fail(FailureKind.RATE_LIMITED, lasting=True, seconds=seconds)

    def refuse_token(self) -> None:
        self.server.fail(FailureKind.SIGNED_OUT, lasting=True)

    async def cut_off(self) -> None:
        self.server.fail(FailureKind.OFFLINE, lasting=True)

    def lose_answer(self, *, stored: bool) -> None:
        self.server.fail(FailureKind.ANSWER_LOST if stored else FailureKind.TIME_OUT, verb=Verb.PUBLISH)

    def reject(self) -> None:
        self.server.fail(FailureKind.REFUSED, verb=Verb.PUBLISH)
