"""The search index: how text is folded for it, the triggers that keep it up to date, and queries that any text is safe in.

Two FTS5 indexes without a copy of the text (contentless): `message_search` over what was said (customers and our replies) and
`person_search` over names and handles. Triggers keep them, so that no way of writing forgets it; they call `fold`, which every
writing connection must be given (`register`): a connection without it cannot write messages or people at all, and says why.

Order. Results come newest first without sorting because the rows of `message_search` are numbered by time: the milliseconds of
the message shifted by 21 bits, below them the last bits of its id. A row is found back through the index `message_at` and these
bits. Numbers are 63 bits up to the year 2109; two messages could share one only if written in the same millisecond with ids a
multiple of 2,097,152 apart, and would then merely be found together.

Folding: case, accents, and widths are levelled, and a space is put round each Han, kana and hangul character, because those
languages write words without spaces; a query is split the same way and asked for as a phrase, so two-character words are found.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator

FUNCTION = "fold"
"""Name under which SQL knows `fold`."""

SEQUENCE_BITS = 21
_SEQUENCE = (1 << SEQUENCE_BITS) - 1
LATEST_MS = (1 << (63 - SEQUENCE_BITS)) - 1
"""The last moment that can be ordered, in the year 2109."""

_WHOLE = (
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Han, kana and hangul: each character is found by itself."""

_AROUND_WHOLE = f"(?={_WHOLE})|(?<={_WHOLE})"  # compiled when first used (by `re`, which keeps it): reading a list needs no search
_FIRST_MARK = "\u0300"
_VOICED = "\u3099\u309a"
"""Kana's own marks make another letter, not an accent."""

MOST_PEOPLE = 2000
"""More people than this by one name are too many to tell apart; the newest conversations of as many are shown."""


def fold(text: str) -> str:
    """Text as the index knows it. Deterministic: the index is taken apart again with it."""
    if text.isascii():
        return text.lower()
    return re.sub(_AROUND_WHOLE, " ", _level(text))


def _level(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = [c for c in decomposed if c < _FIRST_MARK or c in _VOICED or not unicodedata.combining(c)]
    return unicodedata.normalize("NFC", "".join(kept)).casefold()


def register(connection: sqlite3.Connection) -> None:
    """Gives a writing connection what the triggers call."""
    connection.create_function(FUNCTION, 1, fold, deterministic=True)


# --- the index


def _message_key(row: str) -> str:
    return f"((max(0, min({row}.at, {LATEST_MS})) << {SEQUENCE_BITS}) | ({row}.id & {_SEQUENCE}))"


def _trigger(name: str, event: str, steps: str) -> str:
    return f"CREATE TRIGGER {name} AFTER {event} BEGIN {steps} END"


def _kept(index: str, table: str, key_new: str, key_old: str, text: str, columns: str) -> Iterator[str]:
    """Triggers that follow `table`; `text` is an expression of the columns with `{row}` for NEW or OLD."""
    new, old = text.format(row="NEW"), text.format(row="OLD")
    add = f"INSERT INTO {index} (rowid, text) SELECT {key_new}, fold({new}) WHERE {new} <> '';"
    take = f"INSERT INTO {index} ({index}, rowid, text) SELECT 'delete', {key_old}, fold({old}) WHERE {old} <> '';"
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns.split(", "))
    yield _trigger(f"{index}_{table}_added", f"INSERT ON {table}", add)
    yield _trigger(f"{index}_{table}_changed", f"UPDATE OF {columns} ON {table} WHEN {changed}", f"{take} {add}")
    yield _trigger(f"{index}_{table}_removed", f"DELETE ON {table}", take)


def statements() -> tuple[str, ...]:
    """What a migration executes to make the indexes and their triggers."""
    options = "content='', tokenize='unicode61 remove_diacritics 0', prefix='2 3'"
    return (
        f"CREATE VIRTUAL TABLE message_search USING fts5(text, {options})",
        f"CREATE VIRTUAL TABLE person_search USING fts5(text, {options})",
        *_kept("message_search", "message", _message_key("NEW"), _message_key("OLD"), "{row}.text", "text, at"),
        *_kept(
            "person_search",
            "identity",
            "NEW.id * 2",
            "OLD.id * 2",
            "({row}.name || ' ' || {row}.handle)",
            "name, handle",
        ),
        *_kept("person_search", "customer", "NEW.id * 2 + 1", "OLD.id * 2 + 1", "{row}.name", "name"),
    )


def is_of_index(table: str) -> bool:
    """Whether a table belongs to the index, its own inner tables included."""
    return table.startswith(("message_search", "person_search"))


# --- asking


def terms(query: str) -> list[str]:
    """The pieces of what was typed, folded; pieces without a letter or digit are left out."""
    sound = query.encode("utf-8", "replace").decode().replace("\0", " ").replace('"', " ")
    pieces = (" ".join(fold(piece).split()) for piece in sound.split())
    return [piece for piece in pieces if any(c.isalnum() for c in piece)]


def match_expression(query: str) -> str:
    """FTS5's own language for what was typed: all pieces, each also as the beginning of a word. Empty when there is nothing to ask."""
    quoted = []
    for term in terms(query):
        last = re.findall(r"[^\W_]+", term)[-1]
        # One Latin letter begins a tenth of all words; one Chinese character is a word.
        open_ended = len(last) > 1
        quoted.append(f'"{term}"' + ("*" if open_ended else ""))
    return " ".join(quoted)


def find(connection: sqlite3.Connection, query: str, limit: int) -> list[tuple[int, int]]:
    """(conversation id, time of the match in ms), each conversation once, newest match first."""
    expression = match_expression(query)
    if not expression:
        return []
    found: dict[int, int] = {}
    for conversation_id, at in _said(connection, expression):
        found.setdefault(conversation_id, at)
        if len(found) >= limit:
            break
    for conversation_id, at in _by_name(connection, expression, limit):
        found[conversation_id] = max(at, found.get(conversation_id, at))
    return sorted(found.items(), key=lambda pair: (-pair[1], -pair[0]))[:limit]


def _said(connection: sqlite3.Connection, expression: str) -> Iterator[tuple[int, int]]:
    yield from connection.execute(
        "SELECT m.conversation_id, m.at FROM message_search AS s CROSS JOIN message AS m INDEXED BY message_at"
        f" ON m.at = s.rowid >> {SEQUENCE_BITS} AND (m.id & {_SEQUENCE}) = (s.rowid & {_SEQUENCE})"
        " WHERE s.message_search MATCH ? ORDER BY s.rowid DESC",
        (expression,),
    )


def _by_name(connection: sqlite3.Connection, expression: str, limit: int) -> Iterator[tuple[int, int]]:
    yield from connection.execute(
        "WITH people AS (SELECT rowid AS key FROM person_search WHERE person_search MATCH ? LIMIT ?)"
        " SELECT c.id, c.last_at FROM conversation AS c WHERE c.customer_id IN ("
        " SELECT i.customer_id FROM people JOIN identity AS i ON i.id = people.key >> 1 WHERE people.key & 1 = 0"
        " UNION SELECT people.key >> 1 FROM people WHERE people.key & 1 = 1)"
        " ORDER BY c.last_at DESC, c.id DESC LIMIT ?",
        (expression, MOST_PEOPLE, limit),
    )


# --- showing


def highlights(text: str, query: str) -> list[tuple[int, int]]:
    """Where `text` holds what was asked for: ranges (start, end) in code points, in order, without overlaps."""
    letters: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(text):
        for letter in _level(character):
            letters.append(letter)
            origin.append(position)
    level = "".join(letters)
    marked: set[int] = set()
    for term in terms(query):
        for match in re.finditer(_pattern(term), level):
            marked.update(range(origin[match.start()], origin[match.end() - 1] + 1))
    return _ranges(marked)


def _pattern(term: str) -> str:
    """Words of a phrase may be apart by what is no letter; a phrase begins at a word's beginning, Han and kana anywhere."""
    words = [word for word in re.split(r"[\W_]+", term) if word]
    joined = r"[\W_]*".join(re.escape(word) for word in words)
    return joined if re.match(_WHOLE, words[0]) else rf"(?<![^\W_]){joined}"


def _ranges(positions: set[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for position in sorted(positions):
        if ranges and ranges[-1][1] == position:
            ranges[-1] = (ranges[-1][0], position + 1)
        else:
            ranges.append((position, position + 1))
    return ranges
