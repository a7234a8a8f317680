"""The shop's products: read from a file or an address, found as one types, featured by turns, and made into ideas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.models.idea import Origin, OriginKind
from app.models.product import FeedKind, filled
from app.runtime.errors import UserMistake
from app.services.product_feeds import ProductFeeds
from app.store.reading import posts as posts_reading
from app.store.reading import products as reading
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in


def write(folder: Path, *rows: str, name: str = "catalogo.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(["id,title,brand,price,link,product_type", *rows]), "utf-8")
    return path


ROWS = (
    "1,Marea,Mar de Cal,520 MXN,https://a.example/1,Vinilo",
    "2,Niño de piedra,Alud,300 MXN,https://a.example/2,CD",
    "3,Cota,Alud,,,",
)


async def titles(shop: SmallShop, typed: str = "") -> list[str]:
    return [row.title for row in await shop.ask(lambda q: q.products(typed))]


async def test_products_come_in_are_found_by_any_word_and_come_up_to_date(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        feeds = shop.services.product_feeds
        path = write(tmp_path, *ROWS)
        number = await feeds.add(str(path))
        assert await feeds.add(str(path)) == number, "the same source again is the same feed"
        result = await feeds.read(number)
        assert (result.read, result.new, result.gone, result.wrong_count) == (3, 3, 0, 0)
        assert await titles(shop, "nino") == ["Niño de piedra"]
        assert set(await titles(shop, "alu")) == {"Cota", "Niño de piedra"}
        assert await titles(shop, '"*) OR') == []
        clock.advance(60)
        write(tmp_path, "1,Marea (edición nueva),Mar de Cal,,,", "4,Almanaque,,,,", ",,,,,x")
        result = await feeds.read(number)
        assert (result.read, result.new, result.gone) == (2, 1, 2)
        assert (result.wrong_count, result.wrong[0].line) == (1, 4)
        assert await titles(shop, "edicion") == ["Marea (edición nueva)"]
        assert [row.gone for row in await shop.ask(lambda q: q.products("alud"))] == [True, True]
        (feed,) = await shop.ask(lambda q: q.feeds())
        assert (feed.kind, feed.products, feed.read_at) == (FeedKind.CSV, 4, clock.now())


async def test_ideas_are_made_by_the_template_and_what_was_featured_comes_last(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        feeds = shop.services.product_feeds
        number = await feeds.add(str(write(tmp_path, *ROWS)), "Catálogo")
        await feeds.read(number)
        await feeds.save_template(number, "Hoy: {title} de {maker}, {price}\n{url}\n{kind}")
        chosen = [row.id for row in await shop.ask(lambda q: q.products("marea"))]
        (made,) = await feeds.make_ideas(chosen, pictures=False)
        draft = await shop.database.read(posts_reading.post, made)
        assert draft is not None
        assert draft.parts == ("Hoy: Marea de Mar de Cal, 520 MXN\nhttps://a.example/1\nVinilo",)
        assert Origin.from_text(draft.origin) == Origin(OriginKind.PRODUCT, chosen[0], note="Catálogo")
        assert (await titles(shop))[-1] == "Marea"
        clock.advance(10)
        await feeds.read(number)
        assert (await titles(shop))[-1] == "Marea", "a reading forgets nothing"
        assert await shop.undo() == "undone.ideas_made"
        assert await shop.ask(lambda q: q.to_place()) == []


async def test_an_address_must_be_encrypted_and_what_cannot_be_had_is_said(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        feeds = shop.services.product_feeds
        for wrong in ("http://a.example/feed", "ftp://a.example", str(tmp_path / "none.csv")):
            with pytest.raises(UserMistake):
                await feeds.add(wrong)
        number = await feeds.add("https://a.example/feed.xml")
        with pytest.raises(UserMistake, match="not_fetched"):
            await feeds.read(number)
        (feed,) = await shop.ask(lambda q: q.feeds())
        assert "not_fetched" in feed.trouble
        assert (feed.name, feed.read_at) == ("a.example", None)
        await feeds.remove(number)
        assert await shop.ask(lambda q: q.feeds()) == []
        assert await shop.undo() == "undone.feed_removed"
        assert len(await shop.ask(lambda q: q.feeds())) == 1


async def test_a_feed_at_an_address_is_fetched_first_and_its_picture_when_asked_for(
    tmp_path: Path, clock: FakeClock
) -> None:
    asked: list[str] = []

    async def fetch_file(url: str, target: Path, _most: int, progress: Callable[[int, int], object]) -> None:
        asked.append(url)
        target.write_text("id,title,image_link\n1,Marea,https://a.example/1.png\n")
        progress(10, 10)

    async def fetch_picture(url: str, _most: int) -> bytes | None:
        asked.append(url)
        return b"no picture at all"

    async with shop_in(tmp_path, clock) as shop:
        undo, ideas = shop.services.undo, shop.services.ideas
        feeds = ProductFeeds(shop.database, ideas, undo, clock, shop.paths.media, fetch_file, fetch_picture)
        number = await feeds.add("https://a.example/feed.csv")
        assert (await feeds.read(number)).read == 1
        (row,) = await shop.ask(lambda q: q.products(""))
        await feeds.make_ideas([row.id], pictures=False)
        assert asked == ["https://a.example/feed.csv"]
        (made,) = await feeds.make_ideas([row.id], pictures=True)
        assert asked[1:] == ["https://a.example/1.png"]
        draft = await shop.database.read(posts_reading.post, made)
        assert draft is not None
        assert draft.pictures == (), "what is no picture is left out"


async def test_a_stopped_reading_keeps_what_it_has_and_calls_nothing_gone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        feeds = shop.services.product_feeds
        number = await feeds.add(str(write(tmp_path, *(f"{n},Disco {n},,,," for n in range(5000)))))
        heard: list[tuple[float, int]] = []

        def tell(share: float, products: int) -> None:
            heard.append((share, products))
            feeds.stop()

        result = await feeds.read(number, tell)
        assert result.stopped
        assert 0 < result.read < 5000
        assert 0 < heard[0][0] <= 1
        assert await shop.database.read(reading.gone, number) == 0
        assert (await feeds.read(number)).read == 5000


def test_blanks_without_a_value_leave_no_marks() -> None:
    product = reading.ProductRow(1, 1, "Marea", "", "", "", "", "", True, False, None)
    assert filled("{title} · {maker}\n{url}", product) == "Marea"
    assert filled("{title} ({price}) {unknown}", product) == "Marea {unknown}"
    assert filled("", product) == "Marea"
