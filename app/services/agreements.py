"""Agreements: what was settled with a customer becomes a dated record with what was said; replaced or removed, never rewritten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app.language.currencies import currency_of
from app.language.settling import settling_in
from app.models.agreement import AgreementPaper, Proposed, Settled
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.settings import Settings, Shop
from app.runtime.words import Words, message
from app.services.order_columns import money
from app.services.undo import Act, Undo
from app.services.whole_files import write_whole
from app.store.database import Database, Session
from app.store.reading import agreements as reading
from app.store.writing import agreements

LONGEST = 1000
LONGEST_ORDER = 60
AHEAD = timedelta(days=1)
"""So far an agreement's day may lie ahead: zones differ."""


@dataclass(slots=True)
class _Made:
    """Which record stands now: doing it again makes another."""

    id: int


class Agreements:
    """Each act is one transaction and one entry of the undo list."""

    def __init__(
        self, database: Database, undo: Undo, clock: Clock, settings: Settings, words_for: Callable[[str], Words]
    ) -> None:
        """`words_for` answers words of the language that is nearest to one."""
        self._database = database
        self._undo = undo
        self._clock = clock
        self._settings = settings
        self._words_for = words_for

    # -- asked while somebody writes: answered at once

    def propose(self, text: str) -> Proposed | None:
        """What a reply seems to settle; None where it settles nothing."""
        found = settling_in(text)
        if found is None:
            return None
        amount, currency = self.amount(found.amount) or (None, "")
        return Proposed(found.kind, found.text, amount, currency)

    def amount(self, text: str) -> tuple[int, str] | None:
        """(hundredths, currency) of what somebody typed, in the shop's currency where none stands there; None for what is no amount."""
        found = money(text)
        return None if found is None or found[0] < 0 else (found[0], found[1] or self.currency())

    def currency(self) -> str:
        """The shop's, by its country; empty while that is not known."""
        return currency_of(self._settings.get(Shop).country)

    # -- acts

    async def record(self, conversation_id: int, settled: Settled, replaces: int | None = None) -> int:
        """Answers the agreement's id. `replaces`: the one whose place it takes."""
        clean = self._sound(settled)
        terms = self._settings.get(Shop).terms

        def make(session: Session) -> int:
            return agreements.make(session, conversation_id, clean, terms, to_ms(self._clock.now()), replaces)

        made = _Made(await self._database.write(make))

        async def back() -> None:
            await self._database.write(agreements.take_back, made.id)

        async def forth() -> None:
            made.id = await self._database.write(make)

        said = "undone.agreement" if replaces is None else "undone.agreement_replaced"
        self._undo.did(Act(message(said), back, forth, (conversation_id,)))
        return made.id

    async def remove(self, agreement_id: int) -> None:
        """It is listed no more, and stays in the data file with the day it was removed."""
        now = to_ms(self._clock.now())
        if not await self._database.write(agreements.remove, agreement_id, now):
            raise UserMistake(message("agreement.gone"))

        async def back() -> None:
            await self._database.write(agreements.restore, agreement_id)

        async def forth() -> None:
            await self._database.write(agreements.remove, agreement_id, now)

        self._undo.did(Act(message("undone.agreement_removed"), back, forth))

    # -- files

    async def paper(self, agreement_id: int) -> AgreementPaper:
        """All of one, with the shop's name."""
        found = await self._database.read(reading.paper, agreement_id)
        if found is None:
            raise UserMistake(message("agreement.gone"))
        return found._replace(shop=self._settings.get(Shop).name)

    def words(self, paper: AgreementPaper) -> Words:
        """What its PDF is written with: the customer gets it, so it is in their language where we have words in it."""
        return self._words_for(paper.language)

    async def save(self, path: Path, content: bytes) -> Path:
        """Put a painted agreement where the user wants it, whole or not at all; answers where it is."""
        target = path if path.suffix.casefold() == ".pdf" else path.with_name(f"{path.name}.pdf")
        await asyncio.to_thread(write_whole, target, content)
        return target

    def _sound(self, settled: Settled) -> Settled:
        text = " ".join(settled.text.split())[:LONGEST]
        if not text:
            raise UserMistake(message("agreement.empty"), field="text")
        if settled.amount is not None and settled.amount < 0:
            raise UserMistake(message("agreement.no_amount", currency=self.currency()), field="amount")
        at = settled.agreed_at or self._clock.now()
        if at > self._clock.now() + AHEAD:
            raise UserMistake(message("agreement.ahead"), field="date")
        order = " ".join(settled.order_number.split())[:LONGEST_ORDER]
        currency = settled.currency if settled.amount is not None else ""
        return settled._replace(text=text, order_number=order, currency=currency, agreed_at=at)
