"""Copies of a profile: what a backup file says of itself, what restoring one found, and the steps of work that takes long."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

SUFFIX = ".tertulia-backup"
MIME_TYPE = "application/vnd.tertulia.backup"


class BackupKind(StrEnum):
    """Why a backup was made; `AUTOMATIC` ones alone are deleted by the program."""

    BY_HAND = "by_hand"
    AUTOMATIC = "automatic"
    MOVE = "move"
    """To go on elsewhere: this computer stopped sending when it was made."""
    BEFORE_RESTORE = "before_restore"
    """What a restored backup took the place of: undoing the restore puts it back."""


class Manifest(NamedTuple):
    """What stands in a backup beside the data. Holds no secret and no text of anybody."""

    kind: BackupKind
    made_at: datetime
    """Aware UTC; nothing in the data is younger."""
    program: str
    """The version of Tertulia that wrote it."""
    schema: int
    place: str
    """A fingerprint of computer and folder: equal where a backup comes back to where it was made."""
    digest: str
    """SHA-256 of the data file within."""
    rows: Mapping[str, int]
    """How many rows each table has."""
    media: Mapping[str, int]
    """Files of the media folder and their sizes in bytes."""
    media_inside: bool = True
    """False for a copy that lies in the profile itself, beside media too large to be copied each day."""


class BackupFile(NamedTuple):
    """A backup as lists show it."""

    path: Path
    kind: BackupKind
    made_at: datetime
    size: int


class Restored(NamedTuple):
    """What became of what was owed, after a backup took the place of the data."""

    made_at: datetime
    """How old the data is now."""
    known_out: int = 0
    """Left since the backup, as the former data knew: nothing sends them again."""
    to_check: int = 0
    """May have left since: looked for at the networks before anything else."""
    not_in_it: int = 0
    """Waiting in the former data and not known to this one."""
    held_elsewhere: int = 0
    """Held by networks' servers and not known to this data: they go out."""
    to_sign_in: int = 0
    """Accounts that must be signed in here."""
    former: Path | None = None
    """The backup of the former data, for undoing; None where there was none that could be read."""


class Salvaged(NamedTuple):
    """What could be read of a damaged data file."""

    rows: int
    lost_tables: tuple[str, ...]
    """Tables of which not all could be read."""
    to_check: int
    aside: Path
    """Where the damaged file is now."""
    rows_of: tuple[tuple[str, int], ...] = ()
    """How many rows of each table were saved."""


class Step(StrEnum):
    """What long work is at."""

    COPY = "copy"
    PACK = "pack"
    MEDIA = "media"
    VERIFY = "verify"
    UNPACK = "unpack"
    KEEP_FORMER = "keep_former"
    WAIT = "wait"
    REPLACE = "replace"
    TABLES = "tables"


class Progress(NamedTuple):
    """How far long work is; `total` 0: nobody knows."""

    step: Step
    done: int
    total: int


class Stopped(Exception):
    """The user stopped long work; nothing of it remains."""


Tell = Callable[[Progress], None]
"""Hears of progress on the working thread; may raise `Stopped`."""


def tell_nobody(_progress: Progress) -> None:
    """For work that nobody watches."""
