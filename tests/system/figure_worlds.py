"""People on servers that others wrote: what they do there, and what the server itself says of it, asked as anybody may ask.

Nothing here knows the program: its figures are compared with these.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote, urlencode, urlsplit

from app.runtime.tasks import system_clock
from tests.system.bluesky_servers import BlueskyServers
from tests.system.parts import wait_until

US = "aurora"
PEOPLE = ("ana", "beto")


class SignIn(NamedTuple):
    network: str
    server: str
    secret: str
    handle: str


class World(Protocol):
    """`who` is the first part of a handle; a post is named as the program names it."""

    sign_in: SignIn

    def follow(self, who: str, whom: str) -> None: ...
    def unfollow(self, who: str, whom: str) -> None: ...
    def like(self, who: str, post: str) -> None: ...
    def unlike(self, who: str, post: str) -> None: ...
    def repost(self, who: str, post: str) -> None: ...
    def take_repost_back(self, who: str, post: str) -> None: ...
    def say(self, who: str, text: str, *, beneath: str = "") -> str: ...
    def quote(self, who: str, post: str, text: str) -> str: ...
    def delete(self, who: str, post: str) -> None: ...

    def account(self) -> dict[str, int]:
        """Followers, following and posts, as the server counts them."""

    def listed(self) -> dict[str, int]:
        """Followers and following, counted one by one."""

    def post(self, post: str) -> dict[str, int] | None:
        """Likes, reposts, replies and, where they are counted, quotes; None where it is gone."""

    def listed_of(self, post: str) -> dict[str, int]:
        """Likes, reposts and replies, counted one by one."""

    def said_to_us(self) -> set[str]:
        """Mentions, replies and quotes that the server told us of."""


def ask(server: str, method: str, path: str, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None) -> tuple[int, Any]:
    """Status and JSON."""
    parts = urlsplit(server)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        content = None if body is None else json.dumps(body)
        connection.request(method, path, content, {"Content-Type": "application/json", **(headers or {})})
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else {}
    finally:
        connection.close()


class Bluesky:
    """Records are written to the PDS; what became of them is asked of the AppView without signing in."""

    def __init__(self, servers: BlueskyServers) -> None:
        self._servers = servers
        self._tokens: dict[str, str] = {}
        self._made: dict[tuple[str, str, str], str] = {}
        """(who, kind of record, of what) -> address of the record."""
        us = servers.people[US]
        for person in servers.people.values():  # new accounts reach the AppView a moment later
            path = f"/xrpc/app.bsky.actor.getProfile?{urlencode({'actor': person.did})}"
            wait_until("the accounts at the AppView", lambda path=path: ask(servers.appview, "GET", path)[0] == 200)
        self.sign_in = SignIn("bluesky", servers.service, us.app_password, us.handle)

    def follow(self, who: str, whom: str) -> None:
        self._make(who, "app.bsky.graph.follow", whom, self._servers.people[whom].did)

    def unfollow(self, who: str, whom: str) -> None:
        self._unmake(who, "app.bsky.graph.follow", whom)

    def like(self, who: str, post: str) -> None:
        self._make(who, "app.bsky.feed.like", post, self._named(post))

    def unlike(self, who: str, post: str) -> None:
        self._unmake(who, "app.bsky.feed.like", post)

    def repost(self, who: str, post: str) -> None:
        self._make(who, "app.bsky.feed.repost", post, self._named(post))

    def take_repost_back(self, who: str, post: str) -> None:
        self._unmake(who, "app.bsky.feed.repost", post)

    def say(self, who: str, text: str, *, beneath: str = "") -> str:
        record: dict[str, Any] = {"text": text}
        if beneath:
            above = self._named(beneath)
            value = self._read("com.atproto.repo.getRecord", repo=self._did_in(beneath), collection="app.bsky.feed.post", rkey=self._key(beneath))
            record["reply"] = {"parent": above, "root": value["value"].get("reply", {}).get("root", above)}
        name = f"@{self._servers.people[US].handle}"
        if name in text:
            begin = len(text[: text.index(name)].encode())
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": self._servers.people[US].did}
            record["facets"] = [{"index": {"byteStart": begin, "byteEnd": begin + len(name)}, "features": [feature]}]
        return self._create(who, "app.bsky.feed.post", record)

    def quote(self, who: str, post: str, text: str) -> str:
        embed = {"$type": "app.bsky.embed.record", "record": self._named(post)}
        return self._create(who, "app.bsky.feed.post", {"text": text, "embed": embed})

    def delete(self, who: str, post: str) -> None:
        self._take_off(who, "app.bsky.feed.post", self._key(post))

    def account(self) -> dict[str, int]:
        found = self._seen("app.bsky.actor.getProfile", actor=self._servers.people[US].did)
        return {"followers": found["followersCount"], "following": found["followsCount"], "posts": found["postsCount"]}

    def listed(self) -> dict[str, int]:
        actor = self._servers.people[US].did
        return {
            "followers": len(self._seen("app.bsky.graph.getFollowers", actor=actor, limit="100")["followers"]),
            "following": len(self._seen("app.bsky.graph.getFollows", actor=actor, limit="100")["follows"]),
        }

    def post(self, post: str) -> dict[str, int] | None:
        found = self._seen("app.bsky.feed.getPosts", uris=self._uri(post))["posts"]
        if not found:
            return None
        return {name: found[0][field] for name, field in zip(("likes", "reposts", "replies", "quotes"), COUNTS, strict=True)}

    def listed_of(self, post: str) -> dict[str, int]:
        uri = self._uri(post)
        return {
            "likes": len(self._seen("app.bsky.feed.getLikes", uri=uri, limit="100")["likes"]),
            "reposts": len(self._seen("app.bsky.feed.getRepostedBy", uri=uri, limit="100")["repostedBy"]),
            "replies": len(self._seen("app.bsky.feed.getPostThread", uri=uri, depth="1")["thread"].get("replies", [])),
        }

    def said_to_us(self) -> set[str]:
        found = self._read("app.bsky.notification.listNotifications", US, limit="100")["notifications"]
        return {f"{each['uri']}#{each['cid']}" for each in found if each["reason"] in ("mention", "reply", "quote")}

    def close_account(self, who: str) -> None:
        """For the time being: what they did is not shown any more."""
        self._write("com.atproto.server.deactivateAccount", who, {})

    def _make(self, who: str, collection: str, of: str, subject: object) -> None:
        self._made[who, collection, of] = self._create(who, collection, {"subject": subject})

    def _unmake(self, who: str, collection: str, of: str) -> None:
        self._take_off(who, collection, self._key(self._made.pop((who, collection, of))))

    def _create(self, who: str, collection: str, record: Mapping[str, Any]) -> str:
        now = system_clock().now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        body = {"repo": self._servers.people[who].did, "collection": collection, "record": {"$type": collection, "createdAt": now, **record}}
        made = self._write("com.atproto.repo.createRecord", who, body)
        return f"{made['uri']}#{made['cid']}"

    def _take_off(self, who: str, collection: str, key: str) -> None:
        self._write("com.atproto.repo.deleteRecord", who, {"repo": self._servers.people[who].did, "collection": collection, "rkey": key})

    def _write(self, method: str, who: str, body: Mapping[str, Any]) -> Any:
        return self._checked(method, *ask(self._servers.service, "POST", f"/xrpc/{method}", body, self._signed(who)))

    def _read(self, method: str, who: str = "", **parameters: str) -> Any:
        headers = self._signed(who) if who else {}
        return self._checked(method, *ask(self._servers.service, "GET", f"/xrpc/{method}?{urlencode(parameters)}", None, headers))

    def _seen(self, method: str, **parameters: str) -> Any:
        return self._checked(method, *ask(self._servers.appview, "GET", f"/xrpc/{method}?{urlencode(parameters)}"))

    def _signed(self, who: str) -> dict[str, str]:
        if who not in self._tokens:
            person = self._servers.people[who]
            body = {"identifier": person.did, "password": person.password}
            self._tokens[who] = self._checked(who, *ask(self._servers.service, "POST", "/xrpc/com.atproto.server.createSession", body))["accessJwt"]
        return {"Authorization": f"Bearer {self._tokens[who]}"}

    @staticmethod
    def _checked(method: str, status: int, data: Any) -> Any:
        assert status == 200, (method, status, data)
        return data

    @staticmethod
    def _uri(post: str) -> str:
        return post.partition("#")[0]

    @classmethod
    def _key(cls, post: str) -> str:
        return cls._uri(post).rpartition("/")[2]

    @staticmethod
    def _did_in(post: str) -> str:
        return post.split("/")[2]

    def _named(self, post: str) -> dict[str, str]:
        uri, _, cid = post.partition("#")
        return {"uri": uri, "cid": cid}


COUNTS = ("likeCount", "repostCount", "replyCount", "quoteCount")


class Mastodon:
    """mastodon_mock, an imitation of Mastodon's API by others."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._ids = {who: self._ask(who, "GET", "/api/v1/accounts/verify_credentials")["id"] for who in (US, *PEOPLE)}
        self.sign_in = SignIn("mastodon", server, f"{US}-token", "")

    def follow(self, who: str, whom: str) -> None:
        self._ask(who, "POST", f"/api/v1/accounts/{self._ids[whom]}/follow")

    def unfollow(self, who: str, whom: str) -> None:
        self._ask(who, "POST", f"/api/v1/accounts/{self._ids[whom]}/unfollow")

    def like(self, who: str, post: str) -> None:
        self._ask(who, "POST", f"/api/v1/statuses/{post}/favourite")

    def unlike(self, who: str, post: str) -> None:
        self._ask(who, "POST", f"/api/v1/statuses/{post}/unfavourite")

    def repost(self, who: str, post: str) -> None:
        self._ask(who, "POST", f"/api/v1/statuses/{post}/reblog")

    def take_repost_back(self, who: str, post: str) -> None:
        self._ask(who, "POST", f"/api/v1/statuses/{post}/unreblog")

    def say(self, who: str, text: str, *, beneath: str = "") -> str:
        # Every program puts the name in front: without it Mastodon tells nobody of a reply.
        body = {"status": f"@{US} {text}", "in_reply_to_id": beneath} if beneath else {"status": text}
        return str(self._ask(who, "POST", "/api/v1/statuses", body)["id"])

    def quote(self, who: str, post: str, text: str) -> str:
        return str(self._ask(who, "POST", "/api/v1/statuses", {"status": text, "quoted_status_id": post})["id"])

    def delete(self, who: str, post: str) -> None:
        self._ask(who, "DELETE", f"/api/v1/statuses/{post}")

    def account(self) -> dict[str, int]:
        found = self._ask(PEOPLE[0], "GET", f"/api/v1/accounts/{self._ids[US]}")
        return {"followers": found["followers_count"], "following": found["following_count"], "posts": found["statuses_count"]}

    def listed(self) -> dict[str, int]:
        return {
            name: len(self._ask(PEOPLE[0], "GET", f"/api/v1/accounts/{self._ids[US]}/{name}?limit=80")) for name in ("followers", "following")
        }

    def post(self, post: str) -> dict[str, int] | None:
        status, found = self._asked(PEOPLE[0], "GET", f"/api/v1/statuses/{quote(post)}")
        if status == 404:
            return None
        assert status == 200, found
        names = {"likes": "favourites_count", "reposts": "reblogs_count", "replies": "replies_count", "quotes": "quotes_count"}
        return {name: found[field] for name, field in names.items() if field in found}

    def listed_of(self, post: str) -> dict[str, int]:
        beneath = self._ask(PEOPLE[0], "GET", f"/api/v1/statuses/{post}/context")["descendants"]
        return {
            "likes": len(self._ask(PEOPLE[0], "GET", f"/api/v1/statuses/{post}/favourited_by?limit=80")),
            "reposts": len(self._ask(PEOPLE[0], "GET", f"/api/v1/statuses/{post}/reblogged_by?limit=80")),
            "replies": sum(each["in_reply_to_id"] == post for each in beneath),
        }

    def said_to_us(self) -> set[str]:
        found = self._ask(US, "GET", "/api/v1/notifications?limit=80&types[]=mention&types[]=quote")
        return {each["status"]["id"] for each in found}

    def fail(self, path: str, status: int) -> None:
        """From now on, for everything below this path."""
        fault = {"match": {"path": path}, "effect": {"type": "status", "status": status}, "count": 1000}
        self._ask(US, "POST", "/api/v1/_mock/faults", fault)

    def work_again(self) -> None:
        self._ask(US, "DELETE", "/api/v1/_mock/faults")

    def _ask(self, who: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        status, data = self._asked(who, method, path, body)
        assert status < 300, (method, path, status, data)
        return data

    def _asked(self, who: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> tuple[int, Any]:
        return ask(self._server, method, path, body, {"Authorization": f"Bearer {who}-token"})
