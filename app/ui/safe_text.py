"""Makes text that strangers wrote fit to be shown: nothing in it can hide, reorder or draw over what is around it. Finds its links.

Keeps what languages need (joiners, directional marks, emoji), replaces what only serves to deceive by a visible sign.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST = 20_000
"""Characters of one text that are shown."""
FOLDED = 1_500
"""Characters of a message that are shown before somebody asks for all of it; no network's usual post is as long."""
FOLDED_LINES = 24
UNFOLDED = 150_000
"""Characters of a message that are shown when asked for; more than any network takes."""
UNFOLDED_LINES = 4_000
LONGEST_NAME = 120

LONGEST_QUOTE = 60
LONGEST_WORD = 24
"""Letters that stand beside each other in any title without a place where the line may be broken."""

_SIGN = "\ufffd"
_MOST_MARKS = 4  # Vietnamese and Thai need two; more only serve to draw over other lines
_OPENS, _CLOSES = "\u2068", "\u2069"  # first strong isolate, pop directional isolate

# Overrides only deceive. Embeddings and isolates come along with copied numbers and names, may be left open, and are not missed.
_OVERRIDES = "\u202d\u202e"
# Patterns are compiled (by `re`, which keeps them) when first used: together that takes as long as painting a screenful of rows.
_DROPPED = (
    "[\u200b\ufeff\u202a-\u202c\u2060-\u2064\u2066-\u206f\u180e\ufff9-\ufffb\U000e0001]"
    "|[\u200c\u200d](?=[\u200c\u200d])|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+"  # tags belong to flags
)
_BREAKS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_CONTROLS = "[\x00-\x08\x0e-\x1f]"
_REPLACED = f"[\x7f-\x9f\ufffe\uffff\ud800-\udfff{_OVERRIDES}]"
_PILES = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
_MARKS = f"{_PILES}{{{_MOST_MARKS + 1},}}|[\u115f\u1160\u3164\uffa0\u2800]"  # or letters that show nothing
_LINK = r"https?://[^\s<>\"'«»“”„‹›`{}|\\^\ufffd]+"
_TRAILING = ".,;:!?…。，；：！？、·*_~"
_PAIRS = {")": "(", "]": "[", "）": "（", "】": "【"}


class Link(NamedTuple):
    """An address inside a text: where it stands (in UTF-16 units, as Qt counts) and what it opens."""

    start: int
    length: int
    url: str


def shown(text: str, most: int = LONGEST) -> str:
    """Several lines of text, harmless."""
    text = text[: most + 1]
    if not text.isprintable():  # nearly all names and most snippets are
        text = re.sub(_BREAKS, "\n", text)
        text = re.sub(_CONTROLS, lambda found: chr(0x2400 + ord(found.group())), text)
        text = re.sub(_REPLACED, _SIGN, re.sub(_DROPPED, "", text))
    if not text.isascii():
        text = re.sub(_MARKS, _lessened, text)
    return text[:most] + "…" if len(text) > most else text


def _lessened(found: re.Match[str]) -> str:
    return found.group()[:_MOST_MARKS] if len(found.group()) > 1 else " "


def folded(text: str) -> tuple[str, bool]:
    """The beginning of a message, harmless, and whether that is not all of it."""
    most = FOLDED if text.isascii() or len(text) <= FOLDED // 2 else _narrow(text)
    if len(text) <= most and text.count("\n") < FOLDED_LINES:
        return shown(text), False
    return _cut(shown(text, most), FOLDED_LINES, len(text) > most)


def _narrow(text: str) -> int:
    """How many characters take the room of `FOLDED` Latin ones: Chinese ones and emoji take that of two."""
    room = FOLDED
    for number, character in enumerate(text[:FOLDED]):
        room -= 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if room <= 0:
            return number + 1
    return FOLDED


def unfolded(text: str) -> str:
    """All of a message, harmless; of what is longer than anybody reads, the beginning."""
    return _cut(shown(text, UNFOLDED), UNFOLDED_LINES, False)[0]


def _cut(text: str, lines: int, cut: bool) -> tuple[str, bool]:
    pieces = text.split("\n", lines)
    if len(pieces) <= lines:
        return text, cut
    return "\n".join(pieces[:lines]).rstrip() + "…", True


def origins(text: str, most: int = LONGEST) -> list[int]:
    """For each character of `shown(text)` the place in `text` that it stands for, and at the end the place behind all of them."""
    places: list[int] = []
    seen: list[str] = []
    start = 0
    text = text[: most + 1]
    for found in re.finditer(f"(?P<line>{_BREAKS})|(?P<sign>{_CONTROLS}|{_REPLACED})|{_DROPPED}", text):
        places += range(start, found.start())
        seen += text[start : found.start()]
        if found.lastgroup is not None:
            places.append(found.start())
            seen.append("\n" if found.lastgroup == "line" else "?")
        start = found.end()
    places += range(start, len(text))
    seen += text[start:]
    for found in reversed(list(re.finditer(_MARKS, "".join(seen)))):
        if len(found.group()) > 1:
            del places[found.start() + _MOST_MARKS : found.end()]
    return [*places[:most], len(text)]


def one_line(text: str) -> str:
    """A name or a snippet, harmless: white space of any kind becomes one space."""
    return " ".join(shown(text).split())


def person(name: str, handle: str) -> str:
    """Who it is, on one line: the name, the handle where the name shows nothing, and never without end."""
    return one_line(name[: LONGEST_NAME * 4])[:LONGEST_NAME] or one_line(handle[: LONGEST_NAME * 4])[:LONGEST_NAME] or "?"


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


def breakable(text: str) -> str:
    """Words in which a line may be broken though they have no end: handles and addresses. Only to be painted, never to be copied."""
    return re.sub(rf"[^\s/\-\u2e80-\uffff]{{{LONGEST_WORD + 1},}}", _with_breaks, text)


def _with_breaks(found: re.Match[str]) -> str:
    word = found.group()
    return "\u200b".join(word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))


def menu_text(text: str) -> str:
    """Words of a menu in which no ampersand makes a mnemonic."""
    return text.replace("&", "&&")


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
    return url.lower().startswith(("http://", "https://")) and not any(unicodedata.category(c) in ("Cc", "Cf") for c in url) and bool(host_of(url))


def host_of(url: str) -> str:
    """The host that an address leads to, as it is asked for: letters of other alphabets in their coded form (`xn--…`). Empty: none."""
    authority = re.split(r"[/?#\\]", url.partition("://")[2], maxsplit=1)[0]
    host = authority.rpartition("@")[2].lower()
    if not host.isascii():
        try:
            name, colon, port = host.partition(":")
            host = name.encode("idna").decode("ascii") + colon + port
        except UnicodeError:
            return ""
    return host if re.fullmatch(r"[a-z0-9.:_\[\]-]+", host) else ""


def deceives(url: str) -> bool:
    """Whether an address leads elsewhere than it seems to at first sight: a name before an `@`, or letters of other alphabets in the host."""
    authority = re.split(r"[/?#\\]", url.partition("://")[2], maxsplit=1)[0]
    return "@" in authority or not authority.isascii() or "xn--" in authority.lower()


def _trimmed(url: str) -> str:
    while url and (url[-1] in _TRAILING or (url[-1] in _PAIRS and url.count(url[-1]) > url.count(_PAIRS[url[-1]]))):
        url = url[:-1]
    return url


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
