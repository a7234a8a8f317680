"""The sample shop has something behind each figure of support and audience."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app.runtime.paths import resources
from app.services.sample_content import Days, read_content
from app.services.sample_shop import build
from tests.fakes.clock import WEDNESDAY_MORNING


def test_the_sample_has_calls_interests_and_somebody_who_wants_the_newsletter() -> None:
    content = read_content(resources() / "sample")
    tables = build(content, [], WEDNESDAY_MORNING).tables
    today = Days(WEDNESDAY_MORNING, ZoneInfo(content.shop["zone"])).today
    months = [str(row["month"]) for row in tables["call_month"]]
    assert len(months) == len(content.support["calls"])
    assert max(months) == f"{today.year}-{today.month - 1:02d}"
    names = {row["term"] for row in tables["product_term"]}
    assert {row["term"] for row in tables["message_term"]} <= names
    messages = {row["id"]: row for row in tables["message"]}
    assert {messages[row["message_id"]]["kind"] == "ours" for row in tables["message_term"]} == {False}
    wanting = [row for row in tables["customer"] if row.get("newsletter_at")]
    assert len(wanting) == 2
    assert all(row["email"] and "newsletter" in str(row["flags"]) for row in wanting)
