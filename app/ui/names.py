"""How names that others chose stand in our sentences, and how networks write their own."""

from __future__ import annotations

import re
import unicodedata

_NAMES = {"x": "X", "vk": "VK", "youtube": "YouTube", "tiktok": "TikTok"}
_OPENS, _CLOSES = "\u2068", "\u2069"  # first strong isolate, pop directional isolate
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]")


def network_name(network: str) -> str:
    """A network's own name, alike in every language."""
    return _NAMES.get(network, network.capitalize())


def one_line(text: str) -> str:
    """A stranger's text on one line, without what would turn the words around it."""
    plain = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in _TURNS.sub("", text))
    return " ".join(plain.split())


def isolated(text: str) -> str:
    """A name inside a sentence of ours: whatever its direction, the sentence keeps its order."""
    return f"{_OPENS}{one_line(text)}{_CLOSES}"
