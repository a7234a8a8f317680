"""One part of a delivery on its way, and whether the process that claimed it still lives."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime

from app.models.delivery import Delivery
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import Poll
from app.services.deliveries import outgoing, process_lives


def thread() -> Delivery:
    return Delivery(
        id=7,
        account_id=1,
        network="mastodon",
        kind=OutboxKind.POST,
        state=DeliveryState.CLAIMED,
        key="abc",
        target="",
        parts=("uno", "dos"),
        pictures=(),
        poll=Poll(("sí", "no")),
        visibility=Visibility.UNLISTED,
        warning="aviso",
        language="es",
        answer_title="",
        post_id=3,
        conversation_id=None,
        message_id=None,
        due_at=datetime(2026, 11, 18, tzinfo=UTC),
        next_try_at=None,
        attempts=0,
        progress=(),
        claimed_by="",
        claim_ends_at=None,
        first_claimed_at=None,
        reason="",
        remote_id="",
        url="",
        sent_at=None,
    )


def test_each_part_has_a_key_of_its_own_that_stays_over_all_attempts() -> None:
    first, second = outgoing(thread(), 0, "", ()), outgoing(thread(), 1, "100", ())
    assert first.key != second.key
    assert outgoing(thread(), 0, "", ("m1",)).key == first.key


def test_the_poll_goes_with_the_first_part_only() -> None:
    assert outgoing(thread(), 0, "", ()).poll == Poll(("sí", "no"))
    assert outgoing(thread(), 1, "100", ()).poll is None


def test_a_part_carries_what_was_planned() -> None:
    part = outgoing(thread(), 1, "100", ())
    assert (part.text, part.visibility, part.warning, part.language, part.reply_to) == ("dos", Visibility.UNLISTED, "aviso", "es", "100")


def test_this_process_lives_and_one_that_ended_does_not() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    here = socket.gethostname()
    assert process_lives(f"{here}:{os.getpid()}:x")
    assert not process_lives(f"{here}:{ended.pid}:x")


def test_of_another_computer_or_an_unknown_name_nothing_is_known_so_the_lease_decides() -> None:
    assert process_lives("another-computer:1:x")
    assert process_lives("no process id")
