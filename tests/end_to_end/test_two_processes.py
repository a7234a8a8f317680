"""Two processes on one profile: what one queues the other sends, once; each hears of the other's commits within a second."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from app.runtime.clock import SystemClock, to_ms
from app.store.changes import Changes
from app.store.database import Database
from app.store.schema import check_file
from app.store.writing import outbox
from tests.end_to_end.processes import Shop, wait_for

MASTODON = 2


def test_a_post_queued_by_one_goes_out_by_the_other_exactly_once(shop: Shop) -> None:
    service = shop.start("publish")
    items = shop.run("post", "--account", MASTODON, "--text", "encargo", "--queue")
    assert items[0]["state"] in ("waiting", "claimed", "out")  # the other may be at it already
    wait_for(lambda: shop.state("encargo") == "out", "it is out", service)
    service.terminate()
    service.communicate(timeout=20)
    assert shop.stored("encargo") == ["encargo"]


def test_two_engines_and_a_crowd_of_posts_send_each_once(shop: Shop) -> None:
    services = [shop.start("publish") for _ in range(2)]
    texts = [f"encargo {number}" for number in range(6)]
    starting = [shop.start("post", "--account", 1, MASTODON, 3, "--text", text, "--queue") for text in texts[:2]]
    for process in starting:
        process.communicate(timeout=30)
    for text in texts[2:]:
        shop.run("post", "--account", MASTODON, "--text", text)  # sends itself, and so do the services
    wait_for(lambda: not shop.rows("SELECT 1 FROM outbox WHERE state IN ('waiting', 'claimed') AND due_at < unixepoch() * 1000"), "all is out")
    for service in services:
        service.terminate()
        service.communicate(timeout=20)
    assert sorted(shop.stored("encargo")) == sorted(texts[:2] * 3 + texts[2:])
    states = {row[0] for row in shop.rows("SELECT state FROM outbox WHERE json_extract(parts, '$[0]') LIKE 'encargo%'")}
    assert states == {"out"}


async def test_this_process_hears_within_a_second_what_another_commits(shop: Shop, tmp_path: Path) -> None:
    database = Database.open(shop.database, backups=tmp_path, clock=SystemClock(asyncio.sleep))
    heard: dict[int, float] = {}

    def hear(changes: Changes) -> None:
        for number in changes.ids("outbox"):
            heard.setdefault(number, SystemClock().now().timestamp())

    database.changed.connect(hear)
    watching = asyncio.get_running_loop().create_task(database.watch())
    try:
        items = await asyncio.to_thread(shop.run, "post", "--account", MASTODON, "--text", "óyeme", "--queue")
        number = items[0]["id"]
        end = time.monotonic() + 5
        while number not in heard:
            assert time.monotonic() < end, "it was never heard"
            await asyncio.sleep(0.01)
        committed = (await database.read(lambda c: c.execute("SELECT created_at FROM outbox WHERE id = ?", (number,)).fetchone()))[0]
        assert heard[number] - committed / 1000 < 1
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await database.close()


def test_another_process_hears_within_a_second_what_this_one_commits(shop: Shop, tmp_path: Path) -> None:
    """A service with nothing to do for hours sends at once what is put back into the outbox here."""
    number = shop.run("post", "--account", MASTODON, "--text", "despierta", "--at", "2999-01-01T00:00:00Z")[0]["id"]
    service = shop.start("publish")
    shop.run("post", "--account", MASTODON, "--text", "primero", "--queue")
    wait_for(lambda: shop.state("primero") == "out", "it is awake", service)
    clock = SystemClock()
    database = Database.open(shop.database, backups=tmp_path, clock=clock)
    try:
        begin = clock.now()
        database.write_now(lambda session: outbox.reschedule(session, number, to_ms(begin), to_ms(begin)))
        wait_for(lambda: shop.state("despierta") in ("claimed", "out"), "it is taken", service)
        claimed_at = shop.rows("SELECT claimed_at FROM outbox WHERE id = ?", number)[0][0]
        assert claimed_at - to_ms(begin) < 1000
        wait_for(lambda: shop.state("despierta") == "out", "it is out", service)
    finally:
        database.close_now()
    assert shop.stored("despierta") == ["despierta"]


def test_a_process_that_ends_leaves_the_log_to_those_that_still_read_it(shop: Shop, tmp_path: Path) -> None:
    """Looking at the file must not give up the locks that this process holds on it: the other would take itself for the last one."""
    database = Database.open(shop.database, backups=tmp_path, clock=SystemClock())
    try:
        check_file(shop.database)
        assert shop.run("post", "--account", MASTODON, "--text", "en el registro", "--queue")
        assert shop.database.with_name("tertulia.db-wal").exists()
        assert database.reader.now(lambda c: c.execute("PRAGMA quick_check").fetchone()[0]) == "ok"
    finally:
        database.close_now()
