"""The calls to a Bluesky account's server (XRPC), one function each; they know methods and parameters, not what answers mean.

Source: the lexicons in bluesky-social/atproto. `app.bsky.*` goes to the account's own server too, which passes it on to the AppView.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.networks.bluesky.refs import POST, Ref
from app.networks.bluesky.xrpc import CHAT, Body, Xrpc
from app.networks.client import Answer

POSTS_BATCH = 25
"""Most addresses that `getPosts` takes."""
NOTIFICATIONS_PAGE = 100
RECORDS_PAGE = 100
SEARCH_PAGE = 100
CHAT_PAGE = 100
LIKE = "app.bsky.feed.like"
REPOST = "app.bsky.feed.repost"
REASONS = ("mention", "reply", "quote")
ABSENT = ("RecordNotFound", "NotFound", "RepoNotFound", "CouldNotLocateRecord")


# --- the repository: strongly consistent, on the account's own server


async def put_post(xrpc: Xrpc, key: str, record: Mapping[str, object]) -> Answer:
    """Write a post at a key where nothing is yet. The same record again changes nothing; another one there is `InvalidSwap`."""
    body = {"repo": xrpc.did, "collection": POST, "rkey": key, "record": record, "swapRecord": None}
    return await xrpc.procedure(
        "com.atproto.repo.putRecord", body, accept=("InvalidSwap", "BlobTooLarge", "BlobNotFound", "InvalidRequest")
    )


async def get_record(xrpc: Xrpc, did: str, collection: str, key: str) -> Answer:
    """A record, or an error of `ABSENT`."""
    params = [("repo", did), ("collection", collection), ("rkey", key)]
    return await xrpc.query("com.atproto.repo.getRecord", params, accept=(*ABSENT, "InvalidRequest"))


async def list_records(xrpc: Xrpc, collection: str, cursor: str = "") -> Answer:
    """Our own records, those with the highest keys first."""
    params = [("repo", xrpc.did), ("collection", collection), ("limit", str(RECORDS_PAGE))]
    return await xrpc.query("com.atproto.repo.listRecords", params + ([("cursor", cursor)] if cursor else []))


async def create_record(xrpc: Xrpc, collection: str, record: Mapping[str, object]) -> Answer:
    """For likes and reposts: the server removes an older one of the same post, so doing it twice is doing it once."""
    body = {"repo": xrpc.did, "collection": collection, "record": record}
    return await xrpc.procedure("com.atproto.repo.createRecord", body, harmless=True)


async def delete_record(xrpc: Xrpc, ref: Ref) -> Answer:
    """Deleting what is not there is no error."""
    body = {"repo": xrpc.did, "collection": ref.collection, "rkey": ref.key}
    return await xrpc.procedure("com.atproto.repo.deleteRecord", body, harmless=True)


async def upload_blob(xrpc: Xrpc, data: bytes, content_type: str) -> Answer:
    """The same bytes again give the same blob."""
    return await xrpc.procedure("com.atproto.repo.uploadBlob", content=Body(data, content_type), harmless=True)


# --- people


async def resolve_handle(xrpc: Xrpc, handle: str) -> Answer:
    """An error of any name: nobody is called so."""
    accept = ("InvalidRequest", "HandleNotFound", "UnableToResolveHandle", "NotFound")
    return await xrpc.query("com.atproto.identity.resolveHandle", [("handle", handle)], accept=accept)


async def get_profile(xrpc: Xrpc, actor: str) -> Answer:
    return await xrpc.query("app.bsky.actor.getProfile", [("actor", actor)])


async def service_token(xrpc: Xrpc, audience: str, method: str, expires: int) -> Answer:
    """A token by which another service acts for us. `expires`: unix seconds."""
    return await xrpc.query(
        "com.atproto.server.getServiceAuth", [("aud", audience), ("lxm", method), ("exp", str(expires))]
    )


async def describe_server(xrpc: Xrpc) -> Answer:
    return await xrpc.query("com.atproto.server.describeServer")


# --- reading, by way of the AppView: a moment behind


async def get_posts(xrpc: Xrpc, uris: Sequence[str]) -> Answer:
    """At most `POSTS_BATCH`; those that are gone, or not known yet, are left out."""
    return await xrpc.query("app.bsky.feed.getPosts", [("uris", uri) for uri in uris])


async def notifications(xrpc: Xrpc, cursor: str = "") -> Answer:
    """Newest first. Reading them marks nothing as seen."""
    params = [*(("reasons", reason) for reason in REASONS), ("limit", str(NOTIFICATIONS_PAGE))]
    return await xrpc.query(
        "app.bsky.notification.listNotifications", params + ([("cursor", cursor)] if cursor else [])
    )


async def search_posts(xrpc: Xrpc, words: str, cursor: str = "") -> Answer:
    """Newest first."""
    params = [("q", words), ("sort", "latest"), ("limit", str(SEARCH_PAGE))]
    return await xrpc.query("app.bsky.feed.searchPosts", params + ([("cursor", cursor)] if cursor else []))


# --- private messages, passed on to the chat service


async def conversations(xrpc: Xrpc, cursor: str = "") -> Answer:
    """Those with the latest message first."""
    params = [("limit", str(CHAT_PAGE))]
    return await xrpc.query("chat.bsky.convo.listConvos", params + ([("cursor", cursor)] if cursor else []), proxy=CHAT)


async def chat_messages(xrpc: Xrpc, conversation: str, cursor: str = "") -> Answer:
    """Newest first."""
    params = [("convoId", conversation), ("limit", str(CHAT_PAGE))]
    return await xrpc.query(
        "chat.bsky.convo.getMessages", params + ([("cursor", cursor)] if cursor else []), proxy=CHAT
    )


async def send_chat(xrpc: Xrpc, conversation: str, message: Mapping[str, object]) -> Answer:
    """Sends it each time it is called: there is no key to know it by."""
    return await xrpc.procedure(
        "chat.bsky.convo.sendMessage", {"convoId": conversation, "message": message}, proxy=CHAT
    )
