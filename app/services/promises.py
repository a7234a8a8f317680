"""Promises: found in what was written, remembered with a time, kept or let go; each a step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.language.promising import Promising, promise_in
from app.language.typed_time import moment
from app.models.message import MessageKind, MessageRow
from app.models.moment import Moment
from app.models.promise import Promised, Suggested
from app.runtime.clock import Clock, from_wall, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.writing import promises

LOOKED_AT = 3
"""The newest messages of a conversation in which a promise is looked for."""
LONGEST = 300


class Promises:
    """`zone` answers the shop's zone, in which times are typed and meant."""

    def __init__(self, database: Database, undo: Undo, clock: Clock, zone: Callable[[], str]) -> None:
        self._database = database
        self._undo = undo
        self._clock = clock
        self._zone = zone

    def typed(self, text: str, language: str = "") -> Moment:
        """What somebody typed as a time to come; answers at once. `language` is that of the window."""
        return moment(text, self._clock.now(), self._zone_now(), language)

    def find(self, messages: Sequence[MessageRow], language: str = "") -> Suggested | None:
        """The latest promise of ours, else a time that the customer named; answers at once."""
        latest = messages[-LOOKED_AT:]
        for each in reversed(latest):
            if each.kind is MessageKind.OURS:
                found = self._promised(each, language)
                if found is not None and (found.says_will or found.due_at is not None):
                    return _suggested(found, each)
        for each in reversed(latest):
            if each.kind is not MessageKind.OURS:
                found = self._promised(each, language)
                if found is not None and found.due_at is not None:
                    return _suggested(found, each)
        return None

    def _promised(self, each: MessageRow, language: str) -> Promising | None:
        """In a message; None where its time has passed. "In three days" counts from when it was written."""
        found = promise_in(each.text, each.at, self._zone_now(), each.language or language)
        past = found is not None and found.due_at is not None and found.due_at <= self._clock.now()
        return None if past else found

    def in_reply(self, text: str, language: str = "") -> Promised | None:
        """What a reply that is being written promises; answers at once. `language` is that of the reply."""
        found = promise_in(text, self._clock.now(), self._zone_now(), language)
        if found is None:
            return None
        return Promised(
            found.text, found.time or found.text, found.due_at or self.usual_due(), found.due_at is not None
        )

    def usual_due(self) -> datetime:
        """When a promise without a time is due: tomorrow at the end of the afternoon."""
        zone = self._zone_now()
        local = self._clock.now().astimezone(zone)
        return from_wall(
            datetime.combine(local.date() + timedelta(days=1), datetime.min.time().replace(hour=18)), zone
        ).at

    async def remember(self, conversation_id: int, text: str, due_at: datetime, message_id: int | None = None) -> int:
        """Answers the promise's id."""
        words = " ".join(text.split())
        if not words:
            raise UserMistake(message("promise.empty"), field="promise")
        if due_at <= self._clock.now():
            raise UserMistake(message("promise.past"), field="due")
        now = to_ms(self._clock.now())
        made = [-1]

        async def make() -> None:
            stored = (
                message_id if message_id is None or message_id > 0 else None
            )  # a reply on its way is no message yet
            made[0] = await self._database.write(
                promises.make, conversation_id, words[:LONGEST], to_ms(due_at), now, stored
            )

        async def back() -> None:
            await self._database.write(promises.take_back, made[0])

        await make()
        self._undo.did(Act(message("undone.promise"), back, make, (conversation_id,)))
        return made[0]

    async def keep(self, promise_id: int) -> None:
        """What was promised is done."""
        await self._end(promise_id, kept=True)

    async def let_go(self, promise_id: int) -> None:
        """It will not be done, or need not be."""
        await self._end(promise_id, kept=False)

    async def _end(self, promise_id: int, *, kept: bool) -> None:
        now = to_ms(self._clock.now())

        def end(session: Session) -> promises.Ended | None:
            return promises.end(session, promise_id, now, kept=kept)

        before = await self._database.write(end)
        if before is None:
            raise UserMistake(message("promise.gone"))

        async def back() -> None:
            await self._database.write(promises.restore, promise_id, before)

        async def forth() -> None:
            await self._database.write(end)

        self._undo.did(Act(message("undone.promise_kept" if kept else "undone.promise_let_go"), back, forth))

    def _zone_now(self) -> ZoneInfo:
        return ZoneInfo(self._zone() or "UTC")


def _suggested(found: Promising, of: MessageRow) -> Suggested:
    return Suggested(found.text, found.due_at, of.id)
