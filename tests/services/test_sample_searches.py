"""The sample shop's saved searches find what is in it, and its networks know more to be found."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.models.message import MessageKind
from app.runtime.paths import resources
from app.services.sample_content import Days, read_content
from app.services.sample_shop import Sample, build
from app.services.saved_searches import LOOKED
from app.services.starter_playbook import read_starter

NOW = datetime(2026, 11, 18, 15, 41, tzinfo=UTC)


@pytest.fixture(name="sample", scope="module")
def _sample() -> Sample:
    return build(read_content(resources() / "sample"), read_starter(resources() / "sample" / "playbook.json"), NOW)


def test_each_search_finds_something_in_the_shop_or_at_its_networks(sample: Sample) -> None:
    hits = defaultdict(set)
    for hit in sample.tables["search_hit"]:
        hits[hit["search_id"]].add(hit["conversation_id"])
    assert [search["id"] for search in sample.tables["saved_search"]] == [1, 2]
    assert hits[2]
    texts = [said.text for said in sample.said if said.kind == MessageKind.SEARCH]
    assert len(texts) == 4
    assert all("Discos Aurora" in text for text in texts)


def test_nothing_that_is_stored_is_looked_at_again(sample: Sample) -> None:
    (looked,) = [row["value"] for row in sample.tables["setting"] if row["name"] == LOOKED]
    assert int(looked) == len(sample.tables["message"])


def test_what_is_overheard_is_never_in_the_future(sample: Sample) -> None:
    days = Days(NOW, ZoneInfo("America/Mexico_City"))
    assert all(said.at <= days.now for said in sample.said)
