"""An act on very many: in pieces, with progress, stopped at will, one step all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.conversation import Category, ConversationState, View
from app.models.message import MessageKind
from app.networks.sample.state import Said, Speaker, account_key
from app.runtime.clock import to_ms
from app.runtime.errors import UserMistake
from app.services import bulk
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop, shop_in


async def many(shop: SmallShop, count: int) -> list[int]:
    """So many conversations, each with somebody else."""
    for number in range(count):
        speaker = Speaker(NETWORK, f"p{number}", f"@c{number}@musica.example", f"Cliente {number}", "es", 10)
        at = to_ms(shop.clock.now()) - number * 1000
        said = Said(
            account_key(NETWORK, REMOTE_ID),
            f"many-{number}",
            MessageKind.MENTION,
            speaker,
            "¿Hay vinilos?",
            at,
            f"m{number}",
        )
        shop.server.say(NETWORK, REMOTE_ID, said)
    await shop.services.sync.look_now()
    return list(await shop.ask(lambda queries: queries.conversation_ids(View.NEEDS_ANSWER, None)))


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "TOGETHER", 5)
    monkeypatch.setattr(bulk, "TOLD_AFTER_SECONDS", 0.0)


async def waiting(shop: SmallShop) -> int:
    return len(await shop.ask(lambda queries: queries.conversation_ids(View.NEEDS_ANSWER, None)))


async def test_progress_is_told_and_all_of_it_is_one_step(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        ids = await many(shop, 17)
        told: list[tuple[int, int]] = []
        shop.services.inbox.progress.connect(lambda done, of: told.append((done, of)))
        assert await shop.services.inbox.close(ids) == 17
        assert told == [(5, 17), (10, 17), (15, 17), (0, 0)]
        assert await waiting(shop) == 0
        assert await shop.undo() == "undone.done"
        assert await waiting(shop) == 17
        assert shop.services.undo.about == tuple(ids)
        await shop.services.undo.redo()
        assert await waiting(shop) == 0


async def test_what_was_done_before_a_stop_stays_and_can_be_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        ids = await many(shop, 17)
        shop.services.inbox.progress.connect(lambda done, of: shop.services.inbox.stop() if done == 10 else None)
        assert await shop.services.inbox.categorize(ids, Category.ORDER) == 10
        rows = await shop.conversations()
        assert sum(row.category is Category.ORDER for row in rows) == 10
        await shop.undo()
        assert not any(row.category is Category.ORDER for row in await shop.conversations())


async def test_one_that_cannot_go_there_leaves_what_was_done_before_as_a_step(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        ids = await many(shop, 12)
        await shop.services.inbox.ignore([ids[7]], Category.SPAM)
        with pytest.raises(UserMistake):
            await shop.services.inbox.keep(ids)
        kept = [row for row in await shop.conversations() if row.state is ConversationState.KEPT]
        assert len(kept) == 5
        await shop.undo()
        assert await waiting(shop) == 11


async def test_of_a_few_none_goes_when_one_cannot(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        ids = await many(shop, 3)
        await shop.services.inbox.ignore([ids[2]], Category.SPAM)
        with pytest.raises(UserMistake):
            await shop.services.inbox.keep(ids)
        assert await waiting(shop) == 2
