"""What the program is called wherever a system asks: its id, its files' kinds, its addresses. Standard library only; installers and tests read it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent

NAME = "Tertulia"
COMMAND = "tertulia"
ID = "org.tertulia.Tertulia"
"""Of the desktop entry, the icon, the metainfo file and the bundle; no web address is meant by it."""
SCHEME = "tertulia"
AUTHORS = "The Tertulia authors"
SUMMARY = "Plan, answer and measure an online shop's social networks"
LANGUAGES = ("en", "es", "fr", "ru", "zh")


class FileKind(NamedTuple):
    """Files that a double click opens with the program."""

    ending: str
    """With its dot; all lower case."""
    mime: str
    comment: str
    magic: bytes = b""
    """What such a file holds at `offset`."""
    offset: int = 0


BACKUP = FileKind(
    ".tertulia-backup", "application/vnd.tertulia.backup", "Tertulia backup", b"mimetypeapplication/vnd.tertulia.backup", 30
)
"""A ZIP whose first member is called `mimetype` and holds the type, uncompressed: both stand behind its header of 30 bytes."""
PLAYBOOK = FileKind(".tertulia-playbook", "application/vnd.tertulia.playbook+json", "Tertulia playbook")
FILE_KINDS = (BACKUP, PLAYBOOK)


def version() -> str:
    """As app/version.py tells it, which is not imported: an installer script needs the text alone."""
    text = (ROOT / "app" / "version.py").read_text(encoding="utf-8")
    found = re.search(r'^VERSION = "([^"]+)"$', text, flags=re.MULTILINE)
    if found is None:
        raise ValueError("app/version.py tells no VERSION")
    return found[1]
