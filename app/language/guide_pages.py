"""The user's guide: its pages in their order, which page fits which screen, and the small language that they are written in.

A page is a Markdown file of `resources/guide/<language>/`. Beside plain Markdown (headings, paragraphs, lists, tables, bold, code, links,
pictures) it holds marks that are filled in where it is shown, so that it always says the keys and words of the program as it is:

    {key:inbox.done}  the key in force for a command     {command:inbox.done}  its title
    {word:page.inbox}  the very words of a screen          {default:hour.minutes}  a setting as the program comes
    {cap:Ctrl+C}  a key that belongs to no command        {find:is:unread}  a condition of the search
    {keys:calendar}  alone on a line: all keys of a screen

Links lead to other pages (`guide:data#restoring`), to places (`tertulia:inbox`) or run a command (`command:go.faq`); a picture is
`![what it shows](picture:inbox)`; a heading may end in a name for links, `{#restoring}`, the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from app.models.folding import level

PAGES = (
    "first-day",
    "today",
    "inbox",
    "playbook",
    "escalation",
    "calendar",
    "composer",
    "ideas",
    "campaigns",
    "insights",
    "accounts",
    "sign-in",
    "settings",
    "data",
    "privacy",
    "trouble",
    "keys",
)
"""In the order of the contents."""

FALLBACK = "en"
FOLDER, PICTURES = "guide", "pictures"

CONTEXTS = {
    "first_run": "first-day",
    "today": "today",
    "inbox": "inbox",
    "calendar": "calendar",
    "composer": "composer",
    "campaigns": "campaigns",
    "insights": "insights",
    "playbook": "playbook",
    "faq": "playbook#faq",
    "questions": "ideas#questions",
    "settings": "settings",
}
"""The page that fits a screen, by the context of its keys."""

SNIPPET = 90
_MARK = re.compile(
    r"\{(?P<kind>key|command|word|default|cap|find):(?P<value>[^{}\s]+)\}"
    r"|`(?P<code>[^`]+)`"
    r"|\*\*(?P<strong>.+?)\*\*"
    r"|\[(?P<label>[^\]]*)\]\((?P<target>[^)\s]+)\)"
)
_HEADING = re.compile(r"^(#{1,3}) (.+?)(?:\s*\{#([a-z0-9-]+)\})?$")
_PICTURE = re.compile(r"^!\[(.*)\]\(picture:([a-z0-9-]+)\)$")
_KEYS = re.compile(r"^\{keys:([a-z_.]+)\}$")
_ITEM = re.compile(r"^(?:- |\d+\. )")


class Plain(NamedTuple):
    """Words as they are."""

    text: str


class Code(NamedTuple):
    """What is typed, or the name of a file."""

    text: str


class Mark(NamedTuple):
    """Something to be filled in."""

    kind: str
    value: str


class Strong(NamedTuple):
    """Words that stand out."""

    inside: Line


class Link(NamedTuple):
    """Words that lead somewhere."""

    target: str
    inside: Line


Piece = Plain | Code | Mark | Strong | Link
Line = tuple[Piece, ...]


class Heading(NamedTuple):
    """Level 1 is the page's title; `anchor` is what links name, or its number where it has no name."""

    depth: int
    line: Line
    anchor: str


class Paragraph(NamedTuple):
    """A few sentences."""

    line: Line


class Items(NamedTuple):
    """A list, of steps where it is `ordered`."""

    ordered: bool
    lines: tuple[Line, ...]


class Table(NamedTuple):
    """The first row is its head."""

    rows: tuple[tuple[Line, ...], ...]


class Picture(NamedTuple):
    """One of the pictures that the program paints of itself; `alt` says what is on it."""

    name: str
    alt: str


class KeyTable(NamedTuple):
    """All keys of a screen."""

    context: str


Block = Heading | Paragraph | Items | Table | Picture | KeyTable


class GuidePage(NamedTuple):
    """One page, read."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> Line:
        return next((block.line for block in self.blocks if isinstance(block, Heading)), ())

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Picture))


class Section(NamedTuple):
    """What stands below one heading, as plain words, for the search."""

    page: str
    anchor: str
    heading: str
    text: str


class Hit(NamedTuple):
    """A section that was found; `snippet` is the place in it."""

    section: Section
    snippet: str


def page_file(resources: Path, language: str, name: str) -> Path:
    """The page in a language, else in English."""
    own = resources / FOLDER / language / f"{name}.md"
    return own if own.is_file() else resources / FOLDER / FALLBACK / f"{name}.md"


def picture_file(resources: Path, language: str, name: str) -> Path:
    """The picture with the words of a language, else with English ones."""
    own = resources / FOLDER / PICTURES / language / f"{name}.webp"
    return own if own.is_file() else resources / FOLDER / PICTURES / FALLBACK / f"{name}.webp"


def read_page(resources: Path, language: str, name: str) -> GuidePage:
    """Raises OSError where the page is in no language."""
    return parsed(name, page_file(resources, language, name).read_text(encoding="utf-8"))


def place_of(target: str) -> tuple[str, str]:
    """Page and anchor of "data#restoring"."""
    page, _, anchor = target.partition("#")
    return page, anchor


def page_for(context: str) -> str:
    """The page (and heading) that fits a screen; the first day where none does."""
    while context:
        if context in CONTEXTS:
            return CONTEXTS[context]
        context = context.rpartition(".")[0]
    return PAGES[0]


def parsed(name: str, text: str) -> GuidePage:
    """The blocks of a page. A line that is nothing else is a paragraph: no text is ever lost."""
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        lines = [line.rstrip() for line in chunk.splitlines()]
        blocks.extend(_blocks(lines, len(blocks)))
    return GuidePage(name, tuple(blocks))


def _blocks(lines: list[str], number: int) -> Iterable[Block]:
    first = lines[0]
    heading, picture, keys = _HEADING.match(first), _PICTURE.match(first), _KEYS.match(first)
    if heading:
        depth, words, anchor = heading.groups()
        yield Heading(len(depth), line_of(words), anchor or f"s{number}")
        if lines[1:]:
            yield from _blocks(lines[1:], number + 1)
    elif picture:
        yield Picture(picture.group(2), picture.group(1))
    elif keys:
        yield KeyTable(keys.group(1))
    elif first.startswith("|"):
        rows = [line for line in lines if not re.fullmatch(r"[|\s:-]+", line) or not re.search(r"-", line)]
        yield Table(tuple(tuple(line_of(cell.strip()) for cell in row.strip("|").split("|")) for row in rows))
    elif _ITEM.match(first):
        texts: list[str] = []
        for line in lines:
            if _ITEM.match(line):
                texts.append(_ITEM.sub("", line))
            else:
                texts[-1] += f" {line.strip()}"
        yield Items(first[0].isdigit(), tuple(line_of(text) for text in texts))
    else:
        yield Paragraph(line_of(" ".join(line.strip() for line in lines)))


def line_of(text: str) -> Line:
    """The pieces of a line of text."""
    pieces: list[Piece] = []
    end = 0
    for found in _MARK.finditer(text):
        if found.start() > end:
            pieces.append(Plain(text[end : found.start()]))
        end = found.end()
        if found["kind"]:
            pieces.append(Mark(found["kind"], found["value"]))
        elif found["code"]:
            pieces.append(Code(found["code"]))
        elif found["strong"]:
            pieces.append(Strong(line_of(found["strong"])))
        else:
            pieces.append(Link(found["target"], line_of(found["label"])))
    if end < len(text):
        pieces.append(Plain(text[end:]))
    return tuple(pieces)


def lines_of(block: Block) -> Iterable[Line]:
    """Every line of text in a block."""
    match block:
        case Heading(line=line) | Paragraph(line=line):
            yield line
        case Items(lines=lines):
            yield from lines
        case Table(rows=rows):
            for row in rows:
                yield from row
        case Picture(alt=alt):
            yield (Plain(alt),)
        case _:
            return


def pieces_of(page: GuidePage) -> Iterable[Piece]:
    """Every piece of a page, those inside others too."""
    waiting = [piece for block in page.blocks for line in lines_of(block) for piece in line]
    while waiting:
        piece = waiting.pop(0)
        yield piece
        if isinstance(piece, Strong | Link):
            waiting = [*piece.inside, *waiting]


def found(sections: Sequence[Section], wanted: str, most: int = 40) -> list[Hit]:
    """Sections that hold every word, those with the words in their heading first; accents and capitals make no difference."""
    words = level(wanted).split()
    if not words:
        return []
    hits = []
    for number, section in enumerate(sections):
        heading, text = level(section.heading), level(section.text)
        if all(word in heading or word in text for word in words):
            missing = sum(word not in heading for word in words)
            hits.append((missing, number, Hit(section, snippet(section.text, words))))
    return [hit for _, _, hit in sorted(hits, key=lambda each: each[:2])[:most]]


def snippet(text: str, words: Sequence[str]) -> str:
    """The place in a text where the first of these words stands, with a few words about it."""
    levelled = level(text)
    at = min((spot for word in words if (spot := levelled.find(word)) >= 0), default=0)
    if len(levelled) != len(text):  # a letter that becomes two: the place is only about right
        at = min(at, len(text))
    begin = max(0, at - SNIPPET // 3)
    if begin and " " in text[begin:at]:
        begin = text.index(" ", begin) + 1
    return text[begin : begin + SNIPPET].strip()
