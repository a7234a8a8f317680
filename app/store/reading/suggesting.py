"""What suggestions are learned from: titles, wordings and examples of the answers, and what the user made of them."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple


class Learned(NamedTuple):
    """One text that says something of an answer. `kind`: `title`, `wording`, `example`, `sent` or `refused`."""

    answer: str
    kind: str
    language: str
    text: str


LATEST_CHOICES = 20_000


def learned(connection: sqlite3.Connection) -> list[Learned]:
    """Of every answer that is there, always in the same order; of choices the latest."""
    found: list[Learned] = []
    for key, titles in connection.execute("SELECT key, title FROM answer WHERE removed_at IS NULL ORDER BY key"):
        found += [Learned(key, "title", language, text) for language, text in json.loads(titles).items() if text]
    for kind, table in (("wording", "wording"), ("example", "answer_example")):
        rows = connection.execute(
            f"SELECT key, language, text FROM {table} JOIN answer ON answer.id = answer_id"
            f" WHERE removed_at IS NULL ORDER BY key, language, position, {table}.id"
        )
        found += [Learned(key, kind, language, text) for key, language, text in rows]
    choices = connection.execute(
        "SELECT key, fits, message.text FROM answer_choice JOIN answer ON answer.id = answer_id"
        " JOIN message ON message.id = message_id WHERE removed_at IS NULL ORDER BY answer_choice.id DESC LIMIT ?",
        (LATEST_CHOICES,),
    )
    found += [Learned(key, "sent" if fits else "refused", "", text) for key, fits, text in choices if text.strip()]
    return found


def examples(connection: sqlite3.Connection) -> dict[str, dict[str, tuple[str, ...]]]:
    """The examples of each answer by language, as they are exported."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    rows = connection.execute(
        "SELECT key, language, text FROM answer_example JOIN answer ON answer.id = answer_id"
        " WHERE removed_at IS NULL ORDER BY key, language, position, answer_example.id"
    )
    for key, language, text in rows:
        of_answer = found.setdefault(key, {})
        of_answer[language] = (*of_answer.get(language, ()), text)
    return found


def text_of(connection: sqlite3.Connection, message_id: int) -> str:
    """What a message says; empty where it is gone."""
    row = connection.execute("SELECT text FROM message WHERE id = ?", (message_id,)).fetchone()
    return str(row[0]) if row else ""


def refused(connection: sqlite3.Connection, message_id: int) -> frozenset[str]:
    """The keys of the answers that the user said do not fit a message."""
    rows = connection.execute(
        "SELECT key FROM answer_choice JOIN answer ON answer.id = answer_id WHERE message_id = ? AND NOT fits",
        (message_id,),
    )
    return frozenset(key for (key,) in rows)
