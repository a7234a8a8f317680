"""Acts on conversations: one transaction and one undo step each; what leaves can be taken back until it leaves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.models.conversation import Category, ConversationState, View
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.networks.sample.failures import FailureKind, Verb
from app.runtime.errors import UserMistake
from app.runtime.settings import Sending
from app.services.inbox import naming
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, shop_in

PUBLIC = Visibility.PUBLIC


def said_by(trouble: pytest.ExceptionInfo[UserMistake]) -> str:
    return trouble.value.message.id


async def test_a_reply_moves_the_conversation_on_and_waits_the_undo_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        outbox_id = await shop.services.inbox.reply(number, ["A las 10"], PUBLIC)
        assert (await shop.conversation(number)).state is ConversationState.WAITING
        item = await shop.item(outbox_id)
        assert item.due_at == clock.now() + timedelta(seconds=shop.settings.get(Sending).undo_seconds)
        shop.screen_reader = True
        read_out = await shop.services.inbox.reply(number, ["A las 11"], PUBLIC)
        assert (await shop.item(read_out)).due_at == clock.now() + timedelta(seconds=30)
        await shop.services.publishing.send_due()
        assert shop.out_there() == []
        clock.advance(10)
        await shop.services.publishing.send_due()
        assert shop.out_there() == ["@ximena@musica.example A las 10"]


async def test_a_reply_stands_under_the_message_it_answers(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.reply(number, ["A las 10"], PUBLIC)
        await shop.run_for(10)
        post = shop.server.published(NETWORK, REMOTE_ID)[-1]
        assert post.reply_to == "said-1"


async def test_undo_brings_text_and_state_back_exactly(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        before = await shop.standing(number)
        text = "  A las 10\n\n—el equipo  "
        outbox_id = await shop.services.inbox.reply(number, [text], Visibility.UNLISTED)
        assert (await shop.detail(number)).draft == ""
        assert await shop.undo() == "undone.reply"
        assert await shop.standing(number) == before
        detail = await shop.detail(number)
        assert (detail.draft, detail.draft_visibility) == (text, Visibility.UNLISTED)
        assert (await shop.item(outbox_id)).state is DeliveryState.LET_GO
        await shop.run_for(60)
        assert shop.out_there() == []


async def test_what_was_typed_since_is_not_lost_by_undo(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.reply(number, ["primero"], PUBLIC)
        await shop.services.inbox.save_draft(number, "y además", None)
        await shop.undo()
        assert (await shop.detail(number)).draft == "primero\n\ny además"


async def test_a_reply_that_left_cannot_be_undone_and_its_addressee_is_named(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.reply(number, ["A las 10"], PUBLIC)
        await shop.run_for(10)
        with pytest.raises(UserMistake) as trouble:
            await shop.undo()
        assert said_by(trouble) == "inbox.reply_left"
        assert trouble.value.message.values["name"] == "Ximena Robles"
        assert (await shop.conversation(number)).state is ConversationState.WAITING
        assert not shop.services.undo.can_undo()


async def test_a_reply_that_may_be_out_cannot_be_undone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        shop.server.fail(FailureKind.ANSWER_LOST, verb=Verb.PUBLISH)
        outbox_id = await shop.services.inbox.reply(number, ["A las 10"], PUBLIC)
        clock.advance(10)
        await shop.services.publishing.send_due()
        with pytest.raises(UserMistake):
            await shop.undo()
        assert (await shop.item(outbox_id)).state is DeliveryState.UNSURE


async def test_a_reply_that_was_let_go_elsewhere_is_not_undone_a_second_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        outbox_id = await shop.services.inbox.reply(number, ["A las 10"], PUBLIC)
        await shop.services.outbox.cancel(outbox_id)
        await shop.services.inbox.save_draft(number, "mejor así", None)
        with pytest.raises(UserMistake) as trouble:
            await shop.undo()
        assert said_by(trouble) == "outbox.moved_on"
        assert (await shop.detail(number)).draft == "mejor así"


async def test_the_addressee_is_named_once_where_the_network_adds_no_name(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        first = await shop.services.inbox.reply(number, ["@ximena@musica.example ya está"], PUBLIC)
        assert (await shop.item(first)).text == "@ximena@musica.example ya está"
    assert naming(["uno", "dos"], "@ana", PUBLIC) == ("@ana uno", "dos")
    assert naming(["uno", "dos"], "@ana", Visibility.DIRECT) == ("@ana uno", "@ana dos")


async def test_an_empty_reply_is_not_owed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        with pytest.raises(UserMistake) as trouble:
            await shop.services.inbox.reply(number, ["  ", "\n"], PUBLIC)
        assert (said_by(trouble), trouble.value.field) == ("inbox.reply_empty", "reply")
        assert (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER


async def test_a_conversation_that_is_not_there_has_nothing_to_answer(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        for act in (shop.services.inbox.reply(77, ["hola"], PUBLIC), shop.services.inbox.like([77])):
            with pytest.raises(UserMistake) as trouble:
                await act
            assert said_by(trouble) == "inbox.nothing_to_answer"


async def test_nothing_is_owed_to_an_account_that_was_removed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.accounts.remove(shop.account_id)
        with pytest.raises(UserMistake) as trouble:
            await shop.services.inbox.reply(number, ["tarde"], PUBLIC)
        assert said_by(trouble) == "error.account_removed"


async def test_a_draft_is_kept_and_an_empty_one_forgotten(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.save_draft(number, "a medias", Visibility.DIRECT)
        detail = await shop.detail(number)
        assert (detail.draft, detail.draft_visibility) == ("a medias", Visibility.DIRECT)
        await shop.services.inbox.save_draft(number, "", None)
        assert (await shop.detail(number)).draft == ""


async def test_several_are_done_in_one_step_and_come_back_in_one(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        numbers = [await shop.heard(number=n, thread=f"t{n}") for n in (1, 2, 3)]
        before = [await shop.standing(number) for number in numbers]
        await shop.services.inbox.close(numbers)
        assert len(await shop.conversations(View.NEEDS_ANSWER)) == 0
        assert await shop.undo() == "undone.done"
        assert [await shop.standing(number) for number in numbers] == before
        assert not shop.services.undo.can_undo()
        await shop.services.undo.redo()
        assert {(await shop.conversation(number)).state for number in numbers} == {ConversationState.DONE}


async def test_undo_never_hides_what_a_customer_wrote_since(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.reply(number, ["A las 10"], PUBLIC)
        await shop.run_for(10)
        await shop.services.inbox.close([number])
        clock.advance(60)
        await shop.heard("¿Y el domingo?", number=2)
        assert (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER
        await shop.undo()
        assert (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER


async def test_undoing_a_reopening_does_not_hide_a_new_message(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.mark_read(number)
        await shop.services.inbox.close([number])
        await shop.services.inbox.reopen([number])
        await shop.heard("¿Y el domingo?", number=2)
        await shop.undo()
        assert (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER


async def test_reopening_promises_an_answer_and_keeps_a_promise_there_is(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first, second = [await shop.heard(number=n, thread=f"t{n}") for n in (1, 2)]
        promised = (await shop.conversation(second)).answer_by
        await shop.services.inbox.close([first])
        clock.advance(600)
        await shop.services.inbox.reopen([first, second])
        answer_by = (await shop.conversation(first)).answer_by
        assert answer_by is not None
        assert answer_by == clock.now() + timedelta(minutes=60)
        assert (await shop.conversation(second)).answer_by == promised


async def test_a_snoozed_one_sleeps_until_its_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        until = clock.now() + timedelta(hours=2)
        await shop.services.inbox.snooze([number], until)
        row = await shop.conversation(number)
        assert (row.state, row.snoozed_until) == (ConversationState.SNOOZED, until)
        assert await shop.undo() == "undone.snoozed"
        assert (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER


async def test_nobody_sleeps_until_yesterday(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        with pytest.raises(UserMistake) as trouble:
            await shop.services.inbox.snooze([number], clock.now() - timedelta(seconds=1))
        assert (said_by(trouble), trouble.value.field) == ("inbox.snooze_past", "until")


async def test_ignoring_sets_the_category_and_undo_brings_both_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        before = await shop.standing(number)
        await shop.services.inbox.ignore([number], Category.SPAM)
        row = await shop.conversation(number)
        assert (row.state, row.category) == (ConversationState.IGNORED, Category.SPAM)
        assert await shop.undo() == "undone.ignored"
        assert await shop.standing(number) == before
        await shop.services.undo.redo()
        assert (await shop.conversation(number)).category is Category.SPAM


async def test_what_cannot_go_somewhere_keeps_all_where_they_are(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first, second = [await shop.heard(number=n, thread=f"t{n}") for n in (1, 2)]
        await shop.services.inbox.ignore([second], Category.TROLL)
        for act in (shop.services.inbox.keep([first, second]), shop.services.inbox.snooze([first, second], clock.now() + timedelta(hours=1))):
            with pytest.raises(UserMistake) as trouble:
                await act
            assert said_by(trouble) == "inbox.cannot_go"
        assert (await shop.conversation(first)).state is ConversationState.NEEDS_ANSWER


async def test_praise_is_kept_and_a_category_changed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard("¡Qué bonita tienda!")
        await shop.services.inbox.keep([number])
        await shop.services.inbox.categorize([number], Category.PRAISE)
        row = await shop.conversation(number)
        assert (row.state, row.category) == (ConversationState.KEPT, Category.PRAISE)
        assert await shop.undo() == "undone.categorized"
        assert (await shop.conversation(number)).category is not Category.PRAISE
        await shop.services.undo.redo()
        assert (await shop.conversation(number)).category is Category.PRAISE


async def test_a_note_stays_here_and_can_be_taken_away(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.note(number, "  cliente de siempre ")
        assert [note.text for note in (await shop.detail(number)).notes] == ["cliente de siempre"]
        await shop.run_for(60)
        assert shop.out_there() == []
        assert await shop.undo() == "undone.note"
        assert (await shop.detail(number)).notes == ()
        with pytest.raises(UserMistake):
            await shop.services.inbox.note(number, " ")


@pytest.mark.parametrize("act", ["like", "boost"])
async def test_a_like_goes_out_and_is_taken_back_again(tmp_path: Path, clock: FakeClock, act: str) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        press = getattr(shop.services.inbox, act)
        await press([number])
        await shop.run_for(10)
        assert shop.server.has_act(NETWORK, REMOTE_ID, act, "said-1")
        await press([number])
        await shop.run_for(10)
        assert not shop.server.has_act(NETWORK, REMOTE_ID, act, "said-1")
        assert [row.kind for row in await shop.owed(number)] == [OutboxKind(act), OutboxKind(f"un{act}")]


async def test_pressing_twice_before_it_leaves_is_pressing_never(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.like([number])
        await shop.services.inbox.like([number])
        assert [row.state for row in await shop.owed(number)] == [DeliveryState.LET_GO]
        assert not shop.services.undo.can_undo()
        await shop.run_for(30)
        assert not shop.server.has_act(NETWORK, REMOTE_ID, "like", "said-1")


async def test_taking_back_can_itself_be_taken_back_before_it_leaves(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.like([number])
        await shop.run_for(10)
        await shop.services.inbox.like([number])  # take it back
        await shop.services.inbox.like([number])  # no, keep it
        await shop.run_for(30)
        assert shop.server.has_act(NETWORK, REMOTE_ID, "like", "said-1")
        states = [(row.kind, row.state) for row in await shop.owed(number)]
        assert states == [(OutboxKind.LIKE, DeliveryState.OUT), (OutboxKind.UNLIKE, DeliveryState.LET_GO)]


async def test_a_like_of_an_earlier_message_is_left_alone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.like([number])
        clock.advance(1)
        await shop.heard("otra cosa", number=2)
        await shop.services.inbox.like([number])
        await shop.run_for(30)
        assert shop.server.has_act(NETWORK, REMOTE_ID, "like", "said-1")
        assert shop.server.has_act(NETWORK, REMOTE_ID, "like", "said-2")


async def test_a_like_is_undone_until_it_leaves(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.like([number])
        assert await shop.undo() == "undone.like"
        await shop.services.inbox.like([number])
        await shop.run_for(10)
        with pytest.raises(UserMistake) as trouble:
            await shop.undo()
        assert said_by(trouble) == "inbox.already_left"
