"""The parts of the X of tests for media, private messages and reposts; server.py puts them together with posts."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.fakes.http_server import Reply, Request

RECORDINGS = Path(__file__).resolve().parents[1] / "recordings" / "x"
ME = "2244994945"
FIELD_NAMES = {"new": "post.fields", "old": "tweet.fields"}
NEW_FIELDS = {
    *("attachments", "conversation_id", "created_at", "display_text_range", "entities", "id", "lang"),
    *("non_public_metrics", "note_post", "public_metrics", "reply_settings", "source", "text"),
}
"""Of OpenAPI 2.167, as far as anybody here asks."""
USUAL = {
    "max_results",
    "since_id",
    "until_id",
    "start_time",
    "end_time",
    "pagination_token",
    "expansions",
    "user.fields",
    "media.fields",
}


def recorded(name: str) -> Any:
    """A recorded answer, fresh each time."""
    return json.loads((RECORDINGS / f"{name}.json").read_text(encoding="utf-8"))


def names(post: dict[str, Any]) -> set[str]:
    return {each["username"].lower() for each in post["entities"]["mentions"]}


def written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


class Serving:
    """What both parts need of the whole server."""

    faults: list[tuple[bool, Reply]]
    charged: dict[str, int]

    def _id(self, at: datetime | None) -> str:
        raise NotImplementedError

    def _bill(self, item: str, pieces: list[str]) -> None:
        raise NotImplementedError


class MediaServing(Serving):
    """Uploads, whole and in pieces."""

    media: dict[str, dict[str, Any]]
    media_states: list[str]
    piece_limit: int

    def _upload(self, request: Request) -> Reply:
        fields = _form(request)
        return self._media_reply(
            {
                "category": fields["media_category"].decode(),
                "data": fields["media"],
                "total": len(fields["media"]),
                "done": True,
            }
        )

    def _media_reply(self, media: dict[str, Any], identity: str = "") -> Reply:
        identity = identity or self._id(None)
        self.media[identity] = media
        data = {**recorded("media")["data"], "id": identity, "media_key": f"3_{identity}"}
        if self.media_states and media["done"]:
            data["processing_info"] = {"state": self.media_states.pop(0), "check_after_secs": 2}
        return Reply(200, {"data": data})

    def _upload_step(self, request: Request) -> Reply:
        if request.path.endswith("/initialize"):
            body = request.json
            if set(body) != {"media_type", "total_bytes", "media_category"}:
                return Reply(400, {"title": "Invalid Request", "detail": "initialize"})
            return self._media_reply(
                {"category": body["media_category"], "data": b"", "total": body["total_bytes"], "done": False}
            )
        identity, verb = request.path.removeprefix("/2/media/upload/").split("/")
        media = self.media[identity]
        if verb == "finalize":
            media["done"] = len(media["data"]) == media["total"]
            return (
                self._media_reply(media, identity)
                if media["done"]
                else Reply(400, {"title": "Invalid Request", "detail": "segments are missing"})
            )
        fields = _form(request)
        if len(fields["media"]) > self.piece_limit:
            return Reply(431, body=b"")
        assert int(fields["segment_index"]) * 1_000_000 >= len(media["data"]) or self.piece_limit < 1_000_000
        media["data"] += fields["media"]
        return Reply(200, {"data": {"expires_at": 1}})

    def _upload_status(self, request: Request) -> Reply:
        identity = request.first("media_id")
        data = {**recorded("media")["data"], "id": identity}
        data["processing_info"] = {
            "state": self.media_states.pop(0) if self.media_states else "succeeded",
            "check_after_secs": 2,
        }
        return Reply(200, {"data": data})

    def _describe(self, request: Request) -> Reply:
        body = request.json
        self.media[body["id"]]["alt"] = body["metadata"]["alt_text"]["text"]
        self.charged["alt_text"] += 1
        return Reply(200, {"data": {"id": body["id"]}})


class ActsServing(Serving):
    """Reposts."""

    reposts: set[str]

    def _repost(self, request: Request) -> Reply:
        identity = request.json["tweet_id"]
        if identity in self.reposts:
            return Reply(400, recorded("already_retweeted"))
        self.reposts.add(identity)
        self.charged["repost"] += 1
        return Reply(200, {"data": {"retweeted": True}})

    def _take_back(self, request: Request) -> Reply:
        self.reposts.discard(request.path.rpartition("/")[2])
        self.charged["take_back"] += 1
        return Reply(200, {"data": {"retweeted": False}})


class PrivateServing(Serving):
    """Private messages."""

    private: list[dict[str, Any]]
    media: dict[str, dict[str, Any]]

    def write_private(self, sender: str, text: str, *, to: str = ME, at: datetime | None = None) -> str:
        raise NotImplementedError

    def _private_events(self, request: Request) -> Reply:
        return self._private_page(request, self.private)

    def _private_conversation(self, request: Request) -> Reply:
        conversation = request.path.split("/")[3]
        return self._private_page(
            request, [event for event in self.private if event["dm_conversation_id"] == conversation]
        )

    def _private_page(self, request: Request, events: list[dict[str, Any]]) -> Reply:
        start, size = int(request.first("pagination_token") or 0), int(request.first("max_results"))
        page = events[start : start + size]
        meta: dict[str, Any] = {"result_count": len(page)}
        if start + size < len(events):
            meta["next_token"] = str(start + size)
        data: dict[str, Any] = {"data": page, "meta": meta} if page else {"meta": meta}
        senders = {event["sender_id"] for event in page}
        if page and request.first("expansions"):
            data["includes"] = {
                "users": [user for user in (*recorded("users"), recorded("me")["data"]) if user["id"] in senders]
            }
        self._bill("private_read", [event["id"] for event in page])
        self._bill("person_read", [each["id"] for each in data.get("includes", {}).get("users", ())])
        return Reply(200, data)

    def _send_private(self, request: Request) -> Reply:
        stored, fault = self.faults.pop(0) if self.faults else (True, None)
        if fault is not None and not stored:
            return fault
        conversation = request.path.split("/")[3]
        other = next(each for each in conversation.split("-") if each != ME)
        body = request.json
        media = [self.media.get(each["media_id"], {}) for each in body.get("attachments", ())]
        fits = len(media) <= 1 and all(each.get("done") and each["category"].startswith("dm_") for each in media)
        if set(body) - {"text", "attachments"} or not (body.get("text") or media) or not fits:
            return Reply(400, {"title": "Invalid Request", "detail": "attachments", "type": "https://api.x.com/2/problems/invalid-request"})
        text = re.sub(r"https://\S+", "https://t.co/madeup", body.get("text", ""))
        identity = self.write_private(ME, " ".join(filter(None, (text, "https://t.co/madeup1" if media else ""))), to=other)
        if media:
            self.private[0]["attachments"] = {"media_keys": [f"3_{each['media_id']}" for each in body["attachments"]]}
        self.charged["private_message"] += 1
        return fault or Reply(201, {"data": {"dm_conversation_id": conversation, "dm_event_id": identity}})


def _form(request: Request) -> dict[str, bytes]:
    """The fields of a multipart body."""
    boundary = request.headers["content-type"].partition("boundary=")[2].encode()
    fields: dict[str, bytes] = {}
    for piece in request.body.split(b"--" + boundary)[1:-1]:
        head, _, content = piece.partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]+)"', head)
        assert name is not None
        fields[name[1].decode()] = content.removesuffix(b"\r\n")
    return fields
