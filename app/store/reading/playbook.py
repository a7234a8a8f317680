"""The playbook's answers with all their wordings."""

from __future__ import annotations

import json
import sqlite3

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer


def answers(connection: sqlite3.Connection) -> list[PlaybookAnswer]:
    """All of them, by category and key."""
    wordings: dict[int, dict[str, list[str]]] = {}
    for answer_id, language, text in connection.execute(
        "SELECT answer_id, language, text FROM wording ORDER BY answer_id, language, position"
    ):
        wordings.setdefault(answer_id, {}).setdefault(language, []).append(text)
    found = connection.execute("SELECT id, key, category, tags, title, uses FROM answer ORDER BY category, key")
    return [
        PlaybookAnswer(
            key=key,
            category=Category(category),
            title=json.loads(title),
            wordings={language: tuple(texts) for language, texts in wordings.get(number, {}).items()},
            tags=tuple(json.loads(tags)),
            uses=uses,
            id=number,
        )
        for number, key, category, tags, title, uses in found
    ]
