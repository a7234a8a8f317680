"""A shop of two accounts in the shape of the content files, for the tests of what is made of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

from app.services.sample_content import Content, Days
from app.services.sample_posts import Rows
from tests.fakes.clock import WEDNESDAY_MORNING

ACCOUNTS = (
    {
        "key": "mastodon",
        "network": "mastodon",
        "handle": "@aurora",
        "server": "musica.example",
        "name": "Aurora",
        "by_hand": False,
        "followers_start": 100,
        "followers_now": 280,
        "remote_id": "m-1",
    },
    {
        "key": "instagram",
        "network": "instagram",
        "handle": "@discos",
        "name": "Aurora",
        "by_hand": True,
        "followers_start": 10,
        "followers_now": 10,
        "remote_id": "i-1",
    },
)
PETRA = {
    "key": "petra",
    "name": "Petra Luján",
    "language": "es",
    "city": None,
    "identities": [
        {"network": "mastodon", "handle": "@petra@musica.example", "followers": 7},
        {"network": "instagram", "handle": "@petra", "followers": 9},
    ],
    "tags": ["vinyl"],
}


def content(posts: tuple[dict[str, Any], ...] = (), conversations: tuple[dict[str, Any], ...] = ()) -> Content:
    return Content(
        shop={
            "name": "Aurora",
            "country": "MX",
            "zone": "America/Mexico_City",
            "accounts": ACCOUNTS,
            "answer_promise": {"minutes": 60, "by_category": {"praise": 480}},
        },
        people=(PETRA,),
        conversations=conversations,
        posts=posts,
        campaigns=(
            {
                "key": "c",
                "name": "Marea",
                "goal": {"clicks": 5},
                "hue": "blue",
                "phases": [{"kind": "teaser", "from": -1, "to": 2}],
            },
        ),
        marks=(
            {"kind": "holiday", "title": "Santa Cecilia", "yearly": "11-22"},
            {"kind": "launch", "title": "Marea", "day": 2},
        ),
        visitors={},
    )


def post(key: str, **changes: Any) -> dict[str, Any]:
    return {
        "key": key,
        "day": -1,
        "minute": 600,
        "title": key,
        "pillar": "releases",
        "format": "informs",
        "campaign": None,
        "state": "out",
        "text": "Base",
        "variants": {"mastodon": "En Mastodon", "instagram": "En Instagram"},
        "media": [],
        "figures": {"mastodon": {"likes": 10, "reposts": 4, "replies": 2, "clicks": 8}, "instagram": {"likes": 90}},
        **changes,
    }


def conversation(key: str, *messages: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "key": key,
        "account": "mastodon",
        "person": "petra",
        "kind": "mention",
        "category": "question",
        "language": "es",
        "state": "done",
        "under_post": None,
        "tags": [],
        "messages": messages,
        **changes,
    }


def said(text: str, by: str = "them", **changes: Any) -> dict[str, Any]:
    return {"from": by, "day": -1, "minute": 700, "text": text, "visibility": "public", "read": True, **changes}


def days() -> Days:
    return Days(WEDNESDAY_MORNING, ZoneInfo("America/Mexico_City"))


def no_rows() -> Rows:
    return defaultdict(list)
