"""The servers behind the proxies: one account each, what signs it in, and what it has stored, whichever network it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from app.networks import bluesky, x
from app.networks.mastodon.server import facts_of, limits_of
from app.networks.network import Facts, Limits
from app.runtime.clock import Clock
from tests.fakes.http_server import Reply, Request
from tests.networks.bluesky import pds
from tests.networks.mastodon.server_of_tests import ANA, OURS, TOKEN, MastodonOfTests, recorded
from tests.networks.x import server as x_server

KEYS_KEPT = timedelta(hours=1)
"""Mastodon forgets an Idempotency-Key so long after it stored the post."""
TOKENS_LIVE = timedelta(minutes=10)
"""Of networks whose tokens are renewed: short, so that renewals meet the faults as well."""


@dataclass(frozen=True)
class Stored:
    """A post of ours as a server has it."""

    id: str
    text: str
    reply_to: str


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

    async def start(self) -> int:
        """Answers the port."""

    async def stop(self) -> None: ...

    def sign_in(self) -> Mapping[str, str]:
        """Secrets that are good from now on."""

    def customer_writes(self, text: str) -> str:
        """Answers the remote id."""

    def stored(self) -> list[Stored]:
        """All that we have published, oldest first."""


class MastodonThatMayForget(MastodonOfTests):
    """Keeps keys for an hour, as Mastodon does (mastodon.md 3.2), or not at all, as other servers do."""

    def __init__(self, clock: Clock, *, keys: bool) -> None:
        super().__init__(clock)  # type: ignore[arg-type]
        self.keys = keys

    def _post(self, request: Request) -> Reply:
        key = request.headers.get("idempotency-key", "")
        known = self._keys.get(key)
        if known and (not self.keys or self._is_old(known)):
            del self._keys[key]
        return super()._post(request)

    def _is_old(self, identity: str) -> bool:
        written = self.clock.now().fromisoformat(self.statuses[identity]["created_at"])
        return self.clock.now() - written > KEYS_KEPT

    def _own(self, request: Request) -> Reply:
        ours = self.ours_newest_first()
        return Reply(200, self._paged(ours, request))

    def ours_newest_first(self) -> list[dict[str, Any]]:
        """Ids rise with time here."""
        return [status for status in reversed(self.statuses.values()) if "typed" in status]


class ServedMastodon:
    """A Mastodon that honours Idempotency-Key, or one that does not."""

    network = "mastodon"
    handle = "@aurora"
    greeting = "@ana@musica.example "

    def __init__(self, clock: Clock, *, keys: bool) -> None:
        self.name = "mastodon" if keys else "mastodon without keys"
        self.server = MastodonThatMayForget(clock, keys=keys)
        self.remote_id = str(recorded(OURS)["id"])
        self.facts = facts_of(recorded("instance_v2"), "mastodon", "", self.remote_id)
        self.limits = limits_of(recorded("instance_v2"), self.facts)

    async def start(self) -> int:
        await self.server.start()
        return self.server.http.port

    async def stop(self) -> None:
        await self.server.stop()

    def sign_in(self) -> Mapping[str, str]:
        return {"access_token": TOKEN, "client_id": "c", "client_secret": "s"}

    def customer_writes(self, text: str) -> str:
        return self.server.say(ANA, f"<p>{text}</p>")

    def stored(self) -> list[Stored]:
        ours = reversed(self.server.ours_newest_first())
        return [Stored(status["id"], status["typed"], status["in_reply_to_id"] or "") for status in ours]


class ServedBluesky:
    """A personal data server whose tokens are renewed every few minutes."""

    name = network = "bluesky"
    remote_id = pds.OURS
    handle = "@aurora.test"
    greeting = ""
    facts = Facts("pds", "0.4.999", {"account_id": pds.OURS})
    limits = bluesky.CARD.limits

    def __init__(self, clock: Clock) -> None:
        self.server = pds.PdsOfTests(clock)
        self.server.life = TOKENS_LIVE

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

    def stored(self) -> list[Stored]:
        found = []
        for post in self.server.posts():
            parent = post["value"].get("reply", {}).get("parent")
            found.append(
                Stored(
                    f"{post['uri']}#{post['cid']}",
                    post["value"]["text"],
                    f"{parent['uri']}#{parent['cid']}" if parent else "",
                )
            )
        return found


class ServedX:
    """X as its documentation describes it: no keys, refuses the same words twice, a refresh token works once."""

    name = network = "x"
    remote_id = x_server.ME
    handle = f"@{x_server.USERNAME}"
    greeting = ""
    facts = Facts("x", "", {"account_id": x_server.ME, "username": x_server.USERNAME})
    limits = x.CARD.limits

    def __init__(self, clock: Clock) -> None:
        self.server = x_server.XOfTests(clock)
        self.server.expires_in = int(TOKENS_LIVE.total_seconds())
        self._signed_in = 0

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

    def stored(self) -> list[Stored]:
        found = []
        for post in self.server.ours:
            above = [each["id"] for each in post["referenced"] if each["type"] == "replied_to"]
            found.append(Stored(post["id"], post["sent"], above[0] if above else ""))
        return found


KINDS: dict[str, Callable[[Clock], Served]] = {
    "mastodon": lambda clock: ServedMastodon(clock, keys=True),
    "mastodon without keys": lambda clock: ServedMastodon(clock, keys=False),
    "bluesky": ServedBluesky,
    "x": ServedX,
}
"""Every kind of server that the trials know."""
