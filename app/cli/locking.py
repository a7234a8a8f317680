"""The window's lock on the command line: what it keeps back there, whether it is set, and taking it off."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace

from app.cli.output import Output
from app.runtime.errors import UserMistake
from app.runtime.words import Words, message
from app.services.locking import Locking

FREE = ("publish", "sync", "service", "doctor", "lock", "measure", "tour")
"""Acts that show nothing which was written to or by the shop: what runs by itself goes on."""


async def lock(locking: Locking, args: Namespace, out: Output) -> int:
    """`lock status` and `lock remove`."""
    if args.act == "remove":
        removed = await locking.remove()
        out.item({"lock": False, "removed": removed}, message("cli.lock.removed" if removed else "cli.lock.off"))
    else:
        out.item({"lock": locking.is_set}, message("cli.lock.on" if locking.is_set else "cli.lock.off"))
    return 0


def asks(args: Namespace, *, is_set: bool) -> bool:
    """Whether an act is kept back until the passphrase is given."""
    return is_set and args.command not in FREE


def ask_for(args: Namespace, words: Words) -> str:
    """The passphrase, from a terminal or as the first line of standard input. Raises `UserMistake` where neither is there."""
    if args.passphrase_stdin:
        return next_line()
    if not sys.stdin.isatty():
        raise UserMistake(message("cli.locked"))
    return getpass.getpass(f"{words.text('lock.passphrase')}: ")


def next_line() -> str:
    """Of standard input: the passphrase of the window first, where it is asked for, then that of the vault."""
    return sys.stdin.readline().rstrip("\n")
