"""Questions are found, grouped and stored; later ones come to the entries there are; it can be stopped and goes on anew."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.faq import FaqFilter, FaqGathered, FaqListing
from app.services import faq_gathering
from app.services.faq_gathering import Gathering, masked
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in
from tests.store.making import arrival, keep

SHIPPING = ("¿Cuánto tarda el envío a Lima?", "cuanto tarda el envio a lima", "el envío a Lima, ¿cuánto tarda?")
CASH = ("¿Puedo pagar en efectivo?", "puedo pagar en efectivo??", "¿pagar en efectivo puedo?")

LAST_28 = FaqFilter()


class Sense:
    """Compares by what a test says: texts that share their first word are near."""

    def __init__(self, *, can: bool = True, fails: bool = False) -> None:
        self.can = can
        self.fails = fails
        self.held: list[str] = []

    async def understand(self) -> bool:
        return self.can

    async def hold(self, texts: Sequence[str], *, anew: bool) -> bool:
        self.held = [*([] if anew else self.held), *texts]
        return not self.fails

    async def near(self, texts: Sequence[str], _least: float) -> list[tuple[int, int, float]] | None:
        return [(0, len(texts) - 1, 0.9)]

    async def pairs(self, groups: Sequence[Sequence[int]], _least: float) -> list[tuple[int, int, float]] | None:
        words = [{self.held[place].split()[0] for place in group} for group in groups]
        return [
            (first, second, 0.9)
            for first in range(len(words))
            for second in range(first + 1, len(words))
            if words[first] & words[second]
        ]


def hear(shop: SmallShop, texts: Sequence[str], days: float = 1, name: str = "m") -> None:
    arrivals = [
        arrival(
            f"{name}{place}",
            text,
            thread_key=f"{name}{place}",
            at=shop.clock.now() - timedelta(days=days, minutes=place),
        )
        for place, text in enumerate(texts)
    ]
    keep(shop.database, shop.account_id, *arrivals)


async def listing(shop: SmallShop, chosen: FaqFilter = LAST_28) -> FaqListing:
    return await shop.ask(lambda queries: queries.faq(chosen))


def gathering(shop: SmallShop, sense: Sense | None = None) -> Gathering:
    return Gathering(shop.database, shop.clock, sense)


async def test_alike_questions_become_an_entry_and_praise_does_not(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        hear(shop, [*SHIPPING, "¡Qué gran disco!", "gracias", "¿Y esto?"])
        found = await gathering(shop).gather(28)
        assert found == FaqGathered(questions=4, added=3, groups=1)
        (row,) = (await listing(shop)).rows
        assert (row.count, row.words.question["es"] in SHIPPING) == (3, True)


async def test_without_meaning_letters_do_and_with_it_languages_fall_together(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        hear(shop, ["Envío ¿cuánto?", "envío how long does it take?", "envío сколько идёт?"])
        assert (await gathering(shop, Sense(can=False)).gather(28)).groups == 0
        assert (await gathering(shop, Sense(fails=True)).gather(28)).groups == 0
        hear(shop, ["Envío rápido ¿hay?", "Envío por barco ¿hay?"], name="n")
        found = await gathering(shop, Sense()).gather(28)
        assert (found.groups, found.added, found.by_meaning) == (1, 3, True)


async def test_later_questions_come_to_the_entry_and_what_is_apart_stays_apart(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        hear(shop, SHIPPING)
        look = gathering(shop)
        assert await look.is_due(28)
        await look.gather(28)
        assert not await look.is_due(28)
        (row,) = (await listing(shop)).rows
        messages = await shop.ask(lambda queries: queries.faq_messages(row.id, FaqFilter()))
        await shop.services.faq.move_out([messages[0].id])
        clock.advance(3600)
        hear(shop, ["¿Cuánto tarda el envío a Lima, por favor?"], days=0.01, name="n")
        assert await look.is_due(28)
        assert (await look.gather(28)) == FaqGathered(questions=4, added=1, groups=0)
        (row,) = (await listing(shop)).rows
        assert row.count == 3
        assert [line.id for line in await shop.ask(lambda q: q.faq_messages(row.id, FaqFilter()))].count(
            messages[0].id
        ) == 0


async def test_a_hidden_entry_takes_what_is_like_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        hear(shop, SHIPPING)
        look = gathering(shop)
        await look.gather(28)
        (row,) = (await listing(shop)).rows
        await shop.services.faq.hide(row.id)
        hear(shop, SHIPPING, name="n")
        assert (await look.gather(28)).groups == 0
        now = await listing(shop)
        assert ([row.count for row in now.rows], now.hidden) == ([6], 1)


async def test_the_period_before_is_looked_through_for_the_trend(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        hear(shop, ["¿Abren?"], days=60, name="old")
        hear(shop, SHIPPING[:2], days=2)
        hear(shop, [*SHIPPING, SHIPPING[0]], days=30, name="n")
        await gathering(shop).gather(28)
        (row,) = (await listing(shop)).rows
        assert (row.count, row.before) == (2, 4)
        assert await gathering(shop).is_due(90)
        assert not await gathering(shop).is_due(28)


async def test_it_is_stopped_and_nothing_is_stored(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        hear(shop, SHIPPING)
        look = gathering(shop)
        told: list[tuple[int, int]] = []
        look.progress.connect(lambda done, of: told.append((done, of)))

        class Stopping(Sense):
            async def understand(self) -> bool:
                assert look.is_under_way
                assert await look.gather(28) == FaqGathered()
                look.stop()
                return True

        look._sense = Stopping()
        assert await look.gather(28) == FaqGathered(questions=3, stopped=True)
        assert not look.is_under_way
        assert told[-1] == (0, 0)
        assert (await listing(shop)).rows == ()
        monkeypatch.setattr(faq_gathering, "TOLD_EACH", 1)
        assert (await gathering(shop).gather(28)).groups == 1


async def test_more_than_can_be_looked_at_is_the_newest(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        monkeypatch.setattr(faq_gathering, "PAGE", 2)
        monkeypatch.setattr(faq_gathering, "MOST_QUESTIONS", 4)
        hear(shop, SHIPPING, days=1)
        hear(shop, CASH, days=9, name="n")
        look = gathering(shop)
        found = await look.gather(28)
        assert (found.questions, found.groups) == (4, 1)
        reach = (await listing(shop)).reach
        assert reach is not None
        assert reach > clock.now() - timedelta(days=10)
        assert not await look.is_due(28)


async def test_it_is_stopped_while_it_waits_for_the_encoder(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(Sense):
        async def understand(self) -> bool:
            if look.is_under_way and self.can:
                asyncio.get_running_loop().call_soon(look.stop)
            await asyncio.Event().wait()
            return True

    async with shop_in(tmp_path, clock) as shop:
        hear(shop, SHIPPING)
        look = gathering(shop, Slow())
        assert await look.gather(28) == FaqGathered(questions=3, stopped=True)
        monkeypatch.setattr(faq_gathering, "UNDERSTANDS_WITHIN_S", 0.01)
        assert (await gathering(shop, Slow(can=False)).gather(28)).groups == 1, "by letters, where it takes too long"


def test_what_concerns_one_person_is_left_out() -> None:
    assert masked("Es el pedido A-20418, mi correo es ana@correo.example") == "Es el …, mi correo es …"
    assert masked("¿Abren hoy?") == "¿Abren hoy?"


async def test_others_may_compare_while_no_search_is_under_way(tmp_path: Path, clock: FakeClock) -> None:
    """What a search holds for comparing must not be let go meanwhile."""
    async with shop_in(tmp_path, clock) as shop:
        assert await gathering(shop).near(["a", "b"], 0.5) is None
        meanwhile: list[object] = []

        class Busy(Sense):
            async def understand(self) -> bool:
                meanwhile.append(await look.near(["a", "b"], 0.5))
                return True

        look = gathering(shop, Busy())
        assert await look.near(["a", "b"], 0.5) == [(0, 1, 0.9)]
        hear(shop, SHIPPING)
        await look.gather(28)
        assert meanwhile == [None]
