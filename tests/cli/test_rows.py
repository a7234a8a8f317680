"""Scripts rely on these names."""

from __future__ import annotations

from datetime import UTC, datetime

from app.cli.rows import conversation_values
from app.models.conversation import Category, ConversationRow, ConversationState

AT = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)


def test_a_conversation_is_told_by_plain_values() -> None:
    row = ConversationRow(
        7, 1, "mastodon", 3, "Petra", "@petra", "Hola", ConversationState.DONE, Category.ORDER, "es", False, False, AT, None
    )
    assert conversation_values(row) == {
        "id": 7,
        "account": 1,
        "author": "Petra",
        "handle": "@petra",
        "state": "done",
        "category": "order",
        "language": "es",
        "last_at": AT,
        "answer_by": None,
        "text": "Hola",
    }
