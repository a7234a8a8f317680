"""Likes and boosts of several at once: what is not done yet is done, in one step; what cannot be is left out."""

from __future__ import annotations

from pathlib import Path

from app.models.account import AccountState
from app.models.message import MessageKind
from app.models.outbox import DeliveryState, OutboxKind, Reacted
from app.networks.sample.state import Said, Speaker, account_key
from app.runtime.clock import to_ms
from app.store.writing import accounts
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop, shop_in


async def heard_of(shop: SmallShop, count: int) -> list[int]:
    """So many conversations, each with somebody else."""
    for number in range(count):
        speaker = Speaker(NETWORK, f"p{number}", f"@c{number}@musica.example", f"Cliente {number}", "es", 10)
        at = to_ms(shop.clock.now()) - number * 1000
        shop.server.say(
            NETWORK,
            REMOTE_ID,
            Said(
                account_key(NETWORK, REMOTE_ID), f"m-{number}", MessageKind.MENTION, speaker, "Hola", at, f"t{number}"
            ),
        )
    await shop.services.sync.look_now()
    return [row.id for row in await shop.conversations()]


async def test_several_are_liked_in_one_step(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        ids = await heard_of(shop, 3)
        await shop.services.inbox.like(ids[:1])
        assert await shop.services.inbox.like(ids) == Reacted(2, on=True)  # the first one is liked already
        assert await shop.undo() == "undone.like"
        states = [(row.kind, row.state) for number in ids for row in await shop.owed(number)]
        assert states == [(OutboxKind.LIKE, DeliveryState.WAITING), *[(OutboxKind.LIKE, DeliveryState.LET_GO)] * 2]


async def test_one_of_them_taken_back_by_itself_leaves_the_others_to_undo(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        ids = await heard_of(shop, 3)
        await shop.services.inbox.boost(ids)
        assert await shop.services.inbox.boost(ids[:1]) == Reacted(0, on=False)
        assert await shop.undo() == "undone.boost"
        states = [row.state for number in ids for row in await shop.owed(number)]
        assert states == [DeliveryState.LET_GO] * 3


async def test_accounts_whose_network_takes_none_are_left_out(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        ids = await heard_of(shop, 2)
        await shop.database.write(accounts.set_state, shop.account_id, AccountState.BY_HAND, to_ms(clock.now()))
        assert await shop.services.inbox.like(ids) == Reacted(0, on=True)
