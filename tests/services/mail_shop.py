"""A shop with one mailbox at a mail server on loopback: real services, real protocols."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.mail.sending import Patience
from app.models.delivery import Delivery, Owed
from app.models.letter import Mail
from app.models.mailbox import MailboxRow
from app.models.outbox import OutboxKind
from app.networks import registry
from app.networks.email.authorities import AUTHORITIES, Authority
from app.networks.network import OpenBrowser
from app.runtime.clock import to_ms
from app.runtime.errors import AppError
from app.runtime.paths import Paths
from app.runtime.settings import Settings, Shop
from app.runtime.tasks import Tasks
from app.services.assembly import Assembly, assemble
from app.services.mailboxes import Mailboxes
from app.services.surroundings import Surroundings
from app.services.undo import Undo
from app.store.database import Database
from app.store.reading import outbox as reading
from app.store.writing import outbox
from tests.fakes.clock import FakeClock
from tests.fakes.mail_server import PASSWORD, USER, MailServers, pem
from tests.services.shop import NoSecretsNeeded, empty_data_file

MARTA = "marta@tienda.example"
QUICK = Patience(connecting=1.0, answer=1.0, taking=1.0)


class Secrets(NoSecretsNeeded):
    """Knows nothing of an account that was not added."""

    def get(self, account_key: str) -> dict[str, str] | None:
        return self.kept.get(account_key)


class MailShop:
    """Opened by `mail_shop_in`."""

    def __init__(
        self, folder: Path, clock: FakeClock, server: MailServers, authorities: Mapping[str, Authority] = AUTHORITIES
    ) -> None:
        self.clock = clock
        self.server = server
        self.paths = Paths.of(folder)
        self.paths.create()
        self.paths.database.write_bytes(empty_data_file())
        self.database = Database.open(
            self.paths.database, backups=self.paths.backups, clock=clock, process_id="test:0:first"
        )
        self.secrets = Secrets()
        self.troubles: list[AppError] = []
        self.bugs: list[Exception] = []
        self.tasks = Tasks(self.troubles.append, self.bugs.append)
        self.settings = Settings(dict, lambda _name, _value: None)
        self.settings.change(Shop, zone="UTC")
        self.account_id = 0
        self._keys = 0

        self.browser: OpenBrowser | None = None

        async def open_browser(url: str) -> None:
            assert self.browser is not None, "no browser is needed"
            await self.browser(url)

        self.services: Assembly = assemble(
            self.database,
            Surroundings(
                paths=self.paths,
                settings=self.settings,
                clock=clock,
                tasks=self.tasks,
                credentials=self.secrets,
                cards=registry.by_id(),
                open_browser=open_browser,
                profile_id="test",
                undo=Undo(),
                authorities=authorities,
            ),
        )

    @property
    def mailboxes(self) -> Mailboxes:
        return self.services.mailboxes

    def row(self, **how: Any) -> MailboxRow:
        """The mailbox as a form would hand it over."""
        made = MailboxRow(
            0,
            USER,
            "127.0.0.1",
            "127.0.0.1",
            sender_name="Lucía · Aurora",
            smtp_port=self.server.smtp_port,
            imap_port=self.server.imap_port,
        )
        return made._replace(**how)

    async def add(self, **how: Any) -> int:
        self.account_id = await self.mailboxes.add(self.row(**how), PASSWORD, pem())
        return self.account_id

    def owe(self, to: str = MARTA, text: str = "¿Qué hacemos?", **mail: Any) -> int:
        """A letter to a manager, due now; answers its outbox id."""
        self._keys += 1
        owed = Owed(
            account_id=self.account_id,
            kind=OutboxKind.MAIL,
            key=f"letter-{self._keys}",
            due_at=self.clock.now(),
            parts=(text,),
            mail=replace(Mail(to, "Pregunta", to_name="Marta Ríos", token="abcdefghijkl"), **mail),
        )
        return self.database.write_now(outbox.add, owed, to_ms(self.clock.now()))

    def item(self, number: int) -> Delivery:
        found = self.database.reader.now(reading.delivery, number)
        assert found is not None
        return found

    async def send(self) -> None:
        await self.services.publishing.send_due()

    async def settle(self, seconds: float) -> None:
        """Look for what is in doubt, so much later."""
        self.clock.advance(seconds)
        await self.services.publishing._settling.settle_unsure()

    def arrived(self) -> int:
        """How many letters the server took for Marta."""
        return sum(MARTA in each.recipients for each in self.server.accepted)


@asynccontextmanager
async def mail_shop_in(
    folder: Path, clock: FakeClock, authorities: Mapping[str, Authority] = AUTHORITIES
) -> AsyncIterator[MailShop]:
    server = MailServers(folder)
    await server.start()
    shop = MailShop(folder, clock, server, authorities)
    try:
        yield shop
    finally:
        await shop.services.close()
        await server.stop()
    assert shop.bugs == []
