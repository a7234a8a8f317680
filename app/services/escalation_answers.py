"""What becomes of a question to a manager: its answer used, waited for longer, closed, written down by hand; and asked about in time."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.models.conversation import ConversationState
from app.models.escalation import EscalationState
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import DiskTrouble, UserMistake
from app.runtime.signals import Signal
from app.runtime.tasks import Tasks
from app.runtime.words import message
from app.services.alarm import Alarm
from app.services.inbox import Before, restore_all
from app.services.reactions import new_key
from app.services.undo import Act, Undo
from app.store.changes import Changes
from app.store.database import Database, Session
from app.store.reading import escalations as reading
from app.store.writing import conversations
from app.store.writing import escalations as writing

_log = logging.getLogger(__name__)

DISK_PAUSE = timedelta(minutes=1)
"""How long to wait where the data file cannot be written."""


class Answering:
    """The acts after asking, each one transaction that can be taken back; `run` brings back what was not answered in time."""

    def __init__(self, database: Database, undo: Undo, clock: Clock, tasks: Tasks) -> None:
        self.reminded: Signal[Sequence[int]] = Signal("escalations.reminded")
        """Conversations that came back because nobody answered."""
        self._database = database
        self._undo = undo
        self._clock = clock
        self._alarm = Alarm(tasks, clock, "escalations: next reminder")

    # ---- what came back

    async def use(self, letter_id: int, conversation_id: int) -> None:
        """The letter becomes the reply: its question has its answer."""
        now = to_ms(self._clock.now())

        def act(session: Session) -> tuple[writing.Stood, int | None] | None:
            return writing.use_letter(session, letter_id, now)

        before = await self._database.write(act)
        if before is None:
            return
        stood, used_at = before

        async def back() -> None:
            await self._database.write(writing.unuse_letter, letter_id, stood, used_at)

        async def forth() -> None:
            await self._database.write(act)

        self._undo.did(Act(message("undone.answer_used"), back, forth, (conversation_id,)))

    async def close(self, escalation_id: int) -> None:
        """Nothing is waited for any more; the conversation needs an answer without one."""
        row = await self._database.read(reading.escalation, escalation_id)
        if row is None:
            return
        now = to_ms(self._clock.now())
        number = row.conversation_id

        def act(session: Session) -> tuple[writing.Stood, Before]:
            unanswered = row.state is not EscalationState.ANSWERED
            stood = writing.end(session, escalation_id, now, unanswered=unanswered)
            before = conversations.standing(session, number)
            if before.state is ConversationState.ESCALATED:
                conversations.set_state(session, number, ConversationState.NEEDS_ANSWER, now)
            return stood, Before(number, before, conversations.standing(session, number))

        stood, before = await self._database.write(act)

        async def back() -> None:
            def undo(session: Session) -> None:
                writing.restore(session, stood)
                restore_all(session, [before])

            await self._database.write(undo)
            self._alarm.ring()

        self._undo.did(Act(message("undone.escalation_closed", name=row.first_name), back, about=(number,)))

    async def wait_longer(self, escalation_id: int, remind: datetime) -> None:
        """Until another time; the conversation waits again."""
        if remind <= self._clock.now():
            raise UserMistake(message("escalation.remind_past"), field="remind")
        row = await self._database.read(reading.escalation, escalation_id)
        if row is None:
            return
        now, number = to_ms(self._clock.now()), row.conversation_id

        def act(session: Session) -> tuple[writing.Stood, Before]:
            stood = writing.wait_until(session, escalation_id, to_ms(remind))
            before = conversations.standing(session, number)
            conversations.set_state(session, number, ConversationState.ESCALATED, now)
            return stood, Before(number, before, conversations.standing(session, number))

        stood, before = await self._database.write(act)

        async def back() -> None:
            def undo(session: Session) -> None:
                writing.restore(session, stood)
                restore_all(session, [before])

            await self._database.write(undo)

        self._undo.did(Act(message("undone.escalation_waits", name=row.first_name), back, about=(number,)))
        self._alarm.ring()

    async def answered_elsewhere(self, escalation_id: int, text: str) -> None:
        """The answer came another way: it is written down here and stands beside the conversation like one that came by e-mail."""
        if not text.strip():
            raise UserMistake(message("escalation.no_answer_text"), field="answer")
        row = await self._database.read(reading.escalation, escalation_id)
        if row is None:
            return
        now, number = to_ms(self._clock.now()), row.conversation_id

        def act(session: Session) -> tuple[writing.Stood, Before, int]:
            stood = writing.stood(session, escalation_id)
            before = conversations.standing(session, number)
            letter_id = writing.add_pasted(session, escalation_id, f"pasted:{new_key()}", text.strip(), now)
            writing.answered(session, escalation_id, now)
            return stood, Before(number, before, conversations.standing(session, number)), letter_id

        stood, before, letter_id = await self._database.write(act)

        async def back() -> None:
            def undo(session: Session) -> None:
                writing.remove_letter(session, letter_id)
                writing.restore(session, stood)
                restore_all(session, [before])

            await self._database.write(undo)

        self._undo.did(Act(message("undone.answer_pasted", name=row.first_name), back, about=(number,)))

    async def judge(self, letter_id: int, *, is_answer: bool) -> None:
        """The user's word on a letter that only looks like an answer."""
        now = to_ms(self._clock.now())
        await self._database.write(lambda session: writing.judge_letter(session, letter_id, now, is_answer=is_answer))

    # ---- the clock

    async def run(self) -> None:
        """Bring back what was not answered in time, until cancelled."""
        disconnect = self._database.changed.connect(self._hear)
        try:
            while True:
                try:
                    back = await self.remind()
                    moment = await self._database.read(reading.next_reminder)
                except DiskTrouble as trouble:  # the engine's to tell
                    _log.info("reminders: %s", trouble)
                    back, moment = [], self._clock.now() + DISK_PAUSE
                if back:
                    self.reminded.emit(back)
                await self._alarm.wait(moment)
        finally:
            disconnect()

    async def remind(self) -> list[int]:
        """Those whose time has come; answers their conversations."""
        due = await self._database.read(reading.next_reminder)
        if due is None or due > self._clock.now():
            return []
        return await self._database.write(writing.remind, to_ms(self._clock.now()))

    def _hear(self, changes: Changes) -> None:
        if changes.touches("escalation"):
            self._alarm.ring()
