"""The sample shop's mailbox: a letter is stored once a key, found again, and answered after a while by whom it was sent to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.mail.composing import message_id
from app.models.letter import LetterPage, Mail
from app.models.mailbox import EMAIL
from app.networks import registry
from app.networks.outgoing import Found, Outgoing, Sent
from app.networks.sample.server import SampleServer
from app.networks.sample.state import ServedAccount
from app.runtime.clock import to_ms
from app.runtime.errors import Damaged
from app.runtime.paths import resources
from app.services.mailbox import ReadsLetters
from app.services.sample_mailbox import ANSWERED_AFTER, Answering, SampleMailbox, World, connect_sample, read_world
from tests.fakes.clock import FakeClock

ADDRESS, HECTOR = "lucia@x.example", "hector@x.example"
CARD = registry.by_id()[EMAIL]
LETTER = Outgoing(key="k-0", text="¿Sí?", mail=Mail(HECTOR, "Aduana", token="abcdefghijkl"))


@pytest.fixture
def mailbox(tmp_path: Path, clock: FakeClock) -> SampleMailbox:
    server = SampleServer(tmp_path / "network.jsonl", clock)
    server.stock([ServedAccount(EMAIL, "box", ADDRESS, "Lucía", 0, 0.0, to_ms(clock.now()))])
    world = World(ADDRESS, {HECTOR: Answering("Héctor", "Sí.")})
    access: Any = None
    made = connect_sample(server, clock, lambda: world)(CARD, "box", access)
    assert isinstance(made, SampleMailbox)
    return made


async def read(mailbox: SampleMailbox, last_uid: int = 0) -> LetterPage:
    (page,) = [page async for page in mailbox.letters(1, last_uid)]
    return page


async def test_a_letter_has_one_message_id_however_often_it_is_sent(mailbox: SampleMailbox) -> None:
    first, again = await mailbox.publish(LETTER), await mailbox.publish(LETTER)
    assert first.remote_id == again.remote_id == message_id("k", ADDRESS)
    found = await mailbox.find_mine(LETTER, first.at)
    assert isinstance(found, Sent)
    assert found.remote_id == first.remote_id
    assert await mailbox.find_mine(replace(LETTER, key="other-0"), first.at) is Found.NOT_THERE


async def test_the_manager_answers_after_a_while_and_once(mailbox: SampleMailbox, clock: FakeClock) -> None:
    assert isinstance(mailbox, ReadsLetters)
    sent = await mailbox.publish(LETTER)
    assert (await read(mailbox)).letters == ()
    assert not await mailbox.wait(0)
    clock.advance(ANSWERED_AFTER.total_seconds())
    assert await mailbox.wait(5)
    (letter,) = (page := await read(mailbox)).letters
    assert (letter.from_address, letter.in_reply_to, letter.text) == (HECTOR, sent.remote_id, "Sí.")
    assert "[#abcdefghijkl]" in letter.subject
    assert (await read(mailbox, page.last_uid)).letters == ()
    assert not await mailbox.wait(0)


async def test_nobody_answers_for_somebody_else(mailbox: SampleMailbox, clock: FakeClock) -> None:
    await mailbox.publish(replace(LETTER, mail=Mail("else@x.example", "Hola")))
    clock.advance(1000)
    assert (await read(mailbox)).letters == ()


def test_its_world_is_the_sample_shops(tmp_path: Path) -> None:
    world = read_world(resources() / "sample")
    assert len(world.answers) == 3
    with pytest.raises(Damaged):
        read_world(tmp_path)
