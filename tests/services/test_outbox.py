"""What the user decides about what is owed: again, back, now, and the word on what nobody knows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.models.account import AccountState
from app.models.conversation import ConversationState
from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.models.post import PostDraft
from app.models.promise import Suggested
from app.models.reply import Written
from app.networks.sample.failures import FailureKind, Verb
from app.runtime.errors import UserMistake
from app.runtime.words import Message
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop, shop_in

WAITING, FAILED, UNSURE, OUT = DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.UNSURE, DeliveryState.OUT
LET_GO, BY_HAND = DeliveryState.LET_GO, DeliveryState.BY_HAND


async def refused(shop: SmallShop, *parts: str) -> int:
    """A post that the network said no to."""
    shop.server.fail(FailureKind.REFUSED, verb=Verb.PUBLISH)
    number = await shop.post(*(parts or ("no quieren",)))
    await shop.services.publishing.send_due()
    assert (await shop.item(number)).state is FAILED
    return number


async def in_doubt(shop: SmallShop, *parts: str, stored: bool) -> int:
    """A post of which nobody knows, and the network cannot tell either."""
    shop.server.fail(FailureKind.ANSWER_LOST if stored else FailureKind.TIME_OUT, verb=Verb.PUBLISH)
    number = await shop.post(*(parts or ("quién sabe",)))
    key = await shop.database.read(lambda c: c.execute("SELECT key FROM outbox WHERE id = ?", (number,)).fetchone()[0])
    shop.server.stock(doubtful=[f"{key}-{part}" for part in range(len(parts) or 1)])
    await shop.run_for(60)
    assert (await shop.item(number)).state is UNSURE
    return number


async def said(act: object) -> str:
    with pytest.raises(UserMistake) as trouble:
        await act  # type: ignore[misc]
    return trouble.value.message.id


async def test_what_failed_is_tried_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await refused(shop)
        await shop.services.outbox.retry(number)
        await shop.services.publishing.send_due()
        assert (await shop.item(number)).state is OUT
        assert shop.out_there() == ["no quieren"]


async def test_what_may_be_out_is_decided_first(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await in_doubt(shop, stored=True)
        assert await said(shop.services.outbox.retry(number)) == "outbox.decide_first"
        assert (await shop.item(number)).state is UNSURE


async def test_what_is_out_is_not_tried_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("ya está")
        await shop.services.publishing.send_due()
        for act in (
            shop.services.outbox.retry,
            shop.services.outbox.cancel,
            shop.services.outbox.send_now,
            shop.services.outbox.by_hand,
        ):
            with pytest.raises(UserMistake) as trouble:
                await act(number)
            assert trouble.value.message.id == "outbox.moved_on"
            assert trouble.value.message.values["state"] == Message("delivery.out")
        await shop.run_for(30)
        assert shop.out_there() == ["ya está"]


async def test_an_item_that_never_was_has_moved_on(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        outbox = shop.services.outbox
        for act in (
            outbox.retry(99),
            outbox.cancel(99),
            outbox.settle(99, is_out=True),
            outbox.settle(99, is_out=False),
            outbox.send_now(99),
        ):
            assert await said(act) == "outbox.moved_on"


async def test_let_go_may_be_sent_after_all(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await refused(shop)
        await shop.services.outbox.cancel(number)
        assert (await shop.item(number)).state is LET_GO
        await shop.services.outbox.retry(number)
        await shop.services.publishing.send_due()
        assert shop.out_there() == ["no quieren"]


async def test_let_go_is_not_sent_where_something_goes_in_its_place(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        draft = PostDraft(parts=("primera",), accounts=(shop.account_id,), zone="UTC")
        post_id = await shop.services.posts.schedule(draft, clock.now() + timedelta(hours=1))
        again = PostDraft(id=post_id, parts=("segunda",), accounts=(shop.account_id,), zone="UTC")
        await shop.services.posts.schedule(again, None, wait_undo=False)
        first = (await shop.deliveries(post_id))[-1]
        assert first.state is LET_GO
        assert await said(shop.services.outbox.retry(first.id)) == "outbox.another_instead"
        await shop.run_for(30)
        assert await said(shop.services.outbox.retry(first.id)) == "outbox.another_instead"
        await shop.run_for(30)
        assert shop.out_there() == ["segunda"]


async def test_a_cancelled_reply_returns_to_its_draft_and_needs_an_answer_again(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        shop.server.fail(FailureKind.REFUSED, verb=Verb.PUBLISH)
        outbox_id = await shop.services.inbox.reply(number, ["A las 10"], Visibility.UNLISTED)
        await shop.run_for(10)
        assert (await shop.item(outbox_id)).state is FAILED
        await shop.services.outbox.cancel(outbox_id)
        detail = await shop.detail(number)
        assert (detail.draft, detail.draft_visibility) == ("@ximena@musica.example A las 10", Visibility.UNLISTED)
        row = await shop.conversation(number)
        assert (row.state, row.answer_by) == (ConversationState.NEEDS_ANSWER, clock.now())
        assert await said(shop.services.outbox.retry(outbox_id)) == "outbox.moved_on"  # its text is in the box


async def test_a_reply_that_is_taken_back_promises_nothing_any_more(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        customer = (await shop.detail(number)).customer.id

        async def promised() -> list[str]:
            card = await shop.ask(lambda queries: queries.customer(customer, number))
            assert card is not None
            return [each.text for each in card.promises]

        due = clock.now() + timedelta(days=1)
        await shop.services.promises.remember(number, "Le llamo", due)  # another one, which stays
        clock.advance(60)
        shop.server.fail(FailureKind.REFUSED, verb=Verb.PUBLISH)
        written = Written("Te escribimos mañana", promise=Suggested("Te escribimos mañana", due))
        owed = await shop.services.inbox.reply(number, ["Te escribimos mañana"], Visibility.PUBLIC, written=written)
        assert sorted(await promised()) == ["Le llamo", "Te escribimos mañana"]
        await shop.run_for(30)
        assert (await shop.item(owed)).state is FAILED
        await shop.services.outbox.cancel(owed)
        assert await promised() == ["Le llamo"]


async def test_cancelling_one_of_two_replies_leaves_the_conversation_answered(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        first = await shop.services.inbox.reply(number, ["uno"], Visibility.PUBLIC)
        await shop.services.inbox.reply(number, ["dos"], Visibility.PUBLIC)
        await shop.services.outbox.cancel(first)
        assert (await shop.conversation(number)).state is ConversationState.WAITING


async def test_cancelling_does_not_lose_what_is_being_typed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        outbox_id = await shop.services.inbox.reply(number, ["@ximena@musica.example uno"], Visibility.PUBLIC)
        await shop.services.inbox.save_draft(number, "dos", None)
        await shop.services.outbox.cancel(outbox_id)
        assert (await shop.detail(number)).draft == "@ximena@musica.example uno\n\ndos"


async def test_send_now_does_not_wait(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        outbox_id = await shop.services.inbox.reply(number, ["ya"], Visibility.PUBLIC)
        await shop.services.outbox.send_now(outbox_id)
        await shop.services.publishing.send_due()
        assert (await shop.item(outbox_id)).state is OUT


async def test_the_users_word_that_it_is_out_settles_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await in_doubt(shop, stored=True)
        await shop.services.outbox.settle(number, is_out=True, url="https://musica.example/@aurora/1")
        row = await shop.item(number)
        assert (row.state, row.url) == (OUT, "https://musica.example/@aurora/1")
        await shop.run_for(60)
        assert len(shop.out_there()) == 1


async def test_the_users_word_that_it_is_not_out_sends_it_once_more(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await in_doubt(shop, stored=False)
        assert shop.out_there() == []
        await shop.services.outbox.settle(number, is_out=False)
        await shop.services.publishing.send_due()
        assert (await shop.item(number)).state is OUT
        assert shop.out_there() == ["quién sabe"]


async def test_a_settled_item_is_not_settled_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await in_doubt(shop, stored=True)
        await shop.services.outbox.settle(number, is_out=True)
        assert await said(shop.services.outbox.settle(number, is_out=False)) == "outbox.moved_on"


async def test_a_thread_whose_place_nobody_knows_is_broken_and_starts_no_second_one(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await in_doubt(shop, "uno", "dos", "tres", stored=True)
        await shop.services.outbox.settle(number, is_out=True)
        row = await shop.item(number)
        assert row.state is FAILED
        reason = Message.from_json(row.reason)
        assert (reason.id, reason.values) == ("outbox.thread_broken", {"part": 1, "parts": 3})
        await shop.services.outbox.retry(number)
        await shop.run_for(30)
        assert (await shop.item(number)).state is FAILED
        assert shop.out_there() == ["uno"]


async def test_what_failed_may_be_done_by_hand_and_gets_its_link(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await refused(shop)
        await shop.services.outbox.by_hand(number)
        assert (await shop.item(number)).state is BY_HAND
        await shop.services.outbox.settle(number, is_out=True, url="https://musica.example/mano")
        row = await shop.item(number)
        assert (row.state, row.url) == (OUT, "https://musica.example/mano")
        assert shop.out_there() == []


async def test_no_program_sends_for_an_account_by_hand(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        account = await shop.services.accounts.add_by_hand("instagram", "@discosaurora")
        draft = PostDraft(parts=("foto",), accounts=(account,), zone="UTC")
        post_id = await shop.services.posts.schedule(draft, None)
        number = (await shop.deliveries(post_id))[0].id
        assert await said(shop.services.outbox.retry(number)) == "outbox.by_hand_only"
        assert await said(shop.services.outbox.settle(number, is_out=False)) == "outbox.by_hand_only"
        assert (await shop.item(number)).state is BY_HAND
        await shop.services.outbox.cancel(number)
        assert (await shop.item(number)).state is LET_GO


async def test_nothing_is_tried_again_for_an_account_that_was_removed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await refused(shop)
        await shop.services.accounts.remove(shop.account_id)
        assert await said(shop.services.outbox.retry(number)) == "error.account_removed"


async def test_a_retry_waits_for_the_sign_in(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await refused(shop)
        shop.server.fail(FailureKind.SIGNED_OUT, verb=Verb.PUBLISH)
        await shop.services.outbox.retry(number)
        await shop.services.publishing.send_due()
        assert await shop.state() is AccountState.SIGNED_OUT
        assert (await shop.item(number)).state is WAITING
        assert shop.server.published(NETWORK, REMOTE_ID) == []


async def test_what_failed_may_be_published_by_hand(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await refused(shop)
        await shop.services.outbox.by_hand(number)
        assert (await shop.item(number)).state is BY_HAND
        await shop.services.outbox.settle(number, is_out=True, url="https://there.example/1")
        item = await shop.item(number)
        assert (item.state, item.url) == (OUT, "https://there.example/1")
        assert await said(shop.services.outbox.by_hand(number)) == "outbox.moved_on"


async def test_what_is_to_be_published_by_hand_is_known_from_its_time_on(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        by_hand = await shop.services.accounts.add_by_hand("instagram", "discosaurora")
        draft = PostDraft(parts=("En la tienda",), accounts=(by_hand,), zone="UTC")
        post_id = await shop.services.posts.schedule(draft, clock.now() + timedelta(hours=1))
        assert await shop.services.outbox.due_by_hand() is None
        clock.advance(timedelta(hours=1))
        assert await shop.services.outbox.due_by_hand() == post_id
        await shop.services.outbox.settle((await shop.deliveries(post_id))[0].id, is_out=True)
        assert await shop.services.outbox.due_by_hand() is None


async def test_another_time_moves_the_post_on_the_calendar_too(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        draft = PostDraft(parts=("más tarde",), accounts=(shop.account_id,), zone="Europe/Madrid")
        post_id = await shop.services.posts.schedule(draft, clock.now() + timedelta(minutes=1))
        (row,) = await shop.deliveries(post_id)
        later = clock.now() + timedelta(hours=5)
        await shop.services.outbox.reschedule(row.id, later)
        assert (await shop.item(row.id)).due_at == later
        moved = await shop.ask(lambda queries: queries.post(post_id))
        assert moved is not None
        assert (moved.planned_at, moved.zone) == (later, "Europe/Madrid")
        with pytest.raises(UserMistake):
            await shop.services.outbox.reschedule(row.id, clock.now() - timedelta(hours=1))
        await shop.run_for(60)
        assert shop.out_there() == []


async def test_what_is_out_gets_no_other_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("ya salió")
        await shop.services.publishing.send_due()
        with pytest.raises(UserMistake):
            await shop.services.outbox.reschedule(number, clock.now() + timedelta(hours=1))
