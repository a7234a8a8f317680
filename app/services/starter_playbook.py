"""The starter playbook that ships with the program, as answers the store can take in."""

from __future__ import annotations

from pathlib import Path

from app.models.playbook import PlaybookAnswer
from app.runtime.errors import Damaged, UserMistake
from app.runtime.words import message
from app.services.playbook_document import read_document

STARTER = Path("playbook") / "starter.json"
"""Within the program's resources."""


def read_starter(path: Path) -> list[PlaybookAnswer]:
    """The answers of `resources/playbook/starter.json`. Raises `Damaged` when the program is not completely installed."""
    trouble = message("sample.content_missing", file=path.name)
    try:
        book, wrong = read_document(path.read_text(encoding="utf-8"), path.name)
    except (OSError, ValueError, UserMistake) as error:
        raise Damaged(trouble, technical=str(error)) from error
    if wrong:
        raise Damaged(trouble, technical=f"answer {wrong[0].line}: {wrong[0].reason.id}")
    return [draft.answer() for draft in book.drafts.values()]
