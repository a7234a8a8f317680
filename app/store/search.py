"""The search index: how text is folded for it, the triggers that keep it up to date, and queries that any text is safe in.

Three FTS5 indexes without a copy of the text (contentless): `message_search` over what was said (customers and our replies),
`person_search` over names and handles, `product_search` over titles and makers of products, which are folded already. Triggers keep them, so that no way of writing forgets it; they call `fold`, which every
writing connection must be given (`register`): a connection without it cannot write messages or people at all, and says why.

Order. Results come newest first without sorting because the rows of `message_search` are numbered by time: the milliseconds of
the message shifted by 21 bits, below them the last bits of its id. A row is found back through the index `message_at` and these
bits. Numbers are 63 bits up to the year 2109; two messages could share one only if written in the same millisecond with ids a
multiple of 2,097,152 apart, and would then merely be found together.

Folding: case, accents, and widths are levelled, and a space is put round each Han, kana and hangul character, because those
languages write words without spaces; a query is split the same way and asked for as a phrase, so two-character words are found
(models/folding.py). What is asked beside words, and in which order the work is done, is finding.py's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from app.models.folding import EXACT, fold, is_handle, is_open

FUNCTION = "fold"
"""Name under which SQL knows `fold`."""

SEQUENCE_BITS = 21
_SEQUENCE = (1 << SEQUENCE_BITS) - 1
LATEST_MS = (1 << (63 - SEQUENCE_BITS)) - 1
"""The last moment that can be ordered, in the year 2109."""


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
        f"CREATE VIRTUAL TABLE product_search USING fts5(text, {options})",
        *_products(),
    )


def _products() -> Iterator[str]:
    """`folded` is folded before it is stored: millions of products go through these."""
    add = "INSERT INTO product_search (rowid, text) VALUES (NEW.id, NEW.folded);"
    take = "INSERT INTO product_search (product_search, rowid, text) VALUES ('delete', OLD.id, OLD.folded);"
    yield _trigger("product_search_added", "INSERT ON product", add)
    changed = "UPDATE OF folded ON product WHEN OLD.folded IS NOT NEW.folded"
    yield _trigger("product_search_changed", changed, f"{take} {add}")
    yield _trigger("product_search_removed", "DELETE ON product", take)


def is_of_index(table: str) -> bool:
    """Whether a table belongs to the index, its own inner tables included."""
    return table.startswith(("message_search", "person_search", "product_search"))


# --- asking


def match_expression(words: Sequence[str], without: Sequence[str] = ()) -> str:
    """FTS5's own language for terms (`folding.term`): all of them, none of the others. Empty when there is nothing to ask.

    Handles that are not wanted are left to `folding.holds`: to the index "@aurora" is a word like "Aurora".
    """
    wanted = " AND ".join(_asked(word) for word in words)
    unwanted = " OR ".join(_asked(word) for word in without if not is_handle(word))
    return f"({wanted}) NOT ({unwanted})" if wanted and unwanted else wanted


def _asked(wanted: str) -> str:
    return f'"{wanted.removeprefix(EXACT)}"' + ("*" if is_open(wanted) else "")


def key_of(at_ms: int) -> int:
    """The least number that a message of this moment has in the index."""
    return max(0, min(at_ms, LATEST_MS)) << SEQUENCE_BITS


JOINED = (
    "message AS m INDEXED BY message_at"
    f" ON m.at = s.rowid >> {SEQUENCE_BITS} AND (m.id & {_SEQUENCE}) = (s.rowid & {_SEQUENCE})"
)
"""From a row of the index (`s`) to its message."""
