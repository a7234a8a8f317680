"""Groups of replies."""

from __future__ import annotations

from datetime import UTC, datetime

from app.models.question import QuestionReply, ReplyGroup

AT = datetime(2026, 11, 18, tzinfo=UTC)


def test_who_says_it_twice_counts_once() -> None:
    replies = tuple(
        QuestionReply(number, number, 1, "x", "Ana", "@ana", person, "Marea", "es", "", AT)
        for number, person in ((1, 7), (2, 7), (3, 8))
    )
    assert ReplyGroup("marea", replies).people == 2
