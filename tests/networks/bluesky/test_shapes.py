"""Posts and people as the API writes them, the odd ones as well."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.models.message import Attachment
from app.networks.bluesky.refs import Ref
from app.networks.bluesky.shapes import person_of, post_of, posts_of, profile_of, readable

RECORDINGS = Path(__file__).resolve().parents[1] / "recordings" / "bluesky"


def recorded(name: str) -> Any:
    """A recorded answer, fresh each time."""
    return json.loads((RECORDINGS / f"{name}.json").read_text(encoding="utf-8"))


def test_a_reply_with_pictures_is_read_whole() -> None:
    post = post_of(recorded("post_view_reply_with_pictures"))
    assert post is not None
    assert post.author.handle == "@ana.test"
    assert post.parent == Ref("at://did:plc:aurora2aurora2aurora2aur/app.bsky.feed.post/3lroot22222k2", "bafyreiroot")
    assert post.thread == "at://did:plc:aurora2aurora2aurora2aur/app.bsky.feed.post/3lroot22222k2"
    assert post.attachments == (
        Attachment("https://cdn.example/full/1.jpg", "image", "La portada", "https://cdn.example/thumb/1.jpg"),
        Attachment("https://cdn.example/full/2.jpg", "image", "", "https://cdn.example/thumb/2.jpg"),
    )
    assert (post.likes, post.reposts, post.replies, post.quotes) == (3, 1, 2, 0)
    assert post.like is not None
    assert post.repost is None
    assert (post.closed, post.unquotable) == (False, False)
    assert (post.language, post.mark) == ("es", 0)
    assert post.text == "Mira https://tienda.example/disco?utm=bsky y dime"


def test_a_quote_with_a_video_knows_what_it_quotes() -> None:
    post = post_of(recorded("post_view_quote_with_video"))
    assert post is not None
    assert post.quoted == Ref("at://did:plc:aurora2aurora2aurora2aur/app.bsky.feed.post/3lroot22222k2", "bafyreiroot")
    assert [each.kind for each in post.attachments] == ["video"]
    assert post.closed


def test_what_lacks_what_every_post_has_is_none() -> None:
    view = recorded("post_view_reply_with_pictures")
    for name in ("uri", "author", "record"):
        assert post_of({key: value for key, value in view.items() if key != name}) is None
    assert posts_of([view, {}, 7, None]) == [post_of(view)]
    assert posts_of(None) == []


def test_no_date_lies_after_the_server_saw_the_post() -> None:
    view = recorded("post_view_reply_with_pictures")
    view["record"]["createdAt"] = "2099-01-01T00:00:00Z"
    post = post_of(view)
    assert post is not None
    assert post.at == datetime(2026, 11, 20, 18, 0, 1, tzinfo=UTC)
    view["record"]["createdAt"] = "no date"
    assert (post_of(view) or post).at == post.at


@pytest.mark.parametrize(
    ("start", "end", "uri", "expected"),
    [
        (5, 18, "https://tienda.example/disco?a=b", "Mira https://tienda.example/disco?a=b aquí"),
        (5, 18, "https://tienda.exam/pl", "Mira https://tienda.exam/pl aquí"),
        (5, 18, "javascript:alert(1)", "Mira tienda.exampl aquí"),
        (5, 99, "https://a.example", "Mira tienda.exampl aquí"),
        (18, 5, "https://a.example", "Mira tienda.exampl aquí"),
        (5, 18, "https://tienda.exampl", "Mira tienda.exampl aquí"),
        (5, 18, "https://tienda.exampl/", "Mira tienda.exampl aquí"),
    ],
)
def test_links_say_where_they_lead(start: int, end: int, uri: str, expected: str) -> None:
    facet = {
        "index": {"byteStart": start, "byteEnd": end},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": uri}],
    }
    assert readable("Mira tienda.exampl aquí", {"facets": [facet]}) == expected


def test_people_whose_handle_points_elsewhere_are_named_by_their_did() -> None:
    assert person_of({"did": "did:plc:x", "handle": "handle.invalid"}).handle == "@did:plc:x"
    assert profile_of({"handle": "a.test"}) is None
