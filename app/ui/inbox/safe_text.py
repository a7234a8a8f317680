"""Makes text that strangers wrote fit to be shown: nothing in it can hide, reorder or draw over what is around it. Finds its links.

Keeps what languages need (joiners, directional marks, emoji), replaces what only serves to deceive by a visible sign.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 20_000
"""Characters of one message that are shown; no network allows as many."""

_SIGN = "\ufffd"
_MOST_MARKS = 4  # Vietnamese and Thai need two; more only serve to draw over other lines
_OPENS, _CLOSES = "\u2068", "\u2069"  # first strong isolate, pop directional isolate

# Overrides only deceive. Embeddings and isolates come along with copied numbers and names, may be left open, and are not missed.
_OVERRIDES = "\u202d\u202e"
_DROPPED = re.compile("[\u200b\ufeff\u202a\u202b\u202c\u2066\u2067\u2068\u2069]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_REPLACED = re.compile(f"[\x7f-\x9f\ufffe\uffff\ud800-\udfff{_OVERRIDES}]")
_MARKS = re.compile(f"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{_MOST_MARKS + 1},}}")
_LINK = re.compile(r"https?://[^\s<>\"'«»“”„‹›`{}|\\^\ufffd]+", re.IGNORECASE)
_TRAILING = ".,;:!?…。，；：！？、·*_~"
_PAIRS = {")": "(", "]": "[", "）": "（", "】": "【"}


@dataclass(frozen=True, slots=True)
class Link:
    """An address inside a text: where it stands (in UTF-16 units, as Qt counts) and what it opens."""

    start: int
    length: int
    url: str


def shown(text: str) -> str:
    """Several lines of text, harmless."""
    text = _BREAKS.sub("\n", text[: LONGEST + 1])
    text = _CONTROLS.sub(lambda found: chr(0x2400 + ord(found.group())), text)
    text = _MARKS.sub(lambda found: found.group()[:_MOST_MARKS], _REPLACED.sub(_SIGN, _DROPPED.sub("", text)))
    return text[:LONGEST] + "…" if len(text) > LONGEST else text


def one_line(text: str) -> str:
    """A name or a snippet, harmless: white space of any kind becomes one space."""
    return " ".join(shown(text).split())


def isolated(text: str) -> str:
    """A name inside a sentence of ours: whatever its direction, it leaves the sentence's order alone."""
    return f"{_OPENS}{one_line(text)}{_CLOSES}"


def links(text: str) -> tuple[Link, ...]:
    """The web addresses in a text as it is shown; only http and https, without the punctuation that ends a sentence."""
    found = []
    for match in _LINK.finditer(text):
        url = _trimmed(match.group())
        if len(url) > len("https://") and "." in url:
            found.append(Link(_units(text[: match.start()]), _units(url), url))
    return tuple(found)


def may_open(url: str) -> bool:
    """Whether an address from outside may be handed to the browser."""
    return url.lower().startswith(("http://", "https://")) and not any(unicodedata.category(c) in ("Cc", "Cf") for c in url)


def _trimmed(url: str) -> str:
    while url and (url[-1] in _TRAILING or (url[-1] in _PAIRS and url.count(url[-1]) > url.count(_PAIRS[url[-1]]))):
        url = url[:-1]
    return url


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
