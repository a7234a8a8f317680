"""The playbook: answers written, brought in from a file, removed and counted; their versions and drafts; facts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlmodel import Session, col, delete, select

from app.models.answer_content import (
    AnswerContent,
    after_from_json,
    after_to_json,
    blanks_from_json,
    blanks_to_json,
    day_of,
    pictures_from_json,
    pictures_to_json,
    to_json,
)
from app.models.conversation import Category
from app.models.playbook import NOTHING_AFTER, Address, AfterSending, PlaybookAnswer, WordingRow
from app.models.prepared import says
from app.models.tables.outbox import OutboxItem
from app.models.tables.playbook import AnswerDraft, AnswerUse, AnswerVersion, Fact
from app.models.tables.profile import Answer, AnswerExample, Wording
from app.store.notes import execute

NEW = 0
"""In place of an answer's id: the one that is not there yet."""


class FactWords(NamedTuple):
    """What the user says of a fact. `text` is JSON by language, `expires_on` an ISO date or empty."""

    key: str
    title: str
    text: str
    expires_on: str = ""


class Used(NamedTuple):
    """A reply written from an answer."""

    conversation_id: int
    outbox_id: int | None
    at_ms: int
    sent: str = ""
    """The text as it stood in the reply box: it tells which wording it came from, and whether it was changed."""
    in_company: bool = False
    """Several answers stand in it, so that it is none of them to the letter."""


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
            main_language=answer.main_language,
            blanks=blanks_to_json(answer.blanks),
            acts=after_to_json(answer.after),
            review_on=answer.review_on.isoformat() if answer.review_on else "",
            pictures=pictures_to_json(answer.pictures),
        )
        session.add(row)
        session.flush()
        texts = answer.texts or [
            WordingRow(language, text) for language, texts in answer.wordings.items() for text in texts
        ]
        places: dict[str, int] = {}
        for text in texts:
            place = places[text.language] = places.get(text.language, -1) + 1
            session.add(
                Wording(
                    answer_id=row.id or 0,
                    language=text.language,
                    position=place,
                    text=text.text,
                    address=text.address,
                    is_long=text.is_long,
                )
            )
        examples = [(language, words) for language, texts in answer.examples.items() for words in texts]
        for place, (language, words) in enumerate(examples):
            session.add(AnswerExample(answer_id=row.id or 0, language=language, position=place, text=words))
        added += 1
    return added


def create(session: Session, key: str, content: AnswerContent, now_ms: int, *, keep_draft: bool = False) -> int:
    """A new answer; the draft of the new one is gone with it, unless it was of something else."""
    row = Answer(key=key, category=content.category)
    session.add(row)
    session.flush()
    number = row.id or 0
    _write(session, row, content, now_ms)
    if not keep_draft:
        forget_draft(session, NEW)
    return number


def save(session: Session, answer_id: int, content: AnswerContent, now_ms: int) -> bool:
    """Keeps how it was as a version, then writes it; answers whether anything changed. Its draft is gone with that."""
    row = session.get_one(Answer, answer_id)
    before = content_now(session, answer_id)
    forget_draft(session, answer_id)
    if before == content:
        return False
    session.add(AnswerVersion(answer_id=answer_id, at=row.changed_at or now_ms, content=to_json(before)))
    _write(session, row, content, now_ms)
    return True


def content_now(session: Session, answer_id: int) -> AnswerContent:
    """An answer as it is saved."""
    row = session.get_one(Answer, answer_id)
    texts = session.exec(
        select(Wording).where(Wording.answer_id == answer_id).order_by(col(Wording.language), col(Wording.position))
    )
    return AnswerContent(
        Category(row.category),
        row.main_language,
        json.loads(row.title),
        tuple(WordingRow(text.language, text.text, Address(text.address), text.is_long, text.id) for text in texts),
        tuple(json.loads(row.tags)),
        blanks_from_json(row.blanks),
        after_from_json(row.acts),
        day_of(row.review_on),
        pictures_from_json(row.pictures),
    )


def remove(session: Session, answer_id: int, now_ms: int) -> None:
    """It is offered no more; what was counted of it stays."""
    session.get_one(Answer, answer_id).removed_at = now_ms


def bring_back(session: Session, answer_id: int) -> None:
    session.get_one(Answer, answer_id).removed_at = None


def free_key(session: Session, wanted: str) -> str:
    """A key that no answer has, removed ones among them."""
    known = set(session.exec(select(Answer.key)))
    key, number = wanted, 1
    while key in known:
        number += 1
        key = f"{wanted}_{number}"
    return key


# --- examples


def add_example(session: Session, answer_id: int, language: str, text: str) -> int | None:
    """A message it fits; None where it is there already."""
    there = session.exec(select(AnswerExample).where(AnswerExample.answer_id == answer_id)).all()
    if any((each.language, each.text) == (language, text) for each in there):
        return None
    place = max((each.position for each in there), default=-1) + 1
    row = AnswerExample(answer_id=answer_id, language=language, position=place, text=text)
    session.add(row)
    session.flush()
    return row.id


def remove_example(session: Session, example_id: int) -> tuple[int, str, str] | None:
    """Answers what it was: (answer, language, text); None where it is gone already."""
    row = session.get(AnswerExample, example_id)
    if row is None:
        return None
    was = (row.answer_id, row.language, row.text)
    session.delete(row)
    return was


# --- wordings


def add_wording(session: Session, answer_id: int, wording: WordingRow, now_ms: int) -> bool:
    """One more way to say it; false where it is there already. A draft of the answer stays."""
    row = session.get_one(Answer, answer_id)
    before = content_now(session, answer_id)
    if any((each.language, each.text) == (wording.language, wording.text) for each in before.texts):
        return False
    session.add(AnswerVersion(answer_id=answer_id, at=row.changed_at or now_ms, content=to_json(before)))
    _write(session, row, replace(before, texts=(*before.texts, wording)), now_ms)
    return True


def remove_wording(session: Session, answer_id: int, wording: WordingRow, now_ms: int) -> None:
    """It is said in this way no more."""
    row = session.get_one(Answer, answer_id)
    now = content_now(session, answer_id)
    left = tuple(each for each in now.texts if (each.language, each.text) != (wording.language, wording.text))
    if left and left != now.texts:
        _write(session, row, replace(now, texts=left), now_ms)


# --- drafts


def save_draft(session: Session, answer_id: int, content: str, now_ms: int) -> None:
    """What stands in the editor and is not saved (`NEW`: of a new answer)."""
    row = session.exec(select(AnswerDraft).where(AnswerDraft.answer_id == answer_id)).first()
    if row is None:
        session.add(AnswerDraft(answer_id=answer_id, at=now_ms, content=content))
    else:
        row.at, row.content = now_ms, content


def forget_draft(session: Session, answer_id: int) -> None:
    execute(session, delete(AnswerDraft).where(col(AnswerDraft.answer_id) == answer_id))


# --- uses


def used(session: Session, key: str, use: Used | None = None) -> None:
    """One more reply came from it; unknown keys are no matter."""
    answer = session.exec(select(Answer).where(Answer.key == key)).first()
    if answer is None:
        return
    answer.uses += 1
    if use is not None:
        wordings = session.exec(select(Wording).where(Wording.answer_id == answer.id)).all()
        wording = next((row for row in wordings if says(row.text, use.sent, within=use.in_company)), None)
        edited = wording is None and bool(use.sent) and not use.in_company
        session.add(
            AnswerUse(
                answer_id=answer.id or 0,
                wording_id=wording.id if wording is not None else None,
                conversation_id=use.conversation_id,
                outbox_id=use.outbox_id,
                at=use.at_ms,
                edited=edited,
                sent=use.sent if edited else "",
            )
        )


def after_sending(session: Session, key: str) -> AfterSending:
    """What is to happen to a conversation once the answer was sent."""
    answer = session.exec(select(Answer).where(Answer.key == key)).first()
    return after_from_json(answer.acts) if answer is not None else NOTHING_AFTER


def unused(session: Session, outbox_id: int) -> None:
    """The reply was taken back."""
    for use in session.exec(select(AnswerUse).where(AnswerUse.outbox_id == outbox_id)).all():
        answer = session.get_one(Answer, use.answer_id)
        answer.uses = max(0, answer.uses - 1)
        session.delete(use)


def count_replies(session: Session) -> None:
    """Notes the replies that are out already as uses of the answers whose title they bear: for data that was filled in at once."""
    answers = {title: row.id or 0 for row in session.exec(select(Answer)) for title in json.loads(row.title).values()}
    for item in session.exec(select(OutboxItem).where(OutboxItem.answer_title != "")).all():
        if item.answer_title in answers and item.conversation_id is not None and item.sent_at is not None:
            session.add(
                AnswerUse(
                    answer_id=answers[item.answer_title],
                    conversation_id=item.conversation_id,
                    outbox_id=item.id,
                    at=item.sent_at,
                )
            )


# --- facts


def add_fact(session: Session, words: FactWords, now_ms: int) -> int:
    """A new one, or one that was removed, again."""
    row = session.exec(select(Fact).where(Fact.key == words.key)).first() or Fact(key=words.key)
    row.title, row.text, row.expires_on = words.title, words.text, words.expires_on
    row.changed_at, row.removed_at = now_ms, None
    session.add(row)
    session.flush()
    return row.id or 0


def change_fact(session: Session, fact_id: int, words: FactWords, now_ms: int) -> FactWords:
    """Answers how it was. Its key stays: texts name it."""
    row = session.get_one(Fact, fact_id)
    before = FactWords(row.key, row.title, row.text, row.expires_on)
    row.title, row.text, row.expires_on, row.changed_at = words.title, words.text, words.expires_on, now_ms
    return before


def remove_fact(session: Session, fact_id: int, now_ms: int | None) -> None:
    """None: bring it back."""
    session.get_one(Fact, fact_id).removed_at = now_ms


def has_fact(session: Session, key: str) -> bool:
    """Whether a fact that is not removed has this key."""
    return session.exec(select(Fact.id).where(Fact.key == key, col(Fact.removed_at).is_(None))).first() is not None


# --- inside


def _write(session: Session, row: Answer, content: AnswerContent, now_ms: int) -> None:
    row.category = content.category
    row.main_language = content.main_language
    row.title = json.dumps(dict(content.title), ensure_ascii=False)
    row.tags = json.dumps(list(content.tags), ensure_ascii=False)
    row.blanks = blanks_to_json(content.blanks)
    row.acts = after_to_json(content.after)
    row.review_on = content.review_on.isoformat() if content.review_on else ""
    row.pictures = pictures_to_json(content.pictures)
    row.changed_at = now_ms
    _write_texts(session, row.id or 0, content.texts, now_ms)


def _write_texts(session: Session, answer_id: int, texts: Sequence[WordingRow], now_ms: int) -> None:
    """Wordings keep their ids where they can: what is known of their use goes on."""
    there = {row.id: row for row in session.exec(select(Wording).where(Wording.answer_id == answer_id))}
    places: dict[str, int] = {}
    for text in texts:
        place = places[text.language] = places.get(text.language, -1) + 1
        row = there.pop(text.id, None) if text.id is not None else None
        if row is None:
            row = Wording(answer_id=answer_id, language=text.language, position=place, text="")
        if row.text != text.text or row.language != text.language:
            row.changed_at = now_ms
        row.language, row.position, row.text = text.language, place, text.text
        row.address, row.is_long = text.address, text.is_long
        session.add(row)
    for row in there.values():
        session.delete(row)


def without_ids(content: AnswerContent) -> AnswerContent:
    """For a copy: its wordings are others."""
    return replace(content, texts=tuple(replace(text, id=None) for text in content.texts))
