"""Courtesies: thanks for kind words, one closing answer for a troll, and hearing somebody again who was ignored politely.

Thanks and closing answers come from the playbook, in the customer's language; their wordings take turns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from app.models.conversation import Category, ConversationRow
from app.models.courtesy import Thanked
from app.models.message import Visibility
from app.models.playbook import PlaybookAnswer
from app.models.reply import Written
from app.runtime.clock import Clock, day_start, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.inbox import Inbox
from app.services.playbook import PLACEHOLDER, fill
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import conversations as reading
from app.store.reading import courtesy
from app.store.reading import messages as messages_reading
from app.store.reading import playbook as playbook_reading
from app.store.writing import muting


class Courtesies:
    """`starter` reads the starter playbook, for a profile whose own has no such answer."""

    def __init__(
        self,
        database: Database,
        inbox: Inbox,
        undo: Undo,
        clock: Clock,
        zone: Callable[[], str],
        starter: Callable[[], Sequence[PlaybookAnswer]],
    ) -> None:
        self._database = database
        self._inbox = inbox
        self._undo = undo
        self._clock = clock
        self._zone = zone
        self._starter = starter

    def day_starts_at(self) -> datetime:
        """The shop's midnight, aware UTC."""
        return day_start(self._clock.now(), ZoneInfo(self._zone() or "UTC"))

    async def thank(self, conversation_id: int) -> Thanked:
        """Owe a thanks in the customer's language, as publicly as they wrote; it waits the undo time like every reply."""
        row, text, key, title, visibility = await self._worded(conversation_id, Category.PRAISE)
        written = Written(text, answer_key=key)
        outbox_id = await self._inbox.reply(conversation_id, [text], visibility, answer_title=title, written=written)
        today = await self._database.read(courtesy.thanked_today, to_ms(self.day_starts_at()))
        return Thanked(outbox_id, text, row.author, today)

    async def close(self, conversation_id: int, why: str) -> Thanked:
        """Owe the one courteous closing answer and ignore the person politely from then on; one step that can be taken back."""
        row, text, key, title, visibility = await self._worded(conversation_id, Category.TROLL)
        if await self._database.read(courtesy.closed, row.customer_id):
            raise UserMistake(message("courtesy.closed_before", name=row.author))
        acts: list[Act] = []
        try:
            outbox_id = await self._inbox.reply(
                conversation_id,
                [text],
                visibility,
                answer_title=title,
                key_begins=courtesy.CLOSING,
                did=acts.append,
                written=Written(text, answer_key=key),
            )
            await self._inbox.ignore([conversation_id], Category.TROLL, mute=True, why=why, did=acts.append)
        finally:
            if acts:
                self._undo.did(Act(message("undone.muted", n=1), lambda: _last_first(acts), about=(conversation_id,)))
        return Thanked(outbox_id, text, row.author, 0)

    async def hear(self, conversation_ids: Sequence[int]) -> int:
        """Hear the people of these conversations again; answers how many of them were not heard."""
        now_heard: list[tuple[int, int]] = []

        def act(session: Session) -> list[tuple[int, int]]:
            heard = []
            for each in people:
                before = muting.hear(session, each)
                if before is not None:
                    heard.append((each, before))
            return heard

        rows = await self._database.read(reading.by_id, list(conversation_ids))
        people = sorted({row.customer_id for row in rows})
        now_heard = await self._database.write(act)
        if not now_heard:
            return 0

        async def back() -> None:
            def mute(session: Session) -> None:
                for each, since in now_heard:
                    muting.hear(session, each, since)

            await self._database.write(mute)

        async def forth() -> None:
            await self._database.write(act)

        self._undo.did(Act(message("undone.heard", n=len(now_heard)), back, forth, tuple(conversation_ids)))
        return len(now_heard)

    async def _worded(
        self, conversation_id: int, category: Category
    ) -> tuple[ConversationRow, str, str, str, Visibility]:
        """The conversation, the next wording, its answer's key and title, and who may read it."""
        row = await self._database.read(reading.row, conversation_id)
        last = await self._database.read(messages_reading.last_of_customer, conversation_id)
        if row is None or last is None:
            raise UserMistake(message("inbox.nothing_to_answer"))
        values = {"name": first_name(row.author)}
        own = await self._database.read(playbook_reading.answers)
        for answer in (*own, *self._starter()):
            if answer.category is not category:
                continue
            texts = [text for text in answer.wordings.get(row.language, ()) if _fits(text, values)]
            if texts:
                turn = (
                    answer.uses
                    if answer.id is not None
                    else await self._database.read(courtesy.thanked_today, to_ms(self.day_starts_at()))
                )
                text = fill(texts[turn % len(texts)], values) or ""
                title = answer.title.get(row.language) or next(iter(answer.title.values()), "")
                return row, text, answer.key, title, Visibility.DIRECT if row.private else last.visibility
        raise UserMistake(message("courtesy.no_wording", language=row.language or "?"))


async def _last_first(acts: Sequence[Act]) -> None:
    """Several acts are one step."""
    for act in reversed(acts):
        await act.undo()


def first_name(author: str) -> str:
    """What a person is called by: the first word of a name, the handle where that is all there is."""
    words = author.split()
    return words[0].strip(",.") if words else author


def _fits(text: str, values: dict[str, str]) -> bool:
    return all(values.get(name) for name in PLACEHOLDER.findall(text))
