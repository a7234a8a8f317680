"""A small shop with a manager and a simulated mailbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from app.mail.composing import message_id
from app.models.account import AccountState
from app.models.escalation import Asking, EscalationRow, Goes, SheetDraft
from app.models.letter import LetterPage, ReadLetter
from app.models.mailbox import EMAIL
from app.models.tables.mail import Mailbox, Manager
from app.networks.network import Access, Card, Connection
from app.networks.sample.state import ServedAccount
from app.runtime.clock import to_ms
from app.services.assembly import Assembly
from app.services.sample_mailbox import Answering, World, connect_sample
from app.store.database import Session
from app.store.writing import accounts
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop

ADDRESS = "lucia@discosaurora.example"
HECTOR = "hector@discosaurora.example"
BOX = "mailbox"
QUESTION = "La aduana pide la factura de A-20377. ¿La mandamos hoy?"
TOLD = "Ximena, lo decide Héctor y te respondemos antes del jueves 19 de noviembre, 12:00."


class ManagedShop(SmallShop):
    """Héctor answers after a while; what else comes is told by `post_in`."""

    def __init__(self, folder: Path, clock: FakeClock, **how: object) -> None:
        self.world = World(ADDRESS, {HECTOR: Answering("Héctor Lima", "Sí, sale hoy.")})
        super().__init__(folder, clock, **how)  # type: ignore[arg-type]
        if how.get("stock", True):
            self._stock()
        self.box_id, self.manager_id = 2, 1

    def _stock(self) -> None:
        now = to_ms(self.clock.now())
        self.server.stock([ServedAccount(EMAIL, BOX, ADDRESS, "Lucía", 0, 0.0, now)])

        def fill(session: Session) -> None:
            number = accounts.add(session, EMAIL, "", ADDRESS, BOX, now, name="Lucía", state=AccountState.READY)
            session.add(
                Mailbox(
                    account_id=number,
                    address=ADDRESS,
                    sender_name="Lucía",
                    smtp_host="smtp.example",
                    imap_host="imap.example",
                    uid_validity=1,
                    last_uid=0,
                )
            )
            session.add(
                Manager(
                    name="Héctor Lima", role="Envíos", email=HECTOR, topics='["order", "aduana"]', languages='["es"]'
                )
            )

        self.database.write_now(fill)

    def _assemble(self) -> Assembly:
        connect = connect_sample(self.server, self.clock, lambda: self.world)
        real = self.server.connection

        def both(card: Card, remote_id: str, access: Access) -> Connection:
            return connect(card, remote_id, access) if card.id == EMAIL else real(card, remote_id, access)

        self.server.connection = both  # type: ignore[method-assign]
        try:
            return super()._assemble()
        finally:
            self.server.connection = real  # type: ignore[method-assign]

    def asking(self, number: int, **more: object) -> Asking:
        draft = SheetDraft(
            manager_id=1,
            question=QUESTION,
            told=TOLD,
            remind_at=self.clock.now() + timedelta(hours=4),
            promise_at=self.clock.now() + timedelta(days=1),
        )
        return Asking(number, draft._replace(**more), (TOLD,))  # type: ignore[arg-type]

    async def ask_hector(self, number: int, goes: Goes = Goes.BOTH, **more: object) -> int:
        """Answers the escalation's id."""
        asked = await self.services.escalations.ask(self.asking(number, **more), goes)
        return asked.escalation_id

    async def escalation(self, number: int) -> EscalationRow:
        """The newest of a conversation."""
        return (await self.detail(number)).escalations[-1]

    async def question_id(self, number: int) -> str:
        """Message-ID of the letter about a conversation."""
        item = next(row for row in await self.owed(number) if row.kind == "mail")
        key = await self.database.read(
            lambda c: c.execute("SELECT key FROM outbox WHERE id = ?", (item.id,)).fetchone()[0]
        )
        return message_id(key, ADDRESS)

    async def token(self, number: int) -> str:
        row = await self.escalation(number)
        found = await self.database.read(
            lambda c: c.execute("SELECT token FROM escalation WHERE id = ?", (row.id,)).fetchone()[0]
        )
        assert isinstance(found, str)
        return found

    async def come(self, *letters: ReadLetter) -> int:
        """Letters come into the mailbox and are stored; answers how many belonged to something here."""
        page = LetterPage(letters, 1, max((each.uid for each in letters), default=0))
        return await self.services.letters._take_in(self.box_id, ADDRESS, page)

    def letter(self, text: str = "Sí, sale hoy.", **more: object) -> ReadLetter:
        values: dict[str, object] = {
            "uid": 7,
            "remote_id": "<answer-1@discosaurora.example>",
            "from_address": HECTOR,
            "from_name": "Héctor Lima",
            "subject": "Re: aduana",
            "text": text,
            "whole": text,
            "at": self.clock.now(),
            "to": (ADDRESS,),
        }
        return ReadLetter(**{**values, **more})  # type: ignore[arg-type]


@asynccontextmanager
async def managed_shop(folder: Path, clock: FakeClock, **how: object) -> AsyncIterator[ManagedShop]:
    shop = ManagedShop(folder, clock, **how)
    try:
        yield shop
    finally:
        await shop.close()
        assert shop.bugs == []
