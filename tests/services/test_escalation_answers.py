"""What becomes of a question: it comes back by itself, is waited for longer, closed, answered elsewhere, used."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.models.conversation import ConversationState
from app.models.escalation import EscalationState
from app.models.letter import LetterKind
from tests.fakes.clock import FakeClock
from tests.fakes.full_disk import no_room
from tests.services.manager_shop import managed_shop
from tests.services.shop import eventually


async def test_it_comes_back_by_itself_when_nobody_answers(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.ask_hector(number)
        clock.advance(4 * 3600 - 1)
        assert await shop.services.escalations.remind() == []
        clock.advance(1)
        assert await shop.services.escalations.remind() == [number]
        row = await shop.conversation(number)
        assert (row.state, row.unread) == (ConversationState.NEEDS_ANSWER, True)
        assert (await shop.escalation(number)).is_overdue(clock.now())
        assert await shop.services.escalations.remind() == []  # once


async def test_it_comes_back_when_there_is_room_again(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.ask_hector(number)
        told: list[int] = []
        shop.services.escalations.reminded.connect(told.extend)
        clock.advance(4 * 3600)
        with no_room(shop.database) as tried:
            shop.services.tasks.spawn("escalations", shop.services.escalations.run(), owner=shop)

            async def refused() -> bool:
                return bool(tried) and clock.sleeping > 0

            await eventually(refused, clock)
        clock.advance(60)

        async def reminded() -> bool:
            return told == [number]

        await eventually(reminded, clock)


async def test_a_conversation_that_went_on_is_not_brought_back(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.ask_hector(number)
        await shop.services.inbox.close([number])
        clock.advance(5 * 3600)
        assert await shop.services.escalations.remind() == []
        assert (await shop.conversation(number)).state is ConversationState.DONE


async def test_waiting_longer_puts_it_aside_again(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        escalation_id = await shop.ask_hector(number)
        clock.advance(4 * 3600)
        await shop.services.escalations.remind()
        await shop.services.escalations.wait_longer(escalation_id, clock.now() + timedelta(hours=2))
        assert (await shop.conversation(number)).state is ConversationState.ESCALATED
        assert await shop.undo() == "undone.escalation_waits"
        assert (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER


async def test_closing_it_without_an_answer_can_be_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        escalation_id = await shop.ask_hector(number)
        await shop.services.escalations.close(escalation_id)
        assert (await shop.escalation(number)).state is EscalationState.CLOSED
        assert (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER
        assert await shop.undo() == "undone.escalation_closed"
        assert (await shop.escalation(number)).state is EscalationState.WAITING
        assert (await shop.conversation(number)).state is ConversationState.ESCALATED


async def test_an_answer_from_elsewhere_is_written_down(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        escalation_id = await shop.ask_hector(number)
        await shop.services.escalations.answered_elsewhere(escalation_id, " Por teléfono: sí ")
        row = await shop.escalation(number)
        assert row.answer is not None
        assert (row.answer.kind, row.answer.text, row.answer.from_name) == (
            LetterKind.ANSWER,
            "Por teléfono: sí",
            "Héctor Lima",
        )
        assert (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER
        assert await shop.undo() == "undone.answer_pasted"
        assert (await shop.escalation(number)).letters == ()


async def test_the_answer_that_became_the_reply_ends_the_question(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        escalation_id = await shop.ask_hector(number)
        await shop.services.escalations.answered_elsewhere(escalation_id, "sí")
        answer = (await shop.escalation(number)).answer
        assert answer is not None
        await shop.services.escalations.use(answer.id, number)
        row = await shop.escalation(number)
        assert (row.answer, row.closed_at) == (None, clock.now())
        assert await shop.ask(lambda queries: queries.waits()) == []
        assert await shop.undo() == "undone.answer_used"
        assert (await shop.escalation(number)).answer is not None
