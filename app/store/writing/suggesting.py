"""What suggestions are learned from: examples of answers, and the user's word on an answer for a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session, select

from app.models.tables.profile import Answer, AnswerChoice, AnswerExample


def add_examples(session: Session, key: str, examples: Mapping[str, Sequence[str]]) -> int:
    """Adds those that are not there yet, by language, and answers how many; an unknown key gets none."""
    answer = session.exec(select(Answer).where(Answer.key == key)).first()
    if answer is None or answer.id is None:
        return 0
    there = session.exec(select(AnswerExample).where(AnswerExample.answer_id == answer.id)).all()
    known = {(each.language, each.text) for each in there}
    position = len(there)
    added = 0
    for language, texts in examples.items():
        for text in texts:
            if (language, text) in known:
                continue
            known.add((language, text))
            session.add(AnswerExample(answer_id=answer.id, language=language, position=position + added, text=text))
            added += 1
    return added


def choose(session: Session, key: str, message_id: int, now_ms: int, *, fits: bool) -> None:
    """The user sent this answer for this message, or said that it does not fit; the latest word holds."""
    answer = session.exec(select(Answer).where(Answer.key == key)).first()
    if answer is None or answer.id is None:
        return
    choice = session.exec(
        select(AnswerChoice).where(AnswerChoice.answer_id == answer.id, AnswerChoice.message_id == message_id)
    ).first()
    if choice is None:
        session.add(AnswerChoice(answer_id=answer.id, message_id=message_id, fits=fits, at=now_ms))
    else:
        choice.fits, choice.at = fits, now_ms


def forget_choice(session: Session, key: str, message_id: int) -> None:
    """Nothing was said about this answer for this message."""
    found = session.exec(
        select(AnswerChoice).join(Answer).where(Answer.key == key, AnswerChoice.message_id == message_id)
    ).first()
    if found is not None:
        session.delete(found)
