"""Every call goes where X's own OpenAPI document says, with parameters it knows, and every price has an item in the price list."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from app.networks.x import api
from app.networks.x.wire import Cost
from app.runtime.paths import resources

ITEMS = json.loads((resources() / "prices" / "x.json").read_text(encoding="utf-8"))["items"]


def test_every_item_has_a_price() -> None:
    named = {
        *(api.POST, api.POST_WITH_LINK, api.REPLY, api.PRIVATE_MESSAGE, api.REPOST, api.TAKE_BACK, api.ALT_TEXT),
        *(api.OWN_READ, api.POST_READ, api.PERSON_READ, api.PRIVATE_READ),
    }
    assert named == set(ITEMS)
    assert Cost("post").most == 1


def test_fields_in_both_spellings() -> None:
    assert "note_post" in api.NEW.post
    assert "author_id" not in api.NEW.post
    assert "referenced_tweets,note_tweet" in api.OLD.post
    assert (api.NEW.place, api.OLD.place) == ("referenced_posts,in_reply_to_user_id", "")


def test_times_are_written_in_whole_seconds() -> None:
    assert api.written(datetime(2026, 11, 18, 16, 0, 1, 999_000, tzinfo=UTC)) == "2026-11-18T16:00:01Z"
