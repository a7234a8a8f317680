"""Published posts stay: only a spelling mistake, and only on second thoughts, takes one off the network; its text stays in the history."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.outbox import DeleteReason, DeliveryState
from app.models.post import PostState
from app.networks.sample.failures import FailureKind, Verb
from app.runtime.errors import UserMistake
from app.store.reading import posts as posts_reading
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop, shop_in

SPELLING = DeleteReason.SPELLING


async def published(shop: SmallShop, *parts: str) -> int:
    number = await shop.post(*(parts or ("Llgó el disco",)))
    await shop.services.publishing.send_due()
    return number


async def still_there(shop: SmallShop) -> list[str]:
    posts = shop.server.published(NETWORK, REMOTE_ID)
    link = await shop.services.connections.get(shop.account_id)
    figures = await link.connection.figures([post.id for post in posts])  # type: ignore[attr-defined]
    return [post.text for post, figure in zip(posts, figures, strict=True) if not figure.gone]


async def test_a_spelling_mistake_goes_after_the_undo_time_and_the_history_keeps_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await published(shop)
        await shop.services.deletion.delete(number, SPELLING, "@aurora")
        await shop.services.publishing.send_due()
        assert await still_there(shop) == ["Llgó el disco"]  # it may still be undone
        await shop.run_for(15)
        assert await still_there(shop) == []
        row = await shop.item(number)
        assert (row.state, row.text) == (DeliveryState.OUT, "Llgó el disco")
        assert row.deleted_at is not None


async def test_undone_in_time_it_stays(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await published(shop)
        await shop.services.deletion.delete(number, SPELLING, "aurora")
        assert await shop.undo() == "undone.delete"
        await shop.run_for(60)
        assert await still_there(shop) == ["Llgó el disco"]
        assert (await shop.item(number)).deleted_at is None


@pytest.mark.parametrize("reason", [DeleteReason.WRONG, DeleteReason.REGRET])
async def test_no_other_reason_is_one(tmp_path: Path, clock: FakeClock, reason: DeleteReason) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await published(shop)
        with pytest.raises(UserMistake) as caught:
            await shop.services.deletion.delete(number, reason, "@aurora")
        assert caught.value.message.id == f"deletion.guard.{reason}"


async def test_whoever_does_not_name_the_account_does_not_mean_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await published(shop)
        with pytest.raises(UserMistake) as caught:
            await shop.services.deletion.delete(number, SPELLING, "sí")
        assert caught.value.field == "confirmation"


async def test_all_parts_of_a_thread_go_the_last_first_and_over_interruptions(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await published(shop, "uno", "dos", "tres")
        await shop.services.deletion.delete(number, SPELLING, "@aurora")
        shop.server.fail(FailureKind.ANSWER_LOST, verb=Verb.DELETE)
        await shop.run_for(12)
        assert await still_there(shop) == ["uno", "dos"]
        await shop.run_for(60)
        assert await still_there(shop) == []
        assert (await shop.item(number)).deleted_at is not None


async def test_delete_and_write_again_opens_the_text_as_a_draft(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await published(shop)
        draft_id = await shop.services.deletion.delete(number, SPELLING, "@aurora", again=True)
        assert draft_id is not None
        draft = await shop.ask(lambda queries: queries.post(draft_id))
        assert draft is not None
        assert (draft.parts, draft.accounts, draft.planned_at) == (("Llgó el disco",), (shop.account_id,), None)
        assert await shop.database.read(posts_reading.state, draft_id) is PostState.DRAFT


async def test_what_is_not_out_or_was_deleted_cannot_be_deleted(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        waiting = await shop.post("todavía no")
        with pytest.raises(UserMistake):
            await shop.services.deletion.confirmation(waiting)
        number = await published(shop)
        await shop.services.deletion.delete(number, SPELLING, "@aurora")
        with pytest.raises(UserMistake) as caught:
            await shop.services.deletion.confirmation(number)
        assert caught.value.message.id == "deletion.under_way"
        await shop.run_for(15)
        with pytest.raises(UserMistake) as caught:
            await shop.services.deletion.confirmation(number)
        assert caught.value.message.id == "deletion.not_out"


async def test_what_went_out_by_the_users_word_alone_is_deleted_on_the_network(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.TIME_OUT, verb=Verb.PUBLISH)
        number = await shop.post("quién sabe")
        await shop.services.publishing.send_due()
        await shop.services.outbox.settle(number, is_out=True)
        with pytest.raises(UserMistake) as caught:
            await shop.services.deletion.confirmation(number)
        assert caught.value.message.id == "deletion.not_known"
