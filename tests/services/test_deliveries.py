"""One part of a delivery on its way, and whether the process that claimed it still lives."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.models.delivery import Delivery, PartOut
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import LinkPreview, Poll
from app.networks.outgoing import Held, LinkCard
from app.services.deliveries import held_of, outgoing, process_lives


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


# --- what a network gets to know of a part


def test_a_part_knows_its_number_its_beginning_and_its_root() -> None:
    begun = datetime(2026, 11, 18, 9, tzinfo=UTC)
    item = replace(thread(), begun_at=begun, quote="q1", progress=(PartOut("100"),))
    first, second = outgoing(replace(item, progress=()), 0, "", ()), outgoing(item, 1, "100", ())
    assert (first.number, first.root, first.quote, first.begun) == (0, "", "q1", begun)
    assert (second.number, second.root, second.quote, second.begun) == (1, "100", "", begun)


def test_a_reply_stands_in_the_thread_it_answers() -> None:
    reply = replace(thread(), kind=OutboxKind.REPLY, target="said-3", poll=None)
    assert outgoing(reply, 0, "said-3", (), root="said-1").root == "said-1"
    assert outgoing(reply, 0, "said-3", ()).root == "said-3"
    assert outgoing(replace(reply, progress=(PartOut("100"),)), 1, "100", (), root="said-1").root == "said-1"


def test_the_card_of_a_link_goes_with_the_first_part() -> None:
    item = replace(thread(), link_card=LinkPreview("https://discos.example", "Discos", "Aurora", "ab/c.jpg"))
    assert outgoing(item, 0, "", (), thumb="blob").link_card == LinkCard("https://discos.example", "Discos", "Aurora", "blob")
    assert outgoing(item, 1, "100", ()).link_card is None


def test_an_entry_of_the_servers_list_is_known_by_time_and_text() -> None:
    item = replace(thread(), parts=("uno  dos",))
    mine = Held("1", item.due_at, "uno dos")
    assert held_of(item, [Held("0", item.due_at, "otra"), mine], ()) == mine
    assert held_of(item, [mine], {"1"}) is None
    moved = replace(mine, at=item.due_at + timedelta(hours=1))
    assert held_of(item, [moved], ()) is None
    assert held_of(item, [moved], (), any_time=True) == moved
    assert held_of(item, [Held("2", item.due_at)], ()) == Held("2", item.due_at)  # a server that does not tell the text
