"""Suggestions that the user does not want to see: put aside for a week, which can be taken back."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from app.runtime.clock import Clock, to_ms
from app.runtime.words import message
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading.tips import PUT_ASIDE, aside_of
from app.store.writing import settings

ASIDE_FOR = timedelta(days=7)


class Tips:
    """What was put aside is kept with the profile; what is over is forgotten with the next one."""

    def __init__(self, database: Database, undo: Undo, clock: Clock) -> None:
        self._database = database
        self._undo = undo
        self._clock = clock

    async def put_aside(self, key: str) -> None:
        """Not to be shown for a week."""
        until = self._clock.now() + ASIDE_FOR
        before = await self._database.write(self._keep, key, until)

        async def forth() -> None:
            await self._database.write(self._keep, key, until)

        async def back() -> None:
            await self._database.write(self._keep, key, before)

        self._undo.did(Act(message("undone.tip"), back, forth))

    def _keep(self, session: Session, key: str, until: datetime | None) -> datetime | None:
        """None: it may be shown again. Answers until when it was put aside before."""
        known, now = aside_of(settings.stored(session, PUT_ASIDE) or ""), self._clock.now()
        before = known.pop(key, None)
        known = {each: at for each, at in known.items() if at > now}
        if until is not None:
            known[key] = until
        settings.save(session, PUT_ASIDE, json.dumps({each: to_ms(at) for each, at in known.items()}))
        return before
