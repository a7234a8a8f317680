"""A guess is kept like a rule's act: named, undone, and never against what was said before."""

from __future__ import annotations

from app.models.conversation import Category
from app.store.database import Database
from app.store.reading import rules as reading
from app.store.writing import guesses, rules
from tests.store.making import NOW_MS, arrival, keep, rows


def test_a_guess_is_named_and_taken_back(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival("m1"), arrival("m2", thread_key="t2"))
    found = [guesses.Guess(number, number, Category.ORDER) for number in (1, 2)]
    assert database.write_now(guesses.keep, found, NOW_MS) == 2
    assert rows(database, "SELECT category FROM conversation") == [("order",), ("order",)]
    assert database.reader.now(reading.rules) == []
    (note,) = database.reader.now(reading.notes_of_messages, 1)[1]
    assert (note.by_playbook, note.name, note.category) == (True, "", Category.ORDER)
    database.write_now(rules.take_back, [note.mark_id], NOW_MS)
    assert rows(database, "SELECT category FROM conversation WHERE id = 1") == [("other",)]
    assert database.write_now(guesses.keep, found, NOW_MS) == 0
    assert rows(database, "SELECT count(*) FROM rule") == [(1,)]


def test_what_was_sorted_since_stays(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival("m1"))
    guess = guesses.Guess(1, 1, Category.ORDER)
    database.write_now(guesses.keep, [guess._replace(category=Category.COMPLAINT)], NOW_MS)
    assert database.write_now(guesses.keep, [guess], NOW_MS) == 0
    assert rows(database, "SELECT category FROM conversation") == [("complaint",)]
