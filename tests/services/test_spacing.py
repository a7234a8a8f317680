"""Networks left minutes apart: each account's delivery is due in its turn, also after the post was moved."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.models.calendar import Move
from app.models.outbox import DeliveryState
from app.models.post import PostDraft
from app.store.writing import accounts
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, SmallShop, shop_in

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


async def two_accounts(shop: SmallShop) -> tuple[int, int]:
    other: int = await shop.database.write(lambda session: accounts.add(session, NETWORK, "https://otra.example", "@otra", "account-2", 0))
    shop.services.posts.load()
    return shop.account_id, other


async def test_each_account_is_due_in_its_turn_and_a_move_keeps_that(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        both, at = await two_accounts(shop), clock.now() + HOUR
        post_id = await shop.services.posts.schedule(PostDraft(parts=("Hola",), accounts=both, spacing=10), at)
        assert [row.due_at for row in await shop.deliveries(post_id)] == [at, at + 10 * MINUTE]
        await shop.services.planning.move([Move(post_id, at + HOUR)], "UTC")
        rows = await shop.deliveries(post_id)
        assert [row.due_at for row in rows] == [at + HOUR, at + HOUR + 10 * MINUTE]
        assert {row.state for row in rows} == {DeliveryState.WAITING}
        await shop.services.undo.undo()
        assert [row.due_at for row in await shop.deliveries(post_id)] == [at, at + 10 * MINUTE]


async def test_without_spacing_all_are_due_at_once(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        both, at = await two_accounts(shop), clock.now() + HOUR
        post_id = await shop.services.posts.schedule(PostDraft(parts=("Hola",), accounts=both), at)
        assert {row.due_at for row in await shop.deliveries(post_id)} == {at}
