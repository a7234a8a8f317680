"""The log file of a profile: rotating, on this computer alone, with secrets and e-mail addresses taken out of every line.

Keeps what counts as a secret to itself. Also holds the hooks that hear of what nobody caught, and the file for crashes below Python.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple
from urllib.parse import quote

_log = logging.getLogger(__name__)

MAX_BYTES = 1_000_000
KEPT_FILES = 4
SHORTEST_SECRET = 6
"""Registered secrets shorter than this are left alone: they would blank out ordinary words."""
MOST_OF_AN_ACCOUNT = 40
"""Secrets, those that were replaced included. An account has four at most."""

_NAMES = (
    r"access[_-]?token|refresh[_-]?token|id[_-]?token|token|client[_-]?secret|secret|password|passwd|passphrase|"
    r"code[_-]?verifier|code|api[_-]?key|accessJwt|refreshJwt|session|authorization|cookie|set-cookie"
)
_RULES = (
    (r"(?i)\b(Bearer|Basic|DPoP)\s+[\w.~+/=:-]{6,}", r"\1 <secret>"),
    # "name": "value" and 'name': 'value', of any length, spaces included.
    (rf"""(?i)((["'])(?:{_NAMES})\2\s*:\s*b?)(["'])(?:\\.|(?!\3).)*\3""", r"\1\3<secret>\3"),
    # name=value in addresses, forms and reprs.
    (rf"""(?i)\b({_NAMES})=(["']?)(?!<secret>|\d{{1,4}}\b)[^&\s"',;)]+\2""", r"\1=<secret>"),
    (r"(?i)\b(authorization|cookie|set-cookie|password|passphrase)(:\s*)(?!<secret>|Bearer <|Basic <)\S+", r"\1\2<secret>"),
    # The name and password that an address may carry before its host.
    (r"(://)[^/\s:@]+:[^/\s@]+@", r"\1<secret>@"),
    # Not @user@server: that is a public name, and without it the log explains nothing.
    (r"(?<![@\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", "<e-mail>"),
)
"""Patterns and what takes their place; compiled by the first line that is written, not by the import before the first page."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def redact(text: str) -> str:
    """Takes out what looks like a secret or an e-mail address. `Redactor` also knows the secrets of this profile."""
    for pattern, replacement in _RULES:
        text = _compiled(pattern).sub(replacement, text)
    return text


class Held(NamedTuple):
    """Secrets of one account, as they are at a moment."""

    account_key: str
    values: tuple[str, ...]


class Redactor:
    """Knows the secrets in use, so that they are found wherever they turn up. Any thread."""

    def __init__(self) -> None:
        self._by_account: dict[str, dict[str, None]] = {}
        self._longest_first: tuple[str, ...] = ()
        self._lock = threading.Lock()

    def register(self, held: Held) -> None:
        """From now on these are taken out, also in their form within an address; and so are those that they replace, as long as they may
        still be spoken of: tokens are renewed every few minutes or hours, and all of a year would be looked for in every line.
        """
        with self._lock:
            known = self._by_account.setdefault(held.account_key, {})
            for secret in held.values:
                if len(secret) >= SHORTEST_SECRET:
                    known.pop(secret, None)
                    known[secret] = None
            while len(known) > MOST_OF_AN_ACCOUNT:
                del known[next(iter(known))]
            everything = {form for each in self._by_account.values() for secret in each for form in (secret, quote(secret, safe=""))}
            self._longest_first = tuple(sorted(everything, key=len, reverse=True))

    def redact(self, text: str) -> str:
        for secret in self._longest_first:
            if secret in text:
                text = text.replace(secret, "<secret>")
        return redact(text)


class _RedactedFormatter(logging.Formatter):
    """Works on the finished text, so that arguments, exceptions and tracebacks are covered too. Times are UTC."""

    converter = staticmethod(time.gmtime)
    default_msec_format = "%s.%03dZ"

    def __init__(self, redactor: Redactor) -> None:
        super().__init__("%(asctime)s %(levelname)-8s %(process)d %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.redact(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802  (the name is logging's)
        # Without the cache in record.exc_text, which other handlers would print as it is.
        return self._redactor.redact(super().formatException(ei))


class _RotatingFile(logging.FileHandler):
    """tertulia.log, tertulia.1.log ... Written here because logging.handlers brings sockets and pickle before the first frame."""

    def __init__(self, path: Path, max_bytes: int, kept: int) -> None:
        self._path, self._max_bytes, self._kept = path, max_bytes, kept
        super().__init__(path, encoding="utf-8", delay=True, errors="backslashreplace")

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and self.stream.tell() >= self._max_bytes:
                self._rotate()
            super().emit(record)  # which opens the file before the first record, outside of its own net
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (the name is logging's)
        """A full disk or a folder that went away must not stop the program; the record is lost."""

    def _rotate(self) -> None:
        # Closed, FileHandler would not open it again; without a stream it does, at the next record.
        stream, self.stream = self.stream, None
        if stream is not None:
            stream.close()
        older = [self._path.with_suffix(f".{number}.log") for number in range(self._kept - 1, 0, -1)]
        for target, source in zip(older, [*older[1:], self._path], strict=True):
            try:
                source.replace(target)
            except OSError:
                continue  # not there yet, or another process of this profile holds it open


class Log:
    """The running log of a process; `close` puts everything back as it was."""

    def __init__(self, folder: Path, redactor: Redactor, name: str = "tertulia") -> None:
        """`name` is the file's: processes of one profile each write their own. Where nothing can be written, nothing is."""
        self.redactor = redactor
        self.path = folder / f"{name}.log"
        self._undo: list[Callable[[], None]] = []
        self._crash_file: IO[str] | None = None
        self._root = logging.getLogger()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._crash_file = (folder / f"{name}.crash.log").open("a", encoding="utf-8")
        except OSError:
            self._handler: logging.Handler = logging.NullHandler()
        else:
            self._handler = _RotatingFile(self.path, MAX_BYTES, KEPT_FILES)
            self._handler.setFormatter(_RedactedFormatter(redactor))
            if not faulthandler.is_enabled():
                faulthandler.enable(self._crash_file)
                self._undo.append(faulthandler.disable)
        level = self._root.level
        self._root.addHandler(self._handler)
        self._root.setLevel(logging.INFO)
        self._undo.append(lambda: self._root.setLevel(level))
        # Each request would be a line, with its address.
        for chatty in ("httpx", "httpcore", "alembic"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
        logging.getLogger("PIL").setLevel(logging.CRITICAL)  # what is odd about a picture is told to whoever chose it

    def install_hooks(self, on_bug: Callable[[BaseException], None]) -> None:
        """What nobody caught, in any thread or in the loop's own callbacks, is written down and handed to `on_bug`."""
        before = (sys.excepthook, threading.excepthook, sys.unraisablehook)

        def uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt):
                before[0](kind, error, traceback)
                return
            _log.critical("nobody caught this", exc_info=(kind, error, traceback))
            on_bug(error)

        def uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
            if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
                uncaught(args.exc_type, args.exc_value, args.exc_traceback)

        def unraisable(args: sys.UnraisableHookArgs) -> None:
            _log.error("raised where nobody can catch it: %s", args.err_msg or args.object, exc_info=args.exc_value)

        sys.excepthook, threading.excepthook, sys.unraisablehook = uncaught, uncaught_in_thread, unraisable
        self._undo.append(lambda: _restore_hooks(*before))

    def loop_trouble(self, on_bug: Callable[[BaseException], None]) -> Callable[[object, Mapping[str, Any]], None]:
        """For `loop.set_exception_handler`."""

        def hear(loop: object, context: Mapping[str, Any]) -> None:  # noqa: ARG001  (asyncio passes its loop)
            error = context.get("exception")
            _log.error("in the loop: %s", context.get("message", ""), exc_info=error)
            if error is not None:
                on_bug(error)

        return hear

    def close(self) -> None:
        for undo in reversed(self._undo):
            undo()
        self._undo.clear()
        self._root.removeHandler(self._handler)
        # What a failing disk did not take is written once more here, and refused once more.
        with contextlib.suppress(OSError):
            self._handler.close()
        if self._crash_file is not None:
            with contextlib.suppress(OSError):
                self._crash_file.close()
            self._crash_file = None


def _restore_hooks(uncaught: Any, in_thread: Any, unraisable: Any) -> None:
    sys.excepthook, threading.excepthook, sys.unraisablehook = uncaught, in_thread, unraisable
