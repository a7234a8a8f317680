"""An e-mail account's connection: sends by SMTP, looks for what may have left, and reads answers by IMAP; and how one is made from its row.

The blind copy to the own mailbox and the folder of sent mail are the evidence. That a letter is in neither proves nothing - a server may
hold it back for hours - so what is not found is asked about and never sent again without the user's word.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any, Protocol, TypeVar, runtime_checkable

from app.mail import sending
from app.mail.composing import as_bytes, check_address, compose, message_id, needs_smtputf8
from app.mail.reading import Reading, Sought
from app.mail.servers import Mailbox, Security, Server, SignIn, provider_of
from app.models.letter import LetterPage, Mail
from app.models.mailbox import MailboxRow
from app.networks.email.authorities import AUTHORITIES, Authority
from app.networks.email.tokens import Tokens
from app.networks.network import Facts, Profile, SecretKeeper, Secrets
from app.networks.outgoing import Found, Outgoing, Sent, Upload
from app.runtime.clock import Clock
from app.runtime.errors import (
    Misconfiguration,
    Misconfigured,
    NetworkTrouble,
    Offline,
    RateLimited,
    Refused,
    SignedOut,
    UserMistake,
)
from app.runtime.words import message

T = TypeVar("T")

_log = logging.getLogger(__name__)

Spawn = Callable[[str, Coroutine[Any, Any, None]], object]
"""(name, work) for what may run after the answer was given."""

LOOKED_FOR = timedelta(minutes=2)
"""How long a letter in doubt is looked for before the user is asked."""
SELDOM = timedelta(hours=4)
GIVEN_UP_AFTER = timedelta(days=4)
FILED_AFTER_SECONDS = 5.0
LONGEST_FILE_NAME = 60
"""When to see whether the server has put a letter into Sent by itself."""
CERTIFICATE = "certificate"
"""Fact: PEM of the one certificate that the user trusts for this mailbox."""


@runtime_checkable
class ReadsLetters(Protocol):
    """Can read what came into a mailbox, and tell of news."""

    def letters(self, uid_validity: int | None, last_uid: int | None) -> AsyncIterator[LetterPage]:
        """What came after `last_uid`, oldest first. Without a place to begin, one empty page that names it. A page may be empty and
        still move the cursor; `is_resync`: known by Message-ID alone.
        """

    async def wait(self, seconds: float) -> bool:
        """Whether something may be new; answers at the latest after `seconds`."""


def mailbox_of(row: MailboxRow, certificate: str = "") -> Mailbox:
    """A row as the protocols' code wants it. Raises `UserMistake` for settings that cannot be."""
    ways = [each.value for each in SignIn]
    return Mailbox(
        address=check_address(row.address, field="address"),
        smtp=_server(row.smtp_host, row.smtp_port, row.smtp_security, "smtp"),
        imap=_server(row.imap_host, row.imap_port, row.imap_security, "imap"),
        user=row.user.strip(),
        sender_name=row.sender_name,
        sign_in=SignIn(row.sign_in) if row.sign_in in ways else SignIn.PASSWORD,
        copy_to_self=row.copy_to_self,
        folder=row.folder or "INBOX",
        sent_folder=row.sent_folder,
        certificate=certificate,
    )


def _server(host: str, port: int, security: str, field: str) -> Server:
    name = host.strip().rstrip(".").lower()
    if not name or not name.isprintable() or any(each in name for each in " /@:<>\\"):
        raise UserMistake(message("mail.error.host", host=name), field=f"{field}_host")
    if not 0 < port < 65_536 or port == 25:
        raise UserMistake(message("mail.error.port", port=str(port)), field=f"{field}_port")
    return Server(name, port, Security.TLS if security == Security.TLS else Security.STARTTLS)


class MailConnection:
    """`Publishes`, `FindsMine`, `ReadsLetters` and `Revokes` of one mailbox."""

    def __init__(
        self,
        mailbox: Mailbox,
        keeper: SecretKeeper,
        clock: Clock,
        spawn: Spawn,
        *,
        resyncs: int = 0,
        patience: sending.Patience | None = None,
        tokens: Tokens | None = None,
    ) -> None:
        """`tokens`: of a mailbox that was signed in through the browser."""
        self._mailbox = mailbox
        self._keeper = keeper
        self._tokens = tokens
        self._clock = clock
        self._spawn = spawn
        self._patience = patience
        seconds = patience.answer if patience is not None else 30.0
        self._reading = Reading(mailbox, self._secret, clock.now, resyncs=resyncs, seconds=seconds)
        self._pictures: dict[str, Upload] = {}
        self._closed = False

    # ---- out

    async def upload(self, picture: Upload) -> str:
        """A picture goes along with the letter itself."""
        name = hashlib.sha256(picture.data).hexdigest()[:32]
        if picture.alt.strip():  # files are kept by their content: whoever gets the letter wants words
            picture = replace(
                picture, name=f"{picture.alt.strip()[:LONGEST_FILE_NAME].strip()}{PurePath(picture.name).suffix}"
            )
        self._pictures[name] = picture
        return name

    async def publish(self, part: Outgoing) -> Sent:
        """Send the letter once."""
        mail, key = _mail_of(part), _key_of(part)
        sender, to = check_address(self._mailbox.address), check_address(mail.to, field="to")
        pictures = [self._pictures[each] for each in part.media_ids if each in self._pictures]
        if len(pictures) < len(part.media_ids):
            raise Offline(message("mail.error.pictures_again"))
        utf8 = needs_smtputf8(to) or needs_smtputf8(sender)
        at = part.begun or self._clock.now()
        made = await asyncio.to_thread(
            lambda: as_bytes(compose(self._mailbox, mail, part.text, key, at, pictures), utf8=utf8)
        )
        copies = (sender,) if self._mailbox.copy_to_self and sender.casefold() != to.casefold() else ()
        letter = sending.Letter(sender, (to, *copies), made, utf8)
        try:
            words = await self._let_in(
                lambda: sending.send(self._mailbox, self._secret(), letter, self._clock.now(), self._patience)
            )
        except Misconfigured as trouble:
            raise _for_now(trouble) from trouble
        except RateLimited as trouble:
            raise _patiently(trouble, at, self._clock.now()) from trouble
        letter_id = message_id(key, self._mailbox.address)
        _log.info("letter %s: taken (%s)", letter_id, words)
        self._pictures.clear()
        provider = provider_of(self._mailbox)
        if provider is None or not provider.keeps_sent:
            self._spawn("sent letter", self._file(letter_id, made))
        return Sent(letter_id, "", self._clock.now())

    async def _file(self, letter_id: str, content: bytes) -> None:
        """Into Sent, where the server does not do that by itself. That it is out does not depend on it."""
        await self._clock.sleep(FILED_AFTER_SECONDS)
        if self._closed:
            return
        try:
            await self._let_in(lambda: self._reading.file_sent(letter_id, content))
        except NetworkTrouble as trouble:
            _log.info("letter %s is not in Sent: %s", letter_id, trouble.message.id)

    async def find_mine(self, part: Outgoing, since: datetime) -> Sent | Found:
        """Look into Sent and the own mailbox. Not to be found proves nothing, so after two minutes the user is asked."""
        mail, key = _mail_of(part), _key_of(part)
        letter_id = message_id(key, self._mailbox.address)
        now = self._clock.now()
        try:
            found = await self._let_in(lambda: self._reading.find(Sought(letter_id, mail.token, part.begun)))
        except Misconfigured as trouble:
            raise _for_now(trouble) from trouble
        if found:
            return Sent(letter_id, "", part.begun or now)
        if now - since < LOOKED_FOR:
            raise Offline(message("mail.error.not_seen_yet"))
        return Found.CANNOT_TELL

    # ---- in

    async def letters(self, uid_validity: int | None, last_uid: int | None) -> AsyncIterator[LetterPage]:
        """See `ReadsLetters`."""
        shown = await self._good()
        for attempt in (1, 2):
            try:
                async for page in self._reading.letters(uid_validity, last_uid):
                    yield page
                    uid_validity, last_uid = page.uid_validity, page.last_uid
                return
            except SignedOut as refused:
                if attempt == 2:
                    raise
                await self._renew(shown, refused)

    async def wait(self, seconds: float) -> bool:
        """See `ReadsLetters`."""
        return await self._let_in(lambda: self._reading.wait(seconds))

    # ---- the account

    async def profile(self) -> Profile:
        """Signs in to both servers."""
        await self._let_in(lambda: sending.try_login(self._mailbox, self._secret(), self._clock.now(), self._patience))
        await self._let_in(self._reading.sent_folder)
        return Profile(self._mailbox.address.lower(), self._mailbox.address, self._mailbox.sender_name)

    async def close(self) -> None:
        """Ends waiting and reading at once."""
        self._closed = True
        await self._reading.close()

    async def revoke(self) -> None:
        """What the browser's sign-in gave; a password only its owner can take back."""
        if self._tokens is not None:
            await self._tokens.revoke(self._keeper.secrets)

    def _secret(self) -> str:
        return shown_of(self._mailbox, self._keeper.secrets)

    # ---- tokens, which end

    async def _let_in(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do it with a token that is good for now; where a server takes it no longer, once more with a new one: who was not let in did
        nothing.
        """
        shown = await self._good()
        try:
            return await work()
        except SignedOut as refused:
            await self._renew(shown, refused)
        return await work()

    async def _good(self) -> Secrets:
        secrets = self._keeper.secrets
        if self._tokens is not None and self._tokens.are_due(secrets):
            return await self._keeper.renew(secrets, self._tokens.renew)
        return secrets

    async def _renew(self, shown: Secrets, refused: SignedOut) -> None:
        """Raises `refused` where no other token can be had."""
        if self._tokens is None or not self._tokens.renewable(shown):
            raise refused
        await self._keeper.renew(shown, self._tokens.renew)


def shown_of(mailbox: Mailbox, secrets: Secrets) -> str:
    """Which of the secrets the servers are shown."""
    return secrets.get("access_token" if mailbox.sign_in is SignIn.XOAUTH2 else "password", "")


def open_mailbox(
    row: MailboxRow,
    keeper: SecretKeeper,
    facts: Facts,
    clock: Clock,
    spawn: Spawn,
    authorities: Mapping[str, Authority] = AUTHORITIES,
) -> MailConnection:
    """The connection of an account of the network `email`. Raises `Misconfigured` where its row cannot be used."""
    try:
        mailbox = mailbox_of(row, facts.values.get(CERTIFICATE, ""))
    except UserMistake as mistake:
        raise Misconfigured(Misconfiguration.SERVER_NAME, row.smtp_host, mistake.message) from mistake
    authority = authorities.get(keeper.secrets.get("provider", "")) if mailbox.sign_in is SignIn.XOAUTH2 else None
    tokens = Tokens(authority, clock) if authority is not None else None
    return MailConnection(mailbox, keeper, clock, spawn, resyncs=row.resyncs, tokens=tokens)


def eml(mailbox: Mailbox, mail: Mail, text: str, key: str, at: datetime) -> bytes:
    """The letter for the user's own mail program, as a draft there."""
    letter = compose(mailbox, mail, text, key, at)
    letter["X-Unsent"] = "1"  # Outlook opens it for writing then
    return as_bytes(letter)


def _mail_of(part: Outgoing) -> Mail:
    if part.mail is None:
        raise Refused(message("mail.error.no_letter"))
    if not part.mail.subject.strip() and part.mail.token == "":
        return replace(part.mail, subject="…")
    return part.mail


def _key_of(part: Outgoing) -> str:
    """The item's own key: a letter has one part."""
    return part.key.removesuffix(f"-{part.number}")


def _for_now(trouble: Misconfigured) -> Offline:
    """What nobody vouches for now may be a hotel's own page, and the right server an hour later: the letter waits, and the reason is said."""
    return Offline(trouble.message, technical=trouble.technical)


def _patiently(trouble: RateLimited, begun: datetime, now: datetime) -> RateLimited | Refused:
    """A server that puts a letter off is asked after a quarter of an hour, and ever more seldom; after four days it has refused
    (RFC 5321, 4.5.4.1).
    """
    waited = now - begun
    if waited >= GIVEN_UP_AFTER:
        return Refused(message("mail.error.given_up", reason=trouble.message), technical=trouble.technical)
    later = max(trouble.until, now + min(waited, SELDOM))
    return RateLimited(later, trouble.message, technical=trouble.technical)
