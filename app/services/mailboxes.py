"""Mailboxes: proposed from an address, tried at both servers, kept like any account; and letters as files for the user's own program.

Order of writing as in services/accounts.py: the secret goes to the keyring before the row says that the account is ready.
"""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from app.mail import imap_line, sending
from app.mail.composing import check_address
from app.mail.reading import Reading, in_thread
from app.mail.servers import (
    PROVIDERS,
    Mailbox,
    Provider,
    Server,
    SignIn,
    proposed,
    provider_of,
    provider_of_domain,
)
from app.models.account import AccountState
from app.models.letter import Mail
from app.models.mailbox import EMAIL, BrowserWay, MailboxRow, OwnApp, Proposal, Tried
from app.networks.email import sign_in
from app.networks.email.authorities import AUTHORITIES, Authority
from app.networks.email.tokens import Tokens, refreshed
from app.networks.network import Facts, OpenBrowser, Secrets, SignInRequest
from app.runtime.clock import Clock, to_ms
from app.runtime.credentials import Credentials
from app.runtime.errors import AppError, Misconfiguration, Misconfigured, NetworkTrouble, UserMistake
from app.runtime.words import Message, message
from app.services.connections import Connections
from app.services.mailbox import CERTIFICATE, eml, mailbox_of, shown_of
from app.services.server_facts import facts_from, facts_text
from app.store.database import Database, Session
from app.store.reading import accounts as accounts_reading
from app.store.reading import mailboxes as reading
from app.store.writing import accounts, mailboxes, outbox

ADVICE = frozenset(["gmail", "outlook", "microsoft365", "icloud", "yahoo", "fastmail", "zoho", "proton"])

SERVES: Mapping[str, tuple[str, ...]] = {"google": ("gmail",), "microsoft": ("microsoft365", "outlook")}
"""Which providers (mail/servers.py) let in whom an authority vouches for; the first of them serves other people's domains."""


@dataclass(frozen=True, slots=True)
class Browser:
    """With what a sign-in goes through the browser. `say` puts the page at its end into words; without it that page has none."""

    open: OpenBrowser
    say: Callable[[Message], str] | None = None
    authorities: Mapping[str, Authority] = field(default_factory=lambda: AUTHORITIES)

    def request(self, address: str, client_id: str) -> SignInRequest:
        """What the user gave, with the pages that the browser ends on."""
        allowed, denied, language = (
            self.say(message(f"network.page.{each}")) if self.say is not None else ""
            for each in ("allowed", "denied", "language")
        )
        return SignInRequest("", address, client_id, allowed, denied, language)


class Mailboxes:
    """`MailboxesService` of commands/mail_services.py."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        credentials: Credentials,
        clock: Clock,
        browser: Browser,
        *,
        simulated: bool = False,
        patience: sending.Patience | None = None,
    ) -> None:
        """`simulated`: the sample shop, which opens no line to any server."""
        self._database = database
        self._connections = connections
        self._credentials = credentials
        self._clock = clock
        self._browser = browser
        self._simulated = simulated
        self._patience = patience

    def proposal(self, address: str) -> Proposal:
        """Servers for an address, and how to get the password they take."""
        checked = check_address(address, field="address")
        found = proposed(checked)
        row = _at(MailboxRow(0, checked, "", ""), found.smtp, found.imap)
        provider = provider_of_domain(found.domain)
        return Proposal(
            row,
            provider.name if provider else "",
            advice_of(provider),
            provider.page if provider else "",
            self._ways(row, provider),
        )

    def _ways(self, row: MailboxRow, provider: Provider | None) -> tuple[BrowserWay, ...]:
        """A domain of one's own may be served by any of them; one of a known provider only by that."""
        ways = []
        for authority in self._browser.authorities.values():
            served = SERVES.get(authority.id, ())
            by = provider if provider is not None else next(each for each in PROVIDERS if each.id == served[0])
            if by.id in served:
                servers = _at(row, by.smtp, by.imap)
                usual = provider is not None and not authority.takes_passwords
                ways.append(
                    BrowserWay(
                        authority.id,
                        authority.name,
                        servers,
                        wants_secret=authority.wants_secret,
                        page=authority.page,
                        is_usual=usual,
                        hosts=authority.hosts,
                    )
                )
        return tuple(ways)

    async def test(self, row: MailboxRow, password: str, certificate: str = "", again: int | None = None) -> Tried:
        """Sign in to both servers, one beside the other, and out again."""
        mailbox = mailbox_of(row, certificate or await self._certificate(again))
        secret = await self._secret(password, again)
        if self._simulated:
            return Tried()
        now = self._clock.now()
        seconds = self._patience.answer if self._patience is not None else 30.0
        reading_of = Reading(mailbox, lambda: secret, self._clock.now, seconds=seconds)
        sends, reads = await asyncio.gather(
            _said(sending.try_login(mailbox, secret, now, self._patience)), _said(reading_of.sent_folder())
        )
        doubtful = [
            each
            for each in (sends, reads)
            if isinstance(each, Misconfigured) and each.cause is Misconfiguration.CERTIFICATE
        ]
        pem = await self._presented(mailbox, by_smtp=isinstance(sends, Misconfigured)) if doubtful else ""
        return Tried(_words(sends), _words(reads), pem, fingerprint(pem) if pem else "")

    async def add(self, row: MailboxRow, password: str, certificate: str = "", again: int | None = None) -> int:
        """Sign in and keep it; answers the account's id."""
        self._allowed()
        pem = certificate or await self._certificate(again)
        known = row._replace(sign_in=SignIn.PASSWORD.value)
        mailbox_of(known, pem)
        secret = await self._secret(password, again)
        await asyncio.to_thread(self._connections.probe_secrets)
        return await self._enter(known, {"password": secret}, pem, again)

    async def sign_in_browser(
        self, row: MailboxRow, app: OwnApp, certificate: str = "", again: int | None = None
    ) -> int:
        """Let the user allow it on the provider's page, sign in to both servers with what that gave, and keep it. May be cancelled."""
        self._allowed()
        pem = certificate or await self._certificate(again)
        authority = self._browser.authorities[app.provider]
        known = row._replace(sign_in=SignIn.XOAUTH2.value)
        self._meant_for(authority, mailbox_of(known, pem))
        await asyncio.to_thread(self._connections.probe_secrets)  # before the user is sent to a browser for nothing
        before = await self._kept(again)
        same = before.get("provider") == authority.id and app.client_id.strip() in ("", before.get("client_id"))
        request = self._browser.request(row.address, app.client_id or (before.get("client_id", "") if same else ""))
        secret = app.client_secret or (before.get("client_secret", "") if same else "")
        tokens = Tokens(authority, self._clock)
        return await self._enter(
            known, await sign_in.sign_in_browser(tokens, request, secret, self._browser.open), pem, again
        )

    async def add_with_tokens(self, row: MailboxRow, pasted: Secrets, certificate: str = "") -> int:
        """With tokens that the user got elsewhere: `refresh_token` with its `client_id` (and `client_secret`), or an `access_token` alone,
        which is good until it ends.
        """
        self._allowed()
        known = row._replace(sign_in=SignIn.XOAUTH2.value)
        host = mailbox_of(known, certificate).smtp.host
        authority = next((each for each in self._browser.authorities.values() if host in each.hosts), None)
        await asyncio.to_thread(self._connections.probe_secrets)
        if authority is None:
            if not pasted.get("access_token"):
                raise UserMistake(message("mail.error.nobody_vouches", host=host), field="smtp_host")
            return await self._enter(known, {"access_token": pasted["access_token"]}, certificate, None)
        self._meant_for(authority, mailbox_of(known, certificate))
        return await self._enter(known, await refreshed(Tokens(authority, self._clock), pasted), certificate, None)

    async def _enter(self, row: MailboxRow, secrets: Secrets, pem: str, again: int | None) -> int:
        """Sign in to both servers, then keep it."""
        mailbox = mailbox_of(row, pem)
        secret = shown_of(mailbox, secrets)
        await sending.try_login(mailbox, secret, self._clock.now(), self._patience)
        await Reading(mailbox, lambda: secret, self._clock.now).sent_folder()
        account_id, before = await self._database.write(
            _keep, self._row(row, mailbox), pem, again, to_ms(self._clock.now())
        )
        try:
            await asyncio.to_thread(self._credentials.set, self._connections.key(account_id), dict(secrets))
        except AppError:
            await self._database.write(_undo_keep, account_id, before, to_ms(self._clock.now()))
            raise
        await self._connections.forget(account_id)
        await self._database.write(accounts.set_state, account_id, AccountState.READY, to_ms(self._clock.now()))
        await self._database.write(outbox.forget_reason, account_id)
        return account_id

    async def describe(self, account_id: int, *, sender_name: str, copy_to_self: bool) -> None:
        """What may be changed without signing in."""
        name = " ".join(sender_name.split())
        await self._database.write(
            lambda s: mailboxes.describe(s, account_id, sender_name=name, copy_to_self=copy_to_self)
        )
        await self._connections.forget(account_id)

    async def eml(self, account_id: int, mail: Mail, text: str, key: str) -> bytes:
        """A letter as a file, for the user's own mail program: the same letter that the outbox item of this key would be."""
        row = await self._database.read(reading.mailbox, account_id)
        if row is None:
            raise UserMistake(message("error.account_removed"))
        return await asyncio.to_thread(eml, mailbox_of(row), mail, text, key, self._clock.now())

    def _allowed(self) -> None:
        if self._simulated:
            raise UserMistake(message("settings.sample_accounts"))

    def _meant_for(self, authority: Authority, mailbox: Mailbox) -> None:
        """A token opens the whole mailbox: only the servers that it was made for are shown it."""
        for server, field_name in ((mailbox.smtp, "smtp_host"), (mailbox.imap, "imap_host")):
            if server.host not in authority.hosts:
                raise UserMistake(
                    message("mail.error.other_servers", provider=authority.name, host=server.host), field=field_name
                )

    async def _kept(self, again: int | None) -> Secrets:
        """What the keyring has of an account."""
        if again is None:
            return {}
        return await asyncio.to_thread(self._credentials.get, self._connections.key(again)) or {}

    def _row(self, row: MailboxRow, mailbox: Mailbox) -> MailboxRow:
        return row._replace(
            address=mailbox.address,
            smtp_host=mailbox.smtp.host,
            imap_host=mailbox.imap.host,
            sender_name=" ".join(row.sender_name.split()),
        )

    async def _secret(self, password: str, again: int | None) -> str:
        """App passwords are shown in groups: the blanks of Google's are none of it."""
        given = password.strip()
        if not given:
            given = (await self._kept(again)).get("password", "")
        if not given:
            raise UserMistake(message("mail.error.password_missing"), field="password")
        bare = given.replace(" ", "").replace("\xa0", "")
        return bare if len(bare) == 16 and bare.isalpha() and len(given.split()) == 4 else given

    async def _certificate(self, again: int | None) -> str:
        if again is None:
            return ""
        _, facts = await self._database.read(accounts_reading.limits_and_facts, again)
        return facts_from(facts).values.get(CERTIFICATE, "")

    async def _presented(self, mailbox: Mailbox, *, by_smtp: bool) -> str:
        """The certificate that was refused, as PEM, to be compared by the user; empty where it cannot be had."""
        try:
            found = await (
                sending.certificate(mailbox, self._patience)
                if by_smtp
                else in_thread(lambda: imap_line.certificate(mailbox))
            )
        except AppError:
            return ""
        return ssl.DER_cert_to_PEM_cert(found) if found else ""


def advice_of(provider: Provider | None) -> Message | None:
    """How to get the password that a provider's servers take."""
    return message(f"mail.advice.{provider.id}") if provider is not None and provider.id in ADVICE else None


def provider_name(row: MailboxRow) -> str:
    """Who serves a mailbox; empty where nobody known does."""
    provider = provider_of(
        Mailbox(row.address, Server(row.smtp_host, row.smtp_port), Server(row.imap_host, row.imap_port))
    )
    return provider.name if provider is not None else ""


def fingerprint(pem: str) -> str:
    """SHA-256 of a certificate as it is read aloud: pairs of digits."""
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper()
    return ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))


def _at(row: MailboxRow, smtp: Server, imap: Server) -> MailboxRow:
    """The row with other servers."""
    return row._replace(
        smtp_host=smtp.host,
        imap_host=imap.host,
        smtp_port=smtp.port,
        smtp_security=smtp.security,
        imap_port=imap.port,
        imap_security=imap.security,
    )


async def _said(trial: Awaitable[object]) -> NetworkTrouble | None:
    try:
        await trial
    except NetworkTrouble as trouble:
        return trouble
    return None


def _words(trouble: NetworkTrouble | None) -> Message | None:
    return trouble.message if trouble is not None else None


def _keep(
    session: Session, row: MailboxRow, certificate: str, again: int | None, now_ms: int
) -> tuple[int, tuple[str, str] | None]:
    """The account and its mailbox, signed out until the keyring has the secret. Answers what to go back to where it was there before."""
    facts = facts_text(Facts(values={CERTIFICATE: certificate} if certificate else {}))
    before = accounts.standing_of(session, EMAIL, "", row.address.lower())
    if again is not None and (before is None or before[0] != again):
        raise UserMistake(message("mail.error.other_mailbox", address=row.address), field="address")
    account_id = accounts.add(
        session,
        EMAIL,
        "",
        row.address,
        row.address.lower(),
        now_ms,
        name=row.sender_name,
        state=AccountState.SIGNED_OUT,
        facts=facts,
    )
    mailboxes.save(session, row._replace(account_id=account_id))
    return account_id, (before[1], before[2]) if before is not None and not before[3] else None


def _undo_keep(session: Session, account_id: int, before: tuple[str, str] | None, now_ms: int) -> None:
    if before is None:
        accounts.remove(session, account_id, now_ms)
    else:
        accounts.set_state(session, account_id, AccountState(before[0]), now_ms, before[1])
