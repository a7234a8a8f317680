"""Pages of the guide as words and as HTML: fills in their marks with what the program says and does now, and knows no screen.

The HTML is the part of it that Qt's rich text and a browser both understand; everything from outside the tags is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple, Protocol

from app.language.guide_pages import (
    Block,
    Code,
    GuidePage,
    Heading,
    Items,
    KeyTable,
    Line,
    Link,
    Mark,
    Paragraph,
    Picture,
    Piece,
    Plain,
    Section,
    Strong,
    Table,
)


class Filling(Protocol):
    """What the marks of a page stand for at this moment, in one language."""

    def word(self, message_id: str) -> str:
        """The very words of a screen."""

    def title(self, command_id: str) -> str:
        """Of a command."""

    def keys(self, command_id: str) -> Sequence[str]:
        """In force for a command, as they are drawn; none where it has none."""

    def cap(self, key: str) -> str:
        """A key that belongs to no command, as it is drawn."""

    def default(self, setting: str) -> str:
        """A setting as the program comes."""

    def table(self, context: str) -> Sequence[tuple[Sequence[str], str]]:
        """Keys and titles of all commands of a screen that have one."""


class Dress(NamedTuple):
    """Where the HTML is shown: how pictures and links are written there."""

    picture: Callable[[Picture], str]
    href: Callable[[str], str]
    """The address for a target; empty where it is to be plain words."""
    key_head: tuple[str, str]
    """What stands above the two columns of keys."""
    ids: str = ""
    """What the names of headings begin with, where several pages stand in one document."""


def said(line: Line, filling: Filling) -> str:
    """A line in plain words."""
    return "".join(_said(piece, filling) for piece in line)


def _said(piece: Piece, filling: Filling) -> str:
    match piece:
        case Plain(text) | Code(text):
            return text
        case Strong(inside) | Link(_, inside):
            return said(inside, filling)
        case Mark(kind, value):
            return _filled(kind, value, filling)


def _filled(kind: str, value: str, filling: Filling) -> str:
    if kind == "key":
        keys = filling.keys(value)
        return keys[0] if keys else _title(value, filling)
    if kind == "command":
        return _title(value, filling)
    if kind == "cap":
        return filling.cap(value)
    if kind == "default":
        return filling.default(value)
    if kind == "find":
        return condition(value, filling)
    return bare(filling.word(value))


def _title(command_id: str, filling: Filling) -> str:
    return bare(filling.title(command_id))


def bare(text: str) -> str:
    """Words of the screen without the dots that announce a question, and without a gap that only the screen fills."""
    return re.sub(r"\s*\{[^{}]*\}", "", text).rstrip("…").strip()


def condition(value: str, filling: Filling) -> str:
    """`is:unread` in the words of the language; a value that the search does not name stays as it is."""
    operator, _, rest = value.partition(":")
    named = f"find.{operator}.{rest.replace('-', '_')}"
    word = filling.word(named)
    return f"{filling.word(f'find.operator.{operator}')}:{rest if word in (named, '') else word}"


def sections(page: GuidePage, filling: Filling) -> list[Section]:
    """The page by its headings, for the search."""
    title = said(page.title, filling)
    result: list[Section] = []
    heading, anchor, texts = title, "", list[str]()
    for block in page.blocks:
        if isinstance(block, Heading):
            if texts or block.depth > 1:
                result.append(Section(page.name, anchor, heading, " ".join(texts)))
            heading, anchor, texts = said(block.line, filling), "" if block.depth == 1 else block.anchor, []
        elif isinstance(block, KeyTable):
            texts.extend(f"{' '.join(keys)} {name}" for keys, name in filling.table(block.context))
        elif not isinstance(block, Picture):
            texts.extend(said(line, filling) for line in _lines(block))
    result.append(Section(page.name, anchor, heading, " ".join(texts)))
    return [section for section in result if section.text or section.anchor == ""]


def _lines(block: Block) -> Sequence[Line]:
    match block:
        case Paragraph(line):
            return (line,)
        case Items(_, lines):
            return lines
        case Table(rows):
            return tuple(line for row in rows for line in row)
        case _:
            return ()


def html(page: GuidePage, filling: Filling, dress: Dress) -> str:
    """The body of a page."""
    return "\n".join(_block(block, filling, dress) for block in page.blocks)


def _block(block: Block, filling: Filling, dress: Dress) -> str:
    match block:
        case Heading(depth, line, anchor):
            name = escape(f"{dress.ids}{anchor}")
            return f'<h{depth} id="{name}"><a name="{name}"></a>{_line(line, filling, dress)}</h{depth}>'
        case Paragraph(line):
            return f"<p>{_line(line, filling, dress)}</p>"
        case Items(ordered, lines):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>" + "".join(f"<li>{_line(line, filling, dress)}</li>" for line in lines) + f"</{tag}>"
        case Table(rows):
            return _table([[_line(cell, filling, dress) for cell in row] for row in rows])
        case Picture():
            return dress.picture(block)
        case KeyTable(context):
            listed = [[" ".join(_key(key) for key in keys), escape(name)] for keys, name in filling.table(context)]
            return _table([[escape(head) for head in dress.key_head], *listed])


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    first = "".join(f'<th align="left">{cell}</th>' for cell in head) if any(head) else ""
    made = [f"<tr>{first}</tr>"] if first else []
    made.extend("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body)
    return f'<table class="rows" cellspacing="0" cellpadding="5">{"".join(made)}</table>'


def _line(line: Line, filling: Filling, dress: Dress) -> str:
    return "".join(_piece(piece, filling, dress) for piece in line)


def _piece(piece: Piece, filling: Filling, dress: Dress) -> str:
    match piece:
        case Plain(text):
            return escape(text)
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Strong(inside):
            return f"<b>{_line(inside, filling, dress)}</b>"
        case Link(target, inside):
            address, words = dress.href(target), _line(inside, filling, dress)
            return f'<a href="{escape(address)}">{words}</a>' if address else words
        case Mark(kind, value):
            return _mark(kind, value, filling)


def _mark(kind: str, value: str, filling: Filling) -> str:
    text = _filled(kind, value, filling)
    if kind == "cap" or (kind == "key" and filling.keys(value)):
        return _key(text)
    if kind == "find":
        return f"<code>{escape(text)}</code>"
    return escape(text) if kind == "default" else f"<b>{escape(text)}</b>"


def _key(text: str) -> str:
    """One key; the blanks inside must not break, and give the key its width where a style sheet cannot."""
    return f'<span class="key">&nbsp;{escape(text).replace(" ", "&nbsp;")}&nbsp;</span>'
