"""One writing window a profile: a second start on this computer raises the first, one from another computer may only look.

It stands before the first frame, so QtNetwork (7 ms) is imported only by what uses it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, QSysInfo

WAIT_MS = 1500
RAISE = b"raise"
LONGEST_LINE = 4096


class Standing(StrEnum):
    """How this start stands to others of the same profile."""

    FIRST = "first"
    RAISED_ANOTHER = "raised_another"
    """Another window of this profile on this computer was brought to the front; this one ends."""
    ELSEWHERE = "elsewhere"
    """A window on another computer writes here; this one only reads."""


class Instance(QObject):
    """Holds the profile's lock for as long as it lives, and listens for later starts."""

    def __init__(self, lock: Path, name: str) -> None:
        """`name` is that of the local socket (see runtime/paths.py)."""
        super().__init__()
        self._path = lock
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)  # a lock is stale when its process is gone, however long it worked
        self._name = name
        self._server: Any = None
        self.was_cut = False
        """The last window of this profile ended without leaving: killed, or the power went."""
        self.elsewhere = ""
        """The computer that holds the profile, where it is another one."""

    def enter(self, target: str = "") -> Standing:
        """Take the lock, or find out who has it; who has it on this computer is handed the target."""
        left_behind = self._path.exists()
        if self._lock.tryLock(0):
            self.was_cut = left_behind
            return Standing.FIRST
        _, host, _ = self._lock.getLockInfo()  # PySide answers (pid, host, program), empty where nobody is known
        if host and host != QSysInfo.machineHostName():
            self.elsewhere = str(host)
            return Standing.ELSEWHERE
        if self._raise_other(target):
            return Standing.RAISED_ANOTHER
        return Standing.ELSEWHERE

    def leave(self) -> None:
        """Let others in."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def listen(self, raise_window: Callable[[str], None]) -> None:
        """From now on later starts can bring this window to the front, and show something in it. For the one that came first."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415

        QLocalServer.removeServer(self._name)  # left by a process that was killed
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: self._answer(raise_window))
        if server.listen(self._name):
            self._server = server

    def _answer(self, raise_window: Callable[[str], None]) -> None:
        if self._server is None:
            return
        connection = self._server.nextPendingConnection()
        connection.disconnected.connect(connection.deleteLater)
        line = bytearray()

        def read() -> None:
            line.extend(bytes(connection.readAll().data()))
            if b"\n" not in line and len(line) < LONGEST_LINE:
                return
            connection.readyRead.disconnect(read)
            connection.write(b"ok\n")
            connection.disconnectFromServer()
            _, _, target = bytes(line).partition(b"\n")[0].partition(b" ")
            raise_window(target.decode("utf-8", "surrogateescape"))

        connection.readyRead.connect(read)
        if connection.bytesAvailable():
            read()

    def _raise_other(self, target: str) -> bool:
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415

        connection = QLocalSocket()
        connection.connectToServer(self._name)
        if not connection.waitForConnected(WAIT_MS):
            return False
        line = target.replace("\n", " ").replace("\r", " ")  # names of files may have several blanks in a row
        connection.write(RAISE + b" " + line.encode("utf-8", "surrogateescape") + b"\n")
        connection.waitForReadyRead(WAIT_MS)
        connection.abort()
        return True
