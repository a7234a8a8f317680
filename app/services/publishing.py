"""The only way out: claims what the outbox owes, hands it to the network once, and settles what became of it.

A claim is committed before the network is called and the answer after; whatever happens in between leaves the item unsure, and an unsure
item is looked for at the network before anything else. See ARCHITECTURE.md, "The outbox".
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from app.media.pictures import prepare
from app.models.account import AccountState
from app.models.delivery import Delivery, PartOut
from app.models.outbox import DeliveryState, OutboxKind
from app.networks.network import Boosts, FindsMine, Found, Likes, Outgoing, Publishes, Sent, Upload
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import (
    AppError,
    CredentialTrouble,
    DiskTrouble,
    Misconfigured,
    NetworkTrouble,
    Offline,
    PaymentNeeded,
    RateLimited,
    Refused,
    SignedOut,
    Unsure,
    UserMistake,
)
from app.runtime.tasks import Tasks
from app.runtime.words import Message, message
from app.services import backoff
from app.services.alarm import Alarm
from app.services.connections import Connections, Link
from app.store.changes import Changes
from app.store.database import Database, Session
from app.store.reading import outbox as reading
from app.store.writing import accounts, outbox
from app.store.writing.outbox import UNKNOWN_PREFIX

_log = logging.getLogger(__name__)

LEASE_SECONDS = 60
RENEW_SECONDS = 20
FIRST_LOOK = timedelta(seconds=8)
"""How long after an unsure attempt the network is first looked through: a slow server may still be storing."""
SECOND_LOOK = timedelta(seconds=20)
"""\"Not there\" counts only when it is still so this much later."""
OTHERS_BEFORE = timedelta(minutes=10)
"""Posts of other items from so long before an attempt are named to the network's search, so that none is taken for the one sought."""
ASKED_AFTER = timedelta(minutes=30)
"""An unsure item whose network cannot be reached for this long is put before the user as well."""
TEXTS = (OutboxKind.POST, OutboxKind.REPLY)
SHORTEST_REST = timedelta(seconds=1)
"""Between two rounds that found nothing to do although something seemed due."""
DISK_PAUSE = timedelta(minutes=1)
"""How long to wait where the data file cannot be written."""


class _Overtaken(Exception):
    """The claim is no longer ours (the computer slept too long): whoever has it now finds out, nothing more is sent from here."""


class Publishing:
    """The engine. Several processes may run one on the same profile: a claim is a row in the database, never a lock in memory."""

    def __init__(
        self, database: Database, connections: Connections, tasks: Tasks, clock: Clock, media: Path, chance: Random
    ) -> None:
        """`media` is the profile's media folder, to which pictures' paths are relative."""
        self._database = database
        self._connections = connections
        self._tasks = tasks
        self._clock = clock
        self._media = media
        self._chance = chance
        self._alarm = Alarm(tasks, clock, "publishing: next due")
        self._not_there: dict[int, tuple[datetime | None, datetime]] = {}
        """Unsure items that a first look did not find: the attempt in doubt, and when that look was."""
        database.changed.connect(self._hear)

    def _hear(self, changes: Changes) -> None:
        if changes.touches("outbox", "account"):
            self._alarm.ring()

    async def run(self) -> None:
        """Send what falls due, until cancelled. A disk that cannot be written is told once and tried again; all that is owed waits."""
        told = False
        while True:
            try:
                await self.send_due()
                moment = await self._next_moment()
                told = False
            except DiskTrouble as trouble:
                if not told:
                    self._tasks.spawn("publishing: the disk", _tell(trouble), owner=self)
                told, moment = True, self._clock.now() + DISK_PAUSE
            now = self._clock.now()
            await self._alarm.wait(now + SHORTEST_REST if moment is not None and moment <= now else moment)

    async def send_due(self) -> None:
        """Settle what is unsure, then send all that is due now; accounts at the same time, an account's items in order."""
        await self._take_over()
        await self._settle_unsure()
        while claimed := await self._claim():
            deliveries = [self._tasks.spawn(f"deliver {item.id}", self._deliver(item), owner=self) for item in claimed]
            await asyncio.gather(*deliveries)

    async def _claim(self) -> list[Delivery]:
        now = self._now_ms()
        return await self._database.write(
            lambda session: outbox.claim(session, now, self._database.process_id, LEASE_SECONDS, limit=50)
        )

    async def _next_moment(self) -> datetime | None:
        """When there is next something to do: an item due, an unsure one to look for, or a claim that may have been left behind."""
        moments = [await self._database.read(reading.next_due)]
        moments += [item.next_try_at for item in await self._unsure()]
        moments += [item.claim_ends_at for item in await self._database.read(reading.in_state, DeliveryState.CLAIMED)]
        return min((moment for moment in moments if moment is not None), default=None)

    # -- sending ---------------------------------------------------------------------------------------------------------------

    async def _deliver(self, item: Delivery) -> None:
        """Send one claimed item. Whatever is raised while the network may be storing it leaves it unsure."""
        renewing = self._tasks.spawn(f"renew claim {item.id}", self._renew(item), owner=self)
        try:
            link = await self._connections.get(item.account_id)
            if item.kind in TEXTS:
                await self._send_parts(item, link)
            else:
                await self._act(item, link)
            await self._database.write(_all_out, item.id, self._now_ms())
            self._not_there.pop(item.id, None)
        except _Overtaken:
            _log.info("outbox %s: the claim went to another process", item.id)
        except Unsure as trouble:
            if item.kind in TEXTS:
                await self._to_unsure(item, trouble.message)
            else:  # liking twice is liking once
                await self._try_later(item, backoff.next_try(self._clock.now(), item.attempts, self._chance), trouble.message)
        except RateLimited as trouble:
            await self._try_later(item, backoff.after(trouble.until, self._chance), trouble.message)
        except Offline as trouble:
            await self._try_later(item, backoff.next_try(self._clock.now(), item.attempts, self._chance), trouble.message)
        except (SignedOut, PaymentNeeded) as trouble:
            await self._hold_account(item, trouble)
        except CredentialTrouble as trouble:
            await self._try_later(item, self._clock.now() + timedelta(minutes=1), trouble.message)
        except (Refused, Misconfigured, UserMistake) as trouble:
            await self._move(item, DeliveryState.FAILED, trouble.message)
        except asyncio.CancelledError:
            raise  # the claim stays: whoever runs next finds it, and finds out
        except BaseException:
            await self._to_unsure(item, message("outbox.unsure.fault"))
            raise
        finally:
            renewing.cancel()

    async def _send_parts(self, item: Delivery, link: Link) -> None:
        publisher = link.connection
        if not isinstance(publisher, Publishes):
            raise Refused(message("outbox.not_offered", network=link.card.name))
        done = list(item.progress)
        if done and done[-1].remote_id.startswith(UNKNOWN_PREFIX):
            raise Refused(message("outbox.thread_broken", part=len(done), parts=len(item.parts)))
        media = await self._upload(item, publisher, link) if not done else ()
        for number in range(len(done), len(item.parts)):
            part = outgoing(item, number, done[-1].remote_id if done else item.target, media if number == 0 else ())
            if not await self._prolong(item):
                raise _Overtaken
            sent = await publisher.publish(part)
            await self._note_out(item, sent)
            done.append(PartOut(sent.remote_id, sent.url))

    async def _upload(self, item: Delivery, publisher: Publishes, link: Link) -> tuple[str, ...]:
        """Pictures go first; an upload without a post is nothing anybody sees, so its failures are never unsure."""
        ids = []
        for picture in item.pictures:
            path = self._media / picture.path
            try:
                data, content_type = await asyncio.to_thread(prepare, path, link.limits)
                ids.append(await publisher.upload(Upload(data, content_type, path.name, picture.alt)))
            except Unsure as trouble:
                raise Offline(trouble.message, technical=trouble.technical) from trouble
        return tuple(ids)

    async def _act(self, item: Delivery, link: Link) -> None:
        connection = link.connection
        if item.kind in (OutboxKind.LIKE, OutboxKind.UNLIKE) and isinstance(connection, Likes):
            await (connection.like if item.kind is OutboxKind.LIKE else connection.unlike)(item.target)
        elif item.kind in (OutboxKind.BOOST, OutboxKind.UNBOOST) and isinstance(connection, Boosts):
            await (connection.boost if item.kind is OutboxKind.BOOST else connection.unboost)(item.target)
        else:
            raise Refused(message("outbox.not_offered", network=link.card.name))
        await self._database.write(outbox.record_progress, item.id, item.target, "", self._now_ms())

    async def _note_out(self, item: Delivery, sent: Sent) -> None:
        await self._database.write(outbox.record_progress, item.id, sent.remote_id, sent.url, self._now_ms())

    async def _renew(self, item: Delivery) -> None:
        while True:
            await self._clock.sleep(RENEW_SECONDS)
            if not await self._prolong(item):
                return

    async def _prolong(self, item: Delivery) -> bool:
        """Whether the claim is still ours; it is for another minute then."""
        until = self._now_ms() + LEASE_SECONDS * 1000
        return await self._database.write(outbox.renew, item.id, self._database.process_id, until)

    async def _to_unsure(self, item: Delivery, reason: Message) -> None:
        await self._move(item, DeliveryState.UNSURE, reason, next_try=self._clock.now() + FIRST_LOOK)

    async def _try_later(self, item: Delivery, moment: datetime, reason: Message) -> None:
        await self._move(item, DeliveryState.WAITING, reason, next_try=moment)

    async def _hold_account(self, item: Delivery, trouble: NetworkTrouble) -> None:
        """The account keeps all it owes until it is signed in again (or paid for)."""
        to = AccountState.SIGNED_OUT if isinstance(trouble, SignedOut) else AccountState.PAUSED
        await self._move(item, DeliveryState.WAITING, trouble.message)
        now = self._now_ms()
        await self._database.write(accounts.set_state, item.account_id, to, now, trouble.message.to_json())
        await self._connections.forget(item.account_id)

    async def _move(
        self, item: Delivery, to: DeliveryState, reason: Message | None, next_try: datetime | None = None
    ) -> None:
        """Unless the item has moved on since it was read: another process of this profile, or the user, may have been faster."""
        text = reason.to_json() if reason is not None else ""
        now, later = self._now_ms(), to_ms(next_try) if next_try is not None else None

        def act(session: Session) -> bool:
            if not _is_as_read(session, item):
                return False
            outbox.move(session, item.id, to, now, reason=text, next_try_ms=later)
            return True

        moved = await self._database.write(act)
        _log.info("outbox %s: %s %s", item.id, to if moved else "moved on meanwhile", reason.id if reason else "")

    # -- settling --------------------------------------------------------------------------------------------------------------

    async def _take_over(self) -> None:
        """Claims left behind by a process that is gone: nobody knows what became of them, so they are unsure."""
        await self._database.write(outbox.take_over, self._now_ms())
        for item in await self._database.read(reading.in_state, DeliveryState.CLAIMED):
            if item.claimed_by != self._database.process_id and not process_lives(item.claimed_by):
                await self._to_unsure(item, message("outbox.unsure.interrupted"))

    async def _unsure(self) -> list[Delivery]:
        items: list[Delivery] = await self._database.read(reading.in_state, DeliveryState.UNSURE)
        return items

    async def _settle_unsure(self) -> None:
        now = self._clock.now()
        for item in await self._unsure():
            if item.next_try_at is None and not item.reason:
                # Taken over when its lease ended: the same grace for a slow server, then the same look.
                await self._look_again(item, now + FIRST_LOOK, message("outbox.unsure.interrupted"))
            elif item.next_try_at is None:
                continue  # only the user's word settles it
            elif item.next_try_at <= now:
                await self._settle(item)

    async def _settle(self, item: Delivery) -> None:
        """Look for the part that may be out; never more than one attempt's worth of doubt, for parts are committed one by one."""
        now = self._clock.now()
        if item.kind not in TEXTS:
            await self._move(item, DeliveryState.WAITING, None)
            return
        if not item.parts_left:  # cut off after the last part's answer was written down
            await self._database.write(_all_out, item.id, self._now_ms())
            return
        try:
            link = await self._connections.get(item.account_id)
            found = await self._look(item, link)
        except (NetworkTrouble, CredentialTrouble) as trouble:
            await self._cannot_look(item, trouble)
            return
        if isinstance(found, Sent):
            self._not_there.pop(item.id, None)
            await self._database.write(_found, item, found, self._now_ms())
        elif found is Found.NOT_THERE:
            attempt, first = self._not_there.get(item.id, (item.first_claimed_at, now))
            if attempt != item.first_claimed_at:  # that look was for an earlier doubt, which somebody else has settled
                first = now
            self._not_there[item.id] = item.first_claimed_at, first
            if now - first >= SECOND_LOOK:
                self._not_there.pop(item.id, None)
                await self._move(item, DeliveryState.WAITING, None)
            else:
                await self._look_again(item, first + SECOND_LOOK, message("outbox.unsure.looking", network=link.card.name))
        else:
            await self._ask(item, message("outbox.unsure.cannot_tell", network=link.card.name))

    async def _look(self, item: Delivery, link: Link) -> Sent | Found:
        if not isinstance(link.connection, FindsMine):
            return Found.CANNOT_TELL
        number = len(item.progress)
        before = item.progress[-1].remote_id if item.progress else item.target
        since = item.first_claimed_at or item.due_at
        others = await self._database.read(reading.parts_out_since, item.account_id, to_ms(since - OTHERS_BEFORE), item.id)
        part = outgoing(item, number, before, ("?",) * len(item.pictures) if number == 0 else (), others)
        return await link.connection.find_mine(part, since)

    async def _cannot_look(self, item: Delivery, trouble: AppError) -> None:
        """The network cannot be looked through now: keep trying, and after a while let the user decide as well."""
        now = self._clock.now()
        if isinstance(trouble, RateLimited):
            moment = backoff.after(trouble.until, self._chance)
        else:
            moment = now + timedelta(minutes=1)
        long_ago = item.first_claimed_at is not None and now - item.first_claimed_at > ASKED_AFTER
        reason = message("outbox.unsure.long", reason=trouble.message) if long_ago else trouble.message
        await self._look_again(item, moment, reason)

    async def _look_again(self, item: Delivery, moment: datetime, reason: Message) -> None:
        await self._move(item, DeliveryState.UNSURE, reason, next_try=moment)

    async def _ask(self, item: Delivery, reason: Message) -> None:
        """No evidence to be had: only the user's word settles it. No further look is planned."""
        await self._move(item, DeliveryState.UNSURE, reason)

    def _now_ms(self) -> int:
        return to_ms(self._clock.now())


def outgoing(
    item: Delivery, number: int, reply_to: str, media: tuple[str, ...], others: tuple[str, ...] = ()
) -> Outgoing:
    """One part of a delivery. Its key is stable over all attempts, so that a network that knows keys stores it once."""
    return Outgoing(
        key=f"{item.key}-{number}",
        text=item.parts[number],
        media_ids=media,
        poll=item.poll if number == 0 else None,
        visibility=item.visibility,
        warning=item.warning,
        language=item.language,
        reply_to=reply_to,
        others=others,
    )


async def _tell(trouble: AppError) -> None:
    """Raised in a task of its own it reaches the user, and the engine goes on."""
    raise trouble


def _is_as_read(session: Session, item: Delivery) -> bool:
    """Whether the item is where it was when it was read: for a claim that it is the same one, for a doubt that it is about the same part."""
    now = outbox.delivery(session, item.id)
    if now is None or now.state is not item.state:
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
    """The part in doubt is out; what is left of a thread goes on."""
    if not _is_as_read(session, item):
        return
    outbox.record_progress(session, item.id, sent.remote_id, sent.url, now_ms)
    if len(item.parts_left) <= 1:
        outbox.settle_out(session, item.id, now_ms)
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
