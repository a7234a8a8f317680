"""Private messages on X: how they are named, sent, read and looked for. Those of X's encrypted chat cannot be seen by programs.

X names a message by an id that does not say whom it came from, so ours is `dm.<conversation>.<event>`.

Pictures: uploaded with the category of private messages (`dm_image`, `dm_gif`, `dm_video`), named in `attachments`. OpenAPI knows a text,
attachments, or both; how many of them a message takes X says nowhere (unverified), so one is sent and more are refused with that limit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.language import entities
from app.models.message import Attachment, MessageKind, Visibility
from app.networks import fields
from app.networks.network import Incoming, Person
from app.networks.outgoing import Found, Outgoing, Sent
from app.networks.x import api, evidence, shapes
from app.networks.x.wire import Wire, data_of, rows_of
from app.runtime.errors import Refused, Unsure
from app.runtime.words import Message

PREFIX = "dm."
SHORT = r"https://t\.co/\w+"
PROBE = 1
PAGE = 20
MOST_PICTURES = 1
FIRST_MOST = 100
FIRST_SPAN = timedelta(days=28)
MOST_PAGES = 20
LOOK = 20


@dataclass(frozen=True, slots=True)
class Event:
    """One private message."""

    id: str
    at: datetime
    sender: str
    conversation: str
    text: str
    attachments: int

    @property
    def remote_id(self) -> str:
        return f"{PREFIX}{self.conversation}.{self.id}"

    @property
    def url(self) -> str:
        return f"{shapes.SITE}/messages/{self.conversation}"


def is_private(remote_id: str) -> bool:
    return remote_id.startswith(PREFIX)


def conversation_of(remote_id: str) -> str:
    return remote_id.removeprefix(PREFIX).rpartition(".")[0]


def event_of(data: fields.Json) -> Event | None:
    identity, at = fields.identity(data), fields.moment(data, "created_at")
    conversation = fields.identity(data, "dm_conversation_id")
    if not identity or at is None or not conversation:
        return None
    keys = fields.inner(data, "attachments").get("media_keys")
    count = len(keys) if isinstance(keys, list) else 0
    post = shapes.post_of({**data, "entities": data.get("entities") or {}})
    text = post.text if post else fields.text(data, "text")
    if count:  # the link that X puts at the end for what is attached
        text = re.sub(rf"\s*{SHORT}\s*$", "", text)
    return Event(identity, at, fields.identity(data, "sender_id"), conversation, text, count)


async def send(wire: Wire, part: Outgoing) -> Sent:
    """Send once; an answer goes into the conversation of the message it answers."""
    if part.poll is not None:
        raise Refused(Message("network.x.private_no_poll"), by_hand=True)
    if len(part.media_ids) > MOST_PICTURES:
        raise Refused(Message("network.x.private_pictures", {"limit": MOST_PICTURES}), by_hand=True)
    conversation = conversation_of(part.reply_to)
    answer = await api.send_private(wire, conversation, body_of(part))
    data = data_of(answer)
    event = fields.identity(data, "dm_event_id")
    if not event:
        raise Unsure(technical="private message: answered without an id")
    conversation = fields.identity(data, "dm_conversation_id") or conversation
    return Sent(f"{PREFIX}{conversation}.{event}", f"{shapes.SITE}/messages/{conversation}", wire.clock.now())


def body_of(part: Outgoing) -> Mapping[str, object]:
    """Without a text where it has none: X takes no empty one."""
    body: dict[str, object] = {}
    if text := fields.clean(part.text):
        body["text"] = text
    if part.media_ids:
        body["attachments"] = [{"media_id": each} for each in part.media_ids]
    return body


async def find(wire: Wire, part: Outgoing, since: datetime, me: str) -> Sent | Found:
    """Look through the newest messages of the conversation; it is young when they reach back beyond the attempt."""
    answer = await api.private_conversation(wire, conversation_of(part.reply_to), LOOK)
    rows = rows_of(answer)
    events = [event for row in rows if (event := event_of(row)) is not None]
    earliest = since + wire.client.rates.skew - evidence.MARGIN
    mine = [
        event for event in events if event.sender == me and event.at >= earliest and event.remote_id not in part.others
    ]
    alike = [event for event in mine if _says(event.text, part.text)]
    for event in alike:
        if event.attachments == len(part.media_ids):
            return Sent(event.remote_id, event.url, event.at)
    if alike:  # our words, without what went along: no proof either way
        return Found.CANNOT_TELL
    complete = len(events) == len(rows) and (len(rows) < LOOK or any(event.at < earliest for event in events))
    return Found.NOT_THERE if complete else Found.CANNOT_TELL


def _says(text: str, wanted: str) -> bool:
    """Whether a message has our words; X may have put links of its own in place of ours."""
    if evidence.comparable(text) == evidence.comparable(wanted):
        return True
    return re.search(SHORT, text) is not None and _masked(text) == _masked(wanted)


def _masked(text: str) -> str:
    for link in reversed(entities.find(text, "x").links):
        text = f"{text[: link.start]}*{text[link.end :]}"
    return evidence.comparable(text)


async def newer(wire: Wire, after: str, me: str) -> tuple[list[Incoming], str]:
    """Messages newer than the event `after` (empty: the last 28 days, a few), oldest first, and the newest event's id.

    X knows no `since` here, and each message read costs: one is looked at first, and more only where it is new.
    """
    events: dict[str, Event] = {}
    people: dict[str, Person] = {}
    size, token = (PROBE, "") if after else (PAGE, "")
    earliest = wire.clock.now() - FIRST_SPAN
    for _ in range(MOST_PAGES):
        answer = await api.private_events(wire, size, token)
        page = [event for row in rows_of(answer) if (event := event_of(row)) is not None]
        people |= shapes.included_of(answer.data).people
        fresh = [
            event for event in page if event.id not in events and event.at >= earliest and _is_newer(event.id, after)
        ]
        events.update({event.id: event for event in fresh})
        token = fields.text(fields.inner(answer.data, "meta"), "next_token")
        if len(fresh) < len(page) or not page or not token or (not after and len(events) >= FIRST_MOST):
            break
        size = PAGE
    ordered = sorted(events.values(), key=lambda event: (event.at, shapes.number_of(event.id)))
    newest = max((event.id for event in ordered), key=shapes.number_of, default=after)
    return [message for event in ordered if (message := _incoming(event, people, me)) is not None], newest


def _is_newer(identity: str, after: str) -> bool:
    return shapes.number_of(identity) > shapes.number_of(after)


def _incoming(event: Event, people: dict[str, Person], me: str) -> Incoming | None:
    customer = event.sender if event.sender != me else other_of(event.conversation, me)
    if not customer:
        return None
    ours = event.sender == me
    author = people.get(event.sender) or Person(event.sender, f"@{event.sender}")
    attachments: Sequence[Attachment] = [Attachment(event.url, "other")] * event.attachments
    return Incoming(
        remote_id=event.remote_id,
        kind=MessageKind.OURS if ours else MessageKind.PRIVATE,
        author=author,
        text=event.text,
        at=event.at,
        thread_key=f"private:{event.conversation}",
        url=event.url,
        visibility=Visibility.DIRECT,
        attachments=tuple(attachments),
        ours=ours,
    )


def other_of(conversation: str, me: str) -> str:
    """Whom we speak with in `123-456`; a group has no single one, but its name will do."""
    first, dash, second = conversation.partition("-")
    return conversation if not dash else second if first == me else first
