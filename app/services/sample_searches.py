"""The sample shop's saved searches, and what people say about the shop without saying it to the shop: only searching finds that."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC

from app.models.find import parse
from app.models.folding import holds
from app.models.message import MessageKind
from app.networks.sample.state import Said, Speaker
from app.networks.sample.world import digest
from app.runtime.clock import from_ms
from app.services.sample_content import Content, Days
from app.services.sample_posts import PostsOfSample, Rows
from app.services.saved_searches import LOOKED


def add_searches(content: Content, days: Days, tables: Rows, posts: PostsOfSample) -> None:
    """Rows of the searches and of what they find among the shop's messages, which must be there already."""
    for number, search in enumerate(content.searches, start=1):
        tables["saved_search"].append(
            {
                "id": number,
                "name": search["name"],
                "words": search["words"],
                "accounts": json.dumps([posts.account_ids[key] for key in search["accounts"]]),
                "position": number,
                "created_at": days.now,
            }
        )
        wanted = parse(search["words"], from_ms(days.now), UTC)
        newest: dict[int, int] = {}
        for message in tables["message"]:
            if holds(str(message["text"]), wanted.words, wanted.without):
                conversation, at = message["conversation_id"], message["at"]
                assert isinstance(conversation, int)
                assert isinstance(at, int)
                newest[conversation] = max(at, newest.get(conversation, at))
        tables["search_hit"] += [
            {"search_id": number, "conversation_id": each, "at": at} for each, at in newest.items()
        ]
    last = max((row["id"] for row in tables["message"] if isinstance(row["id"], int)), default=0)
    tables["setting"].append({"name": LOOKED, "value": str(last)})


def overheard(content: Content, days: Days, posts: PostsOfSample, speakers: Sequence[Speaker]) -> list[Said]:
    """What the simulated networks answer to searches, besides what was said to the shop."""
    networks = {account["key"]: account["network"] for account in content.shop["accounts"]}
    handles = {
        (person["key"], identity["network"]): identity["handle"]
        for person in content.people
        for identity in person["identities"]
    }
    by_handle = {(speaker.network, speaker.handle): speaker for speaker in speakers}
    found = []
    for post in content.overheard:
        network = networks[post["account"]]
        speaker = by_handle[network, handles[post["person"], network]]
        at = days.moment(post)
        assert at is not None  # each says when
        number = digest("overheard", post["key"])
        account = posts.served_key(posts.account_ids[post["account"]])
        thread = f"{number}:{speaker.id}"
        found.append(Said(account, number, MessageKind.SEARCH, speaker, post["text"], min(at, days.now), thread))
    return found
