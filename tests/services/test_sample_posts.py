"""Accounts, posts and figures of the sample shop, as rows and as the server knows them."""

from __future__ import annotations

import json
from typing import Any

from app.models.outbox import DeliveryState
from app.runtime.words import Message
from app.services.sample_posts import PostsOfSample, Rows, part_key
from tests.services.sample_pieces import content, days, no_rows, post


def built(*posts: dict[str, Any]) -> tuple[PostsOfSample, Rows]:
    tables = no_rows()
    made = PostsOfSample(content(posts), days(), tables)
    made.build()
    return made, tables


def test_a_post_that_is_out_is_out_everywhere_and_served_where_programs_may_speak() -> None:
    made, tables = built(post("a"))
    assert [row["state"] for row in tables["outbox"]] == [DeliveryState.OUT, DeliveryState.OUT]
    assert tables["post"][0]["state"] == "scheduled"
    (served,) = made.served_posts
    outbox = tables["outbox"][0]
    assert (served.account, served.id, served.key) == (
        "mastodon:m-1",
        outbox["remote_id"],
        part_key(str(outbox["key"])),
    )
    assert served.figures == (10, 4, 2, 0)
    assert json.loads(str(outbox["progress"])) == [{"id": outbox["remote_id"], "url": outbox["url"]}]


def test_a_scheduled_post_waits_or_is_by_hand() -> None:
    _, tables = built(post("a", day=2, state="scheduled"))
    assert [row["state"] for row in tables["outbox"]] == [DeliveryState.WAITING, DeliveryState.BY_HAND]
    assert [row["remote_id"] for row in tables["outbox"]] == ["", ""]


def test_ideas_and_drafts_owe_nothing() -> None:
    draft = {name: value for name, value in post("a", state="draft").items() if name not in ("day", "minute")}
    _, tables = built(draft)
    assert tables["outbox"] == []
    assert (tables["post"][0]["state"], tables["post"][0]["planned_at"]) == ("draft", None)
    assert len(tables["variant"]) == 2


def test_a_lost_answer_is_to_decide_and_a_refusal_has_failed() -> None:
    made, tables = built(
        post("a", state="failed", failed_on=["mastodon"], reason="timeout"),
        post("b", state="failed", failed_on=["mastodon"], reason="signed_out"),
    )
    unsure, _, failed, _ = tables["outbox"]
    assert (unsure["state"], failed["state"]) == (DeliveryState.UNSURE, DeliveryState.FAILED)
    assert made.doubtful == [part_key(str(unsure["key"]))]
    assert Message.from_json(str(failed["reason"])).values == {"network": "Mastodon", "handle": "@aurora"}
    assert made.served_posts == []


def test_figures_rise_to_what_the_file_says() -> None:
    _, tables = built(post("a", day=-10))
    likes = [row["value"] for row in tables["sample"] if row["metric"] == "likes" and row["subject_id"] == 1]
    assert likes == sorted(likes, key=int)
    assert likes[0] == 1
    assert likes[-1] == 10


def test_a_poll_goes_where_there_are_polls() -> None:
    poll = {"options": ["sí", "no"], "minutes": 1440, "networks": ["mastodon"]}
    _, tables = built(post("a", poll=poll))
    assert [bool(row["poll"]) for row in tables["outbox"]] == [True, False]
    assert json.loads(str(tables["post"][0]["poll"])) == {"options": ["sí", "no"], "hours": 24, "multiple": False}


def test_campaigns_and_marks_have_days() -> None:
    _, tables = built(post("a", campaign="c"))
    assert tables["post"][0]["campaign_id"] == 1
    assert (tables["phase"][0]["starts_on"], tables["phase"][0]["ends_on"]) == ("2026-11-17", "2026-11-20")
    assert [row["on_day"] for row in tables["mark"]] == ["2026-11-22", "2026-11-20"]


def test_an_account_that_does_not_grow_stays() -> None:
    made, tables = built()
    assert {row["value"] for row in tables["sample"] if row["subject_id"] == 2} == {10}
    assert [account.key for account in made.served_accounts] == ["mastodon:m-1"]
    assert made.served_accounts[0].followers_a_day == 1.0
