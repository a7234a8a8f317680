"""Private messages on Bluesky: a service of their own, reached through the account's server; only an app password made for it may.

The service knows no key by which a message sent twice would be one: after a doubt the conversation itself is read. There is no such service to
try against outside Bluesky's own: what is here was checked against recorded answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.language.entities import find
from app.models.message import MessageKind, Visibility
from app.networks import fields
from app.networks.bluesky import api, shapes
from app.networks.bluesky.facets import facets_of
from app.networks.bluesky.refs import ChatRef, chat_ref_of
from app.networks.bluesky.session import Session, gone
from app.networks.bluesky.xrpc import stored
from app.networks.fields import Json
from app.networks.network import Counting, Incoming, Person
from app.networks.outgoing import Found, Outgoing, Sent
from app.runtime.errors import Refused
from app.runtime.words import Message

PRIVATE_KEY = "private:"
MESSAGE = "chat.bsky.convo.defs#messageView"
MARGIN = timedelta(seconds=60)
"""How much earlier than our first attempt a message may be dated."""
MOST_PAGES = 20


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation, as the list of them tells it."""

    id: str
    members: tuple[Person, ...]
    last_at: datetime | None


class Chat(Session):
    """Private messages: reading them, answering, and looking whether an answer is there."""

    async def _say_privately(self, part: Outgoing) -> Sent:
        """Say it in the conversation of the message it answers. What happens twice is said twice, so it is never repeated unasked."""
        ref = self._conversation_of(part)
        text = fields.clean(part.text)
        facets = facets_of(text, find(text, Counting.BLUESKY), {})
        answer = await api.send_chat(
            self._xrpc, ref.conversation, {"text": text, **({"facets": facets} if facets else {})}
        )
        sent = ChatRef(ref.conversation, stored(answer, "id"))
        return Sent(
            sent.remote_id, _url(sent), fields.moment(fields.mapping(answer.data), "sentAt") or self._client.clock.now()
        )

    async def _find_private(self, part: Outgoing, since: datetime) -> Sent | Found:
        """Ours with the same words since the first attempt, by the service's own clock; the conversation is read back to then."""
        ref = self._conversation_of(part)
        wanted = " ".join(fields.clean(part.text).split())
        cursor = ""
        for _ in range(MOST_PAGES):
            answer = await api.chat_messages(self._xrpc, ref.conversation, cursor)
            earliest = since + self._client.rates.skew - MARGIN
            for item in fields.items(fields.mapping(answer.data).get("messages")):
                at = fields.moment(item, "sentAt")
                if at is not None and at < earliest:
                    return Found.NOT_THERE
                found = ChatRef(ref.conversation, fields.text(item, "id"))
                ours = (
                    fields.text(fields.inner(item, "sender"), "did") == self._me and found.remote_id not in part.others
                )
                if at is not None and ours and " ".join(fields.text(item, "text").split()) == wanted:
                    return Sent(found.remote_id, _url(found), at)
            cursor = fields.text(fields.mapping(answer.data), "cursor")
            if not cursor:
                return Found.NOT_THERE
        return Found.CANNOT_TELL

    def _conversation_of(self, part: Outgoing) -> ChatRef:
        ref = chat_ref_of(part.reply_to)
        if ref is None:
            raise gone(part.reply_to[:80])
        if part.media_ids:
            raise Refused(Message("network.bluesky.private_only_words"), technical="a picture in a private message")
        return ref

    # --- reading

    async def _conversations(self, low: datetime) -> list[Conversation]:
        """Those in which something was said since `low`."""
        found: dict[str, Conversation] = {}
        cursor = ""
        for _ in range(MOST_PAGES):
            answer = await api.conversations(self._xrpc, cursor)
            page = [conversation_of(item) for item in fields.items(fields.mapping(answer.data).get("convos"))]
            recent = [each for each in page if each.id and each.last_at is not None and each.last_at >= low]
            found.update({each.id: each for each in recent})
            cursor = fields.text(fields.mapping(answer.data), "cursor")
            if not cursor or len(recent) < len(page) or not page:
                break
        return list(found.values())

    async def _said_in(self, conversation: Conversation, low: datetime) -> list[Incoming]:
        """What was said there since `low`."""
        found: list[Incoming] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            answer = await api.chat_messages(self._xrpc, conversation.id, cursor)
            items = fields.items(fields.mapping(answer.data).get("messages"))
            read = [incoming for item in items if (incoming := incoming_of(item, conversation, self._me)) is not None]
            found += [each for each in read if each.at >= low]
            cursor = fields.text(fields.mapping(answer.data), "cursor")
            if not cursor or not items or any(each.at < low for each in read):
                break
        return found


def conversation_of(data: Json) -> Conversation:
    """`chat.bsky.convo.defs#convoView`."""
    members = tuple(shapes.person_of(item) for item in fields.items(data.get("members")))
    return Conversation(fields.text(data, "id"), members, fields.moment(fields.inner(data, "lastMessage"), "sentAt"))


def incoming_of(data: Json, conversation: Conversation, me: str) -> Incoming | None:
    """A message of a conversation; None for deleted ones and for what is no message."""
    sender, at = fields.text(fields.inner(data, "sender"), "did"), fields.moment(data, "sentAt")
    identity = fields.text(data, "id")
    if not identity or at is None or not sender or "text" not in data:
        return None
    customer = next((each for each in conversation.members if each.remote_id != me), None)
    author = next((each for each in conversation.members if each.remote_id == sender), Person(sender, f"@{sender}"))
    whom = customer.remote_id if customer is not None and len(conversation.members) <= 2 else conversation.id
    ref = ChatRef(conversation.id, identity)
    return Incoming(
        remote_id=ref.remote_id,
        kind=MessageKind.OURS if sender == me else MessageKind.PRIVATE,
        author=author,
        text=shapes.readable(fields.text(data, "text"), data),
        at=at,
        thread_key=PRIVATE_KEY + whom,
        url=_url(ref),
        visibility=Visibility.DIRECT,
        ours=sender == me,
    )


def _url(ref: ChatRef) -> str:
    return f"https://bsky.app/messages/{ref.conversation}"
