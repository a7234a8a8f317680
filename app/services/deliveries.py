"""What the engine writes down about deliveries, one transaction each; and how one part of them is handed to a network."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Container, Iterable, Sequence
from datetime import datetime, timedelta

from app.models.account import AccountState
from app.models.delivery import Delivery, PartOut
from app.models.outbox import DeliveryState, OutboxKind
from app.networks.outgoing import Held, LinkCard, Outgoing, Sent
from app.runtime.clock import Clock, to_ms
from app.runtime.words import Message
from app.services.connections import Link
from app.store.database import Database, Session
from app.store.reading import accounts as accounts_reading
from app.store.reading import outbox as reading
from app.store.reading.outbox import ANYONE
from app.store.writing import accounts, outbox

_log = logging.getLogger(__name__)

TEXTS = (OutboxKind.POST, OutboxKind.REPLY, OutboxKind.MAIL)
"""Kinds that say something: sent twice they would stand there twice."""


class Ledger:
    """The engine's moves in the outbox."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @property
    def process_id(self) -> str:
        """The name under which this process claims."""
        return self._database.process_id

    def now_ms(self) -> int:
        """UTC milliseconds."""
        return to_ms(self._clock.now())

    async def in_state(self, state: DeliveryState) -> list[Delivery]:
        """All items in a state, as they stand now."""
        items: list[Delivery] = await self._database.read(reading.in_state, state)
        return items

    async def to_ask_about(self, state: DeliveryState) -> list[Delivery]:
        """Those in a state whose accounts are signed in: with a dead token nobody can be asked, and signing in again changes the account."""
        items: list[Delivery] = await self._database.read(reading.to_ask_about, state)
        return items

    async def move(
        self, item: Delivery, to: DeliveryState, reason: Message | None, next_try: datetime | None = None
    ) -> None:
        """Unless the item has moved on since it was read: another process of this profile, or the user, may have been faster."""
        text = reason.to_json() if reason is not None else ""
        now, later = self.now_ms(), to_ms(next_try) if next_try is not None else None

        def act(session: Session) -> bool:
            if not _is_as_read(session, item):
                return False
            outbox.move(session, item.id, to, now, reason=text, next_try_ms=later)
            return True

        moved = await self._database.write(act)
        _log.info("outbox %s: %s %s", item.id, to if moved else "moved on meanwhile", reason.id if reason else "")

    async def wait_again(self, item: Delivery) -> None:
        """The part in doubt is certainly not there, and no server holds it."""

        def act(session: Session) -> None:
            if not _is_as_read(session, item):
                return
            if item.held_id:
                outbox.not_held(session, item.id, self.now_ms())
            else:
                outbox.move(session, item.id, DeliveryState.WAITING, self.now_ms())

        await self._database.write(act)

    async def note_held(self, item: Delivery, held: Held) -> None:
        """The server holds it."""

        def act(session: Session) -> None:
            if _is_as_read(session, item):
                outbox.hold(session, item.id, held.held_id, self.now_ms())

        await self._database.write(act)

    async def hold_account(self, account_id: int, to: AccountState, reason: Message, link: Link | None) -> bool:
        """The account keeps all it owes until it is signed in again (or paid for). False, and nothing is changed, where that has happened
        since `link`, over which it was found out, was opened.
        """
        account = await self._database.read(accounts_reading.account, account_id)
        if link is not None and account is not None and account.state_since != link.since:
            return False
        await self._database.write(accounts.set_state, account_id, to, self.now_ms(), reason.to_json())
        return True

    async def note_part(self, item: Delivery, remote_id: str, url: str) -> None:
        """The current part, or the act, is certainly out."""
        await self._database.write(outbox.record_progress, item.id, remote_id, url, self.now_ms())

    async def note_sent(self, item: Delivery, sent: Sent) -> None:
        """What the network answered for the current part."""
        await self.note_part(item, sent.remote_id, sent.url)

    async def note_found(self, item: Delivery, sent: Sent) -> None:
        """The part in doubt is out; what is left of a thread goes on."""
        await self._database.write(_found, item, sent, self.now_ms())

    async def note_all_out(self, item: Delivery) -> None:
        """The network has all of it."""
        await self._database.write(_all_out, item.id, self.now_ms())


def outgoing(
    item: Delivery,
    number: int,
    reply_to: str,
    media: tuple[str, ...],
    others: tuple[str, ...] = (),
    *,
    root: str = "",
    thumb: str = "",
) -> Outgoing:
    """One part of a delivery. Its key is stable over all attempts, so that a network that knows keys stores it once.

    `root`: the first post of the thread that a reply stands in, as far as we know it; `thumb`: the uploaded picture of the link's card.
    """
    card = item.link_card if number == 0 else None
    return Outgoing(
        key=f"{item.key}-{number}",
        text=item.parts[number],
        media_ids=media,
        poll=item.poll if number == 0 else None,
        visibility=item.visibility,
        warning=item.warning,
        language=item.language,
        reply_to=reply_to,
        quote=item.quote if number == 0 else "",
        root=root_of(item, item.progress, root) if reply_to else "",
        link_card=LinkCard(card.url, card.title, card.description, thumb) if card is not None else None,
        begun=item.begun_at,
        number=number,
        others=others,
        mail=item.mail,
    )


def root_of(item: Delivery, done: Sequence[PartOut], known: str = "") -> str:
    """The first post of the thread in which the next part stands: that of the message answered, or our own first part."""
    if item.target:
        return known or item.target
    return done[0].remote_id if done else ""


def held_of(item: Delivery, listed: Iterable[Held], known: Container[str], *, any_time: bool = False) -> Held | None:
    """The entry of a server's list of scheduled posts that is this item; `known` entries belong to others."""
    for held in listed:
        in_time = any_time or abs(held.at - item.due_at) < timedelta(seconds=2)
        same_text = not held.text or held.text.split() == item.parts[0].split()
        if in_time and same_text and held.held_id not in known:
            return held
    return None


def _is_as_read(session: Session, item: Delivery) -> bool:
    """Whether the item is where it was when it was read: for a claim that it is the same one, for a doubt that it is about the same part."""
    now = outbox.delivery(session, item.id)
    if now is None or now.state is not item.state or now.held_id != item.held_id:
        return False
    if item.state is DeliveryState.CLAIMED:
        return now.claimed_by == item.claimed_by
    return len(now.progress) == len(item.progress) and now.first_claimed_at == item.first_claimed_at


def _all_out(session: Session, outbox_id: int, now_ms: int) -> None:
    """The network has all of it; somebody may have found that out before."""
    item = outbox.delivery(session, outbox_id)
    if item is not None and item.state in (DeliveryState.CLAIMED, DeliveryState.UNSURE):
        outbox.settle_out(session, outbox_id, now_ms)


def _found(session: Session, item: Delivery, sent: Sent, now_ms: int) -> None:
    """The part in doubt is out; what is left of a thread goes on. What may be another item's post is no proof: it is looked for again."""
    if not _is_as_read(session, item) or outbox.may_be_anothers(session, item.id, sent.remote_id):
        return
    outbox.record_progress(session, item.id, sent.remote_id, sent.url, now_ms)
    if len(item.parts_left) <= 1:
        outbox.settle_out(session, item.id, now_ms)
    elif item.claimed_by == ANYONE:  # whoever sent this part may have sent the next one as well
        outbox.move(session, item.id, DeliveryState.UNSURE, now_ms, reason=item.reason, next_try_ms=now_ms)
    else:
        outbox.move(session, item.id, DeliveryState.WAITING, now_ms)


def process_lives(process_id: str) -> bool:
    """Whether the process of a claim may still be running. Ids are `host:pid:random`; unknown ones count as alive (the lease decides)."""
    host, _, rest = process_id.partition(":")
    pid = rest.partition(":")[0]
    if os.name != "posix" or host != socket.gethostname() or not pid.isdigit():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
