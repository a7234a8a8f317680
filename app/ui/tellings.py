"""What is worth a notification, as plain facts: what it is about, what it says with and without a customer's words, where a click leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from app.commands.services import Queries
from app.models.conversation import Category, ConversationRow, ConversationState, View
from app.models.outbox import DeliveryState, OutboxKind, OutboxRow
from app.models.spike import Spike
from app.models.today import ManagerReply
from app.runtime.words import Message, message
from app.ui.names import network_name
from app.ui.safe_text import isolated, shortened

LEAD = timedelta(minutes=15)
"""So long before an answer is due it is told."""
MOST_ROWS = 40


class Telling(NamedTuple):
    """One notification. The same key is told once."""

    key: str
    topic: str
    """The field of the settings' group `Notifications` that switches it."""
    title: Message
    text: Message | None
    hidden: Message
    """The title where nothing of customers may be shown."""
    page: str
    target: Mapping[str, object]
    actions: tuple[str, ...] = ()
    about: int = 0
    """The id of what the actions act on."""


class Facts(NamedTuple):
    """What was read for it."""

    soon: Sequence[ConversationRow]
    recent: Sequence[ConversationRow]
    owed: Sequence[OutboxRow]
    replies: Sequence[ManagerReply]
    waiting: int
    """How many conversations need an answer."""


def read_facts(queries: Queries, now: datetime) -> Facts:
    """On a worker thread."""
    brief = queries.brief(now, now - timedelta(hours=1), now + timedelta(hours=1))
    return Facts(
        queries.conversations(View.DUE_SOON, None, None, MOST_ROWS),
        queries.conversations(View.ALL, None, None, MOST_ROWS),
        brief.to_decide,
        brief.replies,
        brief.waiting,
    )


def tellings(facts: Facts, spike: Spike | None, since: datetime, now: datetime) -> list[Telling]:
    """All that could be told at a moment; `since` is where what came in begins to be news."""
    return [
        *(_late(row) for row in facts.soon if row.answer_by is not None and row.answer_by - now <= LEAD),
        *_came(row for row in facts.recent if row.last_at > since),
        *(_replied(reply) for reply in facts.replies),
        *(_owed(row) for row in facts.owed if row.kind is OutboxKind.POST),
        *([_spiked(spike)] if spike is not None else []),
    ]


def _late(row: ConversationRow) -> Telling:
    due = row.answer_by
    assert due is not None
    return Telling(
        f"late:{row.id}:{due.isoformat()}",
        "late",
        message("notify.late", name=isolated(row.author), due=due),
        message("notify.quote", text=isolated(shortened(row.snippet))),
        message("notify.late.hidden", due=due),
        "inbox",
        {"conversation": row.id},
        ("snooze",),
        row.id,
    )


def _came(rows: Iterable[ConversationRow]) -> Iterable[Telling]:
    for row in rows:
        topic = "complaint" if row.category is Category.COMPLAINT else "private" if row.private else ""
        if topic and row.unread and row.state is ConversationState.NEEDS_ANSWER:
            yield Telling(
                f"message:{row.id}:{row.last_at.isoformat()}",
                topic,
                message(f"notify.{topic}", name=isolated(row.author), network=network_name(row.network)),
                message("notify.quote", text=isolated(shortened(row.snippet))),
                message(f"notify.{topic}.hidden", network=network_name(row.network)),
                "inbox",
                {"conversation": row.id},
                ("snooze",),
                row.id,
            )


def _replied(reply: ManagerReply) -> Telling:
    return Telling(
        f"manager:{reply.conversation_id}:{reply.asked_at.isoformat()}",
        "manager",
        message("notify.manager", manager=isolated(reply.manager), name=isolated(reply.customer)),
        message("notify.quote", text=isolated(shortened(reply.question))),
        message("notify.manager.hidden"),
        "inbox",
        {"conversation": reply.conversation_id},
    )


def _owed(row: OutboxRow) -> Telling:
    by_hand = row.state is DeliveryState.BY_HAND
    kind = "by_hand" if by_hand else "failed" if row.state is DeliveryState.FAILED else "decide"
    target: dict[str, object] = {"post": row.post_id} if row.post_id is not None else {}
    return Telling(
        f"outbox:{row.id}:{row.state}:{row.due_at.isoformat() if by_hand else row.attempts}",
        "by_hand" if by_hand else "post",
        message(f"notify.{kind}", network=network_name(row.network)),
        message("notify.quote", text=isolated(shortened(row.text))),
        message(f"notify.{kind}", network=network_name(row.network)),
        "composer" if target else "today",
        target,
        ("again",) if kind == "failed" else (),
        row.id,
    )


def _spiked(spike: Spike) -> Telling:
    said = message("notify.spike", n=spike.many, hours=spike.hours, topic=isolated(spike.topic))
    hidden = message("notify.spike.hidden", n=spike.many, hours=spike.hours)
    return Telling(
        f"spike:{spike.topic}",
        "spike",
        said,
        None,
        hidden,
        "inbox",
        {"conversation": next(iter(spike.conversations), 0)},
    )
