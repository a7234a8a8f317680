"""The sample shop's FAQ: one question that is published, with the replies that carried its link, and one that is written and not published."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.models.faq import FaqState
from app.models.outbox import OutboxKind
from app.services.faq_links import linked
from app.services.sample_content import Content, Days, Item
from app.services.sample_posts import Rows
from app.store.reading.faq import Published


def add_faq(content: Content, days: Days, tables: Rows, numbers: Mapping[str, int]) -> None:
    """After the conversations; `numbers` are their ids by their key."""
    for place, entry in enumerate(content.faq, 1):
        _entry(entry, place, days, tables)
        for key in entry["conversations"]:
            first = next(
                row
                for row in tables["message"]
                if row["conversation_id"] == numbers[key] and row["identity_id"] is not None
            )
            asked = {
                "id": len(tables["faq_asked"]) + 1,
                "entry_id": place,
                "message_id": first["id"],
                "at": first["at"],
            }
            tables["faq_asked"].append(asked)
    published = [Published(int(str(row["id"])), str(row["url"])) for row in tables["faq_entry"] if row["url"]]
    since = {row["id"]: row["published_at"] for row in tables["faq_entry"]}
    for item in tables["outbox"]:
        at = item.get("sent_at")
        if item["kind"] == OutboxKind.REPLY and isinstance(at, int):
            text = " ".join(json.loads(str(item["parts"])))
            for number in linked(text, [each for each in published if int(str(since[each.id])) <= at]):
                use = {
                    "entry_id": number,
                    "conversation_id": item["conversation_id"],
                    "outbox_id": item["id"],
                    "at": at,
                }
                tables["faq_use"].append({"id": len(tables["faq_use"]) + 1, **use})


def _entry(entry: Item, number: int, days: Days, tables: Rows) -> None:
    at = days.moment(entry) or days.now
    tables["faq_entry"].append(
        {
            "id": number,
            "state": FaqState(entry["state"]),
            "category": entry["category"],
            "question": json.dumps(entry["question"], ensure_ascii=False),
            "answer": json.dumps(entry["answer"], ensure_ascii=False),
            "url": entry.get("url", ""),
            "position": number,
            "published_at": at if entry["state"] == FaqState.PUBLISHED else None,
            "created_at": at,
            "changed_at": at,
        }
    )
