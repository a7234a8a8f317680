"""The sample shop's questions to the community with what was replied, its evergreen posts, a recurring one, and a set of pictures."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping

from app.models.image_set import with_place
from app.models.post import PostDraft, PostFormat, PostState
from app.models.series import Rule
from app.services.sample_content import Content, Days, Item
from app.services.sample_posts import Rows, picture_name
from app.store.writing.series import draft_text

UNWELCOME = ("troll", "spam")


def with_replies(content: Content) -> Content:
    """What was replied to the questions, as conversations of people who wrote before; solved already, so that nobody waits."""
    accounts = {account["network"]: account["key"] for account in content.shop["accounts"]}
    unwelcome = {one["person"] for one in content.conversations if one["category"] in UNWELCOME}
    free = [person for person in content.people if person["key"] not in unwelcome]
    replies = []
    for number, reply in enumerate(content.questions["replies"]):
        person = _taken(free, reply["network"])
        if person is not None:
            replies.append(_reply(number, reply, person["key"], accounts[reply["network"]]))
    return dataclasses.replace(content, conversations=(*content.conversations, *replies))


def add_questions(
    content: Content, days: Days, tables: Rows, post_ids: Mapping[str, int], numbers: Mapping[str, int]
) -> None:
    """After the conversations; `numbers` are their ids by their key."""
    accounts = {str(row["network"]): int(str(row["id"])) for row in reversed(tables["account"])}
    asked = {post_ids[key] for key in content.questions["asked"]}
    evergreen = {post_ids[key] for key in content.questions["evergreen"]}
    sets = {post_ids[key]: accounts[each["on"]] for key, each in content.questions["sets"].items()}
    for post in tables["post"]:
        post["question"], post["evergreen"] = int(post["id"] in asked), int(post["id"] in evergreen)
        post["set_account_id"] = sets.get(int(str(post["id"])))
    first = {row["conversation_id"]: row["id"] for row in reversed(tables["message"])}
    for number, reply in enumerate(content.questions["replies"]):
        conversation = numbers.get(_key(number))
        if reply.get("kept") and conversation is not None:
            row = {
                "post_id": post_ids[reply["under"]],
                "message_id": first[conversation],
                "kept": 1,
                "topic": "",
                "at": days.now,
            }
            tables["kept_reply"].append({**row, "thanked_at": None})
    for key, each in content.questions["sets"].items():
        _set(tables, post_ids[key], accounts[each["on"]], each["pictures"])
    for number, each in enumerate(content.questions["series"], 1):
        tables["series"].append(_series(each, number, days, accounts))


def _set(tables: Rows, post_id: int, account_id: int, more: list[Item]) -> None:
    """One account has all pictures; the others wait for the set's link, and carry its first picture."""
    place = sum(row["post_id"] == post_id for row in tables["post_picture"])
    added = [{"path": picture_name(each["picture"]), "alt": each["alt"]} for each in more]
    tables["post_picture"] += [
        {"post_id": post_id, "position": place + number, **each} for number, each in enumerate(added)
    ]
    owed = [row for row in tables["outbox"] if row.get("post_id") == post_id]
    [first] = [row for row in owed if row["account_id"] == account_id]
    tables["outbox"].remove(first)
    tables["outbox"].insert(
        tables["outbox"].index(next(row for row in owed if row is not first)), first
    )  # what is waited for stands before
    first["pictures"] = json.dumps([*json.loads(str(first["pictures"])), *added], ensure_ascii=False)
    for row in owed:
        if row is not first:
            row["waits_for"] = first["id"]
            row["parts"] = json.dumps(with_place(json.loads(str(row["parts"]))), ensure_ascii=False)


def _series(each: Item, number: int, days: Days, accounts: Mapping[str, int]) -> dict[str, object]:
    draft = PostDraft(
        parts=(each["text"],),
        accounts=tuple(accounts[network] for network in each["networks"]),
        pillar=each["pillar"],
        format=PostFormat(each["format"]),
        language="es",
        title=each["title"],
    )
    return {
        "id": number,
        "name": each["title"],
        "draft": draft_text(draft, PostState.DRAFT),
        "rule": Rule(weekdays=tuple(each["weekdays"])).to_text(),
        "minute": each["minute"],
        "zone": str(days.zone),
        "starts_on": days.day(each["from"]).isoformat(),
        "ends_on": "",
        "skipped": "[]",
        "paused": 0,
        "made_until": "",
    }


def _taken(free: list[Item], network: str) -> Item | None:
    """The next person on that network."""
    for person in free:
        if any(identity["network"] == network for identity in person["identities"]):
            free.remove(person)
            return person
    return None


def _reply(number: int, reply: Item, person: str, account: str) -> Item:
    said = {
        "from": "them",
        "day": reply["day"],
        "minute": 600 + 17 * number,
        "text": reply["text"],
        "visibility": "public",
        "read": True,
    }
    return {
        "key": _key(number),
        "account": account,
        "person": person,
        "kind": "reply",
        "category": "other",
        "language": reply.get("language", "es"),
        "state": "done",
        "under_post": reply["under"],
        "tags": [],
        "messages": [said],
    }


def _key(number: int) -> str:
    return f"respuesta-{number}"
