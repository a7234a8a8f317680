"""Puts a backup in the place of the data: what is owed is reconciled first, the former data is kept, and nothing is lost on the way.

Two ways. Where the data can be opened, the backup is written *into* it as one commit: other processes that have it open see it change and
send nothing of before. Where it is damaged, it is set aside and the backup takes its name. Blocks: for threads.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from app.models.account import AccountState
from app.models.outbox import DeliveryState
from app.models.safekeeping import SUFFIX, BackupKind, Manifest, Progress, Restored, Step, Tell, tell_nobody
from app.runtime.clock import to_ms
from app.runtime.errors import AlreadyOpen, Damaged, UserMistake, disk_trouble
from app.runtime.paths import Paths
from app.runtime.words import message
from app.store.backup_file import About, backups_in, newest_good, unpack_database, unpack_media, write_backup
from app.store.own_schema import make_own
from app.store.reconciling import Reconciled, reconcile
from app.store.replacing import write_into
from app.store.schema import SCHEMA_VERSION, FileState, check_file, connect_read_only
from app.store.search import register
from app.store.troubles import troubles
from app.store.upgrade import copy_to, upgrade
from app.store.writer import connect_for_writing

FOLDER = "restoring"
"""Inside the profile while a backup is made ready; what is left of an interrupted one is thrown away by the next."""
PAUSED_BY_US = "paused.json"
"""Accounts that the restore under way has stopped: let go on by the next start, should it never end."""
ABANDONED_SECONDS = 900.0
TOOK_PLACE_OF = "restore.took_place_of"
"""The setting of restored data that names the backup of the former (its digest): undoing puts back what nobody used since."""
PATIENCE_SECONDS = 90.0
"""How long what is being sent this moment is waited for."""
LOOK_SECONDS = 0.25


class Here(NamedTuple):
    """Where a backup is restored, and what restoring one asks of the world."""

    paths: Paths
    place: str
    program: str
    now: Callable[[], datetime]
    sleep: Callable[[float], object] = time.sleep


def restore(file: Path, here: Here, tell: Tell = tell_nobody, put_in: Callable[[Path], None] | None = None) -> Restored:
    """Make the data of a backup the data of this profile.

    `put_in` writes a made-ready file into the open data file of this process (`Database.become`'s part); None: nobody of this process has it
    open. Raises `UserMistake` (no backup), NewerFile, Damaged (the backup), DiskTrouble, `Stopped`; the data is then what it was.
    """
    paths, folder = here.paths, here.paths.root / FOLDER
    with troubles():
        throw_away(folder)
        folder.mkdir(mode=0o700, parents=True)
    try:
        fresh = folder / "fresh.db"
        manifest = unpack_database(file, fresh, tell)
        make_own(fresh, folder, tell)
        if manifest.schema < SCHEMA_VERSION:
            upgrade(fresh, FileState.OLDER, folder, here.now())
        with troubles():
            unpack_media(file, paths.root, tell)
        if _can_be_opened(paths.database):
            return _into(manifest, fresh, here, tell, put_in)
        found = make_ready(fresh, None, manifest.made_at, here, same_place=manifest.place == here.place)
        set_aside(paths.database, here.now())
        fresh.replace(paths.database)
        return _told(manifest, found, None)
    except OSError as error:
        raise disk_trouble(error) from error
    finally:
        throw_away(folder)


def restore_latest(here: Here, tell: Tell = tell_nobody) -> Restored:
    """Put the newest backup that can be read in place of a damaged data file. Raises `UserMistake` where there is none, and as `restore`."""
    good = newest_good(here.paths.backups)
    if good is not None:
        return restore(good.path, here, tell)
    copy = latest_copy(here.paths.backups)
    if copy is None:
        raise UserMistake(message("restore.none"))
    return _restore_copy(copy, here)


def latest_backup(backups: Path) -> tuple[Path, datetime | None] | None:
    """The youngest backup, or plain copy of the data file, and when it was made (None: as the file says); not proved readable yet."""
    found = backups_in(backups)
    if found:
        return found[0].path, found[0].made_at
    copy = latest_copy(backups)
    return (copy, None) if copy is not None else None


def latest_copy(backups: Path) -> Path | None:
    """The youngest plain copy of the data file, such as is made before each upgrade; or None."""
    copies = sorted(backups.glob("*.db"), key=lambda copy: copy.stat().st_mtime) if backups.is_dir() else []
    return copies[-1] if copies else None


def make_ready(
    fresh: Path,
    former: Path | None,
    made_at: datetime | None,
    here: Here,
    *,
    same_place: bool,
    untouched: bool = False,
    takes_place_of: str = "",
) -> Reconciled:
    """Reconcile a file that nobody has open with what it takes the place of, whose backup has the digest `takes_place_of`."""
    with troubles(), closing(connect_for_writing(fresh)) as of:
        former_connection = connect_read_only(former) if former is not None else None
        try:
            of.execute("BEGIN IMMEDIATE")
            at = to_ms(made_at) if made_at is not None else None
            found = reconcile(of, former_connection, at, to_ms(here.now()), same_place=same_place, untouched=untouched)
            of.execute("DELETE FROM setting WHERE name = ?", (TOOK_PLACE_OF,))
            if takes_place_of:
                of.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (TOOK_PLACE_OF, takes_place_of))
            of.execute("COMMIT")
            of.execute("PRAGMA journal_mode = DELETE")
        finally:
            if former_connection is not None:
                former_connection.close()
    return found


def let_go_on(here: Here) -> int:
    """A restore was cut short: accounts that it had stopped send again. Answers how many; 0 while one may still be under way."""
    note = here.paths.root / FOLDER / PAUSED_BY_US
    try:
        if here.now().timestamp() - note.stat().st_mtime < ABANDONED_SECONDS:
            return 0
        ready = [int(number) for number in json.loads(note.read_text(encoding="ascii"))]
    except (OSError, ValueError):
        return 0
    with troubles(), closing(connect_for_writing(here.paths.database)) as live:
        values = [(AccountState.READY, number, AccountState.PAUSED) for number in ready]
        live.executemany("UPDATE account SET state = ? WHERE id = ? AND state = ?", values)
    throw_away(here.paths.root / FOLDER)
    return len(ready)


def set_aside(database: Path, now: datetime) -> Path:
    """Give a data file and its journals another name; answers it. Nothing is ever thrown away."""
    stem = f"damaged-{now:%Y-%m-%dT%H-%M-%SZ}"
    for suffix in ("-wal", "-shm", ""):
        part = database.with_name(database.name + suffix)
        if part.exists():
            part.rename(database.with_name(f"{stem}.db{suffix}"))
    return database.with_name(f"{stem}.db")


def _into(manifest: Manifest, fresh: Path, here: Here, tell: Tell, put_in: Callable[[Path], None] | None) -> Restored:
    database = here.paths.database
    with troubles(), closing(connect_for_writing(database)) as live:
        register(live)
        states = live.execute("SELECT id, state FROM account").fetchall()
        # From here on no process takes anything from the outbox; what one of them is sending is waited for.
        ready = [number for number, state in states if state == AccountState.READY]
        (here.paths.root / FOLDER / PAUSED_BY_US).write_text(json.dumps(ready), encoding="ascii")
        live.execute("UPDATE account SET state = ? WHERE state = ?", (AccountState.PAUSED, AccountState.READY))
        replaced = False
        try:
            _wait_for_claims(live, here, tell)
            tell(Progress(Step.KEEP_FORMER, 0, 0))
            raw = here.paths.root / FOLDER / "former.db"
            copy_to(database, raw)
            _set_states(raw, states)
            former, digest = _keep_former(raw, here)
            replaced_then = live.execute("SELECT value FROM setting WHERE name = ?", (TOOK_PLACE_OF,)).fetchone()
            tell(Progress(Step.REPLACE, 0, 0))
            found = make_ready(
                fresh,
                raw,
                manifest.made_at,
                here,
                same_place=manifest.place == here.place,
                untouched=replaced_then is not None and replaced_then[0] == manifest.digest,
                takes_place_of=digest,
            )
            if put_in is not None:
                put_in(fresh)
            else:
                write_into(fresh, live)
            replaced = True
        finally:
            if not replaced:
                live.executemany(
                    "UPDATE account SET state = ? WHERE id = ?", [(state, number) for number, state in states]
                )
    return _told(manifest, found, former)


def _wait_for_claims(live: sqlite3.Connection, here: Here, tell: Tell) -> None:
    waited = 0.0
    sql = "SELECT count(*) FROM outbox WHERE state = ? AND claim_ends_at > ?"
    while under_way := live.execute(sql, (DeliveryState.CLAIMED, to_ms(here.now()))).fetchone()[0]:
        if waited >= PATIENCE_SECONDS:
            raise AlreadyOpen(message("restore.sending", n=under_way))
        tell(Progress(Step.WAIT, 0, under_way))
        here.sleep(LOOK_SECONDS)
        waited += LOOK_SECONDS


def _keep_former(raw: Path, here: Here) -> tuple[Path, str]:
    """The media stay where they are: restoring adds, and takes nothing away."""
    now = here.now()
    target = here.paths.backups / f"tertulia-{now:%Y-%m-%dT%H-%M-%SZ}-before-restore{SUFFIX}"
    manifest = write_backup(
        raw,
        here.paths.root,
        target,
        About(BackupKind.BEFORE_RESTORE, now, here.program, here.place, media_inside=False),
    )
    return target, manifest.digest


def _set_states(copy: Path, states: list[tuple[int, str]]) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        connection.executemany(
            "UPDATE account SET state = ? WHERE id = ?", [(state, number) for number, state in states]
        )
        connection.commit()


def _restore_copy(copy: Path, here: Here) -> Restored:
    """A plain copy of the data file: nobody knows when it was current, but not after it was written."""
    folder = here.paths.root / FOLDER
    with troubles():
        throw_away(folder)
        folder.mkdir(mode=0o700, parents=True)
    try:
        fresh = folder / "fresh.db"
        copy_to(copy, fresh)
        make_own(fresh, folder)
        state = check_file(fresh)
        if state is not FileState.CURRENT:
            upgrade(fresh, state, folder, here.now())
        found = make_ready(fresh, None, None, here, same_place=True)
        set_aside(here.paths.database, here.now())
        with troubles():
            fresh.replace(here.paths.database)
    finally:
        throw_away(folder)
    return Restored(here.now(), to_check=found.to_check, to_sign_in=found.to_sign_in)


def _can_be_opened(database: Path) -> bool:
    try:
        if check_file(database) is not FileState.CURRENT:
            return False
        with closing(connect_read_only(database)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except Damaged:
        return False
    except sqlite3.DatabaseError:
        return False


def _told(manifest: Manifest, found: Reconciled, former: Path | None) -> Restored:
    return Restored(manifest.made_at, *found[:4], found.to_sign_in, former)


def throw_away(folder: Path) -> None:
    """What an interrupted restore left behind."""
    if folder.is_dir():
        for path in folder.iterdir():
            with suppress(OSError):
                path.unlink()
        with suppress(OSError):
            folder.rmdir()
