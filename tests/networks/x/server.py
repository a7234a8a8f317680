"""A small X for tests, built from what X publishes: posts, own timeline, mentions, media, private messages, both ways to sign in.

It bills as X's price list says (`charged`), refuses what X refuses (duplicates, answers to who did not call us, a second use of a refresh
token), and fails on request. Its clock may be the real one.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

from app.language.entities import find
from app.networks.x import oauth1
from tests.fakes.http_server import Cut, Reply, Request
from tests.fakes.network_server import Server, Timed, dated
from tests.networks.x.serving import (
    FIELD_NAMES,
    ME,
    NEW_FIELDS,
    USUAL,
    ActsServing,
    MediaServing,
    PrivateServing,
    names,
    recorded,
    written,
)

__all__ = ["ME", "recorded"]
USERNAME = "discosaurora"
ANA, BETO = "301", "302"
CLIENT_ID = "made-up-client"
KEYS = {
    "api_key": "made-up-api-key",
    "api_key_secret": "made-up-api-secret",
    "access_token": "2244994945-made-up",
    "access_token_secret": "made-up-token-secret",
}
LOST = Reply(cut=Cut.UNANSWERED)
EPOCH_MS = 1_288_834_974_657
DUPLICATE_HOURS = 24


class XOfTests(Server, MediaServing, PrivateServing, ActsServing):
    """`await start()`, then change its public attributes to make it fail."""

    def __init__(self, clock: Timed, spelling: str = "new") -> None:
        """`spelling`: which names of fields it takes and gives, `new` or `old`."""
        super().__init__()
        self.clock = clock
        self.spelling = spelling
        self.posts: dict[str, dict[str, Any]] = {}
        self.gone: set[str] = set()
        self.reposts: set[str] = set()
        self.private: list[dict[str, Any]] = []
        self.media: dict[str, dict[str, Any]] = {}
        self.media_states: list[str] = []
        """States of the next processing answers, then it has succeeded."""
        self.piece_limit = 4_000_000
        self.skew = timedelta(0)
        self.token_ok = True
        self.access = {"made-up-access"}
        self.refresh = {"made-up-refresh"}
        self.refreshes: list[str] = []
        self.expires_in = 7200
        self.revoked: list[str] = []
        self.limited: Reply | None = None
        self.headers: dict[str, str] = {}
        """Further headers of every answer."""
        self.credit = True
        self.subscription: str | None = None
        self.faults: list[tuple[bool, Reply]] = []
        """For the next posts: whether the post is stored, and what is answered instead of it."""
        self.charged: Counter[str] = Counter()
        """Units by item of the price list, as X's page says they are billed."""
        self.summons_needed = True
        self.tells_private = True
        """False: what only a post's author may know is refused."""
        self._count = 0
        self._links: dict[str, str] = {}
        self._billed: set[tuple[str, str, str]] = set()

    def listen(self) -> None:
        for method, path, answer in (
            ("GET", "/2/users/me", self._profile),
            ("GET", "/2/users/*", self._lists),
            ("GET", "/2/tweets", self._by_ids),
            ("GET", "/2/tweets/search/recent", self._search),
            ("POST", "/2/tweets", self._create),
            ("DELETE", "/2/tweets/*", self._delete),
            ("POST", "/2/users/*", self._repost),
            ("DELETE", "/2/users/*", self._take_back),
            ("POST", "/2/media/upload", self._upload),
            ("POST", "/2/media/upload/*", self._upload_step),
            ("GET", "/2/media/upload", self._upload_status),
            ("POST", "/2/media/metadata", self._describe),
            ("GET", "/2/dm_events", self._private_events),
            ("GET", "/2/dm_conversations/*", self._private_conversation),
            ("POST", "/2/dm_conversations/*", self._send_private),
        ):
            self._route(method, path, answer)
        self.http.on("POST", "/2/oauth2/token", self._token)
        self.http.on("POST", "/2/oauth2/revoke", self._revoke)

    # --- what tests do

    def say(
        self,
        author: str,
        text: str,
        *,
        reply_to: str = "",
        quote: str = "",
        at: datetime | None = None,
        named: bool = True,
    ) -> str:
        """Somebody publishes a post; `named`: with our name in it, as a mention has it."""
        above = self.posts.get(reply_to)
        if named and author != ME and not reply_to and not quote and f"@{USERNAME}" not in text:
            text = f"@{USERNAME} {text}"
        post = self._new(author, text, reply_to if above else "", quote, at, ())
        return str(post["id"])

    def write_private(self, sender: str, text: str, *, to: str = ME, at: datetime | None = None) -> str:
        """A private message between somebody and us."""
        first, second = sorted((sender, to), key=int)
        event = {
            "id": self._id(at),
            "event_type": "MessageCreate",
            "text": html.escape(text, quote=False),
            "sender_id": sender,
            "dm_conversation_id": f"{first}-{second}",
            "created_at": written(at or self._now()),
        }
        self.private.insert(0, event)
        return str(event["id"])

    @property
    def ours(self) -> list[dict[str, Any]]:
        """Our posts, oldest first."""
        return [post for post in self.posts.values() if post["author_id"] == ME and post["id"] not in self.gone]

    def remove(self, post_id: str) -> None:
        self.gone.add(post_id)

    # --- who asks

    def _route(self, method: str, path: str, answer: Callable[[Request], Reply]) -> None:
        self.http.on(method, path, lambda request: self._guarded(request, answer))

    def _guarded(self, request: Request, answer: Callable[[Request], Reply]) -> Reply:
        reply = self._checked(request, answer)
        return dated(reply, self._now(), **self.headers)

    def _checked(self, request: Request, answer: Callable[[Request], Reply]) -> Reply:
        if not self.token_ok or not self._authorized(request):
            return Reply(401, recorded("unauthorized"))
        if self.limited is not None:
            return self.limited
        if not self.credit:
            return Reply(402, recorded("credits_depleted"))
        return answer(request)

    def _authorized(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        if given.startswith("Bearer "):
            return given.removeprefix("Bearer ") in self.access
        parts = {name: unquote(value) for name, value in re.findall(r'(\w+)="([^"]*)"', given)}
        signed = parts.pop("oauth_signature", "")
        if parts.get("oauth_consumer_key") != KEYS["api_key"] or parts.get("oauth_token") != KEYS["access_token"]:
            return False
        base = oauth1.base_text(request.method, self.url + request.path, [*request.query, *parts.items()])
        return signed == oauth1.signature(base, KEYS["api_key_secret"], KEYS["access_token_secret"])

    def _token(self, request: Request) -> Reply:
        """A refresh token works once."""
        form = request.form
        if form.get("client_id") != CLIENT_ID:
            return Reply(400, recorded("token_refused"))
        if form["grant_type"] == "refresh_token":
            self.refreshes.append(form["refresh_token"])
            if form["refresh_token"] not in self.refresh:
                return Reply(400, recorded("token_refused"))
            self.refresh.discard(form["refresh_token"])
        elif form.get("code") != "made-up-code":
            return Reply(400, recorded("token_refused"))
        self._count += 1
        access, refresh = f"made-up-access-{self._count}", f"made-up-refresh-{self._count}"
        self.access, self.refresh = {access}, {refresh}
        return Reply(
            200, {**recorded("token"), "access_token": access, "refresh_token": refresh, "expires_in": self.expires_in}
        )

    def _revoke(self, request: Request) -> Reply:
        self.revoked.append(request.form["token"])
        self.access.discard(request.form["token"])
        self.refresh.discard(request.form["token"])
        return Reply(200, {"revoked": True})

    # --- reading

    def _profile(self, _: Request) -> Reply:
        data = recorded("me")
        if self.spelling == "old":
            data["data"]["public_metrics"]["tweet_count"] = data["data"]["public_metrics"].pop("post_count")
        if self.subscription is not None:
            data["data"]["subscription_type"] = self.subscription
        self._bill("person_read", [ME])
        return Reply(200, data)

    def _lists(self, request: Request) -> Reply:
        match = re.fullmatch(r"/2/users/(\d+)/(tweets|mentions)", request.path)
        if match is None or match[1] != ME:
            return Reply(404, recorded("not_found"))
        if refused := self._invalid(request, {*USUAL, "exclude"}, 5):
            return refused
        mine = match[2] == "tweets"
        rows = [
            post for post in self.posts.values() if post["id"] not in self.gone and (post["author_id"] == ME) == mine
        ]
        if not mine:
            rows = [post for post in rows if USERNAME in names(post) or self._quotes_us(post)]
        reply = self._page(request, rows)
        included = reply.data.get("includes", {})
        self.charged["own_read"] += len(reply.data.get("data", ())) + sum(
            len(each) for name, each in included.items() if name != "media"
        )
        return reply

    def _quotes_us(self, post: dict[str, Any]) -> bool:
        quoted = [self.posts.get(each["id"]) for each in post.get("referenced", ()) if each["type"] == "quoted"]
        return any(each is not None and each["author_id"] == ME for each in quoted)

    def _search(self, request: Request) -> Reply:
        if refused := self._invalid(request, {*USUAL, "query", "sort_order", "next_token"}, 10):
            return refused
        words = request.first("query").partition(" -is:")[0].lower()
        rows = [post for post in self.posts.values() if words in post["text"].lower() and post["id"] not in self.gone]
        reply = self._page(request, rows)
        self._bill("post_read", [each["id"] for each in reply.data.get("data", ())])
        self._bill("person_read", [each["id"] for each in reply.data.get("includes", {}).get("users", ())])
        return reply

    def _by_ids(self, request: Request) -> Reply:
        ids = request.first("ids").split(",")
        there = [self._shown(self.posts[each], request) for each in ids if each in self.posts and each not in self.gone]
        missing = [each for each in ids if each not in self.posts or each in self.gone]
        self._bill("post_read", [each["id"] for each in there])
        data: dict[str, Any] = {"data": there} if there else {}
        if missing:
            data["errors"] = [
                {**recorded("not_found")["errors"][0], "value": each, "resource_id": each} for each in missing
            ]
        return Reply(200, data)

    def _invalid(self, request: Request, known: set[str], least: int) -> Reply | None:
        request_names = {name for name, _ in request.query}
        fields = set(request.first(FIELD_NAMES[self.spelling]).split(",")) - {""}
        unknown = fields - NEW_FIELDS if self.spelling == "new" else set()
        if not self.tells_private:
            unknown |= fields & {"non_public_metrics"}
        if unknown or request_names - known - {FIELD_NAMES[self.spelling]}:
            return Reply(400, recorded("invalid_field"))
        size = request.first("max_results")
        if not size.isdigit() or not least <= int(size) <= 100:
            return Reply(
                400,
                {
                    "title": "Invalid Request",
                    "detail": "max_results",
                    "type": "https://api.x.com/2/problems/invalid-request",
                },
            )
        return None

    def _page(self, request: Request, rows: list[dict[str, Any]]) -> Reply:
        """Newest first; the token of the next page is the id below which it begins."""
        below = int(request.first("pagination_token") or request.first("until_id") or 10**19)
        above = int(request.first("since_id") or 0)
        since = request.first("start_time")
        rows = [
            post
            for post in rows
            if above < int(post["id"]) < below and (not since or post["created_at"] >= since.replace("Z", ".000Z"))
        ]
        rows.sort(key=lambda post: int(post["id"]), reverse=True)
        size = int(request.first("max_results"))
        page, more = rows[:size], len(rows) > size
        if not page:
            return Reply(200, {"meta": {"result_count": 0}})
        data: dict[str, Any] = {
            "data": [self._shown(post, request) for post in page],
            "meta": {"result_count": len(page), "newest_id": page[0]["id"], "oldest_id": page[-1]["id"]},
        }
        if more:
            data["meta"]["next_token"] = page[-1]["id"]
        if included := self._included(request, page):
            data["includes"] = included
        return Reply(200, data)

    def _included(self, request: Request, page: list[dict[str, Any]]) -> dict[str, Any]:
        expansions = request.first("expansions")
        included: dict[str, Any] = {}
        ids = {post["author_id"] for post in page if "author_id" in expansions}
        if "in_reply_to_user_id" in expansions:
            ids |= {post["in_reply_to_user_id"] for post in page if "in_reply_to_user_id" in post}
        if ids:
            included["users"] = [user for user in (*recorded("users"), recorded("me")["data"]) if user["id"] in ids]
        if "referenced" in expansions:
            ids = {each["id"] for post in page for each in post["referenced"]}
            found = [
                self._shown(self.posts[each], request)
                for each in sorted(ids)
                if each in self.posts and each not in self.gone
            ]
            if found:
                included["posts" if self.spelling == "new" else "tweets"] = found
        keys = [key for post in page for key in post.get("attachments", {}).get("media_keys", ())]
        if "media_keys" in expansions and keys:
            included["media"] = [
                {"media_key": key, "type": "photo", "url": f"https://pbs.twimg.com/{key}.jpg", "alt_text": "Portada"}
                for key in keys
            ]
        return included

    def _shown(self, post: dict[str, Any], request: Request) -> dict[str, Any]:
        """In the new spelling, author and references are no fields any more: they come with their expansions."""
        new = self.spelling == "new"
        asked = {*request.first("expansions").split(","), *request.first(FIELD_NAMES[self.spelling]).split(",")}
        hidden = {"sent", "referenced", *({"author_id", "in_reply_to_user_id"} - asked)}
        shown = deepcopy({name: value for name, value in post.items() if name not in hidden})
        shown["edit_history_post_ids" if new else "edit_history_tweet_ids"] = [post["id"]]
        name = "referenced_posts" if new else "referenced_tweets"
        if post["referenced"] and name in asked:
            shown[name] = post["referenced"]
        counts = {"like_count": 3, "reply_count": 1, "quote_count": 0, "bookmark_count": 0, "impression_count": 40}
        shown["public_metrics"] = {**counts, "repost_count" if new else "retweet_count": 2}
        if "non_public_metrics" in asked and self._is_young(post):
            shown["non_public_metrics"] = {"user_profile_clicks": 4, "engagements": 9, "url_link_clicks": 2}
        return shown

    def _is_young(self, post: dict[str, Any]) -> bool:
        return datetime.fromisoformat(post["created_at"]) > self._now() - timedelta(days=30)

    # --- posting

    def _create(self, request: Request) -> Reply:
        stored, fault = self.faults.pop(0) if self.faults else (True, None)
        if fault is not None and not stored:
            return fault
        reply = self._stored(request.json)
        return fault if fault is not None and reply.status == 201 else reply

    def _stored(self, body: dict[str, Any]) -> Reply:
        text, media = body.get("text", ""), body.get("media", {}).get("media_ids", [])
        reply_to = body.get("reply", {}).get("in_reply_to_tweet_id", "")
        if (not text and not media) or (body.get("poll") and media):
            return Reply(
                400, {"title": "Invalid Request", "detail": "One or more parameters to your request was invalid."}
            )
        if any(each not in self.media for each in media):
            return Reply(400, {"title": "Invalid Request", "detail": "Your media IDs are invalid."})
        if "quote_tweet_id" in body:
            return Reply(403, recorded("not_permitted"))
        if len(re.findall(r"\$[A-Za-z]{1,6}\b", text)) > 1:
            return Reply(403, recorded("cashtags"))
        if text and self._is_duplicate(text, reply_to):
            return Reply(403, recorded("duplicate"))
        if reply_to:
            above = self.posts.get(reply_to)
            if above is None or reply_to in self.gone:
                return Reply(404, recorded("not_found"))
            if (
                self.summons_needed
                and above["author_id"] != ME
                and USERNAME not in names(above)
                and not self._quotes_us(above)
            ):
                return Reply(403, recorded("not_summoned"))
        post = self._new(ME, text, reply_to, "", None, media)
        if body.get("poll"):
            post.setdefault("attachments", {})["poll_ids"] = [self._id(None)]
        self.charged[
            "post_with_link" if find(text, "x").links else "reply" if reply_to and above["author_id"] != ME else "post"
        ] += 1
        shown = {"id": post["id"], "text": post["text"]}
        return Reply(201, {"data": {**shown, "edit_history_post_ids": [post["id"]]}})

    def _is_duplicate(self, text: str, reply_to: str) -> bool:
        since = written(self._now() - timedelta(hours=DUPLICATE_HOURS))
        return any(
            post["sent"] == text
            and post["created_at"] >= since
            and (not reply_to or any(each["id"] == reply_to for each in post["referenced"]))
            for post in self.ours
        )

    def _new(
        self, author: str, text: str, reply_to: str, quote: str, at: datetime | None, media: list[str] | tuple[str, ...]
    ) -> dict[str, Any]:
        identity = self._id(at)
        above = self.posts.get(reply_to)
        front = ""
        if above is not None and above["author_id"] != author:
            front = f"@{self._username(above['author_id'])} "
            if text.startswith(front):
                front = ""
        shown, urls = self._shortened(front + html.escape(text, quote=False))
        if media:
            link = f"https://t.co/m{identity[-6:]}"
            shown = f"{shown} {link}".strip()
            urls.append(
                {
                    "url": link,
                    "expanded_url": f"https://x.com/{USERNAME}/status/{identity}/photo/1",
                    "media_key": f"3_{media[0]}",
                }
            )
        mentions = [
            {"start": match.start(), "end": match.end(), "username": match[1]}
            for match in re.finditer(r"@(\w+)", shown)
        ]
        references = [{"type": "replied_to", "id": reply_to}] if above is not None else []
        references += [{"type": "quoted", "id": quote}] if quote else []
        post: dict[str, Any] = {
            "id": identity,
            "created_at": written(at or self._now()),
            "author_id": author,
            "text": shown,
            "sent": text,
            "lang": "es",
            "conversation_id": above["conversation_id"] if above is not None else identity,
            "entities": {"mentions": mentions, "urls": urls},
            "referenced": references,
            "display_text_range": [len(front), len(shown)],
        }
        if above is not None:
            post["in_reply_to_user_id"] = above["author_id"]
        if media:
            post["attachments"] = {"media_keys": [f"3_{each}" for each in media]}
        self.posts[identity] = post
        return post

    def _shortened(self, text: str) -> tuple[str, list[dict[str, Any]]]:
        """Every link becomes one of X's own, the whole one stands beside it."""
        urls: list[dict[str, Any]] = []
        for link in reversed(find(text, "x").links):
            short = self._links.setdefault(link.value, f"https://t.co/{len(self._links):010d}")
            whole = link.value if "://" in link.value else f"http://{link.value}"
            text = f"{text[: link.start]}{short}{text[link.end :]}"
            urls.insert(0, {"url": short, "expanded_url": html.unescape(whole), "display_url": link.value})
        return text, urls

    def _delete(self, request: Request) -> Reply:
        identity = request.path.rpartition("/")[2]
        post = self.posts.get(identity)
        if post is None or identity in self.gone:
            return Reply(404, recorded("not_found"))
        if post["author_id"] != ME:
            return Reply(403, recorded("not_permitted"))
        self.gone.add(identity)
        self.charged["take_back"] += 1
        return Reply(200, {"data": {"deleted": True}})

    # --- inside

    def _bill(self, item: str, pieces: list[str]) -> None:
        """A piece is billed once in a day of UTC."""
        day = self._now().strftime("%Y-%m-%d")
        new = {(day, item, each) for each in pieces} - self._billed
        self._billed |= new
        self.charged[item] += len(new)

    def _username(self, identity: str) -> str:
        users = {user["id"]: user["username"] for user in (*recorded("users"), recorded("me")["data"])}
        return str(users.get(identity, f"u{identity}"))

    def _now(self) -> datetime:
        return self.clock.now() + self.skew

    def _id(self, at: datetime | None) -> str:
        """As X makes them: the time, then a number."""
        self._count += 1
        ms = int((at or self._now()).timestamp() * 1000)
        return str(((ms - EPOCH_MS) << 22) + self._count % (1 << 22))
