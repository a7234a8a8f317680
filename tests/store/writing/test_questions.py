"""What is noted about replies comes back exactly when it is taken back."""

from __future__ import annotations

from app.models.post import PostDraft
from app.store.database import Database
from app.store.writing import posts, questions
from tests.store.making import NOW_MS, arrival, keep, rows

NOTED = "SELECT message_id, kept, topic, thanked_at FROM kept_reply ORDER BY message_id"


def test_only_what_is_given_changes_and_it_comes_back(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival(), arrival("m2", thread_key="t2"))
    post_id = database.write_now(posts.save, PostDraft(), NOW_MS)
    database.write_now(lambda session: questions.note(session, post_id, [1], NOW_MS, topic="azul"))
    before = database.write_now(lambda session: questions.note(session, post_id, [1, 2], NOW_MS, kept=True))
    database.write_now(lambda session: questions.note(session, post_id, [2], NOW_MS, thanked=True))
    assert rows(database, NOTED) == [(1, 1, "azul", None), (2, 1, "", NOW_MS)]
    database.write_now(questions.stand, post_id, before, NOW_MS)
    assert rows(database, NOTED) == [(1, 0, "azul", None)]
    database.write_now(questions.stand, post_id, [questions.Stood(2, True)], NOW_MS)
    assert rows(database, NOTED) == [(1, 0, "azul", None), (2, 1, "", None)]
