"""A small Mastodon-compatible server for tests: answers in the recorded shapes, remembers what was posted, and fails on request.

Flavours: `mastodon` (4.6), `gotosocial` (ULIDs, no batch reading), `snac` (no v2 instance, keys and paging ignored, HTML errors).
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import json
import re
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Cut, Reply, Request
from tests.fakes.network_server import Server, dated

RECORDINGS = Path(__file__).resolve().parents[1] / "recordings" / "mastodon"
TOKEN = "made-up-token"
OURS, ANA, BETO = "account_ours", "account_customer", "account_neighbour"


def recorded(name: str) -> Any:
    """A recorded answer, fresh each time."""
    return json.loads((RECORDINGS / f"{name}.json").read_text(encoding="utf-8"))


class MastodonOfTests(Server):
    """`await start()`, then change its public attributes to make it fail."""

    def __init__(self, clock: FakeClock, flavour: str = "mastodon") -> None:
        super().__init__()
        self.clock = clock
        self.flavour = flavour
        self.statuses: dict[str, dict[str, Any]] = {}
        self.notifications: list[dict[str, Any]] = []
        self.media: dict[str, dict[str, Any]] = {}
        self.media_states: list[int] = []
        """Statuses of the next answers to an upload and to the questions after it."""
        self.token_ok = True
        self.skew = timedelta(0)
        self.limited: Reply | None = None
        self.faults: list[tuple[bool, Reply]] = []
        """For the next posts: whether the post is stored, and what is answered instead of it."""
        self.page_size = 40
        self.revoked: list[str] = []
        self.streams: list[asyncio.Queue[bytes | None]] = []
        """The live connections, oldest first."""
        self.streaming = flavour == "mastodon"
        self.tells = True
        """Whether what happens is told on the live connections."""
        self._keys: dict[str, str] = {}
        self._count = 0

    def listen(self) -> None:
        get, post = self._route("GET"), self._route("POST")
        get("/api/v1/accounts/verify_credentials", lambda _: Reply(200, recorded(OURS)))
        get("/api/v1/accounts/*", self._own)
        get("/api/v1/notifications", self._notifications)
        get("/api/v1/streaming/user", self._stream)
        get("/api/v1/statuses", self._batch)
        get("/api/v1/statuses/*", self._status)
        get("/api/v1/media/*", self._media)
        post("/api/v1/statuses", self._post)
        post("/api/v1/statuses/*", self._act)
        post("/api/v2/media", self._upload)
        self.http.on("POST", "/oauth/revoke", self._revoke)
        self._instance()

    # --- what tests do

    def say(
        self,
        author: str,
        text: str,
        *,
        reply_to: str = "",
        visibility: str = "public",
        at: datetime | None = None,
        notifies: str = "mention",
        quote: str = "",
        **fields: Any,
    ) -> str:
        """Somebody publishes a status (`text` is HTML); if it is not us, we are told."""
        status = self._new(author, text, reply_to, visibility, at, fields)
        if quote:
            status["quote"] = {"state": "accepted", "quoted_status": deepcopy(self.statuses[quote])}
        self.statuses[status["id"]] = status
        if author != OURS and notifies:
            self.notify(notifies, author, status, at)
        return str(status["id"])

    def boost(self, author: str, identity: str) -> None:
        """Somebody boosts a status; snac2 then shows the status everywhere as that boost, even after it is taken back."""
        if self.flavour == "snac":
            original = self.statuses[identity]
            self.statuses[identity] = {**original, "account": recorded(author), "content": "", "in_reply_to_id": None, "reblog": original}

    def notify(self, kind: str, author: str, status: dict[str, Any] | None = None, at: datetime | None = None) -> str:
        notice = recorded("notification")
        notice |= {"id": self._id(), "type": kind, "account": recorded(author), "created_at": self._written(at)}
        notice["status"] = status
        self.notifications.insert(0, notice)
        if self.tells:
            self.tell("notification", notice)
        return str(notice["id"])

    def tell(self, event: str, payload: Any, times: int = 1) -> None:
        """An event on every live connection, perhaps more than once."""
        self.tell_raw(f"event: {event}\ndata: {json.dumps(payload)}\n\n".encode() * times)

    def tell_raw(self, data: bytes | None) -> None:
        """Whatever a test wants the live connections to carry; None cuts them."""
        for stream in self.streams:
            stream.put_nowait(data)
        if data is None:
            self.streams.clear()

    def _stream(self, request: Request) -> Reply:
        if not self.streaming:
            return self._absent(request)
        stream: asyncio.Queue[bytes | None] = asyncio.Queue()
        stream.put_nowait(b":)\n\n")
        self.streams.append(stream)
        return Reply(stream=stream)

    # --- inside

    def _route(self, method: str) -> Callable[[str, Callable[[Request], Reply]], None]:
        def route(path: str, answer: Callable[[Request], Reply]) -> None:
            self.http.on(method, path, lambda request: self._guarded(request, answer))

        return route

    def _guarded(self, request: Request, answer: Callable[[Request], Reply]) -> Reply:
        now = self.clock.now() + self.skew
        if not self.token_ok or request.headers.get("authorization") != f"Bearer {TOKEN}":
            if self.flavour == "snac":
                return Reply(422 if request.path.endswith("verify_credentials") else 401, body=b"")
            return dated(Reply(401, {"error": "The access token is invalid"}), now)
        if self.limited is not None:
            return self.limited
        return dated(answer(request), now)

    def _instance(self) -> None:
        name = {"mastodon": "instance_v2", "gotosocial": "instance_v2_gotosocial", "snac": "instance_v1_snac"}[self.flavour]
        version = 1 if self.flavour == "snac" else 2
        self.http.on("GET", f"/api/v{version}/instance", lambda _: Reply(200, recorded(name)))
        self.http.on("GET", f"/api/v{3 - version}/instance", self._absent)
        self.http.on("GET", "/.well-known/nodeinfo", lambda _: Reply(200, {"links": [{"href": f"{self.url}/nodeinfo/2.0"}]}))
        nodeinfo = recorded("nodeinfo_mastodon")
        nodeinfo["software"] = {"name": self.flavour, "version": {"snac": "2.75", "gotosocial": "0.19.1"}.get(self.flavour, "4.6.1")}
        self.http.on("GET", "/nodeinfo/2.0", Reply(200, nodeinfo))

    def _absent(self, _: Request) -> Reply:
        if self.flavour == "snac":
            return Reply(404, body=b"<h1>404 Not Found (snac/2.75)</h1>")
        return Reply(404, {"error": "Record not found"})

    def _id(self) -> str:
        self._count += 1
        if self.flavour == "gotosocial":
            return f"01KA{self._count:022d}"
        if self.flavour == "snac":
            return f"17634816{self._count:03d}{hashlib.md5(str(self._count).encode()).hexdigest()}"
        return str(113_000_000_000_000_000 + self._count)

    def _written(self, at: datetime | None = None) -> str:
        moment = (at or self.clock.now()) + self.skew
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ" if self.flavour == "snac" else "%Y-%m-%dT%H:%M:%S.%f")[:23].rstrip("Z") + "Z"

    def _new(self, author: str, text: str, reply_to: str, visibility: str, at: datetime | None, fields: dict[str, Any]) -> dict[str, Any]:
        status = recorded("status")
        identity = self._id()
        parent = self.statuses.get(reply_to)
        status |= {
            "id": identity,
            "created_at": self._written(at),
            "account": recorded(author),
            "content": text,
            "visibility": "private" if self.flavour == "snac" and visibility == "direct" else visibility,
            "in_reply_to_id": reply_to or None,
            "in_reply_to_account_id": parent["account"]["id"] if parent else None,
            "url": f"https://musica.example/@x/{identity}",
            **fields,
        }
        return status

    def _newest_first(self) -> list[dict[str, Any]]:
        return sorted(self.statuses.values(), key=lambda status: (status["created_at"], status["id"]), reverse=True)

    def _paged(self, found: list[dict[str, Any]], request: Request, *, forward: bool = True) -> list[dict[str, Any]]:
        ids = [item["id"] for item in found]
        size = min(self.page_size, int(request.first("limit") or 20))
        for name in ("min_id", "since_id"):
            if (above := request.first(name)) in ids:
                found = found[: ids.index(above)]
                if name == "min_id" and forward:
                    return found[-size:]
        if (below := request.first("max_id")) in ids:
            found = found[ids.index(below) + 1 :]
        return found[:size]

    def _own(self, request: Request) -> Reply:
        authors = {status["id"]: (status.get("reblog") or status)["account"]["id"] for status in self.statuses.values()}
        found = [status for status in self._newest_first() if authors[status["id"]] == recorded(OURS)["id"]]
        if self.flavour == "snac":  # no paging here, and no private messages
            return Reply(200, [status for status in found if status["visibility"] == "public"][:40])
        return Reply(200, self._paged(found, request))

    def _notifications(self, request: Request) -> Reply:
        types = request.every("types[]")
        found = [item for item in self.notifications if self.flavour == "snac" or not types or item.get("type") in types]
        return Reply(200, self._paged(found, request, forward=self.flavour != "snac"))

    def _batch(self, request: Request) -> Reply:
        if self.flavour != "mastodon":
            return self._absent(request)
        ids = request.every("id[]")
        if len(ids) > 20:
            return Reply(422, {"error": "Validation failed: too many ids"})
        return Reply(200, [self.statuses[each] for each in ids if each in self.statuses])

    def _status(self, request: Request) -> Reply:
        identity, _, part = request.path.removeprefix("/api/v1/statuses/").partition("/")
        status = self.statuses.get(identity)
        if status is None:
            return self._absent(request)
        if part == "context":
            above: list[dict[str, Any]] = []
            parent = self.statuses.get(status["in_reply_to_id"] or "")
            while parent is not None:
                above.insert(0, parent)
                parent = self.statuses.get(parent["in_reply_to_id"] or "")
            below = [each for each in self.statuses.values() if each["in_reply_to_id"] == identity]
            return Reply(200, {"ancestors": above, "descendants": below})
        if part == "source":
            return Reply(200, {"id": identity, "text": status.get("typed", ""), "spoiler_text": ""})
        return Reply(200, status)

    def _post(self, request: Request) -> Reply:
        body = request.json
        stored, fault = self.faults.pop(0) if self.faults else (True, None)
        key = request.headers.get("idempotency-key", "")
        known = self._keys.get(key) if self.flavour == "mastodon" else None
        if stored and known is None:
            if not self._is_acceptable(body):
                return Reply(422, {"error": "Validation failed: Text character limit of 500 exceeded"})
            known = self._store(body)
            if key:
                self._keys[key] = known
        return fault or Reply(200, self.statuses[known or ""])

    def _is_acceptable(self, body: dict[str, Any]) -> bool:
        return self.flavour == "snac" or len(body["status"]) <= 5000

    def _store(self, body: dict[str, Any]) -> str:
        text = body["status"]
        content = text if self.flavour == "snac" else html.escape(text, quote=False)
        content = re.sub(r"https://(\S+)", r'<a href="https://\1"><span class="invisible">https://</span><span>\1</span></a>', content)
        content = re.sub(
            r"(?<!\w)@(\w+)(@[\w.]+)?", r'<span class="h-card"><a href="https://x.example/@\1" class="u-url mention">@<span>\1</span></a></span>', content
        )
        status = self._new(OURS, f"<p>{content.replace(chr(10), '<br />')}</p>", body.get("in_reply_to_id", ""), body["visibility"], None, {})
        status["media_attachments"] = [self.media[each] for each in body.get("media_ids", [])]
        status["spoiler_text"] = body.get("spoiler_text", "")
        status["typed"] = text
        if "poll" in body:
            status["poll"] = {"id": "1", "options": [{"title": option, "votes_count": 0} for option in body["poll"]["options"]]}
        self.statuses[status["id"]] = status
        return str(status["id"])

    def _act(self, request: Request) -> Reply:
        identity, _, verb = request.path.removeprefix("/api/v1/statuses/").partition("/")
        if identity not in self.statuses:
            return self._absent(request)
        field = {"favourite": "favourited", "unfavourite": "favourited", "reblog": "reblogged", "unreblog": "reblogged"}[verb]
        self.statuses[identity][field] = not verb.startswith("un")
        if verb == "reblog":
            self.boost(OURS, identity)
        return Reply(200, self.statuses[identity])

    def _upload(self, request: Request) -> Reply:
        media = recorded("media")
        media["id"] = self._id()
        found = re.search(rb'name="description"\r\n\r\n(.*?)\r\n--', request.body, re.DOTALL)
        media["description"] = found[1].decode() if found else None
        self.media[media["id"]] = media
        return Reply(self.media_states.pop(0) if self.media_states else 200, media)

    def _media(self, request: Request) -> Reply:
        return Reply(self.media_states.pop(0) if self.media_states else 200, self.media[request.path.rpartition("/")[2]])

    def _revoke(self, request: Request) -> Reply:
        self.revoked.append(request.form["token"])
        if not self.token_ok:
            return Reply(403, {"error": "unauthorized_client"})
        self.token_ok = False
        return Reply(200, {})


LOST = Reply(cut=Cut.UNANSWERED)
