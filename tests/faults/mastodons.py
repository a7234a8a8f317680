"""The Mastodons of the trials: with and without keys, one that keeps posts until their time, and one that says so and publishes at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from app.networks.mastodon.server import facts_of, limits_of
from app.runtime.clock import Clock
from tests.fakes.http_server import Reply, Request
from tests.faults.sorts import Sort
from tests.faults.stored import Acted, Stored
from tests.networks.mastodon.server_of_tests import ANA, OURS, TOKEN, MastodonOfTests, recorded

KEYS_KEPT = timedelta(hours=1)
"""Mastodon forgets an Idempotency-Key so long after it stored the post."""
SOONEST = timedelta(minutes=5)
"""What is due sooner is not kept."""
LATEST_LAG_SECONDS = 40
"""So much later than its time a post that was kept may be published."""
UNUSED_KEPT = timedelta(minutes=2)
FORGOTTEN = 7
"""One upload in so many is thrown away after that long without a post, though it should be kept for a day."""


class Keeping(Enum):
    """What a server does with a post that comes with a time."""

    REFUSES = "has no list of scheduled posts"
    KEEPS = "keeps it"
    HASTY = "has a list, and publishes at once"


class MastodonThatMayForget(MastodonOfTests):
    """Keeps keys for an hour, as Mastodon does (mastodon.md 3.2), or not at all, as other servers do; loses some uploads."""

    def __init__(self, clock: Clock, *, keys: bool, keeping: Keeping) -> None:
        super().__init__(clock)  # type: ignore[arg-type]
        self.keys = keys
        self.keeping = keeping
        self.kept: dict[str, dict[str, Any]] = {}
        """Scheduled posts by id."""
        self._uploaded: dict[str, datetime] = {}

    def listen(self) -> None:
        super().listen()
        self._route("DELETE")("/api/v1/statuses/*", self._delete)
        if self.keeping is not Keeping.REFUSES:
            self._route("GET")("/api/v1/scheduled_statuses", self._list_kept)
            self._route("PUT")("/api/v1/scheduled_statuses/*", self._move_kept)
            self._route("DELETE")("/api/v1/scheduled_statuses/*", self._let_go_of_kept)

    def ours_newest_first(self) -> list[dict[str, Any]]:
        """Ids rise with time here."""
        return [status for status in reversed(self.statuses.values()) if "typed" in status]

    def publish_kept(self) -> None:
        """What was kept and whose time has come."""
        now = self.clock.now()
        due = [number for number, kept in self.kept.items() if _moment(kept["scheduled_at"]) + _lag(number) <= now]
        for number in due:
            self._store(self.kept.pop(number)["body"])

    def _guarded(self, request: Request, answer: Any) -> Reply:
        self.publish_kept()
        return super()._guarded(request, answer)

    def _post(self, request: Request) -> Reply:
        body = request.json
        if any(self._is_lost(each) for each in body.get("media_ids", ())):
            return Reply(422, {"error": "Validation failed: Media attachments could not be found"})
        if "scheduled_at" in body and self.keeping is Keeping.KEEPS:
            return self._keep(body)
        key = request.headers.get("idempotency-key", "")
        known = self._keys.get(key)
        if known and (not self.keys or known not in self.statuses or self._is_old(known)):
            del self._keys[key]
        return super()._post(request)

    def _is_old(self, identity: str) -> bool:
        return self.clock.now() - _moment(self.statuses[identity]["created_at"]) > KEYS_KEPT

    def _own(self, request: Request) -> Reply:
        return Reply(200, self._paged(self.ours_newest_first(), request))

    def _paged(self, found: list[dict[str, Any]], request: Request, *, forward: bool = True) -> list[dict[str, Any]]:
        """What the id of a page's end belonged to may be deleted meanwhile."""
        below = request.first("max_id")
        if below and all(item["id"] != below for item in found):
            found = [item for item in found if int(item["id"]) < int(below)]
        return super()._paged(found, request, forward=forward)

    def _store(self, body: dict[str, Any]) -> str:
        identity = super()._store(body)
        if quoted := body.get("quoted_status_id"):
            self.statuses[identity]["quote"] = {"state": "accepted", "quoted_status": self.statuses[quoted]}
        return identity

    def _delete(self, request: Request) -> Reply:
        gone = self.statuses.pop(request.path.rpartition("/")[2], None)
        return Reply(200, gone) if gone else Reply(404, {"error": "Record not found"})

    # --- uploads

    def _upload(self, request: Request) -> Reply:
        reply = super()._upload(request)
        self._uploaded[reply.data["id"]] = self.clock.now()
        return reply

    def _media(self, request: Request) -> Reply:
        return self._absent(request) if self._is_lost(request.path.rpartition("/")[2]) else super()._media(request)

    def _is_lost(self, identity: str) -> bool:
        return int(identity) % FORGOTTEN == 0 and self.clock.now() - self._uploaded[identity] > UNUSED_KEPT

    # --- what is kept until its time

    def _keep(self, body: dict[str, Any]) -> Reply:
        if _moment(body["scheduled_at"]) - self.clock.now() < SOONEST:
            return Reply(422, {"error": "Validation failed: Scheduled at The scheduled date must be in the future"})
        number = str(self._count + 1)
        self._count += 1
        self.kept[number] = {
            "id": number,
            "scheduled_at": body["scheduled_at"],
            "params": {"text": body["status"]},
            "media_attachments": [],
            "body": body,
        }
        return Reply(200, _shown(self.kept[number]))

    def _list_kept(self, request: Request) -> Reply:
        newest_first = [_shown(kept) for kept in reversed(self.kept.values())]
        return Reply(200, self._paged(newest_first, request))

    def _move_kept(self, request: Request) -> Reply:
        kept = self.kept.get(request.path.rpartition("/")[2])
        if kept is None:
            return self._absent(request)
        kept["scheduled_at"] = request.json["scheduled_at"]
        return Reply(200, _shown(kept))

    def _let_go_of_kept(self, request: Request) -> Reply:
        gone = self.kept.pop(request.path.rpartition("/")[2], None)
        return Reply(200, {}) if gone else self._absent(request)


def _shown(kept: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kept.items() if name != "body"}


def _lag(number: str) -> timedelta:
    """The same for the same post."""
    return timedelta(seconds=int(number) * 17 % LATEST_LAG_SECONDS)


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


class ServedMastodon:
    """A Mastodon that honours Idempotency-Key or does not, with its way of keeping posts."""

    network = "mastodon"
    handle = "@aurora"
    greeting = "@ana@musica.example "

    def __init__(self, clock: Clock, name: str, *, keys: bool = True, keeping: Keeping = Keeping.REFUSES) -> None:
        self.name = name
        self.server = MastodonThatMayForget(clock, keys=keys, keeping=keeping)
        self.remote_id = str(recorded(OURS)["id"])
        self.facts = facts_of(recorded("instance_v2"), "mastodon", "", self.remote_id)
        self.limits = limits_of(recorded("instance_v2"), self.facts)
        planned = keeping is not Keeping.REFUSES
        self.offers = frozenset({Sort.PLANNED, Sort.MOVED, Sort.CANCELLED} if planned else set(Sort) - {Sort.PLANNED})

    async def start(self) -> int:
        await self.server.start()
        return self.server.http.port

    async def stop(self) -> None:
        await self.server.stop()

    def sign_in(self) -> Mapping[str, str]:
        return {"access_token": TOKEN, "client_id": "c", "client_secret": "s"}

    def customer_writes(self, text: str) -> str:
        return self.server.say(ANA, f"<p>{text}</p>")

    def customer_writes_privately(self, text: str) -> str:
        return self.server.say(ANA, f"<p>{text}</p>", visibility="direct")

    def stored(self) -> list[Stored]:
        self.server.publish_kept()
        return [_stored(status) for status in reversed(self.server.ours_newest_first())]

    def acted(self) -> list[Acted]:
        fields = (("like", "favourited"), ("boost", "reblogged"))
        return [
            Acted(kind, identity)
            for identity, status in self.server.statuses.items()
            for kind, field in fields
            if status.get(field)
        ]


def _stored(status: dict[str, Any]) -> Stored:
    poll, quote = status.get("poll"), status.get("quote")
    return Stored(
        status["id"],
        status["typed"],
        status["in_reply_to_id"] or "",
        len(status["media_attachments"]),
        tuple(option["title"] for option in poll["options"]) if poll else None,
        quote["quoted_status"]["id"] if quote else "",
        status["visibility"] == "direct",
    )
