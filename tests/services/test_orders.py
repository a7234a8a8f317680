"""The shop's orders come in, find their customers, and come in once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.models.customer import CustomerWords
from app.models.order import Column, DayOrder, ImportResult, Mapped
from app.runtime.errors import UserMistake
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in
from tests.store.making import arrival, keep

HEADER = "Pedido,Fecha,Nombre,Correo,Usuario,Producto,Importe,Moneda,Estado"


def paul_writes(shop: SmallShop, text: str = "Hola", number: int = 1) -> None:
    """Somebody else, in a conversation of his own each time."""
    who = {"author_id": "u2", "author_handle": "@paul@musica.example", "author_name": "Paul Okafor"}
    keep(
        shop.services.database,
        shop.account_id,
        arrival(f"paul-{number}", text, thread_key=f"paul-{number}", at=shop.clock.now(), **who),
    )


def rows(count: int, handle: str = "ximena") -> str:
    lines = [f"A-{n},2026-11-18,Ximena,,@{handle},Marea,{n}.50,MXN,pagado" for n in range(count)]
    return "\n".join([HEADER, *lines])


async def bring(shop: SmallShop, path: Path, text: str, days: DayOrder | None = None) -> ImportResult:
    path.write_text(text, "utf-8")
    seen = await shop.services.orders.preview(path)
    return await shop.services.orders.import_file(path, seen.guessed._replace(days=days or seen.guessed.days))


async def counts(shop: SmallShop) -> tuple[int, int]:
    found: tuple[int, int] = await shop.ask(lambda queries: queries.order_counts())
    return found


async def test_orders_stand_with_their_customers(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        handle = (await shop.conversation(number)).handle.lstrip("@")
        result = await bring(shop, tmp_path / "o.csv", rows(12, handle))
        assert (result.new, result.matched, result.wrong_count) == (12, 12, 0)
        customer = (await shop.conversation(number)).customer_id
        detail = await shop.ask(lambda queries: queries.customer(customer, number))
        assert detail is not None
        assert (len(detail.orders), detail.order_count) == (3, 12)
        assert len(await shop.ask(lambda queries: queries.orders_of(customer))) == 12


async def test_the_same_file_again_changes_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await bring(shop, tmp_path / "o.csv", rows(20))
        again = await bring(shop, tmp_path / "o.csv", rows(20))
        assert (again.new, again.changed, again.matched) == (0, 0, 0)


async def test_orders_wait_for_a_customer_who_writes_later(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        assert (await bring(shop, tmp_path / "o.csv", rows(3, "paul@musica.example"))).matched == 0
        paul_writes(shop)
        assert await counts(shop) == (3, 3)


async def test_orders_find_an_address_that_is_written_down(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await bring(shop, tmp_path / "o.csv", f"{HEADER}\nB-1,2026-11-18,,x@correo.example,,,,,\n")
        customer = (await shop.conversation(number)).customer_id
        await shop.services.customers.describe(customer, CustomerWords("", "", "", "x@correo.example", "", ()))
        assert await counts(shop) == (1, 1)


async def test_wrong_rows_are_told_and_right_ones_stored(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        result = await bring(shop, tmp_path / "o.csv", rows(3) + "\nA-9,no day,,,,,,,\n,,,,,Marea,,,\n")
        assert [(row.line, row.reason.id) for row in result.wrong] == [
            (5, "orders.wrong.date"),
            (6, "orders.wrong.no_number"),
        ]
        assert (result.new, result.wrong_count) == (3, 2)


async def test_progress_is_told_and_a_stop_keeps_what_was_stored(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        path = tmp_path / "o.csv"
        path.write_text(rows(5000), "utf-8")
        seen = await shop.services.orders.preview(path)
        heard: list[tuple[int, int]] = []

        def hear(done: int, of_all: int) -> None:
            heard.append((done, of_all))
            if done > 7000:
                shop.services.orders.stop()

        result = await shop.services.orders.import_file(path, seen.guessed, hear)
        assert result.stopped
        assert 0 < (await counts(shop))[0] < 5000
        assert heard == sorted(heard)
        assert all(done <= of_all for done, of_all in heard)
        rest = await shop.services.orders.import_file(path, seen.guessed)
        assert (await counts(shop))[0] == 5000
        assert rest.new == 5000 - result.new


async def test_the_loop_goes_on_meanwhile(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        path = tmp_path / "o.csv"
        path.write_text(rows(4000), "utf-8")
        turns = 0

        async def count() -> None:
            nonlocal turns
            while True:
                await asyncio.sleep(0)
                turns += 1

        counting = shop.services.tasks.spawn("count", count(), owner=shop)
        result = await shop.services.orders.import_file(path, Mapped({Column.NUMBER: 0}))
        counting.cancel()
        assert turns > 20
        assert result.new == 4000


async def test_what_is_no_file_is_said(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake):
            await shop.services.orders.preview(tmp_path / "none.csv")
        with pytest.raises(UserMistake):
            await shop.services.orders.import_file(tmp_path, Mapped({}))
