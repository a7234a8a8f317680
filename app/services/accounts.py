"""Signing in and out. The one exchange with networks besides reading and sending; it carries no content.

Order of writing: the secrets go to the keyring before the account's row says it is ready, so that a row never promises what the
keyring does not hold; a sign-in that fails in between leaves nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.models.account import AccountRow, AccountState, Offer
from app.models.delivery import Delivery
from app.models.mailbox import EMAIL
from app.models.outbox import DeliveryState
from app.networks.network import (
    ABILITIES,
    Card,
    HoldsScheduled,
    OpenBrowser,
    Revokes,
    SignedIn,
    SignInRequest,
    SignInWay,
    can,
)
from app.runtime.clock import Clock, to_ms
from app.runtime.credentials import Credentials
from app.runtime.errors import AppError, NetworkTrouble, Refused, SignedOut, UserMistake
from app.runtime.words import Message, message
from app.services.connections import Connections, Link
from app.services.server_facts import facts_from, facts_text, limits_text
from app.store.database import Database, Session
from app.store.reading import accounts as reading
from app.store.reading import outbox as outbox_reading
from app.store.writing import accounts, outbox

_log = logging.getLogger(__name__)

CONTACT_ABILITIES = ("publish", "hear", "private", "metrics", "like", "boost")


@dataclass(frozen=True, slots=True)
class Choice:
    """One network of the add-account sheet."""

    id: str
    name: str
    icon: str
    asks_server: bool
    may_name_server: bool
    """It works without a server, which may be named all the same."""
    app_password: bool
    """What is pasted is an app password, not a token."""
    secret_page: str
    """Where on the network's own pages that is made; empty where it differs by server."""
    browser: bool
    token: bool
    by_hand: bool
    callback: str = ""
    """The address to register with the user's own developer app, whose id the browser's sign-in then asks for."""
    secret_fields: tuple[str, ...] = ("access_token",)
    costs: bool = False
    """Whether calls cost the user money."""


class Keeper(Credentials, Protocol):
    """Secrets, and the vault that can be made for them (services/vault.py)."""

    @property
    def has_vault(self) -> bool: ...

    def make_vault(self, passphrase: str) -> None: ...

    def unlock(self, passphrase: str) -> None: ...


class Accounts:
    """Adds, renews, pauses and removes accounts."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        credentials: Keeper,
        clock: Clock,
        open_browser: OpenBrowser,
        say: Callable[[Message], str] | None = None,
    ) -> None:
        """`say` puts the page at the end of a browser's sign-in into words; without it that page has none."""
        self._database = database
        self._connections = connections
        self._credentials = credentials
        self._clock = clock
        self._open_browser = open_browser
        self._say = say

    @property
    def has_vault(self) -> bool:
        """Whether secrets are kept in the profile's encrypted file instead of the system's keyring."""
        return self._credentials.has_vault

    async def make_vault(self, passphrase: str) -> None:
        """Keep secrets in an encrypted file from now on. Making its key takes half a second, on a thread."""
        await asyncio.to_thread(self._credentials.make_vault, passphrase)

    async def unlock_vault(self, passphrase: str) -> None:
        """Open the vault for this run; raises `WrongPassphrase`."""
        await asyncio.to_thread(self._credentials.unlock, passphrase)

    def networks(self) -> list[Choice]:
        """Networks that can be added now, in the registry's order."""
        return [_choice(card) for card in self._connections.cards.values() if card.ways]

    async def sign_in_browser(self, network: str, server: str, *, again: int | None = None, client_id: str = "") -> int:
        """Sign in through the system's browser; answers the account's id. `again` names the account that must come out of it,
        `client_id` the user's own developer app where the network wants one; signing in again it is known already.
        """
        card = self._connections.card(network)
        if card.sign_in_browser is None:
            raise UserMistake(message("accounts.no_browser_sign_in", network=card.name))
        await asyncio.to_thread(self._connections.probe_secrets)  # before the user is sent to a browser for nothing
        request = SignInRequest(
            server=server.strip(),
            client_id=client_id.strip() or await self._client_id(again),
            allowed_page=self._said("network.page.allowed"),
            denied_page=self._said("network.page.denied"),
            page_language=self._said("network.page.language"),
        )
        signed_in = await card.sign_in_browser(request, self._open_browser)
        return await self._keep(card, signed_in, again)

    async def sign_in_token(
        self, network: str, server: str, secret: str | Mapping[str, str], *, again: int | None = None, handle: str = ""
    ) -> int:
        """Sign in with a pasted token (or app password, for `handle`); answers the account's id.

        `secret`: the text of a network's only field, or all of its `Card.secret_fields` by name.
        """
        card = self._connections.card(network)
        if card.sign_in_secret is None:
            raise UserMistake(message("accounts.no_token_sign_in", network=card.name))
        given = {card.secret_fields[0]: secret} if isinstance(secret, str) else secret
        secrets = {name: given.get(name, "").strip() for name in card.secret_fields}
        if not all(secrets.values()):
            wanted = "app_password" if SignInWay.APP_PASSWORD in card.ways else "secret"
            raise UserMistake(message(f"accounts.{wanted}_missing"), field="secret")
        await asyncio.to_thread(self._connections.probe_secrets)
        request = SignInRequest(server=server.strip(), handle=handle.strip())
        signed_in = await card.sign_in_secret(request, secrets)
        return await self._keep(card, signed_in, again)

    async def add_by_hand(self, network: str, handle: str) -> int:
        """An account that the program only prepares posts for."""
        name = handle.strip()
        if not name.strip("@"):
            raise UserMistake(message("accounts.handle_missing"), field="handle")
        shown = name if name.startswith("@") else f"@{name}"
        now = to_ms(self._clock.now())
        return await self._database.write(
            lambda session: accounts.add(session, network, "", shown, shown.lower(), now, name=name.lstrip("@"), state=AccountState.BY_HAND)
        )

    async def pause(self, account_id: int, *, paused: bool) -> None:
        """Stop or resume reading and sending; what is owed stays owed. An account that is signed out, or served by hand, stays so."""
        before, state = (AccountState.READY, AccountState.PAUSED) if paused else (AccountState.PAUSED, AccountState.READY)
        account = await self._account(account_id)
        if account.state is before:
            await self._database.write(accounts.set_state, account_id, state, to_ms(self._clock.now()))

    async def remove(self, account_id: int) -> None:
        """Revoke the token, forget it, and take the account off the lists. A server that cannot be reached does not keep the user from it;
        that the token may still live there is then said (`AppError` after everything else is done). A keyring that cannot be read does:
        the token would stay in it (`CredentialTrouble`, and nothing was changed).
        """
        trouble: NetworkTrouble | None = None
        account = await self._account(account_id)
        if account.state is not AccountState.BY_HAND:
            trouble = await self._revoke(account_id)
            await self._connections.forget(account_id)
            await asyncio.to_thread(self._credentials.delete, self._connections.key(account_id))
        await self._database.write(accounts.remove, account_id, to_ms(self._clock.now()))
        if trouble is not None:
            reason = trouble.reason if isinstance(trouble, Refused) else trouble.message
            raise UserMistake(message("accounts.removed_not_revoked", handle=account.handle, reason=reason))

    async def _revoke(self, account_id: int) -> NetworkTrouble | None:
        """Answers why the token may still be worth something; a token that the server refuses is worth nothing."""
        try:
            link = await self._connections.get(account_id)
            await self._take_back_held(account_id, link)
            if isinstance(link.connection, Revokes):
                await link.connection.revoke()
        except SignedOut:
            return None
        except NetworkTrouble as trouble:
            return trouble
        return None

    async def _take_back_held(self, account_id: int, link: Link) -> None:
        """What the server keeps until its time would still go out after the account has left."""
        for item in await self._database.read(outbox_reading.in_state, DeliveryState.HELD, account_id):
            if isinstance(link.connection, HoldsScheduled) and await link.connection.let_go_held(item.held_id):
                await self._database.write(_let_go, item, to_ms(self._clock.now()))

    def offers(self, account: AccountRow) -> dict[str, tuple[Offer, Message | None]]:
        """What works on this account, and the reason where it does not."""
        return offers_of(account, self._connections.card(account.network))

    def _said(self, message_id: str) -> str:
        return "" if self._say is None else self._say(message(message_id))

    async def _client_id(self, account_id: int | None) -> str:
        """Of the developer app with which an account was signed in before; it is no secret."""
        if account_id is None:
            return ""
        _, facts = await self._database.read(reading.limits_and_facts, account_id)
        return facts_from(facts).values.get("client_id", "")

    async def _account(self, account_id: int) -> AccountRow:
        account = await self._database.read(reading.account, account_id)
        if account is None:
            raise UserMistake(message("error.account_removed"))
        return account

    async def _keep(self, card: Card, signed_in: SignedIn, again: int | None) -> int:
        profile = signed_in.profile
        found = await self._database.read(reading.find, card.id, signed_in.server, profile.remote_id)
        if again is not None and found != again:
            expected = await self._account(again)
            raise UserMistake(message("accounts.other_account", expected=expected.handle, got=profile.handle))
        before = await self._listed(found)
        now = to_ms(self._clock.now())
        account_id = await self._database.write(
            lambda session: accounts.add(
                session,
                card.id,
                signed_in.server,
                profile.handle,
                profile.remote_id,
                now,
                name=profile.name,
                url=profile.url,
                avatar=profile.avatar,
                state=AccountState.SIGNED_OUT,
                limits=limits_text(signed_in.limits),
                facts=facts_text(signed_in.facts),
            )
        )
        try:
            await asyncio.to_thread(self._credentials.set, self._connections.key(account_id), dict(signed_in.secrets))
        except AppError:
            await self._undo_keep(account_id, before)
            raise
        await self._connections.forget(account_id)
        await self._database.write(accounts.set_state, account_id, AccountState.READY, to_ms(self._clock.now()))
        await self._database.write(outbox.forget_reason, account_id)
        _log.info("signed in to %s as account %s", card.id, account_id)
        return account_id


    async def _listed(self, account_id: int | None) -> AccountRow | None:
        """The account if it is on the lists (and not only remembered)."""
        rows: list[AccountRow] = await self._database.read(reading.accounts)
        return next((row for row in rows if row.id == account_id), None)

    async def _undo_keep(self, account_id: int, before: AccountRow | None) -> None:
        """The secrets could not be kept: the account is as it was before, with its old secrets, or not there."""
        now = to_ms(self._clock.now())
        if before is None:
            await self._database.write(accounts.remove, account_id, now)
        else:
            await self._database.write(accounts.set_state, account_id, before.state, now, before.trouble)


def _let_go(session: Session, item: Delivery, now_ms: int) -> None:
    """Its server has let go of it."""
    now = outbox.delivery(session, item.id)
    if now is not None and now.state is DeliveryState.HELD and now.held_id == item.held_id:
        outbox.move(session, item.id, DeliveryState.LET_GO, now_ms)
        outbox.taken_back(session, item.id, item.held_id)


def offers_of(account: AccountRow, card: Card) -> dict[str, tuple[Offer, Message | None]]:
    """The accounts page's row: for each ability whether it works, waits for the user, is done by hand or is not offered."""
    offers: dict[str, tuple[Offer, Message | None]] = {}
    lacks = dict(account.lacks)
    for ability in CONTACT_ABILITIES:
        needed = "hear" if ability == "private" else ability
        if account.network == EMAIL and needed == "hear":
            offers[ability] = (Offer.WORKS if account.state is AccountState.READY else Offer.WAITS, None)
        elif account.state is AccountState.BY_HAND:
            offers[ability] = (Offer.BY_HAND if ability == "publish" else Offer.NOT_OFFERED, None)
        elif ability in card.refusals or needed not in card.abilities:
            offers[ability] = (Offer.NOT_OFFERED, card.refusals.get(ability) or card.refusals.get(needed))
        elif ability in lacks:
            offers[ability] = (Offer.NOT_OFFERED, message(lacks[ability]))
        elif account.state is AccountState.READY:
            offers[ability] = (Offer.WORKS, None)
        else:
            offers[ability] = (Offer.WAITS, None)
    return offers


def _choice(card: Card) -> Choice:
    secret = SignInWay.TOKEN in card.ways or SignInWay.APP_PASSWORD in card.ways
    return Choice(
        id=card.id,
        name=card.name,
        icon=card.icon,
        asks_server=card.asks_server,
        may_name_server=card.may_name_server,
        app_password=SignInWay.APP_PASSWORD in card.ways,
        secret_page=card.secret_page,
        browser=SignInWay.BROWSER in card.ways,
        token=secret,
        by_hand=SignInWay.BY_HAND in card.ways,
        callback=card.callback,
        secret_fields=card.secret_fields,
        costs=card.costs,
    )


def missing_abilities(connection: object, card: Card) -> Mapping[str, type]:
    """Abilities that the card promises and the connection lacks; empty, or the card lies (contract test)."""
    return {name: kind for name, kind in ABILITIES.items() if name in card.abilities and not can(connection, kind)}
