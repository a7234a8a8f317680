"""What was typed and not sent is found, the newest first."""

from __future__ import annotations

from app.models.escalation import SheetDraft
from app.models.message import Visibility
from app.models.post import PostDraft, PostState
from app.runtime.clock import from_ms
from app.store.database import Database
from app.store.reading.escalations import DRAFT
from app.store.reading.kept_texts import kept_texts
from app.store.writing import conversations, posts, settings
from tests.store.making import HOUR_MS, NOW_MS, arrival, keep


def test_drafts_of_replies_and_posts_are_found_the_newest_first(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival(author_name="Ximena"))
    database.write_now(posts.save, PostDraft(parts=("Nuevo", "disco")), NOW_MS)
    database.write_now(conversations.save_draft, 1, "Hola, Xim", Visibility.PUBLIC, NOW_MS + HOUR_MS)
    found = database.reader.now(kept_texts, 10)
    assert [(each.text, each.name, each.conversation_id, each.post_id) for each in found] == [
        ("Hola, Xim", "Ximena", 1, None),
        ("Nuevo disco", "", None, 1),
    ]
    assert len(database.reader.now(kept_texts, 1)) == 1


def test_what_has_no_words_or_is_planned_is_no_draft(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    database.write_now(posts.save, PostDraft(parts=(" ",)), NOW_MS)
    database.write_now(
        lambda session: posts.save(session, PostDraft(parts=("Sale hoy",)), NOW_MS, state=PostState.SCHEDULED)
    )
    database.write_now(conversations.save_draft, 1, "  ", Visibility.PUBLIC, NOW_MS)
    assert database.reader.now(kept_texts, 10) == []


def test_a_question_that_stands_in_the_sheet_to_a_manager_is_one(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival(author_name="Ximena"))
    asked = SheetDraft(question="¿La mandamos hoy?").to_json(from_ms(NOW_MS))
    for number, value in ((1, asked), (99, asked), (1000, "no JSON")):
        database.write_now(settings.save, f"{DRAFT}{number}", value)
    (found,) = database.reader.now(kept_texts, 10)
    assert (found.text, found.name, found.conversation_id, found.asks_manager) == (
        "¿La mandamos hoy?",
        "Ximena",
        1,
        True,
    )
