"""Addresses of places in the program (`tertulia:inbox`) and files it opens: what each shows. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

SCHEME = "tertulia:"
BACKUP, PLAYBOOK = ".tertulia-backup", ".tertulia-playbook"
PAGES = frozenset({"today", "inbox", "calendar", "campaigns", "insights", "playbook", "settings"})
SECTIONS = frozenset(
    {
        *("general", "accounts", "spending", "answer", "slots", "rules", "sorting", "mail", "links", "analytics", "reports", "calendars"),
        *("keyboard", "appearance", "notifications", "data"),
    }
)
"""Of Settings; a test holds them together with those that there are."""
LONGEST = 1000


class Address(NamedTuple):
    """A page, and what it is to show there."""

    page: str
    target: Mapping[str, object]


def address(text: str) -> Address | None:
    """None for what leads nowhere."""
    if len(text) > LONGEST:
        return None
    if not text.startswith(SCHEME):
        if text.endswith(BACKUP):
            return Address("settings", {"section": "data", "backup": text})
        return Address("playbook", {"import_file": text}) if text.endswith(PLAYBOOK) else None
    page, *rest = text.removeprefix(SCHEME).strip("/").split("/")
    if not rest:
        return Address(page, {}) if page in PAGES else None
    return _part(page, rest[0]) if len(rest) == 1 else None


def _part(page: str, part: str) -> Address | None:
    number = int(part) if part.isascii() and part.isdigit() and len(part) < 19 else 0
    if page == "conversation" and number:
        return Address("inbox", {"conversation": number})
    if page == "post" and number:
        return Address("composer", {"post": number})
    if page == "calendar":
        try:
            return Address("calendar", {"day": date.fromisoformat(part)})
        except ValueError:
            return None
    if page == "settings" and part in SECTIONS:
        return Address("settings", {"section": part})
    if page == "inbox" and part in ("due_soon", "escalated", "praise"):
        return Address("inbox", {"view": part})
    return None
