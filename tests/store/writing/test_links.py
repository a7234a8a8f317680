"""Keeping tracked links: one a post, account and address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.models.tracked_link import Shortener, TrackedLink
from app.runtime.clock import to_ms
from app.store.reading import links as reading
from app.store.reading import outbox as outbox_reading
from app.store.writing import links as writing
from app.store.writing import outbox
from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in

LINK = TrackedLink(1, 1, "https://a.mx/x", "https://a.mx/x?utm_content=p1-1")


async def test_another_takes_the_place_of_the_one_before(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.post("Mira")
        began = clock.now()
        await shop.database.write(writing.keep, [LINK._replace(shortener=Shortener.BITLY)], to_ms(began))
        clock.advance(timedelta(minutes=5))
        await shop.database.write(writing.keep, [LINK._replace(shortener=Shortener.BITLY)], to_ms(clock.now()))
        assert [row.made_at for row in await shop.database.read(reading.of_post, 1)] == [began], (
            "the same again is no other"
        )
        short = LINK._replace(short="https://bit.ly/x", shortener=Shortener.BITLY, remote_id="bit.ly/x")
        await shop.database.write(writing.keep, [short], to_ms(clock.now()))
        assert await shop.database.read(reading.of_post, 1) == [short._replace(made_at=clock.now())]


async def test_another_takes_its_place_only_while_nobody_changed_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.post("Mira")
        now_ms = to_ms(clock.now())
        short = LINK._replace(short="https://bit.ly/x", shortener=Shortener.BITLY, remote_id="bit.ly/x")
        await shop.database.write(writing.keep, [short], now_ms)
        gone = short._replace(remote_id="")
        assert await shop.database.write(writing.amend, short, gone, now_ms)
        assert not await shop.database.write(writing.amend, short, LINK, now_ms)
        kept = await shop.database.read(reading.of_post, 1)
        assert [(row.short, row.is_gone) for row in kept] == [("https://bit.ly/x", True)]


async def test_a_text_gets_another_link_only_while_it_waits_as_it_was_seen(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("Mira https://bit.ly/x")
        item = await shop.database.read(outbox_reading.delivery, number)
        assert item is not None
        now_ms = to_ms(clock.now())
        short = LINK._replace(short="https://bit.ly/x", shortener=Shortener.BITLY, remote_id="bit.ly/x")
        await shop.database.write(writing.keep, [short], now_ms)
        changed = replace(item, parts=("Mira https://bit.ly/y",))
        other = short._replace(short="https://bit.ly/y", remote_id="bit.ly/y")
        assert not await shop.database.write(writing.put_instead, short, other, changed, item, now_ms), (
            "not what was seen"
        )
        assert await shop.database.write(writing.put_instead, short, other, item, changed, now_ms)
        shop.database.write_now(lambda session: outbox.claim(session, to_ms(item.due_at), "another", 60.0))
        assert not await shop.database.write(writing.put_instead, other, short, changed, item, now_ms), "it is claimed"
        found = await shop.database.read(outbox_reading.delivery, number)
        assert found is not None
        assert found.parts == changed.parts
        assert [row.short for row in await shop.database.read(reading.of_post, 1)] == ["https://bit.ly/y"]
