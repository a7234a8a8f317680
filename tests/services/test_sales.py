"""Costs and coupons as they are typed; each act is taken back as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.models.campaign import CampaignPlan
from app.models.sale import Cost
from app.runtime.errors import UserMistake
from app.services.sales import Sales
from app.store.reading import sales as reading
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

DAY = date(2026, 11, 16)


async def campaign(shop: SmallShop, name: str = "Marea") -> int:
    return await shop.services.campaigns.save(CampaignPlan(name))


def service(shop: SmallShop) -> Sales:
    return shop.services.sales


@pytest.mark.parametrize(("typed", "amount", "currency"), [
    ("1,200.50 MXN", 120_050, "MXN"), ("$ 300", 30_000, "MXN"), ("12 €", 1_200, "EUR"), ("1.200,50", 120_050, "MXN"),
])  # fmt: skip
async def test_an_amount_is_read_as_it_is_typed(
    tmp_path: Path, clock: FakeClock, typed: str, amount: int, currency: str
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await campaign(shop)
        cost_id = await service(shop).save_cost(number, "  Anuncio \n", typed, DAY, currency="MXN")
        kept = await shop.database.read(reading.cost, cost_id)
        assert kept == Cost(number, "Anuncio", amount, currency, DAY, cost_id)


async def test_a_cost_is_changed_removed_and_each_is_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, sales = await campaign(shop), service(shop)

        async def amounts() -> list[int]:
            return [each.amount for each in await shop.database.read(reading.costs, number)]

        first = await sales.save_cost(number, "Ads", "100 MXN", DAY)
        await sales.save_cost(number, "Ads", "250 MXN", DAY, first)
        await sales.remove_cost(first)
        assert await amounts() == []
        assert await shop.undo() == "undone.cost_removed"
        assert await amounts() == [25_000]
        assert await shop.undo() == "undone.cost_saved"
        assert await amounts() == [10_000]
        await shop.undo()
        assert await amounts() == []
        await shop.services.undo.redo()
        assert await amounts() == [10_000]


@pytest.mark.parametrize(("act", "field"), [
    (lambda sales, number: sales.save_cost(number, " ", "1 MXN", DAY), "title"),
    (lambda sales, number: sales.save_cost(number, "Ads", "nothing", DAY), "amount"),
    (lambda sales, number: sales.save_cost(number, "Ads", "0 MXN", DAY), "amount"),
    (lambda sales, number: sales.save_cost(number, "Ads", "-5 MXN", DAY), "amount"),
    (lambda sales, number: sales.save_cost(number, "Ads", "5", DAY), "amount"),
    (lambda sales, number: sales.save_cost(99, "Ads", "5 MXN", DAY), None),
    (lambda sales, number: sales.save_cost(number, "Ads", "5 MXN", DAY, 77), None),
    (lambda sales, number: sales.set_coupons(number, "x" * 61), "coupons"),
    (lambda sales, number: sales.set_coupons(99, "x"), None),
])  # fmt: skip
async def test_what_cannot_be_is_refused_beside_its_field(
    tmp_path: Path, clock: FakeClock, act: Callable[..., object], field: str | None
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await campaign(shop)
        with pytest.raises(UserMistake) as caught:
            await act(service(shop), number)  # type: ignore[misc]
        assert caught.value.field == field


async def test_coupons_are_folded_belong_to_one_campaign_and_can_be_taken_back(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first, second, sales = await campaign(shop), await campaign(shop, "Sombra"), service(shop)
        assert await sales.set_coupons(first, "MAREA10; Vip ,marea10") == ("marea10", "vip")
        with pytest.raises(UserMistake) as caught:
            await sales.set_coupons(second, "VIP")
        assert caught.value.message.values == {"code": "vip", "name": "Marea"}
        assert await sales.set_coupons(first, "vip") == ("vip",)
        await shop.undo()
        assert await shop.database.read(reading.coupons, first) == ("marea10", "vip")
        await shop.services.campaigns.remove(first)
        assert await sales.set_coupons(second, "VIP") == ("vip",), "a campaign that is gone holds none"
