"""The way in for e-mail: watches each mailbox, recognises what belongs to something here, and stores that with the cursor in one transaction.

What belongs to nothing here is never stored, nothing is ever sent because of a letter, and our own copies are evidence that a letter
left, not answers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from app.mail.composing import message_id
from app.models.account import AccountState
from app.models.escalation import ANSWERS
from app.models.letter import LetterKind, LetterPage, ReadLetter
from app.models.mailbox import EMAIL
from app.models.outbox import DeliveryState
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import (
    AppError,
    CredentialTrouble,
    DiskTrouble,
    NetworkTrouble,
    PaymentNeeded,
    RateLimited,
    SignedOut,
)
from app.runtime.signals import Signal
from app.runtime.tasks import Tasks
from app.runtime.words import message
from app.services import backoff
from app.services.alarm import Alarm
from app.services.connections import Connections
from app.services.letter_recognising import recognise, same_address
from app.services.mailbox import ReadsLetters
from app.services.waking import Waking
from app.store.changes import Changes
from app.store.database import Database, Session
from app.store.reading import accounts as accounts_reading
from app.store.reading import mailboxes as mailboxes_reading
from app.store.writing import accounts, escalations, mailboxes, outbox

_log = logging.getLogger(__name__)

LONGEST_WAIT_SECONDS = 540.0
"""A waiting connection is begun anew after so long: servers and routers between drop quieter ones (RFC 2177 allows 29 minutes)."""
STEADY = timedelta(minutes=1)


class News(NamedTuple):
    """A letter that was stored, for being told."""

    conversation_id: int
    kind: LetterKind
    name: str
    """Who sent it."""


CustomerLetter = Callable[[Session, ReadLetter, int], bool]
"""Stores a customer's letter of an account; whether it was one."""


def no_customers(_session: Session, _letter: ReadLetter, _account_id: int) -> bool:
    """Where customers do not write letters."""
    return False


class Letters:
    """One watcher a mailbox that is ready; `run` until cancelled."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        tasks: Tasks,
        clock: Clock,
        chance: Random,
        customer_letter: CustomerLetter = no_customers,
    ) -> None:
        """`customer_letter` is asked about letters that answer no question, inside the transaction that stores them."""
        self.came: Signal[[Sequence[News]]] = Signal("letters.came")
        self._database = database
        self._connections = connections
        self._tasks = tasks
        self._clock = clock
        self._chance = chance
        self._customer_letter = customer_letter
        self._alarm = Alarm(tasks, clock, "letters: mailboxes")
        self._watched: dict[int, tuple[object, object]] = {}
        """By account: since when it is ready, and who owns its watcher."""
        self._waking = Waking(clock)

    async def run(self) -> None:
        """Watch every mailbox that is ready, and begin anew wherever this computer may have slept: its connections are dead then."""
        disconnect = self._database.changed.connect(self._hear)
        self._tasks.spawn("letters: waking", self._waking.watch(self._woke), owner=self)
        try:
            while True:
                await self._settle()
                await self._alarm.wait(None)
        finally:
            disconnect()
            self._stop(list(self._watched))
            self._tasks.cancel(self)

    async def look_at(self, account_id: int) -> int:
        """Read a mailbox to its end now; answers how many letters belonged to something here."""
        link = await self._connections.get(account_id)
        connection = link.connection
        if not isinstance(connection, ReadsLetters):
            return 0
        box = await self._database.read(mailboxes_reading.mailbox, account_id)
        if box is None:
            return 0
        kept = 0
        async for page in connection.letters(box.uid_validity, box.last_uid):
            kept += await self._take_in(account_id, box.address, page)
        return kept

    # ---- watching

    def _hear(self, changes: Changes) -> None:
        if changes.touches("account", "mailbox"):
            self._alarm.ring()

    def _woke(self, _jump: timedelta) -> None:
        self._stop(list(self._watched))
        self._alarm.ring()

    def _stop(self, account_ids: Sequence[int]) -> None:
        for number in account_ids:
            _, owner = self._watched.pop(number)
            self._tasks.cancel(owner)

    async def _settle(self) -> None:
        rows = await self._database.read(accounts_reading.accounts)
        ready = {row.id: row.state_since for row in rows if row.network == EMAIL and row.state is AccountState.READY}
        self._stop([number for number, (since, _) in self._watched.items() if ready.get(number, self) != since])
        for number, since in ready.items():
            if number not in self._watched:
                owner = object()
                self._watched[number] = (since, owner)
                self._tasks.spawn(f"letters: watch mailbox {number}", self._watch(number), owner=owner)

    async def _watch(self, account_id: int) -> None:
        failures = 0
        while True:
            began = self._clock.now()
            try:
                trouble = await self._hold(account_id)
            except DiskTrouble as full:  # the engine's to tell; what could not be stored is read anew
                _log.info("mailbox %s: %s", account_id, full)
                trouble = full
            if isinstance(trouble, SignedOut | PaymentNeeded):
                return  # signing in again begins another watcher
            failures = 0 if self._clock.now() - began >= STEADY else failures
            pause = backoff.next_try(self._clock.now(), failures, self._chance)
            if isinstance(trouble, RateLimited):
                pause = max(pause, backoff.after(trouble.until, self._chance))
            failures += 1
            await self._clock.sleep_until(pause)

    async def _hold(self, account_id: int) -> AppError | None:
        """Read, wait, read, until something goes wrong; answers what."""
        try:
            while True:
                await self.look_at(account_id)
                await self._well(account_id)
                link = await self._connections.get(account_id)
                if not isinstance(link.connection, ReadsLetters):
                    return None
                await link.connection.wait(LONGEST_WAIT_SECONDS)
        except (SignedOut, PaymentNeeded) as trouble:
            await self._signed_out(account_id, trouble)
            return trouble
        except (NetworkTrouble, CredentialTrouble) as trouble:
            _log.info("mailbox %s: %s", account_id, trouble)
            await self._database.write(accounts.set_trouble, account_id, trouble.message.to_json())
            return trouble

    async def _well(self, account_id: int) -> None:
        await self._database.write(accounts.checked, account_id, to_ms(self._clock.now()))

    async def _signed_out(self, account_id: int, trouble: AppError) -> None:
        state = AccountState.SIGNED_OUT if isinstance(trouble, SignedOut) else AccountState.PAUSED
        now, text = to_ms(self._clock.now()), trouble.message.to_json()
        await self._database.write(accounts.set_state, account_id, state, now, text)
        await self._connections.forget(account_id)

    # ---- taking in

    async def _take_in(self, account_id: int, address: str, page: LetterPage) -> int:
        news = await self._database.write(self._keep, account_id, address, page, self._clock.now())
        told = [each for each in news if each.kind is not LetterKind.QUESTION]
        if told:
            self.came.emit(told)
        return len(told)

    def _keep(self, session: Session, account_id: int, address: str, page: LetterPage, now: datetime) -> list[News]:
        """One page, in one transaction with the cursor that covers it."""
        kept: list[News] = []
        for letter in page.letters:
            found = self._keep_one(session, account_id, address, letter, page.uid_validity, to_ms(now))
            if found is not None:
                kept.append(found)
        mailboxes.read_to(session, account_id, page)
        return kept

    def _keep_one(
        self, session: Session, account_id: int, address: str, letter: ReadLetter, uid_validity: int, now_ms: int
    ) -> News | None:
        settle(session, account_id, address, letter, now_ms)
        if same_address(letter.from_address, address) and not letter.is_bounce:
            return None  # our own copy, or a rule of the mailbox: it answers nothing
        found = recognise(session, letter, now_ms)
        if found is None:
            told = letter.is_bounce or not letter.is_automatic
            if told and self._customer_letter(session, letter, account_id):
                _log.info("mailbox %s: a customer's letter", account_id)
            return None
        number = escalations.add_letter(session, account_id, found.of, found.kind, letter, uid_validity, now_ms)
        if number is None:
            return None
        if found.kind in ANSWERS:
            escalations.answered(session, found.of.id, now_ms)
        elif found.kind is LetterKind.BOUNCE:
            reason = message("escalation.bounced_reason", address=found.of.address, said=letter.trouble[:300])
            escalations.bounced(session, found.of.id, reason.to_json(), now_ms)
        elif found.kind is LetterKind.UNSURE:
            escalations.comes_back(session, found.of.conversation_id, now_ms)
        return News(found.of.conversation_id, found.kind, letter.from_name or letter.from_address)


def settle(session: Session, account_id: int, address: str, letter: ReadLetter, now_ms: int) -> int | None:
    """A letter that proves that one of ours left: our own copy of it, or one that refers to it. Answers the outbox id where that was in doubt.

    What waits for another try, because a server seemed to have taken nothing, is out all the same then.
    """
    named = {letter.remote_id, letter.in_reply_to, letter.bounced_id, *letter.chain} - {""}
    for item in outbox.mails_begun(session, account_id):
        remote_id = message_id(item.key, address)
        if remote_id not in named:
            continue
        if item.state is DeliveryState.CLAIMED:
            return None  # whoever sends it is about to write down its answer
        if item.state is DeliveryState.WAITING:
            outbox.move(session, item.id, DeliveryState.UNSURE, now_ms)
        if not item.progress:
            outbox.record_progress(session, item.id, remote_id, "", now_ms)
        outbox.settle_out(session, item.id, now_ms)
        return item.id
    return None
