"""Keeping tracked links: one a post, account and address."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.models.tracked_link import Shortener, TrackedLink
from app.runtime.clock import to_ms
from app.store.reading import links as reading
from app.store.writing import links as writing
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
