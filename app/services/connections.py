"""Open connections to the networks, one an account: the only place where an account, its card and its secrets come together."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.models.account import AccountRow
from app.models.mailbox import MailboxRow
from app.networks.network import Access, Card, Connection, Facts, Limits, Purse, SecretKeeper
from app.runtime.clock import Clock
from app.runtime.credentials import Credentials
from app.runtime.errors import SignedOut
from app.runtime.words import Message
from app.services.renewal import AccountSecrets
from app.services.server_facts import facts_from, limits_from
from app.store.database import Database
from app.store.reading import accounts as reading
from app.store.reading import mailboxes

Connect = Callable[[Card, str, Access], Connection]
"""(card, remote id, access) -> connection."""


OpenMailbox = Callable[[MailboxRow, SecretKeeper, Facts], Connection]
"""(mailbox, secrets, facts) -> connection of an e-mail account."""


def connect_for_real(card: Card, _remote_id: str, access: Access) -> Connection:
    """The networks' own connections; the sample shop puts its simulated server here."""
    if card.connect is None:
        raise SignedOut(Message("error.no_connection", {"network": card.name}))
    return card.connect(access)


def no_purse(_account_id: int, _card: Card) -> Purse | None:
    """Where nothing costs: the sample shop, and tests."""
    return None


@dataclass(frozen=True, slots=True)
class Link:
    """An open connection with what is known of its account."""

    account_id: int
    card: Card
    handle: str
    limits: Limits
    connection: Connection
    facts: Facts
    keeper: SecretKeeper
    since: datetime | None = None
    """Since when the account is in its state: signing in again begins another time, whichever process does it."""


class Connections:
    """Keeps one connection an account until it is forgotten (signed out, removed) or the account was signed in again, by this process or
    another on the profile: its secrets are others then.
    """

    def __init__(
        self,
        database: Database,
        cards: Mapping[str, Card],
        credentials: Credentials,
        profile_id: str,
        clock: Clock,
        connect: Connect = connect_for_real,
        purse: Callable[[int, Card], Purse | None] = no_purse,
        open_mailbox: OpenMailbox | None = None,
    ) -> None:
        """`purse` answers what an account's calls may spend, for networks that charge; `open_mailbox` connects e-mail accounts, where
        `connect` does not do that as well.
        """
        self._database = database
        self._cards = cards
        self._credentials = credentials
        self._profile_id = profile_id
        self._clock = clock
        self._connect = connect
        self._purse = purse
        self._open_mailbox = open_mailbox
        self._open: dict[int, Link] = {}
        self._outdated: list[Link] = []
        """Somebody may be in the middle of using them: they are closed at the end."""
        self._opening: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        """Reading and sending ask at the same time when the program starts: the second gets what the first opened."""

    def key(self, account_id: int) -> str:
        """Name of an account's secrets in the keyring; the profile's id keeps two profiles apart."""
        return f"{self._profile_id}.{account_id}"

    def probe_secrets(self) -> None:
        """Raises `CredentialTrouble` where secrets cannot be read. Blocks: a keyring may ask the user first."""
        self._credentials.get(f"{self._profile_id}.probe")

    def card(self, network: str) -> Card:
        return self._cards[network]

    @property
    def cards(self) -> Mapping[str, Card]:
        return self._cards

    async def get(self, account_id: int) -> Link:
        """The account's connection. Raises `SignedOut` without secrets, `CredentialTrouble` where the keyring fails."""
        async with self._opening[account_id]:
            account = await self._database.read(reading.account, account_id)
            if account is None:
                raise SignedOut(Message("error.account_removed"))
            held = self._open.get(account_id)
            if held is not None and held.since == account.state_since:
                return held
            if held is not None:
                self._outdated.append(self._open.pop(account_id))
            link = self._open[account_id] = await self._connected(account)
            return link

    async def _connected(self, account: AccountRow) -> Link:
        account_id = account.id
        card = self._cards[account.network]
        secrets = await asyncio.to_thread(self._credentials.get, self.key(account_id))  # a keyring may ask the user first
        if secrets is None:
            raise SignedOut(Message("error.signed_out_of", {"network": card.name, "handle": account.handle}))
        limits, facts = await self._database.read(reading.limits_and_facts, account_id)
        keeper = AccountSecrets(self._database, self._credentials, self._clock, account_id, self.key(account_id), secrets)
        access = Access(account.server, keeper, facts_from(facts), self._purse(account_id, card))
        mailbox = await self._database.read(mailboxes.mailbox, account_id) if self._open_mailbox is not None else None
        if mailbox is not None and self._open_mailbox is not None:
            connection = self._open_mailbox(mailbox, keeper, access.facts)
        else:
            connection = self._connect(card, account.remote_id, access)
        return Link(account_id, card, account.handle, limits_from(limits, card.limits), connection, access.facts, keeper, account.state_since)

    async def forget(self, account_id: int) -> None:
        """Close the account's connection; the next `get` opens a new one with what the keyring holds then."""
        link = self._open.pop(account_id, None)
        if link is not None:
            await link.connection.close()

    async def close(self) -> None:
        """Close all."""
        for account_id in list(self._open):
            await self.forget(account_id)
        while self._outdated:
            await self._outdated.pop().connection.close()
