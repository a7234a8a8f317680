"""Reading a mailbox from the loop: news as they come, letters by UID, and looking for one of ours. The work is done by threads.

One connection watches the folder (IDLE, else asking each minute); errands - finding, filing, trying - have their own, which they close.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from app.mail.imap import Found as Sized
from app.mail.imap import Imap
from app.mail.parsing import read_letter
from app.mail.servers import Mailbox, provider_of
from app.models.letter import LetterPage, ReadLetter
from app.runtime.errors import NetworkTrouble

T = TypeVar("T")

IDLE_SECONDS = 9 * 60.0
"""Gmail ends a wait after about ten minutes, routers forget after as many; RFC 2177 allows 29."""
POLL_SECONDS = 60.0
PAGE_LETTERS = 25
PAGE_BYTES = 4_000_000
MOST_RESYNCS = 3
"""A server that numbers anew again and again is read by date instead."""
LOOKED_BACK = timedelta(days=30)
RECENT = timedelta(days=3)
REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class Sought:
    """One of our letters that may have left."""

    letter_id: str
    token: str = ""
    sent_at: datetime | None = None


class Reading:
    """The mailbox of one account."""

    def __init__(
        self,
        mailbox: Mailbox,
        secret: Callable[[], str],
        now: Callable[[], datetime],
        *,
        resyncs: int = 0,
        seconds: float = 30.0,
    ) -> None:
        """`secret` answers what the server is shown now; `resyncs`: how often it numbered anew before."""
        self._mailbox = mailbox
        self._secret = secret
        self._now = now
        self._resyncs = resyncs
        self._seconds = seconds
        self._watch: Imap | None = None
        self._busy = asyncio.Lock()
        self._open: set[Imap] = set()
        self._seen: OrderedDict[str, None] = OrderedDict()
        """Message-IDs handed out while UIDs mean nothing."""
        self._closed = False

    # ---- letters

    async def letters(self, uid_validity: int | None, last_uid: int | None) -> AsyncIterator[LetterPage]:
        """What came after `last_uid`, in pages, oldest first. Without a place to begin, one empty page that names it."""
        folder = self._mailbox.folder
        standing = await self._step(lambda watch: watch.examine(folder))
        if uid_validity is None or last_uid is None:
            yield LetterPage((), standing.uid_validity, await self._last(standing.uid_next))
        elif standing.uid_validity != uid_validity or self._resyncs >= MOST_RESYNCS:
            async for page in self._by_date(standing.uid_validity, anew=standing.uid_validity != uid_validity):
                yield page
        else:
            async for page in self._pages(await self._step(lambda watch: watch.newer(last_uid)), uid_validity):
                yield page

    async def _by_date(self, uid_validity: int, *, anew: bool) -> AsyncIterator[LetterPage]:
        """All letters have other numbers: what came lately is handed out again, each once while this runs, known by its Message-ID."""
        often = self._resyncs >= MOST_RESYNCS
        self._resyncs += anew
        begins = self._now() - (RECENT if often else LOOKED_BACK)
        uids = await self._step(lambda watch: watch.since(begins))
        last = uids[-1] if uids else await self._last(None)
        handed = False
        async for page in self._pages(uids, uid_validity):
            fresh = tuple(letter for letter in page.letters if letter.remote_id not in self._seen)
            for letter in fresh:
                self._seen[letter.remote_id] = None
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
            if fresh or not handed:
                yield LetterPage(fresh, uid_validity, max(page.last_uid, 0), is_resync=True)
                handed = True
        if not handed:
            yield LetterPage((), uid_validity, last, is_resync=True)

    async def _pages(self, uids: list[int], uid_validity: int) -> AsyncIterator[LetterPage]:
        if not uids:
            return
        sizes = await self._step(lambda watch: list(watch.look_at(uids)))
        at = 0
        while at < len(sizes):
            group = [sizes[at]]
            total = sizes[at].size
            while (
                len(group) < PAGE_LETTERS
                and at + len(group) < len(sizes)
                and total + sizes[at + len(group)].size <= PAGE_BYTES
            ):
                total += sizes[at + len(group)].size
                group.append(sizes[at + len(group)])
            at += len(group)
            letters = await self._step(partial(_fetched, group=tuple(group)))
            yield LetterPage(tuple(letters), uid_validity, group[-1].uid)
        if not sizes:  # gone meanwhile
            yield LetterPage((), uid_validity, uids[-1])

    async def _last(self, uid_next: int | None) -> int:
        if uid_next is not None:
            return max(0, uid_next - 1)
        found = await self._step(lambda watch: watch.newer(0))
        return found[-1] if found else 0

    # ---- news

    async def wait(self, seconds: float) -> bool:
        """Whether something may be new, at the latest after `seconds`. A line that had to be made anew counts as news."""
        async with self._busy:
            if self._watch is None:
                watch = await self._watching()
                await self._minded(watch, lambda line: line.examine(self._mailbox.folder))
                return True
            watch = self._watch
            if watch.idles:
                return await self._minded(watch, lambda line: line.wait(min(seconds, IDLE_SECONDS)))
        # Nobody needs the line meanwhile: letters() may have it.
        await asyncio.sleep(min(seconds, POLL_SECONDS))
        async with self._busy:
            if self._watch is not watch:
                return True
            return await self._minded(watch, Imap.poll)

    async def _step(self, work: Callable[[Imap], T]) -> T:
        """One exchange on the watching line. The line is not held between the pages of letters: nobody must end them in order."""
        async with self._busy:
            watch = await self._watching()
            return await self._minded(watch, work)

    async def _minded(self, watch: Imap, work: Callable[[Imap], T]) -> T:
        try:
            return await in_thread(lambda: watch.use(work))
        except (NetworkTrouble, asyncio.CancelledError):
            self._let_go(watch)
            raise

    async def _watching(self) -> Imap:
        if self._watch is None:
            self._watch = await self._opened()
        return self._watch

    def _let_go(self, imap: Imap) -> None:
        imap.abort()
        self._open.discard(imap)
        if self._watch is imap:
            self._watch = None

    async def _opened(self) -> Imap:
        imap = Imap(self._mailbox, self._secret(), self._now, self._seconds)
        self._open.add(imap)
        try:
            await in_thread(lambda: imap.use(Imap.open))
        except BaseException:
            self._let_go(imap)
            raise
        return imap

    # ---- errands

    async def find(self, sought: Sought) -> bool:
        """Whether a letter of ours is in Sent or in the own mailbox, where its blind copy comes."""

        def look(imap: Imap) -> bool:
            return bool(_places(imap, self._mailbox, sought))

        return await self._errand(look)

    async def file_sent(self, letter_id: str, content: bytes) -> bool:
        """Put a letter that is out into Sent, unless the server did so itself; False where it did, or has no such folder."""

        def act(imap: Imap) -> bool:
            folder = self._mailbox.sent_folder or imap.folders().sent
            if not folder or imap.find(folder, letter_id):
                return False
            imap.file(folder, content)
            return True

        return await self._errand(act)

    async def sent_folder(self) -> str:
        """Sign in, and answer what the server calls its folder of sent mail."""
        return await self._errand(lambda imap: imap.folders().sent)

    async def _errand(self, work: Callable[[Imap], T]) -> T:
        imap = await self._opened()
        try:
            answer = await in_thread(lambda: imap.use(work))
            await in_thread(lambda: imap.use(Imap.close))
            return answer
        finally:
            self._let_go(imap)

    async def close(self) -> None:
        """End everything under way."""
        for imap in list(self._open):
            self._let_go(imap)


def _fetched(imap: Imap, group: Sequence[Sized]) -> list[ReadLetter]:
    letters = []
    for each in group:
        raw = imap.fetch(each.uid, each.size)
        if raw:
            letters.append(read_letter(raw, each.uid, each.at, each.size))
    return letters


def _places(imap: Imap, mailbox: Mailbox, sought: Sought) -> list[str]:
    """The folder in which it was found first, if any."""
    provider, folders = provider_of(mailbox), imap.folders()
    by_own_search = provider is not None and provider.search_by_message
    sent = mailbox.sent_folder or folders.sent
    if by_own_search and folders.all_mail and imap.find(folders.all_mail, sought.letter_id, as_gmail=True):
        return [folders.all_mail]
    for folder in dict.fromkeys(each for each in (sent, mailbox.folder) if each):
        if imap.find(folder, sought.letter_id, as_gmail=by_own_search):
            return [folder]
    if sent and sought.token and sought.sent_at is not None and imap.find_dated(sent, sought.token, sought.sent_at):
        return [sent]
    return []


async def in_thread(work: Callable[[], T]) -> T:
    """Run on a thread of its own, which does not keep the program from ending. Cancelling leaves the thread to its end: abort its line."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Any] = loop.create_future()

    def settle(answer: object, error: BaseException | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(answer)

    def run() -> None:
        answer: object = None
        failed: BaseException | None = None
        try:
            answer = work()
        except BaseException as error:  # noqa: BLE001  (handed to whoever waits)
            failed = error
        try:
            loop.call_soon_threadsafe(settle, answer, failed)
        except RuntimeError:
            return  # the loop is gone: nobody waits

    threading.Thread(target=run, name="mailbox", daemon=True).start()
    answer: T = await done
    return answer
