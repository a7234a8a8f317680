"""Settings of how the data is kept safe, and kept from those who pass by."""

from __future__ import annotations

from typing import ClassVar

from app.runtime.setting_group import Group, a_number, a_switch, a_text


class Safekeeping(Group):
    """Backups that make themselves."""

    GROUP: ClassVar[str] = "safekeeping"
    automatic: bool = a_switch(True)
    """Whether a backup is made each day."""


class Lock(Group):
    """The window shows nothing until a passphrase was typed. The passphrase itself is none of these: see services/locking.py."""

    GROUP: ClassVar[str] = "lock"
    on: bool = a_switch(False)
    """A passphrase was set; not shown among the settings, as those below `away`."""
    minutes: int = a_number(15, 0, 240, 5)
    """After so many without a key or a click it locks; 0: not by itself."""
    away: bool = a_switch(True)
    """Whether it locks when the computer sleeps or its screen is locked."""
    wrong: int = a_number(0, 0, 1_000_000)
    """How often in a row a wrong passphrase was typed, also before this start."""
    wrong_at: str = a_text("", 40)
    """ISO time of the last one."""
    taken_off_at: str = a_text("", 40)
    """ISO time at which the lock was taken off without its passphrase, until the window has told it."""
