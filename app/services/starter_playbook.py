"""The starter playbook that ships with the program, as answers the store can take in."""

from __future__ import annotations

import json
from pathlib import Path

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer
from app.runtime.errors import Damaged
from app.runtime.words import message

STARTER = Path("playbook") / "starter.json"
"""Within the program's resources."""


def read_starter(path: Path) -> list[PlaybookAnswer]:
    """The answers of `resources/playbook/starter.json`. Raises `Damaged` when the program is not completely installed."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Damaged(message("sample.content_missing", file=path.name), technical=str(error)) from error
    return [
        PlaybookAnswer(
            key=answer["key"],
            category=Category(answer["category"]),
            title=answer["title"],
            wordings={language: tuple(texts) for language, texts in answer["texts"].items()},
            tags=tuple(answer.get("tags", ())),
            examples={language: tuple(texts) for language, texts in answer.get("examples", {}).items()},
            main_language=document.get("main_language", ""),
        )
        for answer in document["answers"]
    ]
