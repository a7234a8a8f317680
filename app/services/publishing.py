"""The only way out: claims what the outbox owes, hands it to the network once, and writes down the answer.

A claim is committed before the network is called and the answer after; whatever happens in between leaves the item unsure, and an unsure
item is looked for at the network before anything else. See ARCHITECTURE.md, "The outbox".
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from app.media.pictures import prepare
from app.models.account import AccountState
from app.models.delivery import Delivery, PartOut
from app.models.outbox import DeliveryState, OutboxKind
from app.networks.network import Boosts, Likes, Publishes
from app.networks.outgoing import Upload
from app.runtime.clock import Clock
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
from app.services.deliveries import TEXTS, Ledger, outgoing
from app.services.settling import Settling
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import outbox as reading
from app.store.writing import accounts, outbox
from app.store.writing.outbox import UNKNOWN_PREFIX

_log = logging.getLogger(__name__)

LEASE_SECONDS = 60
RENEW_SECONDS = 20
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
        self._ledger = Ledger(database, clock)
        self._settling = Settling(database, self._ledger, connections, clock, chance)
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
        await self._settling.take_over()
        await self._settling.settle_unsure()
        while claimed := await self._claim():
            deliveries = [self._tasks.spawn(f"deliver {item.id}", self._deliver(item), owner=self) for item in claimed]
            await asyncio.gather(*deliveries)

    async def _claim(self) -> list[Delivery]:
        now = self._ledger.now_ms()
        return await self._database.write(
            lambda session: outbox.claim(session, now, self._database.process_id, LEASE_SECONDS, limit=50)
        )

    async def _next_moment(self) -> datetime | None:
        """When there is next something to do: an item due, an unsure one to look for, or a claim that may have been left behind."""
        moments = [await self._database.read(reading.next_due)]
        moments += [item.next_try_at for item in await self._ledger.in_state(DeliveryState.UNSURE)]
        moments += [item.claim_ends_at for item in await self._ledger.in_state(DeliveryState.CLAIMED)]
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
            await self._ledger.note_all_out(item)
            self._settling.forget(item)
        except _Overtaken:
            _log.info("outbox %s: the claim went to another process", item.id)
        except Unsure as trouble:
            if item.kind in TEXTS:
                await self._settling.doubt(item, trouble.message)
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
            await self._ledger.move(item, DeliveryState.FAILED, trouble.message)
        except asyncio.CancelledError:
            raise  # the claim stays: whoever runs next finds it, and finds out
        except BaseException:
            await self._settling.doubt(item, message("outbox.unsure.fault"))
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
            await self._ledger.note_sent(item, sent)
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
        await self._ledger.note_part(item, item.target, "")

    async def _renew(self, item: Delivery) -> None:
        while True:
            await self._clock.sleep(RENEW_SECONDS)
            if not await self._prolong(item):
                return

    async def _prolong(self, item: Delivery) -> bool:
        """Whether the claim is still ours; it is for another minute then."""
        until = self._ledger.now_ms() + LEASE_SECONDS * 1000
        return await self._database.write(outbox.renew, item.id, self._database.process_id, until)

    async def _try_later(self, item: Delivery, moment: datetime, reason: Message) -> None:
        await self._ledger.move(item, DeliveryState.WAITING, reason, next_try=moment)

    async def _hold_account(self, item: Delivery, trouble: NetworkTrouble) -> None:
        """The account keeps all it owes until it is signed in again (or paid for)."""
        to = AccountState.SIGNED_OUT if isinstance(trouble, SignedOut) else AccountState.PAUSED
        await self._ledger.move(item, DeliveryState.WAITING, trouble.message)
        now = self._ledger.now_ms()
        await self._database.write(accounts.set_state, item.account_id, to, now, trouble.message.to_json())
        await self._connections.forget(item.account_id)


async def _tell(trouble: AppError) -> None:
    """Raised in a task of its own it reaches the user, and the engine goes on."""
    raise trouble


