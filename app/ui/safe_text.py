"""Makes text that strangers wrote fit to be shown: nothing in it can hide, reorder or draw over what is around it. Finds its links.

Keeps what languages need (joiners, directional marks, emoji), replaces what only serves to deceive by a visible sign.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST = 20_000
"""Characters of one message that are shown; no network allows as many."""

LONGEST_QUOTE = 60

_SIGN = "\ufffd"
_MOST_MARKS = 4  # Vietnamese and Thai need two; more only serve to draw over other lines
_OPENS, _CLOSES = "\u2068", "\u2069"  # first strong isolate, pop directional isolate

# Overrides only deceive. Embeddings and isolates come along with copied numbers and names, may be left open, and are not missed.
_OVERRIDES = "\u202d\u202e"
# Patterns are compiled (by `re`, which keeps them) when first used: together that takes as long as painting a screenful of rows.
_DROPPED = "[\u200b\ufeff\u202a\u202b\u202c\u2066\u2067\u2068\u2069]"
_BREAKS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_CONTROLS = "[\x00-\x08\x0e-\x1f]"
_REPLACED = f"[\x7f-\x9f\ufffe\uffff\ud800-\udfff{_OVERRIDES}]"
_MARKS = f"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{_MOST_MARKS + 1},}}"
_LINK = r"https?://[^\s<>\"'«»“”„‹›`{}|\\^\ufffd]+"
_TRAILING = ".,;:!?…。，；：！？、·*_~"
_PAIRS = {")": "(", "]": "[", "）": "（", "】": "【"}


class Link(NamedTuple):
    """An address inside a text: where it stands (in UTF-16 units, as Qt counts) and what it opens."""

    start: int
    length: int
    url: str


def shown(text: str) -> str:
    """Several lines of text, harmless."""
    text = text[: LONGEST + 1]
    if not text.isprintable():  # nearly all names and most snippets are
        text = re.sub(_BREAKS, "\n", text)
        text = re.sub(_CONTROLS, lambda found: chr(0x2400 + ord(found.group())), text)
        text = re.sub(_REPLACED, _SIGN, re.sub(_DROPPED, "", text))
    if not text.isascii():
        text = re.sub(_MARKS, lambda found: found.group()[:_MOST_MARKS], text)
    return text[:LONGEST] + "…" if len(text) > LONGEST else text


def one_line(text: str) -> str:
    """A name or a snippet, harmless: white space of any kind becomes one space."""
    return " ".join(shown(text).split())


def shortened(text: str) -> str:
    """The start of a text on one line, cut between words: as a quote inside a sentence of ours."""
    line = one_line(text)
    if len(line) <= LONGEST_QUOTE:
        return line
    cut = line[:LONGEST_QUOTE].rpartition(" ")[0] or line[:LONGEST_QUOTE]
    return f"{cut}…"


def isolated(text: str) -> str:
    """A name inside a sentence of ours: whatever its direction, it leaves the sentence's order alone."""
    return f"{_OPENS}{one_line(text)}{_CLOSES}"


def links(text: str) -> tuple[Link, ...]:
    """The web addresses in a text as it is shown; only http and https, without the punctuation that ends a sentence."""
    found = []
    for match in re.finditer(_LINK, text, re.IGNORECASE):
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
