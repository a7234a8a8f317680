"""Sending one claimed delivery: hands it to its network once and writes down the answer, part by part.

Whatever is raised while the network may be storing it leaves it unsure; what certainly did not arrive waits, fails, or stops the account.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from app.models.account import AccountState
from app.models.delivery import Delivery, PartOut
from app.models.outbox import DeliveryState, OutboxKind
from app.networks.network import Boosts, Deletes, Likes, Publishes
from app.networks.outgoing import Sent
from app.runtime.clock import Clock
from app.runtime.errors import (
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
from app.services.connections import Connections, Link
from app.services.deliveries import TEXTS, Ledger, outgoing
from app.services.settling import Settling
from app.services.uploading import Media, Uploading
from app.store.database import Database
from app.store.reading import outbox as reading
from app.store.writing import outbox
from app.store.writing.outbox import UNKNOWN_PREFIX

_log = logging.getLogger(__name__)

LEASE_SECONDS = 60
RENEW_SECONDS = 20
AT_ONCE = timedelta(seconds=1)
"""When to try again where nothing stands in the way any more."""


class _Overtaken(Exception):
    """The claim is no longer ours (the computer slept too long): whoever has it now finds out, nothing more is sent from here."""


class Sending:
    """Sends what is claimed by this process."""

    def __init__(
        self,
        database: Database,
        ledger: Ledger,
        settling: Settling,
        uploading: Uploading,
        connections: Connections,
        tasks: Tasks,
        clock: Clock,
        chance: Random,
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._settling = settling
        self._uploading = uploading
        self._connections = connections
        self._tasks = tasks
        self._clock = clock
        self._chance = chance

    async def deliver(self, item: Delivery) -> None:
        """Send one claimed item. Whatever is raised while the network may be storing it leaves it unsure."""
        renewing = self._tasks.spawn(f"renew claim {item.id}", self._renew(item), owner=self)
        link = None
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
            if isinstance(trouble, PaymentNeeded) and trouble.until is not None:  # the user's own limit: no reason to pause
                await self._try_later(item, trouble.until, trouble.message)
                return
            await self._hold_account(item, trouble, link)
        except CredentialTrouble as trouble:
            await self._try_later(item, self._clock.now() + timedelta(minutes=1), trouble.message)
        except (Refused, Misconfigured, UserMistake) as trouble:
            # What a network refuses to programs alone the user can still do there: nothing failed.
            to = DeliveryState.BY_HAND if isinstance(trouble, Refused) and trouble.by_hand else DeliveryState.FAILED
            await self._ledger.move(item, to, trouble.message)
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
        media = await self._uploading.ready(item, link, publisher) if not done else Media()
        root = await self._database.read(reading.thread_root, item.account_id, item.target) if item.target else ""
        for number in range(len(done), len(item.parts)):
            now = replace(item, progress=tuple(done))
            if not await self._prolong(item):
                raise _Overtaken
            sent = await self._publish(now, number, media if number == 0 else Media(), root, publisher, link)
            await self._ledger.note_sent(item, sent)
            done.append(PartOut(sent.remote_id, sent.url))

    async def _publish(self, item: Delivery, number: int, media: Media, root: str, publisher: Publishes, link: Link) -> Sent:
        """One part. A refusal is certain: where it may be that the server threw away what was uploaded ahead, a second upload is free."""
        before = item.progress[-1].remote_id if item.progress else item.target
        try:
            return await publisher.publish(outgoing(item, number, before, media.ids, root=root, thumb=media.thumb))
        except Refused:
            if not media.ahead:
                raise
        media = await self._uploading.ready(item, link, publisher, anew=True)
        if not await self._prolong(item):
            raise _Overtaken
        return await publisher.publish(outgoing(item, number, before, media.ids, root=root, thumb=media.thumb))

    async def _act(self, item: Delivery, link: Link) -> None:
        connection = link.connection
        if item.kind in (OutboxKind.LIKE, OutboxKind.UNLIKE) and isinstance(connection, Likes):
            await (connection.like if item.kind is OutboxKind.LIKE else connection.unlike)(item.target)
        elif item.kind in (OutboxKind.BOOST, OutboxKind.UNBOOST) and isinstance(connection, Boosts):
            await (connection.boost if item.kind is OutboxKind.BOOST else connection.unboost)(item.target)
        elif item.kind is OutboxKind.DELETE and isinstance(connection, Deletes):
            for remote_id in item.target.split()[len(item.progress) :]:
                await connection.delete(remote_id)
                await self._ledger.note_part(item, remote_id, "")
            return
        else:
            raise Refused(message("outbox.not_offered", network=link.card.name))
        await self._ledger.note_part(item, item.target, "")

    async def _renew(self, item: Delivery) -> None:
        while True:
            await self._clock.sleep(RENEW_SECONDS)
            try:
                if not await self._prolong(item):
                    return
            except DiskTrouble as trouble:  # told by whoever writes down the answer; a claim that ends is looked into
                _log.info("outbox %s: the claim could not be renewed: %s", item.id, trouble)

    async def _prolong(self, item: Delivery) -> bool:
        """Whether the claim is still ours; it is for another minute then."""
        until = self._ledger.now_ms() + LEASE_SECONDS * 1000
        return await self._database.write(outbox.renew, item.id, self._database.process_id, until)

    async def _try_later(self, item: Delivery, moment: datetime, reason: Message) -> None:
        await self._ledger.move(item, DeliveryState.WAITING, reason, next_try=moment)

    async def _hold_account(self, item: Delivery, trouble: NetworkTrouble, link: Link | None) -> None:
        """The account keeps all it owes until it is signed in again (or paid for); unless that has happened meanwhile."""
        to = AccountState.SIGNED_OUT if isinstance(trouble, SignedOut) else AccountState.PAUSED
        # The account first: an item that waits for an account in order would be claimed again at once.
        if not await self._ledger.hold_account(item.account_id, to, trouble.message, link):
            await self._try_later(item, self._clock.now() + AT_ONCE, trouble.message)
            return
        await self._connections.forget(item.account_id)
        await self._ledger.move(item, DeliveryState.WAITING, trouble.message)
