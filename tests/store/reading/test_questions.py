"""Replies to a question, wherever they were written."""

from __future__ import annotations

from dataclasses import replace

from app.models.conversation import Category
from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostState
from app.store.database import Database
from app.store.reading import questions
from app.store.writing import conversations, outbox, posts
from app.store.writing import questions as writing
from tests.store.making import NOW, NOW_MS, add_account, arrival, keep, owed

PARENT = {"parent_ours": True}


def asked(database: Database, account_id: int) -> int:
    """A question that is out on two accounts with a reply on each, spam among them; answers the post."""
    other = add_account(database, "@otra", network="bluesky")
    draft = PostDraft(parts=("¿Qué oyes?",), accounts=(account_id, other), question=True)
    post_id = database.write_now(lambda session: posts.save(session, draft, NOW_MS, state=PostState.SCHEDULED))
    for number, account in enumerate((account_id, other), 1):
        item = database.write_now(outbox.add, replace(owed(account), post_id=post_id, due_at=NOW), NOW_MS)
        database.write_now(lambda session, item=item: outbox.move(session, item, DeliveryState.BY_HAND, NOW_MS))
        database.write_now(outbox.record_progress, item, f"q{number}", "", NOW_MS)
        database.write_now(outbox.settle_out, item, NOW_MS)
        keep(
            database,
            account,
            arrival(f"m{number}", f"Marea {number}", thread_key=f"t{number}", parent_id=f"q{number}", **PARENT),
        )
    keep(database, account_id, arrival("m3", "compra ya", thread_key="t3", author_id="u3", parent_id="q1", **PARENT))
    database.write_now(conversations.categorize, 3, Category.SPAM)
    return post_id


def test_replies_of_all_accounts_without_spam(database: Database, account_id: int) -> None:
    post_id = asked(database, account_id)
    [question] = database.reader.now(questions.questions)
    assert (question.id, question.title, question.replies, question.networks) == (
        post_id,
        "¿Qué oyes?",
        2,
        ("mastodon", "bluesky"),
    )
    assert question.asked_at == NOW
    found = database.reader.now(questions.replies, post_id)
    assert [(each.text, each.network, each.author, each.kept) for each in found] == [
        ("Marea 1", "mastodon", "Ximena Robles", False),
        ("Marea 2", "bluesky", "Ximena Robles", False),
    ]


def test_what_was_noted_about_them_stands_beside_them(database: Database, account_id: int) -> None:
    post_id = asked(database, account_id)
    database.write_now(
        lambda session: writing.note(session, post_id, [1], NOW_MS, kept=True, topic="mar", thanked=True)
    )
    first, _ = database.reader.now(questions.replies, post_id)
    assert (first.kept, first.topic) == (True, "mar")
    assert first.thanked_at is None  # no thanks are owed or out: they were taken back
    assert database.reader.now(questions.thanked_since, 0) == 0
    assert database.reader.now(questions.questions)[0].kept == 1


def test_what_is_to_come_stands_first(database: Database, account_id: int) -> None:
    asked(database, account_id)
    database.write_now(
        lambda session: posts.save(session, PostDraft(question=True, title="Luego"), NOW_MS, state=PostState.SCHEDULED)
    )
    database.write_now(posts.save, PostDraft(question=True, title="Borrador"), NOW_MS)
    assert [each.title for each in database.reader.now(questions.questions)] == ["Luego", "¿Qué oyes?"]
