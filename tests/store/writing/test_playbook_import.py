"""A playbook comes in with one transaction and goes out with one."""

from __future__ import annotations

from datetime import date

from app.models.answer_content import AnswerContent
from app.models.playbook import FactRow, WordingRow
from app.store.database import Database
from app.store.reading import playbook as reading
from app.store.writing import playbook, playbook_import
from app.store.writing.playbook_import import Incoming, IncomingFact, Taken
from tests.store.making import NOW_MS, rows

LATE = AnswerContent(main_language="es", title={"es": "Tarde"}, texts=(WordingRow("es", "Va tarde."),))
COMING = AnswerContent(main_language="es", title={"es": "Tarde"}, texts=(WordingRow("es", "Ya viene."),))


def told(key: str, content: AnswerContent, **examples: tuple[str, ...]) -> Incoming:
    return Incoming(key, lambda _before: content, examples)


def take(database: Database, *answers: Incoming, facts: tuple[IncomingFact, ...] = (), leave: bool = False) -> Taken:
    return database.write_now(lambda session: playbook_import.take_in(session, answers, facts, NOW_MS, leave=leave))


def texts(database: Database) -> dict[str, tuple[str, ...]]:
    return {answer.key: answer.wordings["es"] for answer in database.reader.now(reading.answers)}


def test_new_changed_and_known_answers_are_told_apart_and_put_back(database: Database) -> None:
    take(database, told("a", LATE), told("b", LATE))
    taken = take(database, told("a", COMING, es=("¿y?", "¿y?")), told("b", LATE), told("c", LATE))
    assert (taken.new, len(taken.changed), taken.known, len(taken.examples)) == (1, 1, 2, 1)
    assert texts(database) == {"a": ("Ya viene.",), "b": ("Va tarde.",), "c": ("Va tarde.",)}
    database.write_now(playbook_import.put_back, taken, NOW_MS + 1)
    assert texts(database) == {"a": ("Va tarde.",), "b": ("Va tarde.",)}
    assert rows(database, "SELECT count(*) FROM answer_example") == [(0,)]
    assert not take(database, told("a", LATE), told("b", LATE)).anything


def test_a_wording_that_stays_keeps_what_is_known_of_its_use(database: Database) -> None:
    both = AnswerContent(title={"es": "T"}, texts=(WordingRow("es", "uno"), WordingRow("es", "dos")))
    take(database, told("a", both))
    less = Incoming("a", lambda before: AnswerContent(title={"es": "T"}, texts=before.texts[1:] if before else ()))
    take(database, less)
    assert rows(database, "SELECT id, text FROM wording") == [(2, "dos")]


def test_an_answer_may_be_left_and_a_removed_one_comes_back(database: Database) -> None:
    take(database, told("a", LATE))
    assert not take(database, told("a", COMING), leave=True).changed
    database.write_now(playbook.remove, 1, NOW_MS)
    taken = take(database, told("a", COMING), leave=True)
    assert (taken.new, texts(database)) == (1, {"a": ("Ya viene.",)})
    database.write_now(playbook_import.put_back, taken, NOW_MS + 1)
    assert texts(database) == {}


def test_facts_take_languages_in_and_keep_what_is_not_told(database: Database) -> None:
    def facts() -> list[FactRow]:
        return [fact._replace(id=0, changed_at=None) for fact in database.reader.now(reading.facts)]

    take(database, facts=(IncomingFact("plazo", "Plazo", {"es": "3 días"}, date(2026, 12, 31)),))
    before = facts()
    taken = take(database, facts=(IncomingFact("plazo", "", {"en": "3 days"}),))
    assert facts() == [FactRow(0, "plazo", "Plazo", {"es": "3 días", "en": "3 days"}, date(2026, 12, 31))]
    database.write_now(playbook_import.put_back, taken, NOW_MS)
    assert facts() == before
    assert not take(database, facts=(IncomingFact("plazo", "", {"es": "3 días"}),)).anything
