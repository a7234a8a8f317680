"""Messages that speak of what is sold are found in the background: each once, again where the catalogue has new names."""

from __future__ import annotations

from pathlib import Path

from app.models.interest import Kind, Term
from app.models.product import FeedKind, ReadProduct
from app.services.interests import Interests
from app.store.writing import products
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, eventually, shop_in


async def sell(shop: SmallShop, *found: ReadProduct) -> None:
    feed = await shop.database.write(products.add_feed, "Catálogo", FeedKind.CSV, "c.csv", {}, "")
    await shop.database.write(products.keep, feed, found, 1, bulk=True)


def spoken(shop: SmallShop) -> list[tuple[str, str]]:
    return shop.database.reader.now(lambda c: c.execute("SELECT kind, term FROM message_term ORDER BY message_id, kind, term").fetchall())


async def test_what_was_written_before_the_catalogue_came_is_found_too(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        interests = shop.services.interests
        await shop.heard("¿Ya llegó Marea?")
        assert await interests.gather() == 0
        await sell(shop, ReadProduct("1", "Marea", "Mar de Cal", "Vinilo"))
        assert await interests.gather() == 1
        assert spoken(shop) == [("title", "marea")]
        assert await interests.gather() == 0
        await shop.heard("¿Y Mar de Cal en vinilo?", number=2)
        assert await interests.gather() == 1
        assert spoken(shop) == [("title", "marea"), ("maker", "mar de cal"), ("style", "vinilo")]


async def test_news_are_looked_at_by_themselves(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        interests = shop.services.interests
        interests.watch()
        await sell(shop, ReadProduct("1", "Marea", "Mar de Cal"))
        await shop.heard("Marea, por favor")

        async def found() -> bool:
            clock.advance(3)
            return spoken(shop) == [("title", "marea")]

        await eventually(found, clock)


async def test_a_name_is_put_away_and_comes_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await sell(shop, ReadProduct("1", "Hola mundo", "Hola"))
        await shop.services.interests.gather()
        hello = Term(Kind.MAKER, "hola", "Hola")
        await shop.services.interests.put_away(hello)
        away = lambda: shop.ask(lambda queries: queries.interests_put_away())  # noqa: E731
        assert list(await away()) == [hello]
        await shop.services.undo.undo()
        assert list(await away()) == []
        await shop.services.undo.redo()
        await shop.services.interests.put_away(hello, hidden=False)
        assert list(await away()) == []


async def test_what_was_looked_at_is_not_looked_at_again_by_the_next_start(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await sell(shop, ReadProduct("1", "Marea", "Mar de Cal"))
        await shop.heard("¿Ya llegó Marea?")
        assert await shop.services.interests.gather() == 1
        again = Interests(shop.database, shop.services.undo, shop.services.tasks, clock)
        assert await again.gather() == 0
        await shop.heard("Mar de Cal", number=2)
        assert await again.gather() == 1


async def test_that_a_product_was_used_has_no_catalogue_learned_anew(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        interests = shop.services.interests
        await sell(shop, ReadProduct("1", "Marea", "Mar de Cal"))
        interests.watch()
        await shop.database.write(products.used, [1], 5)
        assert not interests._products_changed
        await sell(shop, ReadProduct("1", "Cota", "Alud"))
        assert interests._products_changed
