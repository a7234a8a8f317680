"""Keys as other programs have them, for fingers that have learned one: what each preset changes, by command.

A command that a preset does not name keeps the key of this program, and its modified keys stay beside the preset's.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Keys = Mapping[str, tuple[str, ...]]

GMAIL: Keys = MappingProxyType(
    {
        "inbox.snooze": ("B",),
        "inbox.boost": ("Shift+B",),
        "inbox.keep": ("S",),
        "inbox.tag": ("L", "Ctrl+Shift+T"),
        "inbox.like": ("Shift+L",),
        "inbox.needs_answer": ("Shift+U",),
        "sync.now": ("Shift+N", "F5"),
    }
)
"""Its keys for snooze, star, label, mark as unread and refresh; J, K, E, R, F, M, X, C, Z, ! and / are the same here."""

TWEETDECK: Keys = MappingProxyType(
    {
        "inbox.boost": ("T",),
        "inbox.category": ("Shift+T",),
        "inbox.ignore": ("U",),
        "inbox.needs_answer": ("Shift+U",),
        "post.new": ("N",),
        "ideas.from_message": ("N",),
        "inbox.note": ("Shift+N",),
        "calendar.new": ("Shift+N",),
        "campaigns.announce": ("Shift+N",),
        "questions.ask": ("Shift+N",),
        "insights.call_centre": ("Shift+N",),
    }
)
"""Its keys for reposting, muting and writing; J, K, R and L are the same here. What had N has Shift+N."""

PRESETS: Mapping[str, Keys] = MappingProxyType({"gmail": GMAIL, "tweetdeck": TWEETDECK})
