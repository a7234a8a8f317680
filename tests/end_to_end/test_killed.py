"""A process that dies at any moment of sending: the next one finds out what became of it, and everything is out exactly once."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.end_to_end.processes import Shop, kill, wait_for

MASTODON = 2
TEXT = "antes del apagón"
PARTS = ("hilo: uno", "hilo: dos", "hilo: tres")
SLOW = 0.6
"""Seconds that the simulated server takes to answer: enough to die in."""


def settled(shop: Shop, *texts: str) -> None:
    """Another process settles it: out, and at the network once each."""
    items = shop.run("publish", "--once")
    assert texts[0] in " ".join(item["text"] for item in items if item["state"] == "out")
    assert shop.state(texts[0]) == "out"
    assert shop.stored(*texts) == list(texts)
    shop.run("publish", "--once")  # and once more changes nothing
    assert shop.stored(*texts) == list(texts)


def words_of(texts: tuple[str, ...]) -> list[str]:
    return [word for text in texts for word in ("--text", text)]


def claimed(shop: Shop) -> bool:
    return shop.state(TEXT) == "claimed"


def leaves(shop: Shop) -> bool:
    """The claim was prolonged, which is the last that is written before the network is asked."""
    claimed_at, ends_at = shop.claim_ends(TEXT)
    return ends_at > claimed_at + 60_000


def die_with_the_answer(shop: Shop, process: subprocess.Popen[str], *texts: str) -> None:
    """The server has it, and the process dies before it can write that down."""
    with shop.held():
        wait_for(lambda: len(shop.stored(*texts)) == len(texts), "it is stored", process)
        kill(process)


def test_before_anything_was_claimed(shop: Shop) -> None:
    process = shop.start("post", "--account", MASTODON, "--text", TEXT, "--at", "2999-01-01T00:00:00Z")
    wait_for(lambda: shop.state(TEXT) == "waiting", "it is owed", process)
    kill(process)
    number = shop.rows("SELECT max(id) FROM outbox")[0][0]
    assert shop.run("outbox", "retry", number)[0]["state"] == "out"
    settled_before = shop.stored(TEXT)
    assert settled_before == [TEXT]


def test_between_the_claim_and_the_servers_storing_it(shop: Shop) -> None:
    process = shop.start("post", "--account", MASTODON, "--text", TEXT, latency=SLOW)
    wait_for(lambda: claimed(shop), "it is claimed", process)
    kill(process)
    assert (shop.stored(TEXT), shop.state(TEXT)) == ([], "claimed")
    settled(shop, TEXT)


def test_after_the_server_stored_it_and_before_the_answer_was_written_down(shop: Shop) -> None:
    process = shop.start("post", "--account", MASTODON, "--text", TEXT, latency=SLOW)
    wait_for(lambda: leaves(shop), "it leaves", process)
    die_with_the_answer(shop, process, TEXT)
    assert shop.state(TEXT) == "claimed"
    settled(shop, TEXT)


def test_in_the_middle_of_a_thread(shop: Shop) -> None:
    process = shop.start("post", "--account", MASTODON, *words_of(PARTS), latency=SLOW)
    wait_for(lambda: shop.parts_out(PARTS[0]) == 1, "the first part is out", process)
    kill(process)
    settled(shop, *PARTS)


def test_after_the_server_stored_the_middle_of_a_thread(shop: Shop) -> None:
    process = shop.start("post", "--account", MASTODON, *words_of(PARTS), latency=SLOW)
    wait_for(lambda: shop.parts_out(PARTS[0]) == 1, "the first part is out", process)
    first_end = shop.claim_ends(PARTS[0])[1]
    wait_for(lambda: shop.claim_ends(PARTS[0])[1] > first_end, "the second part leaves", process)
    die_with_the_answer(shop, process, *PARTS[:2])
    settled(shop, *PARTS)


def test_while_a_picture_goes_up(shop: Shop, tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), "navy").save(tmp_path / "portada.png")
    process = shop.start(
        "post", "--account", MASTODON, "--text", TEXT, "--media", tmp_path / "portada.png", "--alt", "portada azul", latency=SLOW
    )
    wait_for(lambda: b'{"op":"media"' in shop.journal.read_bytes(), "the picture is up", process)
    kill(process)
    settled(shop, TEXT)


def test_a_reply(shop: Shop) -> None:
    number = shop.run("inbox", "list", "--account", MASTODON, "--limit", 1)[0]["id"]
    process = shop.start("inbox", "reply", number, "--text", TEXT, latency=SLOW)
    wait_for(lambda: leaves(shop), "it leaves", process)
    die_with_the_answer(shop, process, TEXT)
    shop.run("publish", "--once")
    assert (shop.state(TEXT), len(shop.stored(TEXT))) == ("out", 1)
    shown = [item["text"] for item in shop.run("inbox", "show", number)]
    assert len([text for text in shown if TEXT in text]) == 1


def test_twice_in_a_row_while_finding_out(shop: Shop) -> None:
    """The process that was to find out dies as well."""
    first = shop.start("post", "--account", MASTODON, "--text", TEXT, latency=SLOW)
    wait_for(lambda: leaves(shop), "it leaves", first)
    die_with_the_answer(shop, first, TEXT)
    second = shop.start("publish", "--once", latency=SLOW)
    wait_for(lambda: shop.state(TEXT) == "unsure", "it is in doubt", second)
    kill(second)
    settled(shop, TEXT)


def test_a_service_that_is_asked_to_end_ends_in_order(shop: Shop) -> None:
    service = shop.start("publish")
    shop.run("post", "--account", MASTODON, "--text", TEXT, "--queue")
    wait_for(lambda: shop.state(TEXT) == "out", "it is out", service)
    service.terminate()
    _out, err = service.communicate(timeout=20)
    assert (service.returncode, err) == (0, "")
    assert not shop.database.with_name("tertulia.db-wal").exists()  # one complete file


@pytest.mark.parametrize("when", [claimed, lambda shop: shop.state(TEXT) == "out"], ids=["claimed", "out"])
def test_a_service_killed_and_started_again(shop: Shop, when: Callable[[Shop], bool]) -> None:
    service = shop.start("publish", latency=SLOW)
    post = shop.start("post", "--account", MASTODON, "--text", TEXT, "--queue")
    wait_for(lambda: when(shop), "the moment has come", service)  # which is over before a busy machine has ended the other process
    kill(service)
    post.communicate(timeout=20)
    assert post.returncode == 0
    again = shop.start("publish")
    wait_for(lambda: shop.state(TEXT) == "out", "it is out", again)
    again.terminate()
    again.communicate(timeout=20)
    assert shop.stored(TEXT) == [TEXT]
