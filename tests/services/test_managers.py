"""Managers are kept as described, refused where they cannot be, and every change can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.manager import ManagerRow
from app.runtime.errors import UserMistake
from app.store.reading import managers as reading
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

MARTA = ManagerRow(
    0,
    " Marta\nRíos ",
    "Gerente",
    "Marta@Tienda.example",
    ("complaint", "complaint", " reembolso "),
    ("ES",),
    "Europe/Madrid",
    (((540, 1080),),) * 5 + ((),) * 2,
    False,
)


async def rows(shop: SmallShop) -> list[ManagerRow]:
    return list(await shop.database.read(reading.managers))


async def test_a_manager_is_kept_as_described(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.services.managers.save(MARTA)
        (row,) = await rows(shop)
        assert row == MARTA._replace(
            id=number,
            name="Marta Ríos",
            email="Marta@tienda.example",
            topics=("complaint", "reembolso"),
            languages=("es",),
        )
        assert await shop.undo() == "undone.manager_added"
        assert await rows(shop) == []


async def test_changes_and_removals_are_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.services.managers.save(MARTA)
        await shop.services.managers.save((await rows(shop))[0]._replace(role="Dueña"))
        assert await shop.undo() == "undone.manager_changed"
        assert (await rows(shop))[0].role == "Gerente"
        await shop.services.managers.remove(number)
        assert await rows(shop) == []
        removed = await shop.database.read(reading.manager, number)
        assert removed is not None  # letters still name them
        assert await shop.undo() == "undone.manager_removed"
        assert len(await rows(shop)) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"email": ""}, "email"),
        ({"email": "x\r\nBcc: y@z.example"}, "email"),
        ({"zone": "Mars/Base"}, "zone"),
    ],
)
async def test_what_cannot_be_is_said_beside_its_field(
    tmp_path: Path, clock: FakeClock, change: dict[str, str], field: str
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as raised:
            await shop.services.managers.save(MARTA._replace(**change))  # type: ignore[arg-type]
        assert raised.value.field == field


async def test_one_address_is_one_manager(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.managers.save(MARTA)
        with pytest.raises(UserMistake):
            await shop.services.managers.save(MARTA._replace(name="Otra", email="marta@TIENDA.example"))
