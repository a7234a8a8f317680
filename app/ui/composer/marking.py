"""Finds links, hashtags and mentions for colouring. Only for the eye: what counts for a network's length is counted by its own rules."""

from __future__ import annotations

import html
import re

_MARKED = re.compile(
    r"https?://[^\s<>\"]+|(?<![\w@./])(?:[\w-]+\.)+[a-z]{2,12}(?:/[^\s<>\"]*)?(?![\w.])|(?<![\w&/#])[#＃]\w*[^\W\d]\w*"
    r"|(?<![\w/@.])@\w[\w.-]*\w(?:@[\w-]+(?:\.[\w-]+)+)?",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<![\w/@.])@\w[\w.-]*\w(?:@[\w-]+(?:\.[\w-]+)+)?")
_TRAILING = ".,;:!?…)]}»”’'\""


def marks(text: str) -> list[tuple[int, int]]:
    """(start, end) of everything that a network would make a link of."""
    found = []
    for match in _MARKED.finditer(text):
        end = match.start() + len(match[0].rstrip(_TRAILING))
        if end > match.start() + 1:
            found.append((match.start(), end))
    return found


def mentions(text: str) -> list[str]:
    """The handles in a text, with "@"."""
    return [match[0].rstrip(_TRAILING) for match in _MENTION.finditer(text)]


def with_word(text: str, handle: str, by: str) -> str:
    """Another word in the place of a handle, wherever it stands as a whole one."""
    return re.sub(rf"(?<![\w@.]){re.escape(handle)}(?![\w@]|\.\w)", lambda _match: by, text)


def coloured(text: str, colour: str, *, before: str = "", more: str = "", quiet: str = "") -> str:
    """As rich text for a label, everything from outside escaped; `colour` is a name as style sheets take it, empty where links are none.

    `before` is a name in bold, `more` the link in `quiet` that stands for what is cut off.
    """
    pieces, position = [f"<b>{html.escape(before)}</b> "] if before else [], 0
    for start, end in marks(text) if colour else ():
        pieces.append(html.escape(text[position:start]))
        pieces.append(f'<span style="color:{colour}">{html.escape(text[start:end])}</span>')
        position = end
    pieces.append(html.escape(text[position:]))
    if more:
        pieces.append(f'… <a href="more" style="color:{quiet};text-decoration:none">{html.escape(more)}</a>')
    return f'<div style="line-height:125%">{"".join(pieces)}</div>'.replace("\n", "<br>")


def utf16(text: str, index: int) -> int:
    """A position as Qt counts it."""
    return index + sum(ord(letter) > 0xFFFF for letter in text[:index])
