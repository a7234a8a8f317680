"""A reading in a process of its own, for the test that kills it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from app.networks.mastodon.connection import MastodonConnection, connection_to
from app.networks.mastodon.server import STREAMING, facts_of
from tests.fakes.clock import FakeClock
from tests.networks.mastodon.server_of_tests import TOKEN, recorded
from tests.services.shop import SmallShop


async def read(folder: Path, url: str, process: str) -> None:
    """Read all there is, over and over."""
    clock = FakeClock()
    shop = SmallShop(folder, clock, stock=False, process=process)
    facts = facts_of(recorded("instance_v2"), "mastodon", "", "109")
    values = {name: value for name, value in facts.values.items() if name != STREAMING}

    def connect(*_: object) -> MastodonConnection:
        return connection_to(url, {"access_token": TOKEN}, replace(facts, values=values), clock)

    shop.services.connections._connect = connect
    sys.stdout.write("reading\n")
    sys.stdout.flush()
    while True:
        await shop.services.sync.look_now()
