"""Fourteen conversations, and two that came back from managers, wait for an answer in the sample shop, whatever the day, the hour and the zone it is made in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.conversation import ConversationState
from app.runtime.clock import to_ms
from app.runtime.paths import resources
from app.services.sample_content import Content, Days, opening_minutes, read_content
from app.services.sample_shop import build
from app.services.starter_playbook import read_starter

ZONES = ("America/Mexico_City", "Pacific/Auckland", "Asia/Kathmandu", "Europe/Madrid", "America/St_Johns", "UTC")
BEGINNING = datetime(2026, 10, 24, 0, 30, tzinfo=UTC)
"""A Saturday; the clocks of Europe go back within the week."""
WEEK = [BEGINNING + timedelta(hours=hour) for hour in range(7 * 24)]


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content(resources() / "sample")


def in_zones(content: Content) -> Iterator[tuple[Content, ZoneInfo]]:
    for zone in ZONES:
        yield replace(content, shop={**content.shop, "zone": zone}), ZoneInfo(zone)


def test_those_put_aside_stay_so_for_the_day_at_every_hour_of_a_week(content: Content) -> None:
    """What is snoozed or was said has its time relative to now: none wakes early, and nothing of those that wait is in the future."""
    for made, zone in in_zones(content):
        for now in WEEK:
            days = Days(now, zone, *opening_minutes(made.shop))
            for conversation in made.conversations:
                if conversation["state"] == "snoozed":
                    assert (days.moment(conversation["snooze"]["till"]) or 0) > to_ms(now)
                if conversation["state"] == "needs_answer":
                    assert (days.moment(conversation["messages"][-1]) or 0) <= to_ms(now)


def test_fourteen_wait_with_a_time_each(content: Content) -> None:
    answers = read_starter(resources() / "sample" / "playbook.json")
    for made, _ in in_zones(content):
        for now in WEEK[3::48]:
            tables = build(made, answers, now).tables
            rows = tables["conversation"]
            asked = {row["conversation_id"] for row in tables["escalation"]}
            waiting = [row for row in rows if row["state"] == ConversationState.NEEDS_ANSWER]
            assert len(waiting) == 16
            assert all(row["answer_by"] for row in waiting)
            assert sum(row["id"] in asked for row in waiting) == 2
            snoozed = [row["snoozed_until"] for row in rows if row["state"] == ConversationState.SNOOZED]
            assert all(isinstance(until, int) and until > to_ms(now) for until in snoozed)
            assert Counter(str(row["category"]) for row in waiting if row["id"] not in asked) == {
                "question": 3, "order": 2, "technical": 2, "complaint": 2, "praise": 2, "request": 1, "contest": 1, "troll": 1,
            }  # fmt: skip
