"""The sample shop's campaigns in full: where they run, their tags and announcements, and the launch with its pattern and its posts."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.services.sample_content import Content
from app.services.sample_posts import Rows


def add_campaigns(content: Content, tables: Rows, posts: Mapping[str, int], accounts: Mapping[str, int]) -> None:
    """After the posts, which made the rows of campaigns, phases and marks; `posts` and `accounts` are rows by their key."""
    numbers = {campaign["key"]: number for number, campaign in enumerate(content.campaigns, start=1)}
    phases = iter(tables["phase"])
    for row, campaign in zip(tables["campaign"], content.campaigns, strict=True):
        row["accounts"] = json.dumps([accounts[key] for key in campaign.get("accounts", ())])
        row["tags"] = json.dumps(campaign.get("tags", []), ensure_ascii=False)
        row["slug"] = campaign["key"]
        for each in campaign["phases"]:
            phase = next(phases)
            phase["title"] = each["title"]
            phase["posts_a_day"] = each.get("posts_a_day", 0)
    by_id = {row["id"]: row for row in tables["post"]}
    for campaign in content.campaigns:
        for key, kind in campaign.get("announcements", {}).items():
            by_id[posts[key]]["announcement"] = kind
    for row, mark in zip(tables["mark"], content.marks, strict=True):
        row["minute"] = mark.get("minute")
        row["campaign_id"] = numbers.get(mark.get("campaign"))
        row["url"] = mark.get("url", "")
        for key in mark.get("posts", ()):
            by_id[posts[key]]["mark_id"] = row["id"]
