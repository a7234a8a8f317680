"""A playbook's file brought in with one transaction, and taken back with one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, select

from app.models.answer_content import AnswerContent
from app.models.tables.playbook import Fact
from app.models.tables.profile import Answer, AnswerExample
from app.store.writing import playbook
from app.store.writing.playbook import FactWords


class Incoming(NamedTuple):
    """An answer of a file. `laid_onto` makes its content of the one that is here (None: there is none)."""

    key: str
    laid_onto: Callable[[AnswerContent | None], AnswerContent]
    examples: Mapping[str, Sequence[str]] = {}


class IncomingFact(NamedTuple):
    """A fact of a file; what it does not tell stays."""

    key: str
    title: str
    text: Mapping[str, str]
    until: date | None = None


@dataclass(slots=True)
class Taken:
    """What was done, so that it can be taken back."""

    created: list[int] = field(default_factory=list)
    brought_back: list[tuple[int, AnswerContent]] = field(default_factory=list)
    changed: list[tuple[int, AnswerContent]] = field(default_factory=list)
    known: int = 0
    """Answers that were here."""
    examples: list[int] = field(default_factory=list)
    facts_added: list[int] = field(default_factory=list)
    facts_changed: list[tuple[int, FactWords]] = field(default_factory=list)

    @property
    def new(self) -> int:
        return len(self.created) + len(self.brought_back)

    @property
    def anything(self) -> bool:
        return bool(self.new or self.changed or self.examples or self.facts_added or self.facts_changed)


def take_in(
    session: Session,
    answers: Sequence[Incoming],
    facts: Sequence[IncomingFact],
    now_ms: int,
    *,
    leave: bool = False,
) -> Taken:
    """`leave`: answers and facts that are here stay as they are; answers still take the examples."""
    taken = Taken()
    known = {row.key: row for row in session.exec(select(Answer))}
    for incoming in answers:
        row = known.get(incoming.key)
        if row is None:
            number = playbook.create(session, incoming.key, incoming.laid_onto(None), now_ms, keep_draft=True)
            taken.created.append(number)
        else:
            number = row.id or 0
            _take_onto(session, row, incoming, now_ms, taken, leave=leave)
        taken.examples += _add_examples(session, number, incoming.examples)
    for fact in facts:
        _take_fact(session, fact, now_ms, taken, leave=leave)
    return taken


def put_back(session: Session, taken: Taken, now_ms: int) -> None:
    """As it was before `take_in`. Answers that came in are removed, not forgotten: their uses stay counted."""
    for number in taken.examples:
        playbook.remove_example(session, number)
    for number in taken.created:
        playbook.remove(session, number, now_ms)
    for number, before in taken.brought_back:
        playbook.save(session, number, before, now_ms)
        playbook.remove(session, number, now_ms)
    for number, before in taken.changed:
        playbook.save(session, number, before, now_ms)
    for number in taken.facts_added:
        playbook.remove_fact(session, number, now_ms)
    for number, words in taken.facts_changed:
        playbook.change_fact(session, number, words, now_ms)


def _take_onto(session: Session, row: Answer, incoming: Incoming, now_ms: int, taken: Taken, *, leave: bool) -> None:
    """An answer whose key is here already, or was."""
    number = row.id or 0
    before = playbook.content_now(session, number)
    if row.removed_at is not None:
        playbook.bring_back(session, number)
        playbook.save(session, number, incoming.laid_onto(None), now_ms)
        taken.brought_back.append((number, before))
        return
    taken.known += 1
    after = incoming.laid_onto(before)
    if not leave and after != before.tidied() and playbook.save(session, number, after, now_ms):
        taken.changed.append((number, before))


def _add_examples(session: Session, answer_id: int, examples: Mapping[str, Sequence[str]]) -> list[int]:
    there = session.exec(select(AnswerExample).where(AnswerExample.answer_id == answer_id)).all() if examples else ()
    known = {(each.language, each.text) for each in there}
    rows: list[AnswerExample] = []
    for language, texts in examples.items():
        for text in texts:
            if (language, text) not in known:
                known.add((language, text))
                place = len(there) + len(rows)
                rows.append(AnswerExample(answer_id=answer_id, language=language, position=place, text=text))
    session.add_all(rows)
    session.flush()
    return [row.id or 0 for row in rows]


def _take_fact(session: Session, fact: IncomingFact, now_ms: int, taken: Taken, *, leave: bool) -> None:
    row = session.exec(select(Fact).where(Fact.key == fact.key)).first()
    if row is None or row.removed_at is not None:
        words = FactWords(fact.key, fact.title or fact.key, _text(fact.text), _day(fact.until))
        taken.facts_added.append(playbook.add_fact(session, words, now_ms))
        return
    text = {**json.loads(row.text), **fact.text}
    words = FactWords(fact.key, fact.title or row.title, _text(text), _day(fact.until) or row.expires_on)
    same = (words.title, text, words.expires_on) == (row.title, json.loads(row.text), row.expires_on)
    if not leave and not same:
        taken.facts_changed.append((row.id or 0, playbook.change_fact(session, row.id or 0, words, now_ms)))


def _text(text: Mapping[str, str]) -> str:
    return json.dumps(dict(text), ensure_ascii=False)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
