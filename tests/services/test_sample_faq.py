"""The sample shop has a question that is published, whose link was sent, and one that is not; and more are found among its messages."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from app.runtime.paths import resources
from app.services.sample_content import read_content
from app.services.sample_shop import Sample, build
from app.services.starter_playbook import read_starter

NOW = datetime(2026, 11, 18, 15, 41, tzinfo=UTC)


@pytest.fixture(name="sample", scope="module")
def _sample() -> Sample:
    return build(read_content(resources() / "sample"), read_starter(resources() / "sample" / "playbook.json"), NOW)


def test_one_is_published_and_its_link_was_sent(sample: Sample) -> None:
    published, draft = sample.tables["faq_entry"]
    assert (published["state"], draft["state"]) == ("published", "draft")
    assert set(json.loads(str(published["answer"]))) == {"es", "en"}
    uses = sample.tables["faq_use"]
    assert len(uses) >= 8
    assert {use["entry_id"] for use in uses} == {published["id"]}
    assert all(int(str(use["at"])) >= int(str(published["published_at"])) for use in uses)


def test_each_entry_has_messages_of_customers(sample: Sample) -> None:
    theirs = {row["id"]: row for row in sample.tables["message"] if row["identity_id"] is not None}
    asked = sample.tables["faq_asked"]
    assert len({row["message_id"] for row in asked}) == len(asked)
    assert all(row["message_id"] in theirs and row["at"] == theirs[row["message_id"]]["at"] for row in asked)
    assert {row["entry_id"] for row in asked} == {1, 2}
