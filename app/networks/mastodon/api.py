"""The HTTP calls of the Mastodon API, one function each; they know addresses and parameters, not what answers mean.

Source: docs.joinmastodon.org (methods), GoToSocial and Pleroma differences where named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import BinaryIO
from urllib.parse import quote

from app.networks.client import Answer, Client, Pairs

NOTIFICATIONS_PAGE = 80
STATUSES_PAGE = 40
BATCH = 20
"""Most ids that `GET /api/v1/statuses` takes (DEFAULT_STATUSES_LIMIT)."""
PROCESSING = (202, 206)
ABSENT = (400, 401, 403, 404, 405, 406, 410, 422, 500, 501)
"""What servers answer at addresses they do not have; for calls that have a fallback."""


# --- before signing in


async def instance_v2(client: Client) -> Answer:
    return await client.get("/api/v2/instance", accept=ABSENT, follow=True)


async def instance_v1(client: Client) -> Answer:
    return await client.get("/api/v1/instance", accept=ABSENT, follow=True)


async def nodeinfo_links(client: Client) -> Answer:
    return await client.get("/.well-known/nodeinfo", accept=ABSENT, follow=True)


async def nodeinfo(client: Client, path: str) -> Answer:
    return await client.get(path, accept=ABSENT, follow=True)


async def oauth_metadata(client: Client) -> Answer:
    return await client.get("/.well-known/oauth-authorization-server", accept=ABSENT)


async def register_app(client: Client, name: str, redirects: str, scopes: str, website: str) -> Answer:
    form = [("client_name", name), ("redirect_uris", redirects), ("scopes", scopes), ("website", website)]
    return await client.send("POST", "/api/v1/apps", form=form, harmless=True, accept=(400, 403, 422))


async def exchange_code(client: Client, path: str, form: Pairs) -> Answer:
    return await client.send("POST", path, form=form, harmless=True, accept=(400, 401, 403, 422))


async def revoke_token(client: Client, client_id: str, client_secret: str, token: str) -> Answer:
    form = [("client_id", client_id), ("client_secret", client_secret), ("token", token)]
    return await client.send("POST", "/oauth/revoke", form=form, harmless=True, accept=(400, 401, 403, 404, 410))


# --- the account


async def verify_credentials(client: Client) -> Answer:
    """422 is snac2's way of not knowing the token."""
    return await client.get("/api/v1/accounts/verify_credentials", accept=(422,))


async def account_statuses(client: Client, account_id: str, *, max_id: str = "", since_id: str = "") -> Answer:
    """Newest first, without boosts."""
    params = [("limit", str(STATUSES_PAGE)), ("exclude_reblogs", "true")]
    params += [(name, value) for name, value in (("max_id", max_id), ("since_id", since_id)) if value]
    return await client.get(f"/api/v1/accounts/{account_id}/statuses", params)


async def notifications(
    client: Client, types: Sequence[str], *, include_filtered: bool = False, max_id: str = "", min_id: str = ""
) -> Answer:
    """Newest first. With `min_id` the oldest page above it, without a gap; with `max_id` the newest page below it."""
    params = [("limit", str(NOTIFICATIONS_PAGE)), *(("types[]", kind) for kind in types)]
    if include_filtered:
        params.append(("include_filtered", "true"))
    params += [(name, value) for name, value in (("max_id", max_id), ("min_id", min_id)) if value]
    return await client.get("/api/v1/notifications", params)


# --- posts


async def upload_media(
    client: Client, file: tuple[str, bytes | BinaryIO, str], description: str, version: int = 2, longest: float = 0.0
) -> Answer:
    form = [("description", description)] if description else []
    accept = (404,) if version == 2 else ()
    return await client.send(
        "POST", f"/api/v{version}/media", form=form, file=file, harmless=True, accept=accept, longest=longest
    )


async def media(client: Client, media_id: str) -> Answer:
    return await client.get(f"/api/v1/media/{media_id}", accept=(404,))


async def post_status(client: Client, body: Mapping[str, object], key: str) -> Answer:
    """The key may hold any letters; a header may not, so its digest goes out."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    return await client.send("POST", "/api/v1/statuses", body=body, headers={"Idempotency-Key": digest})


async def delete_status(client: Client, status_id: str) -> Answer:
    """404 when it was gone already."""
    return await client.send("DELETE", f"/api/v1/statuses/{status_id}", harmless=True, accept=(404, 410))


async def status(client: Client, status_id: str) -> Answer:
    return await client.get(f"/api/v1/statuses/{status_id}", accept=(404, 410))


async def statuses(client: Client, ids: Sequence[str], parameter: str) -> Answer:
    """At most `BATCH` of them; `parameter` is `id[]` (Mastodon 4.3) or `ids[]` (Pleroma, Akkoma)."""
    return await client.get("/api/v1/statuses", [(parameter, each) for each in ids], accept=ABSENT)


async def status_source(client: Client, status_id: str) -> Answer:
    """The text as it was sent."""
    return await client.get(f"/api/v1/statuses/{status_id}/source", accept=ABSENT)


async def context(client: Client, status_id: str) -> Answer:
    return await client.get(f"/api/v1/statuses/{status_id}/context", accept=(404, 410))


async def act(client: Client, status_id: str, verb: str) -> Answer:
    """`favourite`, `unfavourite`, `reblog`, `unreblog`; all may be repeated."""
    return await client.send("POST", f"/api/v1/statuses/{status_id}/{verb}", harmless=True)


# --- searching


async def search(client: Client, words: str, offset: int) -> Answer:
    """Public posts that hold the words, where the server has a search for text; only what it knows already."""
    params = [("q", words), ("type", "statuses"), ("limit", str(STATUSES_PAGE)), ("offset", str(offset))]
    return await client.get("/api/v2/search", params)


async def resolve(client: Client, address: str) -> Answer:
    """The status at a web address, which the server fetches from another server where it does not know it yet. May take seconds."""
    params = [("q", address), ("type", "statuses"), ("resolve", "true"), ("limit", "2")]
    return await client.get("/api/v2/search", params, accept=ABSENT)


async def tag_timeline(client: Client, tag: str, max_id: str = "") -> Answer:
    """Newest first; works on every server."""
    params = [("limit", str(STATUSES_PAGE)), *((("max_id", max_id),) if max_id else ())]
    return await client.get(f"/api/v1/timelines/tag/{quote(tag, safe='')}", params)


# --- what the server keeps until its time


async def scheduled(client: Client, max_id: str = "") -> Answer:
    params = [("limit", str(STATUSES_PAGE)), *((("max_id", max_id),) if max_id else ())]
    return await client.get("/api/v1/scheduled_statuses", params, accept=ABSENT)


async def schedule_status(client: Client, body: Mapping[str, object]) -> Answer:
    """Without a key: Mastodon ignored it for scheduled posts until 2024 (mastodon#30039) and since then remembers cancelled ones."""
    return await client.send("POST", "/api/v1/statuses", body=body)


async def move_scheduled(client: Client, scheduled_id: str, at: str) -> Answer:
    path = f"/api/v1/scheduled_statuses/{scheduled_id}"
    return await client.send("PUT", path, body={"scheduled_at": at}, harmless=True, accept=(404, 410))


async def cancel_scheduled(client: Client, scheduled_id: str) -> Answer:
    return await client.send("DELETE", f"/api/v1/scheduled_statuses/{scheduled_id}", harmless=True, accept=(404, 410))
