"""The sample shop's managers, its mailbox, and what managers were asked: one question waits, one is answered, one came back."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.mail.composing import message_id
from app.models.account import AccountState
from app.models.escalation import EscalationState
from app.models.letter import LetterKind
from app.models.mailbox import EMAIL
from app.models.outbox import DeliveryState, OutboxKind
from app.networks.network import Facts
from app.networks.sample.server import ACCOUNT_FACT
from app.networks.sample.state import ServedAccount
from app.runtime.words import message
from app.services.sample_content import DAY_MS, HOUR_MS, MINUTE_MS, Content, Days, Item
from app.services.sample_posts import Rows
from app.services.server_facts import facts_text

MAILBOX_ID = "mailbox"
"""The mailbox's id at the simulated server."""
WEEK = 7
WORKDAYS = 5
HISTORY_DAYS = 200
REMIND_BEFORE_MS = 2 * HOUR_MS
"""So long before the promised time the user wants to be reminded."""
SMTP_PORT, IMAP_PORT = 465, 993


class EscalationsOfSample:
    """Builds rows into `tables`; `served` is the mailbox as the simulated server knows it."""

    def __init__(self, content: Content, days: Days, tables: Rows, numbers: Mapping[str, int]) -> None:
        """`numbers` are the ids of the conversations by their key."""
        self._content = content
        self._days = days
        self._tables = tables
        self._numbers = numbers
        self._managers: dict[str, int] = {}
        box: Item = content.shop["mailbox"]
        self._address = str(box["address"])
        self.account_id = len(tables["account"]) + 1
        self.served = ServedAccount(EMAIL, MAILBOX_ID, self._address, str(box["name"]), 0, 0.0, days.now)

    def build(self) -> None:
        """After the conversations."""
        self._mailbox()
        for manager in self._content.shop["managers"]:
            self._manager(manager)
        for conversation in self._content.conversations:
            if conversation.get("escalation"):
                self._escalation(conversation, conversation["escalation"])

    def _mailbox(self) -> None:
        number, facts = self.account_id, Facts(software="sample", version="1", values={ACCOUNT_FACT: MAILBOX_ID})
        self._tables["account"].append(
            {
                "id": number,
                "network": EMAIL,
                "handle": self._address,
                "name": self.served.name,
                "remote_id": MAILBOX_ID,
                "state": AccountState.READY,
                "state_since": self._days.now - HISTORY_DAYS * DAY_MS,
                "checked_at": self._days.now - 2 * MINUTE_MS,
                "facts": facts_text(facts),
                "position": number,
            }
        )
        host = self._address.rpartition("@")[2]
        self._tables["mailbox"].append(
            {
                "account_id": number,
                "address": self._address,
                "sender_name": self.served.name,
                "user": self._address,
                "smtp_host": f"smtp.{host}",
                "smtp_port": SMTP_PORT,
                "imap_host": f"imap.{host}",
                "imap_port": IMAP_PORT,
                "uid_validity": 1,
                "last_uid": 0,
            }
        )

    def _manager(self, manager: Item) -> None:
        number = len(self._managers) + 1
        self._managers[manager["key"]] = number
        opens, closes = (int(text[:2]) * 60 + int(text[3:]) for text in manager["hours"])
        week = [[[opens, closes]]] * WORKDAYS + [[]] * (WEEK - WORKDAYS)
        self._tables["manager"].append(
            {
                "id": number,
                "name": manager["name"],
                "role": manager["role"],
                "email": manager["email"],
                "topics": _json(manager["topics"]),
                "languages": _json(manager["languages"]),
                "hours": _json(week),
            }
        )

    def _escalation(self, conversation: Item, asked: Item) -> None:
        number, conversation_id = len(self._tables["escalation"]) + 1, self._numbers[conversation["key"]]
        at = min(self._days.moment(asked["asked"]) or 0, self._days.now)
        due = self._days.moment(asked["deadline"]) or self._days.now
        answer, bounce = asked.get("answer"), asked.get("bounce")
        came: Item = answer or bounce or {}
        came_at = self._days.moment(came) if came else None
        state = EscalationState.ANSWERED if answer else EscalationState.BOUNCED if bounce else EscalationState.WAITING
        manager = next(each for each in self._content.shop["managers"] if each["key"] == asked["manager"])
        key = f"sample-letter-{conversation['key']}"
        remote_id = message_id(key, self._address)
        reason = message("escalation.bounced_reason", address=manager["email"], said=bounce["text"]) if bounce else None
        outbox_id = self._delivery(
            conversation_id, asked, at, key, remote_id, manager, reason.to_json() if reason else ""
        )
        self._tables["escalation"].append(
            {
                "id": number,
                "conversation_id": conversation_id,
                "manager_id": self._managers[asked["manager"]],
                "account_id": self.account_id,
                "token": f"sample{number:06}".replace("0", "a").replace("1", "b"),
                "state": state,
                "reasons": _json(["decision"]),
                "question": asked["question"],
                "subject": asked["subject"],
                "outbox_id": outbox_id,
                "remind_at": due - REMIND_BEFORE_MS,
                "asked_at": at,
                "answered_at": came_at if answer else None,
            }
        )
        self._letter(
            number,
            conversation_id,
            remote_id,
            at,
            ours=True,
            text=asked["question"],
            kind=LetterKind.QUESTION,
            subject=asked["subject"],
            outbox_id=outbox_id,
        )
        if came:
            kind = LetterKind.ANSWER if answer else LetterKind.BOUNCE
            self._letter(
                number,
                conversation_id,
                message_id(f"{key} came", self._address),
                came_at or self._days.now,
                ours=False,
                text=came["text"],
                kind=kind,
                subject=f"Re: {asked['subject']}",
                sender=(manager["name"], manager["email"])
                if answer
                else ("", f"mailer-daemon@{self._address.rpartition('@')[2]}"),
                in_reply_to=remote_id,
            )

    def _delivery(
        self, conversation_id: int, asked: Item, at: int, key: str, remote_id: str, manager: Item, reason: str
    ) -> int:
        """The letter went out through the outbox, like all of them."""
        number = len(self._tables["outbox"]) + 1
        self._tables["outbox"].append(
            {
                "id": number,
                "account_id": self.account_id,
                "kind": OutboxKind.MAIL,
                "state": DeliveryState.OUT,
                "key": key,
                "conversation_id": conversation_id,
                "parts": _json([asked["question"]]),
                "visibility": "direct",
                "mail": _json({"to": manager["email"], "subject": asked["subject"], "to_name": manager["name"]}),
                "due_at": at,
                "progress": _json([{"id": remote_id, "url": ""}]),
                "reason": reason,
                "remote_id": remote_id,
                "sent_at": at,
                "created_at": at,
            }
        )
        return number

    def _letter(
        self,
        escalation_id: int,
        conversation_id: int,
        remote_id: str,
        at: int,
        *,
        ours: bool,
        text: str,
        kind: LetterKind,
        subject: str,
        sender: tuple[str, str] = ("", ""),
        in_reply_to: str = "",
        outbox_id: int | None = None,
    ) -> None:
        self._tables["letter"].append(
            {
                "id": len(self._tables["letter"]) + 1,
                "account_id": self.account_id,
                "escalation_id": escalation_id,
                "conversation_id": conversation_id,
                "outbox_id": outbox_id,
                "is_ours": ours,
                "kind": kind,
                "remote_id": remote_id,
                "in_reply_to": in_reply_to,
                "from_name": sender[0],
                "from_address": sender[1],
                "subject": subject,
                "text": text,
                "whole": text,
                "at": at,
                "arrived_at": at,
                "read": True,
            }
        )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
