"""The playbook: answers brought in from a file, and how often each was used."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlmodel import Session, select

from app.models.playbook import PlaybookAnswer
from app.models.tables.profile import Answer, Wording


def import_answers(session: Session, answers: Sequence[PlaybookAnswer]) -> int:
    """Adds those whose key is new and answers how many; what is there already is the user's and stays as it is."""
    known = set(session.exec(select(Answer.key)))
    added = 0
    for answer in answers:
        if answer.key in known:
            continue
        known.add(answer.key)
        row = Answer(
            key=answer.key,
            category=answer.category,
            tags=json.dumps(list(answer.tags), ensure_ascii=False),
            title=json.dumps(dict(answer.title), ensure_ascii=False),
            uses=answer.uses,
        )
        session.add(row)
        session.flush()
        for language, texts in answer.wordings.items():
            for position, text in enumerate(texts):
                session.add(Wording(answer_id=row.id or 0, language=language, position=position, text=text))
        added += 1
    return added


def used(session: Session, key: str) -> None:
    """One more reply came from it; unknown keys are no matter."""
    answer = session.exec(select(Answer).where(Answer.key == key)).first()
    if answer is not None:
        answer.uses += 1
