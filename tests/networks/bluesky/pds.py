"""A small Bluesky server for tests: a repository that keeps records as the reference PDS does, the AppView behind it, and failures on request.

Written from the lexicons and the reference implementation: `putRecord` creates, does nothing for an identical record, and refuses another one
where `swapRecord` is null; blobs are named by their content and judged when a record refers to them; tokens expire with a 400.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from app.runtime.clock import Clock
from tests.fakes.http_server import Cut, HttpServer, Reply, Request
from tests.fakes.network_server import Server, dated
from tests.networks.bluesky.video_service import VideoService
from tests.networks.bluesky.wire import blobs_in, content_hash, error, owner, written

POST = "app.bsky.feed.post"
OURS, ANA, BETO = (
    "did:plc:aurora2aurora2aurora2aur",
    "did:plc:ana2ana2ana2ana2ana2ana2",
    "did:plc:beto2beto2beto2beto2beto2",
)
HANDLES = {OURS: "aurora.test", ANA: "ana.test", BETO: "beto.test"}
NAMES = {OURS: "Discos Aurora", ANA: "Ana", BETO: "Beto"}
APP_PASSWORD = "made-uppa-sswo-rdxx"
ACCESS, PRIVILEGED, REFRESH, MAIN = (
    "com.atproto.appPass",
    "com.atproto.appPassPrivileged",
    "com.atproto.refresh",
    "com.atproto.access",
)
LOST = Reply(cut=Cut.UNANSWERED)


class PdsOfTests(Server):
    """`await start()`, then change its public attributes to make it fail."""

    def __init__(self, clock: Clock, http: HttpServer | None = None) -> None:
        super().__init__(http)
        self.clock = clock
        self.records: dict[str, dict[str, dict[str, Any]]] = {}
        """Whose repository -> collection/key -> {cid, value, at}."""
        self.blobs: dict[str, dict[str, Any]] = {}
        self.notifications: list[dict[str, Any]] = []
        self.chats: dict[str, list[dict[str, Any]]] = {}
        self.faults: list[tuple[bool, Reply]] = []
        """For the next posts: whether the post is stored, and what is answered instead of it."""
        self.limited: Reply | None = None
        self.password_ok = True
        self.refresh_ok = True
        self.access_ok = True
        """False: each access token counts as expired, newly made ones as well."""
        self.scope = PRIVILEGED
        self.largest_blob = 2_000_000
        self.blind: set[str] = set()
        """Addresses that the AppView does not know yet."""
        self.closed, self.unquotable = set[str](), set[str]()
        """Posts whose authors take no replies; those whose authors let nobody quote them."""
        self.sessions = 0
        self.refreshes = 0
        self.life = timedelta(minutes=120)
        self.videos = VideoService(self)
        self._valid: dict[str, str] = {}
        self._count = 0

    def listen(self) -> None:
        server = {
            "createSession": self._create_session,
            "refreshSession": self._refresh,
            "deleteSession": self._delete_session,
        }
        for name, answer in server.items():
            self.http.on("POST", f"/xrpc/com.atproto.server.{name}", answer)
        self.http.on(
            "GET",
            "/xrpc/com.atproto.server.describeServer",
            lambda _: Reply(200, {"did": "did:web:localhost", "availableUserDomains": [".test"]}),
        )
        self.http.on("GET", "/xrpc/_health", Reply(200, {"version": "0.4.999"}))
        self.http.on("GET", "/.well-known/atproto-did", lambda _: Reply(200, body=OURS.encode()))
        self.http.on("GET", f"/{OURS}", lambda _: Reply(200, self.document()))
        for method, name, answer in (
            ("POST", "com.atproto.repo.putRecord", self._put),
            ("POST", "com.atproto.repo.createRecord", self._create),
            ("POST", "com.atproto.repo.deleteRecord", self._delete),
            ("GET", "com.atproto.repo.getRecord", self._get),
            ("GET", "com.atproto.repo.listRecords", self._list),
            ("POST", "com.atproto.repo.uploadBlob", self._upload),
            ("GET", "com.atproto.identity.resolveHandle", self._resolve),
            (
                "GET",
                "com.atproto.server.getServiceAuth",
                lambda request: Reply(200, {"token": f"for {request.first('lxm')}"}),
            ),
            ("GET", "app.bsky.actor.getProfile", self._profile),
            ("GET", "app.bsky.feed.getPosts", self._posts),
            ("GET", "app.bsky.feed.searchPosts", self._search),
            ("GET", "app.bsky.notification.listNotifications", self._notifications),
            ("GET", "chat.bsky.convo.listConvos", self._convos),
            ("GET", "chat.bsky.convo.getMessages", self._messages),
            ("POST", "chat.bsky.convo.sendMessage", self._send),
        ):
            self.http.on(method, f"/xrpc/{name}", self._guarded(answer, name))
        self.videos.listen()

    # --- what a test does to it

    def say(
        self,
        author: str,
        text: str,
        *,
        reply_to: str = "",
        quote: str = "",
        at: datetime | None = None,
        mentions: bool = True,
        **more: Any,
    ) -> str:
        """Somebody writes a post; we are told of it where it answers, quotes or mentions us. Answers its remote id."""
        moment = at or self.clock.now()
        record: dict[str, Any] = {"$type": POST, "text": text, "createdAt": written(moment), **more}
        reason = "mention" if mentions else ""
        if reply_to:
            parent = self._ref(reply_to)
            above = self._find(parent["uri"])
            root = (above or {}).get("value", {}).get("reply", {}).get("root", parent)
            record["reply"] = {"root": root, "parent": parent}
            reason = "reply" if OURS in (owner(parent["uri"]), owner(root["uri"])) else reason
        if quote:
            record["embed"] = {"$type": "app.bsky.embed.record", "record": self._ref(quote)}
            reason = "quote" if owner(quote) == OURS else reason
        self._count += 1
        key = f"3{self._count:012d}".translate(str.maketrans("0189", "abcd"))
        uri = self._store(author, POST, key, record, moment)
        if reason and author != OURS:
            self.notifications.append({"uri": uri, "reason": reason, "at": moment})
        return self._remote(uri)

    def chat(self, author: str, text: str, conversation: str = "convo1", at: datetime | None = None) -> str:
        self._count += 1
        message = {
            "$type": "chat.bsky.convo.defs#messageView",
            "id": f"m{self._count}",
            "rev": "1",
            "text": text,
            "sender": {"did": author},
        }
        message["sentAt"] = written(at or self.clock.now())
        self.chats.setdefault(conversation, []).append(message)
        return f"chat:{conversation}#{message['id']}"

    def posts(self, did: str = OURS) -> list[dict[str, Any]]:
        """The posts in a repository, by their date."""
        found = [
            {"uri": f"at://{did}/{name}", **kept}
            for name, kept in self.records.get(did, {}).items()
            if name.startswith(POST)
        ]
        return sorted(found, key=lambda each: each["value"]["createdAt"])

    def overwrite(self, remote_id: str, text: str) -> None:
        """Another program edits a post."""
        uri = remote_id.partition("#")[0]
        did, collection, key = uri.removeprefix("at://").split("/")
        kept = self.records[did][f"{collection}/{key}"]
        self._store(did, collection, key, {**kept["value"], "text": text}, kept["at"])

    def session(self, scope: str | None = None) -> dict[str, Any]:
        """Fresh tokens."""
        self.sessions += 1
        access = self._token(scope or self.scope, self.life)
        refresh = self._token(REFRESH, timedelta(days=90))
        return {
            "accessJwt": access,
            "refreshJwt": refresh,
            "did": OURS,
            "handle": HANDLES[OURS],
            "didDoc": self.document(),
            "active": True,
        }

    def document(self) -> dict[str, Any]:
        service = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": self.url}
        return {"id": OURS, "alsoKnownAs": [f"at://{HANDLES[OURS]}"], "service": [service]}

    def expire(self) -> None:
        """All tokens given so far that open doors are too old now."""
        self._valid = {token: scope for token, scope in self._valid.items() if scope == REFRESH}

    def forget_sessions(self) -> None:
        self._valid.clear()

    def limit(self, seconds: int) -> None:
        reset = self.clock.now() + timedelta(seconds=seconds)
        headers = {
            "ratelimit-limit": "3000",
            "ratelimit-remaining": "0",
            "ratelimit-reset": str(int(reset.timestamp())),
            "ratelimit-policy": "3000;w=300",
        }
        self.limited = Reply(429, {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, headers=headers)

    # --- tokens

    def _token(self, scope: str, life: timedelta) -> str:
        self._count += 1
        end = int((self.clock.now() + life).timestamp())
        parts = ({"typ": "at+jwt", "alg": "none"}, {"scope": scope, "sub": OURS, "exp": end, "jti": self._count})
        token = (
            ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts)
            + f".made-up-{self._count}"
        )
        self._valid[token] = scope
        return token

    def _dated(self, reply: Reply) -> Reply:
        return dated(reply, self.clock.now())

    def _guarded(self, answer: Callable[[Request], Reply], name: str) -> Callable[[Request], Reply]:
        def guarded(request: Request) -> Reply:
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            scope = self._valid.get(token, "")
            if not token:
                return self._dated(error(401, "AuthMissing", "Authentication Required"))
            if not self.access_ok or scope in ("", REFRESH):
                return self._dated(error(400, "ExpiredToken", "Token has expired"))
            if name.startswith("chat.") and (
                scope == ACCESS or request.headers.get("atproto-proxy") != "did:web:api.bsky.chat#bsky_chat"
            ):
                return self._dated(error(400, "InvalidToken", "Bad token method"))
            return self._dated(self.limited or answer(request))

        return guarded

    def _create_session(self, request: Request) -> Reply:
        if self.limited is not None:
            return self.limited
        right = request.json.get("password") == APP_PASSWORD and request.json.get("identifier") in (
            OURS,
            HANDLES[OURS],
            "aurora@shop.example",
        )
        if not right or not self.password_ok:
            return error(401, "AuthenticationRequired", "Invalid identifier or password")
        return Reply(200, self.session())

    def _refresh(self, request: Request) -> Reply:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not self.refresh_ok or self._valid.get(token) != REFRESH:
            return error(400, "ExpiredToken", "Token has been revoked")
        self.refreshes += 1
        del self._valid[token]
        return Reply(200, self.session())

    def _delete_session(self, request: Request) -> Reply:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self._valid.pop(token, "") != REFRESH:
            return error(400, "InvalidToken", "Token could not be verified")
        return Reply(200, body=b"")

    # --- the repository

    def _store(self, did: str, collection: str, key: str, value: dict[str, Any], at: datetime) -> str:
        self.records.setdefault(did, {})[f"{collection}/{key}"] = {"cid": content_hash(value), "value": value, "at": at}
        return f"at://{did}/{collection}/{key}"

    def _find(self, uri: str) -> dict[str, Any] | None:
        did, _, name = uri.removeprefix("at://").partition("/")
        return self.records.get(did, {}).get(name)

    def _remote(self, uri: str) -> str:
        kept = self._find(uri)
        assert kept is not None
        return f"{uri}#{kept['cid']}"

    def _ref(self, remote_id: str) -> dict[str, str]:
        uri, _, cid = remote_id.partition("#")
        return {"uri": uri, "cid": cid}

    def _put(self, request: Request) -> Reply:
        body = request.json
        stored, fault = self.faults.pop(0) if self.faults else (True, None)
        if not stored:
            return fault or error(502, "UpstreamFailure", "Bad Gateway")
        name, record = f"{body['collection']}/{body['rkey']}", body["record"]
        current = self.records.get(OURS, {}).get(name)
        hashed = content_hash(record)
        if current is not None and current["cid"] == hashed:
            return fault or Reply(200, {"uri": f"at://{OURS}/{name}", "cid": hashed, "validationStatus": "valid"})
        if (refused := self._invalid(record)) is not None:
            return refused
        if current is not None and body.get("swapRecord", "absent") is None:
            return error(400, "InvalidSwap", f"Record was at {current['cid']}")
        self._store(OURS, body["collection"], body["rkey"], record, self.clock.now())
        commit = {"cid": content_hash({"commit": hashed}), "rev": body["rkey"]}
        return fault or Reply(
            200, {"uri": f"at://{OURS}/{name}", "cid": hashed, "commit": commit, "validationStatus": "valid"}
        )

    def _invalid(self, record: dict[str, Any]) -> Reply | None:
        """What the reference implementation finds wrong with a record."""
        if len(record.get("text", "").encode()) > 3000:
            return error(400, "InvalidRequest", f"Invalid {POST} record: string too big (maximum 3000) at $.text")
        encoded = record.get("text", "").encode()
        for facet in record.get("facets", []):
            assert 0 <= facet["index"]["byteStart"] < facet["index"]["byteEnd"] <= len(encoded)
        for blob in blobs_in(record):
            kept = self.blobs.get(blob["ref"]["$link"])
            if kept is None:
                return error(400, "BlobNotFound", f"Could not find blob: {blob['ref']['$link']}")
            if kept["size"] > self.largest_blob and kept["mimeType"].startswith("image/"):
                told = f"{self.largest_blob / 1024:.2f}KB"
                return error(
                    400,
                    "BlobTooLarge",
                    f"This file is too large. It is {kept['size'] / 1024:.2f}KB but the maximum size is {told}.",
                )
        return None

    def _create(self, request: Request) -> Reply:
        body = request.json
        subject = body["record"].get("subject", {}).get("uri")
        for name, kept in list(self.records.get(OURS, {}).items()):
            if name.startswith(f"{body['collection']}/") and kept["value"].get("subject", {}).get("uri") == subject:
                del self.records[OURS][name]
        self._count += 1
        uri = self._store(
            OURS,
            body["collection"],
            f"3like{self._count:08d}".translate(str.maketrans("0189", "abcd")),
            body["record"],
            self.clock.now(),
        )
        return Reply(200, {"uri": uri, "cid": content_hash(body["record"])})

    def _delete(self, request: Request) -> Reply:
        self.records.get(OURS, {}).pop(f"{request.json['collection']}/{request.json['rkey']}", None)
        return Reply(200, {"commit": {"cid": "bafyreicommit", "rev": "3aaa"}})

    def _get(self, request: Request) -> Reply:
        uri = f"at://{request.first('repo')}/{request.first('collection')}/{request.first('rkey')}"
        kept = self._find(uri)
        if kept is None:
            return error(400, "RecordNotFound", f"Could not locate record: {uri}")
        return Reply(200, {"uri": uri, "cid": kept["cid"], "value": kept["value"]})

    def _list(self, request: Request) -> Reply:
        collection, size, below = request.first("collection"), int(request.first("limit")), request.first("cursor")
        names = sorted((name for name in self.records.get(OURS, {}) if name.startswith(f"{collection}/")), reverse=True)
        names = [name for name in names if not below or name.partition("/")[2] < below][:size]
        found = [
            {
                "uri": f"at://{OURS}/{name}",
                "cid": self.records[OURS][name]["cid"],
                "value": self.records[OURS][name]["value"],
            }
            for name in names
        ]
        return Reply(200, {"records": found, **({"cursor": names[-1].partition("/")[2]} if names else {})})

    def _upload(self, request: Request) -> Reply:
        return Reply(200, {"blob": self.take_in(request.body, request.headers["content-type"])})

    def take_in(self, data: bytes, content_type: str) -> dict[str, Any]:
        link = "bafkrei" + base64.b32encode(hashlib.sha256(data).digest()).decode().lower().rstrip("=")
        self.blobs[link] = {"mimeType": content_type, "size": len(data), "data": data}
        return {"$type": "blob", "ref": {"$link": link}, "mimeType": content_type, "size": len(data)}

    # --- the AppView

    def _resolve(self, request: Request) -> Reply:
        did = next((did for did, handle in HANDLES.items() if handle == request.first("handle")), "")
        return Reply(200, {"did": did}) if did else error(400, "InvalidRequest", "Unable to resolve handle")

    def person(self, did: str) -> dict[str, Any]:
        return {
            "did": did,
            "handle": HANDLES[did],
            "displayName": NAMES[did],
            "avatar": f"https://cdn.example/{HANDLES[did]}.jpg",
        }

    def _profile(self, request: Request) -> Reply:
        counts = {"followersCount": 12, "followsCount": 3, "postsCount": len(self.posts())}
        return Reply(200, {**self.person(request.first("actor")), **counts})

    def view(self, uri: str) -> dict[str, Any] | None:
        kept = self._find(uri)
        if kept is None or uri in self.blind:
            return None
        likes = [
            name
            for name, each in self.records.get(OURS, {}).items()
            if name.startswith("app.bsky.feed.like/") and each["value"]["subject"]["uri"] == uri
        ]
        replies = [
            each
            for did in self.records
            for each in self.posts(did)
            if each["value"].get("reply", {}).get("parent", {}).get("uri") == uri
        ]
        viewer: dict[str, Any] = {"like": f"at://{OURS}/{likes[0]}"} if likes else {}
        refused = {"replyDisabled": self.closed, "embeddingDisabled": self.unquotable}
        viewer |= {name: True for name, uris in refused.items() if uri in uris}
        return {
            "uri": uri,
            "cid": kept["cid"],
            "author": self.person(owner(uri)),
            "record": kept["value"],
            "indexedAt": written(kept["at"]),
            "likeCount": len(likes),
            "repostCount": 0,
            "replyCount": len(replies),
            "quoteCount": 0,
            "viewer": viewer,
        }

    def _posts(self, request: Request) -> Reply:
        uris = request.every("uris")
        if len(uris) > 25:
            return error(400, "InvalidRequest", "Error: uris must not have more than 25 elements")
        return Reply(200, {"posts": [view for uri in uris if (view := self.view(uri)) is not None]})

    def _notifications(self, request: Request) -> Reply:
        reasons, size, below = request.every("reasons"), int(request.first("limit")), request.first("cursor")
        shown = [
            each for each in self.notifications if each["reason"] in reasons and self._find(each["uri"]) is not None
        ]
        shown.sort(key=lambda each: (each["at"], each["uri"]), reverse=True)
        place = lambda each: f"{written(each['at'])}::{each['uri']}"  # noqa: E731
        shown = [each for each in shown if not below or place(each) < below][:size]
        found = []
        for each in shown:
            view = self.view(each["uri"]) or {}
            kept = self._find(each["uri"]) or {}
            found.append(
                {
                    "uri": each["uri"],
                    "cid": kept["cid"],
                    "author": self.person(owner(each["uri"])),
                    "reason": each["reason"],
                    "record": view.get("record", kept["value"]),
                    "isRead": False,
                    "indexedAt": written(each["at"]),
                }
            )
        return Reply(200, {"notifications": found, **({"cursor": place(shown[-1])} if len(shown) == size else {})})

    def _search(self, request: Request) -> Reply:
        words, size, below = request.first("q").lower(), int(request.first("limit")), int(request.first("cursor") or 0)
        uris = [
            each["uri"] for did in self.records for each in self.posts(did) if words in each["value"]["text"].lower()
        ]
        views = sorted(
            (view for uri in uris if (view := self.view(uri)) is not None),
            key=lambda view: view["indexedAt"],
            reverse=True,
        )
        page = views[below : below + size]
        return Reply(200, {"posts": page, **({"cursor": str(below + size)} if below + size < len(views) else {})})

    # --- private messages

    def _convos(self, request: Request) -> Reply:
        found = [
            {
                "id": name,
                "rev": "1",
                "members": [self.person(OURS), self.person(ANA)],
                "lastMessage": messages[-1],
                "muted": False,
                "unreadCount": 0,
            }
            for name, messages in self.chats.items()
        ]
        return Reply(200, {"convos": sorted(found, key=lambda each: each["lastMessage"]["sentAt"], reverse=True)})

    def _messages(self, request: Request) -> Reply:
        return Reply(200, {"messages": self.chats.get(request.first("convoId"), [])[::-1]})

    def _send(self, request: Request) -> Reply:
        body = request.json
        if body["convoId"] not in self.chats:
            return error(400, "InvalidConvo", "Convo not found")
        stored, fault = self.faults.pop(0) if self.faults else (True, None)
        if stored:
            self.chat(OURS, body["message"]["text"], body["convoId"])
        return fault or Reply(200, self.chats[body["convoId"]][-1])
