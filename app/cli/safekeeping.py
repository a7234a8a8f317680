"""Backups, restoring, saving what can be read, export and deletion on the command line; some of it where the data cannot be opened."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.cli.output import Output
from app.models.safekeeping import BackupKind, Restored
from app.runtime.clock import Clock
from app.runtime.errors import AlreadyOpen, AppError, Damaged, DiskTrouble, UserMistake
from app.runtime.paths import Paths
from app.runtime.words import Message, message
from app.services.erasing import Erasing
from app.services.safekeeping import Safekeeping, here_of, said_of_salvaged, write_salvage_report
from app.services.sample_profile import has_window
from app.store.backup_file import backups_in, check_backup, newest_good
from app.store.checking import damage_in
from app.store.restore import latest_copy, restore, restore_latest
from app.store.salvage import salvage
from app.store.schema import FileState, check_file

OLD = timedelta(days=8)
"""A backup older than this is worth a word."""
COUNTS = ("known_out", "to_check", "not_in_it", "held_elsewhere", "to_sign_in")
PLAIN = ".db"


async def backup(safekeeping: Safekeeping, args: Namespace, out: Output) -> int:
    """One file with everything; a name that ends in `.db` gets the plain data file, for other programs."""
    if args.check:
        manifest = await asyncio.to_thread(check_backup, args.file)
        rows = manifest.rows
        values = {
            "file": args.file,
            "made_at": manifest.made_at,
            "kind": manifest.kind,
            "rows": rows,
            "media": len(manifest.media),
        }
        counts = {"messages": rows.get("message", 0), "posts": rows.get("post", 0)}
        out.item(values, message("cli.backup_whole", file=str(args.file), when=manifest.made_at, **counts))
        return 0
    if args.file.suffix.lower() == PLAIN:
        await safekeeping.copy(args.file)
    else:
        await safekeeping.backup(args.file)
    out.item({"file": args.file}, message("cli.backed_up", file=str(args.file)))
    return 0


async def export(safekeeping: Safekeeping, args: Namespace, out: Output) -> int:
    await safekeeping.export(args.file)
    out.item({"file": args.file}, message("data.exported", file=str(args.file)))
    return 0


async def move(safekeeping: Safekeeping, args: Namespace, out: Output) -> int:
    await safekeeping.move(args.file)
    out.item({"file": args.file}, message("move.done", file=str(args.file)))
    return 0


async def erase(erasing: Erasing, args: Namespace, out: Output) -> int:
    """What acts and what is secret; the folder goes when the data file is closed (headless.py)."""
    if args.yes is None:
        raise UserMistake(message("erase.yes_missing", word=await erasing.word()))
    left = await erasing.erase(args.yes)
    for each in left:
        out.complain(each)
    return 1 if left else 0


def tell_erased(left: list[Path], folder: Path, out: Output) -> None:
    """The folder is gone, or holds what others put there."""
    if left:
        files = ", ".join(path.name for path in left)
        out.item({"erased": folder, "left": left}, message("erase.left_files", folder=str(folder), files=files))
    else:
        out.item({"erased": folder}, message("erase.done"))


# ---- where the data need not, or cannot, be opened


def refuse_beside_a_window(paths: Paths) -> None:
    """It would go on showing, and writing, what is not there any more."""
    if has_window(paths):
        raise AlreadyOpen(message("data.close_window"))


def put_back(args: Namespace, paths: Paths, clock: Clock, out: Output) -> int:
    """`restore FILE`, `--latest` or `--undo`. A running window must be closed: it would go on showing the former data."""
    refuse_beside_a_window(paths)
    paths.create()
    here = here_of(paths, clock)
    if args.undo:
        former = next((each for each in backups_in(paths.backups) if each.kind is BackupKind.BEFORE_RESTORE), None)
        if former is None:
            raise UserMistake(message("restore.no_former"))
        found = restore(former.path, here)
    elif args.latest:
        good = newest_good(paths.backups)
        found = restore(good.path, here) if good is not None and not _is_damaged(paths) else restore_latest(here)
    elif args.file is not None:
        found = restore(args.file, here)
    else:
        raise UserMistake(message("cli.restore_what"))
    _tell_restored(found, out)
    return 0


def save_readable(paths: Paths, clock: Clock, out: Output) -> int:
    """`salvage`: for a damaged data file alone."""
    if not _is_damaged(paths):
        out.say(message("salvage.whole"))
        return 0
    refuse_beside_a_window(paths)
    found = salvage(here_of(paths, clock))
    report = write_salvage_report(found, out.text)
    values = {"rows": found.rows, "lost_tables": found.lost_tables, "to_check": found.to_check, "aside": found.aside}
    out.item({**values, "report": report}, message("salvage.done", n=found.rows))
    for sentence in said_of_salvaged(found):
        out.say(sentence)
    return 0


def explain(trouble: DiskTrouble, paths: Paths, clock: Clock, out: Output) -> int:
    """`doctor` where the data cannot be opened: why, and each way out of it."""
    _line(out, "file", False, message("doctor.cannot_open", reason=trouble.message))
    if isinstance(trouble, Damaged):
        _line(out, "way", True, message("doctor.way_salvage"))
        good = newest_good(paths.backups)
        if good is not None:
            _line(out, "way", True, message("doctor.way_restore", when=good.made_at))
        elif (copy := latest_copy(paths.backups)) is not None:
            when = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
            _line(out, "way", True, message("doctor.way_restore", when=when))
        else:
            _line(out, "way", False, message("doctor.way_none"))
    backups_told(paths, clock, out)
    return 1


def backups_told(paths: Paths, clock: Clock, out: Output) -> bool:
    """How old the newest backup is, and which cannot be read; whether all is well."""
    found = [each for each in backups_in(paths.backups) if each.kind is not BackupKind.BEFORE_RESTORE]
    if found:
        old = clock.now() - found[0].made_at > OLD
        _line(
            out,
            "backup",
            not old,
            message("doctor.backup_old" if old else "doctor.backup_newest", when=found[0].made_at),
        )
    well = True
    for each in found:
        try:
            check_backup(each.path)
        except (AppError, OSError):
            well = False
            _line(out, "backup", False, message("doctor.backup_unreadable", file=each.path.name))
    return well and not (found and clock.now() - found[0].made_at > OLD)


def _line(out: Output, topic: str, ok: bool, sentence: Message) -> None:
    out.item(
        {"topic": topic, "ok": ok, "text": sentence}, message("doctor.line", mark="+" if ok else "!", text=sentence)
    )


def _tell_restored(found: Restored, out: Output) -> None:
    values = {"made_at": found.made_at, **{name: getattr(found, name) for name in COUNTS}, "former": found.former}
    out.item(values, message("restore.done", when=found.made_at))
    for name in COUNTS:
        if getattr(found, name):
            out.say(message(f"restore.done.{name}", n=getattr(found, name)))


def _is_damaged(paths: Paths) -> bool:
    """Whether the data file is there and cannot be read through."""
    try:
        if check_file(paths.database) is FileState.MISSING:
            return False
        return bool(damage_in(paths.database))
    except Damaged:
        return True
