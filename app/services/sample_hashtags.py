"""The sample shop's sets of hashtags, and names that its spelling knows."""

from __future__ import annotations

import json

from app.runtime.settings import FORMAT_VERSION, Spelling
from app.services.sample_content import Content
from app.services.sample_posts import Rows


def add_hashtags(content: Content, tables: Rows) -> None:
    """In the order of the content's file."""
    for number, kept in enumerate(content.shop.get("hashtag_sets", ()), 1):
        tables["hashtag_set"].append({"id": number, "name": kept["name"], "tags": json.dumps(kept["tags"], ensure_ascii=False)})
    words = content.shop.get("own_words", ())
    if words:
        document = {"version": FORMAT_VERSION, "values": {"words": " ".join(words)}}
        tables["setting"].append({"name": Spelling.GROUP, "value": json.dumps(document, ensure_ascii=False)})
