"""Files that the user asked for: each is there whole, or what stood in its place stays; and why one cannot be written."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

from app.runtime.errors import DiskFull, ReadOnly, UserMistake, disk_trouble
from app.runtime.words import message


def write_whole(path: Path, content: bytes) -> None:
    """Written aside and put in its place; raises `UserMistake` with the reason. Blocks: for a thread."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        raise unwritten(path, error) from error


def unwritten(path: Path, error: OSError) -> UserMistake:
    """No room, no right, or something else; in words that say what to do."""
    kind = disk_trouble(error)
    why = "full" if isinstance(kind, DiskFull) else "no_right" if isinstance(kind, ReadOnly) else "not_written"
    return UserMistake(message(f"file.{why}", file=path.name), technical=str(error))
