"""One mailbox at an IMAP server, for one thread at a time: reading by UID, finding, filing, waiting for news.

Folders are opened read-only and letters peeked at: nothing is ever marked as read. `abort` may be called from any thread and ends whatever
is under way.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from app.mail import troubles
from app.mail.imap_answers import SENT_NAMES, SIZE, UID, bytes_words, day_of, lines_of, moment_of, quotable, same_second
from app.mail.imap_line import BROKEN, WAITED_SECONDS, Line, end, sign_in, trouble
from app.mail.imap_waiting import Waiting
from app.mail.servers import Mailbox, trust
from app.runtime.errors import AppError

T = TypeVar("T")

LARGEST = 1_048_576
"""Bytes of a letter that are fetched; what hangs on larger ones stays where it is."""
SIZES_AT_ONCE = 200


class Standing(NamedTuple):
    """What a folder said when it was opened."""

    uid_validity: int
    uid_next: int | None


class Found(NamedTuple):
    """A letter of a folder before it is fetched."""

    uid: int
    size: int
    at: datetime | None


class Folders(NamedTuple):
    """Folders by their use; empty where there is none."""

    sent: str = ""
    all_mail: str = ""


class Imap:
    """Signed in after `open`."""

    def __init__(
        self, mailbox: Mailbox, secret: str, now: Callable[[], datetime], seconds: float = WAITED_SECONDS
    ) -> None:
        self._mailbox = mailbox
        self._secret = secret
        self._now = now
        self._seconds = seconds
        self._line: Line | None = None
        self._folders: Folders | None = None
        self._capabilities: frozenset[str] = frozenset()
        self._aborted = False
        self._waits = 0
        self._lock = threading.Lock()

    def use(self, work: Callable[[Imap], T]) -> T:
        """Run something over this line, on the thread that calls; what was aborted meanwhile is closed here and not under its hands."""
        try:
            with self._lock:
                return work(self)
        finally:
            if self._aborted:
                self._dispose()

    # ---- beginning and end

    def open(self) -> None:
        """Connect and sign in."""
        try:
            self._line = Line(self._mailbox, trust(self._mailbox), self._seconds)
        except BROKEN as error:
            raise trouble(self._mailbox, error) from error
        try:
            with contextlib.suppress(OSError):
                self._client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            sign_in(self._client, self._mailbox, self._secret, self._now())
            self._capabilities = self._ask_capabilities()
        except BaseException:
            self._aborted = True
            raise
        if self._aborted:
            raise troubles.unreachable(self._mailbox.imap, ConnectionError("closed"))

    def close(self) -> None:
        """Say goodbye, if anybody listens."""
        if self._line is not None and not self._aborted:
            with contextlib.suppress(*BROKEN):
                self._client.sock.settimeout(3.0)
                self._client.logout()
        self._aborted = True

    def abort(self) -> None:
        """End whatever is under way; from any thread."""
        self._aborted = True
        if self._line is not None:
            with contextlib.suppress(OSError):
                # Not SSLSocket's own: that takes its state away under the reading thread.
                socket.socket.shutdown(self._line.client.sock, socket.SHUT_RDWR)
        self._dispose()

    def _dispose(self) -> None:
        """Close what is left, unless somebody is using it: they do it then."""
        if self._lock.acquire(blocking=False):
            try:
                if self._line is not None:
                    end(self._line.client)
            finally:
                self._lock.release()

    @property
    def idles(self) -> bool:
        """Whether the server tells of news by itself."""
        return "IDLE" in self._capabilities

    # ---- reading

    def examine(self, folder: str) -> Standing:
        """Open a folder for reading alone."""
        with self._guarded():
            line = self._open_line()
            line.folder.set(folder, readonly=True)
            return Standing(self._number("UIDVALIDITY") or 0, self._number("UIDNEXT"))

    def newer(self, last_uid: int) -> list[int]:
        """UIDs after the last one read. `n:*` names the last letter even where none is newer."""
        return [uid for uid in self._search(f"UID {last_uid + 1}:*") if uid > last_uid]

    def since(self, moment: datetime) -> list[int]:
        """UIDs of letters that came on that day or later."""
        return self._search(f"SINCE {day_of(moment)}")

    def look_at(self, uids: Sequence[int]) -> Iterator[Found]:
        """Sizes and times, in ascending order of UID."""
        for begins in range(0, len(uids), SIZES_AT_ONCE):
            wanted = uids[begins : begins + SIZES_AT_ONCE]
            found: dict[int, Found] = {}
            with self._guarded():
                answer = self._client.uid("FETCH", ",".join(map(str, wanted)), "(UID RFC822.SIZE INTERNALDATE)")
            for each in lines_of(answer):
                uid, size = UID.search(each), SIZE.search(each)
                if uid is not None and size is not None and int(uid[1]) in wanted:
                    found[int(uid[1])] = Found(int(uid[1]), int(size[1]), moment_of(each))
            yield from (found[uid] for uid in sorted(found))

    def fetch(self, uid: int, size: int) -> bytes:
        """A letter as it came, or its beginning where it is large; empty when it is gone meanwhile. It stays unread."""
        part = f"BODY.PEEK[]<0.{LARGEST}>" if size > LARGEST else "BODY.PEEK[]"
        with self._guarded():
            status, content = self._client.uid("FETCH", str(uid), f"(UID {part})")
        if status != "OK":
            return b""
        return next((bytes(each[1]) for each in content if isinstance(each, tuple) and isinstance(each[1], bytes)), b"")

    # ---- finding and filing

    def folders(self) -> Folders:
        """By SPECIAL-USE (RFC 6154), for names are translated; by name where the server tells no use."""
        if self._folders is None:
            with self._guarded():
                listed = self._open_line().folder.list()
            used = {flag.lower(): each.name for each in listed for flag in each.flags}
            named = next((each.name for each in listed if each.name.lower() in SENT_NAMES), "")
            self._folders = Folders(used.get("\\sent", named), used.get("\\all", ""))
        return self._folders

    def find(self, folder: str, letter_id: str, *, as_gmail: bool = False) -> bool:
        """Whether a letter with this Message-ID is in a folder."""
        self.examine(folder)
        bare = letter_id.strip("<>")
        if as_gmail and "X-GM-EXT-1" in self._capabilities:
            return bool(self._search(f'X-GM-RAW "rfc822msgid:{quotable(bare)}"'))
        return bool(self._search(f'HEADER Message-ID "{quotable(bare)}"'))

    def find_dated(self, folder: str, token: str, sent_at: datetime) -> bool:
        """Whether a folder holds the letter with this token and this very date: for servers that give letters another Message-ID."""
        self.examine(folder)
        for uid in self._search(f'SUBJECT "{quotable(token)}" SINCE {day_of(sent_at - timedelta(days=1))}')[-20:]:
            with self._guarded():
                answer = self._client.uid("FETCH", str(uid), "(UID BODY.PEEK[HEADER.FIELDS (DATE)])")
            for each in answer[1]:
                if isinstance(each, tuple) and same_second(bytes(each[1]), sent_at):
                    return True
        return False

    def file(self, folder: str, content: bytes) -> None:
        """Put a letter of ours into a folder, as read."""
        with self._guarded():
            # imap-tools sends what it is given; the time is the letter's own, for the server to read from its head.
            self._open_line().append(content, folder, dt=self._now(), flag_set="\\Seen")

    # ---- waiting

    def wait(self, seconds: float) -> bool:
        """Whether the open folder has news within `seconds`; needs `idles`. Says so at once where they came during an earlier command."""
        if len(self._client.untagged_responses.get("EXISTS", [])) > 1:
            return True
        with self._guarded():
            self._waits += 1
            return Waiting(self._client, self._now, lambda: self._aborted, self._waits).run(seconds)

    def poll(self) -> bool:
        """The same for servers that tell nothing by themselves: asks once."""
        with self._guarded():
            self._client.noop()
        return len(self._client.untagged_responses.get("EXISTS", [])) > 1

    # ---- inside

    @property
    def _client(self) -> imaplib.IMAP4:
        return self._open_line().client

    def _open_line(self) -> Line:
        if self._line is None:
            raise ConnectionError("not open")
        return self._line

    def _ask_capabilities(self) -> frozenset[str]:
        """Anew: some servers tell all of them only to whom they know."""
        with self._guarded():
            _, answer = self._client.capability()
        return frozenset(
            word.upper()
            for each in answer
            if isinstance(each, bytes)
            for word in each.decode("ascii", "replace").split()
        )

    def _search(self, criteria: str) -> list[int]:
        with self._guarded():
            status, answer = self._client.uid("SEARCH", criteria)
            if status != "OK":
                raise imaplib.IMAP4.error(bytes_words(answer))
        words = [word for each in answer if isinstance(each, bytes) for word in each.split()]
        return sorted({int(word) for word in words if word.isdigit()})

    def _number(self, name: str) -> int | None:
        _, found = self._client.response(name)
        last = found[-1] if found else None
        digits = re.search(rb"\d{1,10}", last) if isinstance(last, bytes) else None
        return int(digits[0]) if digits is not None else None

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except AppError:
            raise
        except BROKEN as error:
            raise trouble(self._mailbox, error) from error
