"""The servers behind the proxies: one account each, what signs it in, and what it has stored, whichever network it is."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Protocol

from app.networks import bluesky, x
from app.networks.network import Facts, Limits
from app.runtime.clock import Clock
from tests.fakes.http_server import Reply
from tests.faults.mastodons import Keeping, ServedMastodon
from tests.faults.sorts import Sort
from tests.faults.stored import Acted, Stored
from tests.networks.bluesky import pds
from tests.networks.x import server as x_server

TOKENS_LIVE = timedelta(minutes=10)
"""Of networks whose tokens are renewed: short, so that renewals meet the faults as well."""
FORGOTTEN, FORGOTTEN_AFTER = 7, 20
"""X loses one upload in so many, after so many things that came later."""


class Served(Protocol):
    """A server with one account of ours. `name` says what is special about it."""

    name: str
    network: str
    server: Any
    """What answers."""
    remote_id: str
    handle: str
    facts: Facts
    limits: Limits
    greeting: str
    """What begins a reply on this network."""
    offers: frozenset[Sort]
    """What may be owed to it."""

    async def start(self) -> int:
        """Answers the port."""

    async def stop(self) -> None: ...

    def sign_in(self) -> Mapping[str, str]:
        """Secrets that are good from now on."""

    def customer_writes(self, text: str) -> str:
        """Answers the remote id."""

    def customer_writes_privately(self, text: str) -> str:
        """In a conversation of its own; answers the remote id."""

    def stored(self) -> list[Stored]:
        """All that we have published or said privately."""

    def acted(self) -> list[Acted]:
        """Our likes and boosts."""


class ServedBluesky:
    """A personal data server whose tokens are renewed every few minutes."""

    name = network = "bluesky"
    remote_id = pds.OURS
    handle = "@aurora.test"
    greeting = ""
    facts = Facts("pds", "0.4.999", {"account_id": pds.OURS})
    limits = bluesky.CARD.limits
    offers = frozenset(Sort) - {Sort.PLANNED, Sort.POLL}

    def __init__(self, clock: Clock) -> None:
        self.server = pds.PdsOfTests(clock)
        self.server.life = TOKENS_LIVE
        self._asked = 0

    async def start(self) -> int:
        await self.server.start()
        return self.server.http.port

    async def stop(self) -> None:
        await self.server.stop()

    def sign_in(self) -> Mapping[str, str]:
        session = self.server.session()
        return {
            "app_password": pds.APP_PASSWORD,
            "access_token": session["accessJwt"],
            "refresh_token": session["refreshJwt"],
        }

    def customer_writes(self, text: str) -> str:
        return self.server.say(pds.ANA, text)

    def customer_writes_privately(self, text: str) -> str:
        self._asked += 1
        return self.server.chat(pds.ANA, text, f"convo{self._asked}")

    def stored(self) -> list[Stored]:
        public = [self._stored(post) for post in self.server.posts()]
        private = [
            Stored(f"chat:{name}#{message['id']}", message["text"], f"chat:{name}#", private=True)
            for name, messages in self.server.chats.items()
            for message in messages
            if message["sender"]["did"] == pds.OURS
        ]
        return public + private

    def _stored(self, post: dict[str, Any]) -> Stored:
        value = post["value"]
        parent, embed = value.get("reply", {}).get("parent"), value.get("embed", {})
        return Stored(
            f"{post['uri']}#{post['cid']}",
            value["text"],
            _named(parent) if parent else "",
            len(embed.get("images", ())),
            quote=_named(embed["record"]) if "record" in embed else "",
        )

    def acted(self) -> list[Acted]:
        return [
            Acted({"like": "like", "repost": "boost"}[kind], _named(record["value"]["subject"]))
            for name, record in self.server.records.get(pds.OURS, {}).items()
            for kind in [name.partition("/")[0].rpartition(".")[2]]
            if kind in ("like", "repost")
        ]


class ServedX:
    """X as its documentation describes it: no keys, refuses the same words twice, a refresh token works once."""

    name = network = "x"
    remote_id = x_server.ME
    handle = f"@{x_server.USERNAME}"
    greeting = ""
    facts = Facts("x", "", {"account_id": x_server.ME, "username": x_server.USERNAME})
    limits = x.CARD.limits
    offers = frozenset(Sort) - {Sort.PLANNED, Sort.SAID_BEFORE, Sort.QUOTE, Sort.LIKE}
    """It refuses the same words twice, and quotes and likes by programs."""

    def __init__(self, clock: Clock) -> None:
        self.server = XThatMayForget(clock)
        self.server.expires_in = int(TOKENS_LIVE.total_seconds())
        self._signed_in = self._asked = 0

    async def start(self) -> int:
        await self.server.start()
        return self.server.http.port

    async def stop(self) -> None:
        await self.server.stop()

    def sign_in(self) -> Mapping[str, str]:
        self._signed_in += 1
        access, refresh = f"made-up-sign-in-{self._signed_in}", f"made-up-renewal-{self._signed_in}"
        self.server.access, self.server.refresh = {access}, {refresh}
        return {"client_id": x_server.CLIENT_ID, "access_token": access, "refresh_token": refresh}

    def customer_writes(self, text: str) -> str:
        return self.server.say(x_server.ANA, text)

    def customer_writes_privately(self, text: str) -> str:
        """From somebody who has not written before."""
        self._asked += 1
        event = self.server.write_private(str(5_000_000 + self._asked), text)
        return f"dm.{self.server.private[0]['dm_conversation_id']}.{event}"

    def stored(self) -> list[Stored]:
        private = [
            Stored(
                f"dm.{conversation}.{event['id']}", html.unescape(event["text"]), f"dm.{conversation}.", private=True
            )
            for event in self.server.private
            for conversation in [event["dm_conversation_id"]]
            if event["sender_id"] == x_server.ME
        ]
        return [self._stored(post) for post in self.server.ours] + private

    def _stored(self, post: dict[str, Any]) -> Stored:
        above = [each["id"] for each in post["referenced"] if each["type"] == "replied_to"]
        attached = post.get("attachments", {})
        return Stored(
            post["id"],
            post["sent"],
            above[0] if above else "",
            len(attached.get("media_keys", ())),
            () if "poll_ids" in attached else None,
        )

    def acted(self) -> list[Acted]:
        return [Acted("boost", identity) for identity in self.server.reposts]


class XThatMayForget(x_server.XOfTests):
    """Loses some uploads long before their day is over."""

    def _stored(self, body: dict[str, Any]) -> Reply:
        for each in body.get("media", {}).get("media_ids", ()):
            if self._count - self.media[each]["number"] > FORGOTTEN_AFTER and int(each) % FORGOTTEN == 0:
                return Reply(400, {"title": "Invalid Request", "detail": "Your media IDs are invalid."})
        return super()._stored(body)

    def _media_reply(self, media: dict[str, Any], identity: str = "") -> Reply:
        media["number"] = self._count
        return super()._media_reply(media, identity)


def _named(ref: dict[str, str]) -> str:
    return f"{ref['uri']}#{ref['cid']}"


KINDS: dict[str, Callable[[Clock], Served]] = {
    "mastodon": lambda clock: ServedMastodon(clock, "mastodon"),
    "mastodon without keys": lambda clock: ServedMastodon(clock, "mastodon without keys", keys=False),
    "bluesky": ServedBluesky,
    "x": ServedX,
}
"""Every kind of server that is asked to publish at once."""
KEEPERS: dict[str, Callable[[Clock], Served]] = {
    "mastodon that keeps": lambda clock: ServedMastodon(clock, "mastodon that keeps", keeping=Keeping.KEEPS),
    "hasty mastodon": lambda clock: ServedMastodon(clock, "hasty mastodon", keeping=Keeping.HASTY),
}
"""Those that are asked to keep posts until their time."""
