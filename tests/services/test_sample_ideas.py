"""The sample shop shows where its ideas came from, and its catalogue can be searched and read again."""

from __future__ import annotations

from pathlib import Path

from app.models.idea import Origin, OriginKind
from app.runtime.paths import resources
from app.services.feed_reading import FeedFile
from app.services.sample_shop import seed_now
from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in


async def test_ideas_of_the_sample_tell_their_origin_and_products_are_found(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock, stock=False) as shop:
        seed_now(shop.database, shop.server, resources() / "sample", shop.paths.media, clock.now())
        origins = [Origin.from_text(post.origin) for post in await shop.ask(lambda q: q.to_place())]
        kinds = {origin.kind for origin in origins}
        assert {OriginKind.OWN, OriginKind.FAQ, OriginKind.REPEAT, OriginKind.PRAISE} <= kinds
        repeat = next(origin for origin in origins if origin.kind is OriginKind.REPEAT)
        assert repeat.count > 0
        assert [row.title for row in await shop.ask(lambda q: q.products("omnibus"))] == ["Ruta 0"]
        (feed,) = await shop.ask(lambda q: q.feeds())
        assert (await shop.services.product_feeds.read(feed.id)).new == 0


def test_the_catalogue_that_ships_is_right_in_every_row() -> None:
    rows = list(FeedFile(resources() / "sample" / "catalogue.csv").products())
    assert len(rows) == 12
    assert all(type(row).__name__ == "ReadProduct" for row in rows)
