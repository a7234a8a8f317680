"""A process that dies at any step of sending a letter: the manager never gets it twice without the user's word, and never not at all."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.models.outbox import DeliveryState
from app.store.reading import outbox
from tests.end_to_end.mailing import services_in
from tests.fakes.clock import FakeClock
from tests.fakes.mail_server import MailServers
from tests.services.mail_shop import MARTA, MailShop

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60
STEPS = ("banner", "ehlo", "auth", "mail", "rcpt", "data", "body", "dot")
LEASE_AND_MORE = 90
ASKED_AFTER = 180


class Stopping(MailServers):
    """Says when it was reached, and hangs there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.reached = asyncio.Event()

    async def _step(self, name, writer):  # type: ignore[no-untyped-def]
        if self.hang_at == name:
            self.reached.set()
        return await super()._step(name, writer)

    async def _content(self, reader, writer):  # type: ignore[no-untyped-def]
        if self.hang_at == "body":
            self.reached.set()
        return await super()._content(reader, writer)


async def killed_at(server: Stopping, folder: Path, step: str) -> None:
    """Another process sends, and dies there."""
    server.hang_at = step
    command = (sys.executable, "-P", "-m", "tests.end_to_end.mailing", str(folder))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        await asyncio.wait_for(server.reached.wait(), PATIENCE_SECONDS)
    finally:
        process.kill()
        code = await asyncio.to_thread(process.wait)
    assert code == -signal.SIGKILL
    server.hang_at = ""


@pytest.mark.parametrize("step", STEPS)
async def test_a_process_that_dies_sends_no_letter_twice_and_loses_none(
    tmp_path: Path, clock: FakeClock, step: str
) -> None:
    server = Stopping(tmp_path)
    await server.start()
    shop = MailShop(tmp_path, clock, server)
    await shop.add()
    number = shop.owe()
    await shop.services.close()
    try:
        await killed_at(server, tmp_path, step)
        kept = shop.arrived()
        assert kept == 0 or step == "dot"
        clock.advance(LEASE_AND_MORE)
        again = services_in(tmp_path, clock, "test:2:after")
        try:
            await again.publishing.look_ahead()
            await again.publishing.send_due()
            assert shop.arrived() == kept  # nothing of doubt is sent again by itself
            clock.advance(ASKED_AFTER)
            await again.publishing.look_ahead()
            await again.publishing.send_due()
            item = again.database.reader.now(outbox.delivery, number)
            assert item is not None
            if kept:
                assert item.state is DeliveryState.OUT
            else:
                assert (item.state, bool(item.reason)) == (DeliveryState.UNSURE, True)  # the user is asked
                await again.outbox.settle(number, is_out=False)
                await again.publishing.send_due()
            done = again.database.reader.now(outbox.delivery, number)
            assert done is not None
            assert done.state is DeliveryState.OUT
            assert shop.arrived() == 1
            assert len({each.content for each in server.accepted if MARTA in each.recipients}) == 1
        finally:
            await again.close()
    finally:
        await server.stop()
