"""Two processes on one profile: what one queues the other sends, once; each hears of the other's commits within a second."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from app.models.outbox import DeliveryState
from app.runtime.clock import SystemClock
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import outbox
from tests.end_to_end.processes import Shop, wait_for

MASTODON = 2


def test_a_post_queued_by_one_goes_out_by_the_other_exactly_once(shop: Shop) -> None:
    service = shop.start("publish")
    items = shop.run("post", "--account", MASTODON, "--text", "encargo", "--queue")
    assert items[0]["state"] == "waiting"
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
    heard: list[Changes] = []
    database.changed.connect(heard.append)
    watching = asyncio.get_running_loop().create_task(database.watch())  # noqa: TID251  (the test's own)
    try:
        await asyncio.to_thread(shop.run, "post", "--account", MASTODON, "--text", "óyeme", "--queue")
        (number, created), = shop.rows("SELECT id, created_at FROM outbox WHERE json_extract(parts, '$[0]') = 'óyeme'")
        begin = time.monotonic()
        while not any(number in changes.ids("outbox") for changes in heard):
            assert time.monotonic() - begin < 1
            await asyncio.sleep(0.01)
        item = await database.read(outbox.item, number)
        assert item is not None
        assert item.state is DeliveryState.WAITING
        assert created > 0
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await database.close()


def test_another_process_hears_within_a_second_what_this_one_commits(shop: Shop, tmp_path: Path) -> None:
    """A service with nothing to do for hours sends what is queued here at once."""
    service = shop.start("publish")
    wait_for(lambda: "publishing" in (shop.root / "logs" / "command-line-publish.log").name and service.poll() is None, "it runs", service)
    shop.run("post", "--account", MASTODON, "--text", "primero", "--queue")
    wait_for(lambda: shop.state("primero") == "out", "it is awake", service)
    database = Database.open(shop.database, backups=tmp_path, clock=SystemClock())
    try:
        shop_rows = shop.rows("SELECT max(id) FROM outbox")
        database.write_now(lambda session: session.connection().exec_driver_sql("SELECT 1").one())
        shop.run("post", "--account", MASTODON, "--text", "segundo", "--queue")
        begin = time.monotonic()
        wait_for(lambda: shop.state("segundo") in ("claimed", "out"), "it is taken", service)
        assert time.monotonic() - begin < 1.5  # a second to hear it, and the scheduler's dues on a busy computer
        assert shop_rows
    finally:
        database.close_now()
        service.terminate()
        service.communicate(timeout=20)
