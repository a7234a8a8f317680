"""Everything that may go wrong without being our fault, as one tree; each class is a decision about what happens next.

AppError                        a sentence for the user and a next step
├── UserMistake(field)          say it beside the field
├── NetworkTrouble
│   ├── Offline                 say it once, and once on recovery; everything waits
│   ├── RateLimited(until)      wait until then, try again by itself
│   ├── SignedOut               mark the account, offer signing in, keep all it owes
│   ├── Refused(reason)         the network said no for good: the item failed, the user decides
│   ├── Unsure                  may have arrived: look before anything else
│   ├── PaymentNeeded(until)    the network wants money first, or the user's own limit is reached
│   └── Misconfigured(cause)    wrong server name, not such a server, or a certificate that nobody vouches for
├── DiskTrouble
│   ├── DiskFull                nothing is lost, make room
│   ├── ReadOnly                look, but change nothing
│   ├── Damaged                 the file is broken: set aside, offer the last backup
│   ├── NewerFile               written by a newer program: refuse to touch
│   └── AlreadyOpen             another window or another computer writes here
└── CredentialTrouble
    ├── NoKeyring               no place for secrets: say what to install, offer the vault
    ├── KeyringLocked           ask to unlock
    ├── VaultLocked             ask for the passphrase
    └── WrongPassphrase         ask again

Whatever is not in this tree is a bug: log, crash panel. Caught only by `actions.run`, `tasks.spawn` and the top-level hook.
Keeps the default words of each (`error.<name of the class>` in the catalogues) and the command that helps.
"""

from __future__ import annotations

import errno
import re
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from app.runtime.words import Message


class AppError(Exception):
    """The root. Raised as one of its leaves, with the leaf's own sentence unless a better one is given."""

    help_command: ClassVar[str | None] = None
    """The command offered as next step when the raiser names none."""

    def __init__(self, message: Message | None = None, next_step: str | None = None, technical: str = "") -> None:
        """`next_step` is a command id. `technical` goes to the log, redacted there, and never to the screen."""
        self.message = message if message is not None else self.default_message()
        self.next_step = next_step if next_step is not None else self.help_command
        self.technical = technical
        super().__init__(self.message, self.next_step, technical)

    @classmethod
    def default_message(cls) -> Message:
        return Message(f"error.{re.sub(r'(?<!^)(?=[A-Z])', '_', cls.__name__).lower()}")

    def __str__(self) -> str:
        values = ", ".join(f"{name}={value}" for name, value in self.message.values.items())
        return f"{self.message.id}({values})" + (f": {self.technical}" if self.technical else "")


class UserMistake(AppError):
    """What was typed cannot be used. `field` is the name of the input it belongs to, if there is one."""

    def __init__(
        self,
        message: Message | None = None,
        field: str | None = None,
        next_step: str | None = None,
        technical: str = "",
    ) -> None:
        super().__init__(message, next_step, technical)
        self.field = field


class NetworkTrouble(AppError):
    """The network, or the way to it."""


class Offline(NetworkTrouble):
    """No connection, or the server does not answer at all; nothing has been stored there."""

    help_command = "sync.now"


class RateLimited(NetworkTrouble):
    """The network asks for patience until `until` (aware UTC); nothing has been stored there."""

    def __init__(
        self,
        until: datetime,
        message: Message | None = None,
        next_step: str | None = None,
        technical: str = "",
    ) -> None:
        super().__init__(message or Message("error.rate_limited", {"until": until}), next_step, technical)
        self.until = until


class SignedOut(NetworkTrouble):
    """The network no longer accepts the account's key. Never raised for a mere blip of the network."""

    help_command = "accounts.sign_in_again"


class Refused(NetworkTrouble):
    """The network understood and said no; `reason` says why, in words of the catalogue."""

    def __init__(
        self,
        reason: Message,
        message: Message | None = None,
        next_step: str | None = None,
        technical: str = "",
        *,
        by_hand: bool = False,
    ) -> None:
        """`by_hand`: the network refuses it to programs, not to people: the user can still do it there."""
        super().__init__(message or Message("error.refused", {"reason": reason}), next_step, technical)
        self.reason = reason
        self.by_hand = by_hand


class Unsure(NetworkTrouble):
    """The request left, the answer did not come: it may have been stored there."""


class PaymentNeeded(NetworkTrouble):
    """The network wants to be paid before it serves this; or the limit that the user set for this month does not allow the call."""

    def __init__(
        self,
        message: Message | None = None,
        next_step: str | None = None,
        technical: str = "",
        *,
        until: datetime | None = None,
    ) -> None:
        """`until` (aware UTC): the user's own limit, which begins anew then, or holds no more once it is raised: nothing is paused.
        None: the network itself wants money, and only the user knows when it has it.
        """
        super().__init__(message, next_step, technical)
        self.until = until


class Misconfiguration(StrEnum):
    """What is wrong with the address of a server."""

    SERVER_NAME = "server_name"
    NOT_SUCH_A_SERVER = "not_such_a_server"
    CERTIFICATE = "certificate"


class Misconfigured(NetworkTrouble):
    """The server's address is wrong in a way that waiting does not mend."""

    def __init__(
        self,
        cause: Misconfiguration,
        host: str,
        message: Message | None = None,
        next_step: str | None = None,
        technical: str = "",
    ) -> None:
        super().__init__(message or Message(f"error.misconfigured.{cause}", {"host": host}), next_step, technical)
        self.cause = cause
        self.host = host


class DiskTrouble(AppError):
    """The profile folder, or the disk it is on."""


class DiskFull(DiskTrouble):
    """Nothing more fits; what was written before is complete."""


class ReadOnly(DiskTrouble):
    """The profile folder may be read, not written."""


class Damaged(DiskTrouble):
    """The data file cannot be read as what it is."""


class NewerFile(DiskTrouble):
    """The data file was written by a newer version of the program."""


class AlreadyOpen(DiskTrouble):
    """Another window, or another computer, has this profile open."""


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)


def disk_trouble(error: OSError) -> DiskTrouble:
    """What an error of the file system means for the user; to be raised from it."""
    kind = DiskFull if error.errno in _FULL else ReadOnly if error.errno in _CLOSED else DiskTrouble
    return kind(technical=str(error))


class CredentialTrouble(AppError):
    """The place where secrets are kept."""


class NoKeyring(CredentialTrouble):
    """The system offers no keyring. `install` names what would bring one."""

    def __init__(
        self,
        install: str = "gnome-keyring",
        message: Message | None = None,
        next_step: str | None = None,
        technical: str = "",
    ) -> None:
        super().__init__(message or Message("error.no_keyring", {"install": install}), next_step, technical)
        self.install = install


class KeyringLocked(CredentialTrouble):
    """The keyring is there and the user has not unlocked it."""


class VaultLocked(CredentialTrouble):
    """The vault file is there and no passphrase has been given."""


class WrongPassphrase(CredentialTrouble):
    """The vault does not open with this passphrase; or the file was changed by somebody else, which looks the same."""
