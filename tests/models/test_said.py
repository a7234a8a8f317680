"""What was said before is compared as a whole."""

from __future__ import annotations

from datetime import UTC, datetime

from app.models.said import Said


def test_the_same_finding_is_no_news() -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    assert Said(3, at, "Ya llegó", 1.0) == Said(3, at, "Ya llegó", 1.0)
