"""What the sample shop settled with customers, and the conversation that went on by e-mail."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.mail.composing import message_id
from app.models.conversation import Category, ConversationState
from app.models.mailbox import EMAIL
from app.models.message import MessageKind, Visibility
from app.services.sample_content import Content, Days, Item
from app.services.sample_posts import Rows
from app.store.writing.conversations import sort_key

SNIPPET = 200
LETTERS = "abcdefghijkl"


def add_agreements(content: Content, days: Days, tables: Rows, numbers: Mapping[str, int], account_id: int) -> None:
    """After the conversations and the mailbox, which is `account_id`. `numbers` are the ids of the conversations by their key."""
    for item in content.agreements:
        conversation = tables["conversation"][numbers[item["conversation"]] - 1]
        assert conversation["id"] == numbers[item["conversation"]]
        if item.get("by_email"):
            _by_email(days, tables, conversation, item["by_email"], account_id)
        _agreement(content, days, tables, conversation, item)


def _agreement(content: Content, days: Days, tables: Rows, conversation: Item, item: Item) -> None:
    at = min(days.moment(item["agreed"]) or 0, days.now)
    tables["agreement"].append(
        {
            "id": len(tables["agreement"]) + 1,
            "customer_id": conversation["customer_id"],
            "conversation_id": conversation["id"],
            "kind": item["kind"],
            "text": item["text"],
            "amount": item["amount"],
            "currency": item["currency"],
            "order_number": item["order"],
            "terms": content.shop.get("terms", ""),
            "transcript": _transcript(tables, conversation, at),
            "agreed_at": at,
            "made_at": at,
        }
    )


def _transcript(tables: Rows, conversation: Item, at: int) -> str:
    """What had been said when it was agreed."""
    account = next(row for row in tables["account"] if row["id"] == conversation["account_id"])
    person = next(row for row in tables["identity"] if row["id"] == conversation["identity_id"])
    lines = [
        {
            "ours": row["kind"] == MessageKind.OURS,
            "name": account["name"] if row["kind"] == MessageKind.OURS else person["name"],
            "handle": account["handle"] if row["kind"] == MessageKind.OURS else person["handle"],
            "at": row["at"],
            "text": row["text"],
            "url": row["url"],
        }
        for row in tables["message"]
        if row["conversation_id"] == conversation["id"] and int(str(row["at"])) <= at
    ]
    return json.dumps(lines, ensure_ascii=False)


def _by_email(days: Days, tables: Rows, before: Item, item: Item, account_id: int) -> None:
    """The same customer, by letters: linked to the conversation before by an invitation."""
    address = str(item["address"])
    box = next(row for row in tables["account"] if row["id"] == account_id)
    known = next(row for row in tables["identity"] if row["id"] == before["identity_id"])
    customer = next(row for row in tables["customer"] if row["id"] == before["customer_id"])
    customer["email"] = address
    identity_id, number = len(tables["identity"]) + 1, len(tables["conversation"]) + 1
    tables["identity"].append(
        {
            "id": identity_id,
            "customer_id": before["customer_id"],
            "network": EMAIL,
            "server": box.get("server", ""),
            "remote_id": address,
            "handle": address,
            "name": known["name"],
        }
    )
    said = [(min(days.moment(each) or 0, days.now), each) for each in item["messages"]]
    _conversation(tables, before, number, account_id, identity_id, item, said)
    for place, (at, each) in enumerate(said):
        _letter(
            tables,
            number,
            account_id,
            None if each["from"] == "us" else identity_id,
            _remote_id(address, place),
            at,
            each,
            before,
        )
    tables["invitation"].append(
        {
            "id": len(tables["invitation"]) + 1,
            "conversation_id": before["id"],
            "account_id": account_id,
            "token": LETTERS,
            "address": address,
            "invited_at": min(days.moment(item["invited"]) or 0, days.now),
            "led_to": number,
            "taken_at": said[0][0],
        }
    )


def _conversation(
    tables: Rows, before: Item, number: int, account_id: int, identity_id: int, item: Item, said: list[tuple[int, Item]]
) -> None:
    """With its case; it waits for the customer."""
    theirs = [at for at, each in said if each["from"] == "them"]
    ours = [at for at, each in said if each["from"] == "us"]
    tables["conversation"].append(
        {
            "id": number,
            "account_id": account_id,
            "customer_id": before["customer_id"],
            "identity_id": identity_id,
            "thread_key": _remote_id(str(item["address"]), 0),
            "state": ConversationState.WAITING,
            "category": Category(before["category"]),
            "language": before["language"],
            "private": True,
            "unread": False,
            "snippet": " ".join(said[0][1]["text"].split())[:SNIPPET],
            "last_at": theirs[-1],
            "ours_at": max(ours, default=None),
            "sort_key": sort_key(ConversationState.WAITING, None, None, theirs[-1]),
            "parent_text": item["subject"],
            "parent_ours": False,
        }
    )
    answered = min(ours, default=None)
    tables["support_case"].append(
        {
            "id": len(tables["support_case"]) + 1,
            "conversation_id": number,
            "category": Category(before["category"]),
            "opened_at": theirs[0],
            "answered_at": answered,
            "answered_in": None if answered is None else answered - theirs[0],
            "messages": len(theirs),
            "replies": len(ours),
        }
    )


def _letter(
    tables: Rows,
    number: int,
    account_id: int,
    identity_id: int | None,
    remote_id: str,
    at: int,
    said: Item,
    before: Item,
) -> None:
    attached = [
        {"url": "", "kind": "other", "alt": f"{name} ({size // 1000} kB)", "preview_url": ""}
        for name, size in said.get("attached", [])
    ]
    tables["message"].append(
        {
            "id": len(tables["message"]) + 1,
            "conversation_id": number,
            "account_id": account_id,
            "identity_id": identity_id,
            "remote_id": remote_id,
            "kind": MessageKind.OURS if identity_id is None else MessageKind.PRIVATE,
            "text": said["text"],
            "language": before["language"],
            "visibility": Visibility.DIRECT,
            "url": "",
            "attachments": json.dumps(attached, ensure_ascii=False),
            "at": at,
            "arrived_at": at,
            "read": True,
        }
    )


def _remote_id(address: str, place: int) -> str:
    return message_id(f"sample-email-{place}", address)
