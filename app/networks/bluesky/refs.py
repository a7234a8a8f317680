"""Names of records: what a remote id of Bluesky holds, and how a record is named on the web.

The remote id of a post is its address and the hash of its content in one text, `at://did:plc:abc/app.bsky.feed.post/3k2a#bafyrei...`:
a reply, a quote, a like and the next part of a thread must all name both. The remote id of a private message is `chat:<conversation>#<message>`.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.networks import fields
from app.networks.fields import Json

POST = "app.bsky.feed.post"
CHAT = "chat:"


@dataclass(frozen=True, slots=True)
class Ref:
    """A record: its address, and the hash of what it said when it was named (empty where that is not known)."""

    uri: str
    cid: str = ""

    @property
    def did(self) -> str:
        """Whose record it is."""
        return self._parts[0]

    @property
    def collection(self) -> str:
        return self._parts[1]

    @property
    def key(self) -> str:
        return self._parts[2]

    @property
    def remote_id(self) -> str:
        return f"{self.uri}#{self.cid}" if self.cid else self.uri

    @property
    def strong(self) -> dict[str, str]:
        """As records name each other."""
        return {"uri": self.uri, "cid": self.cid}

    @property
    def url(self) -> str:
        """Where a browser shows the post."""
        return f"https://bsky.app/profile/{self.did}/post/{self.key}"

    @property
    def _parts(self) -> list[str]:
        return self.uri.removeprefix("at://").split("/")


@dataclass(frozen=True, slots=True)
class ChatRef:
    """A private message and the conversation it belongs to."""

    conversation: str
    message: str

    @property
    def remote_id(self) -> str:
        return f"{CHAT}{self.conversation}#{self.message}"


def ref_of(remote_id: str) -> Ref | None:
    """The record that a remote id names; None when it names none."""
    uri, _, cid = remote_id.partition("#")
    owner, slash, rest = uri.removeprefix("at://").partition("/")
    parts = rest.split("/")
    if not uri.startswith("at://") or not slash or not owner.startswith("did:") or len(parts) != 2 or not all(parts):
        return None
    return Ref(uri, cid)


def chat_ref_of(remote_id: str) -> ChatRef | None:
    """The private message that a remote id names; None when it names none."""
    conversation, hash_sign, message = remote_id.removeprefix(CHAT).partition("#")
    return ChatRef(conversation, message) if remote_id.startswith(CHAT) and hash_sign and conversation else None


def strong_ref(data: Json) -> Ref | None:
    """A record as another one names it."""
    ref = ref_of(fields.text(data, "uri"))
    return Ref(ref.uri, fields.text(data, "cid")) if ref is not None else None


def web_place(address: str) -> tuple[str, str] | None:
    """(handle or DID, record key) of a post's page on the web, as people paste it."""
    _, found, rest = address.partition("://bsky.app/profile/")
    parts = rest.partition("?")[0].rstrip("/").split("/")
    return (parts[0], parts[2]) if found and len(parts) == 3 and parts[1] == "post" and parts[0] and parts[2] else None
