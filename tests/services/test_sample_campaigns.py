"""The sample shop's campaigns are complete: accounts, tags, titles, announcements, and a launch with its posts."""

from __future__ import annotations

import json

from app.models.campaign import Announcement, Goal
from app.runtime.paths import resources
from app.services import sample_shop
from app.services.sample_content import read_content
from tests.fakes.clock import FakeClock


def test_campaigns_phases_announcements_and_launches_are_filled(clock: FakeClock) -> None:
    tables = sample_shop.build(read_content(resources() / "sample"), [], clock.now()).tables
    accounts = {row["id"] for row in tables["account"]}
    for row in tables["campaign"]:
        assert set(json.loads(str(row["accounts"]))) <= accounts
        assert json.loads(str(row["accounts"]))
        assert json.loads(str(row["tags"]))
        assert row["slug"]
        assert Goal.from_text(str(row["goal"])).clicks
    assert all(row["title"] for row in tables["phase"])
    announced = [row for row in tables["post"] if row.get("announcement")]
    assert {str(row["announcement"]) for row in announced} == set(Announcement)
    assert all(row["campaign_id"] for row in announced)
    launch = next(row for row in tables["mark"] if row["kind"] == "launch" and row["campaign_id"])
    posts = [row for row in tables["post"] if row.get("mark_id") == launch["id"]]
    assert len(posts) == 5
    assert {row["campaign_id"] for row in posts} == {launch["campaign_id"]}
    assert (launch["minute"], launch["url"]) == (600, "https://discosaurora.mx/marea")
