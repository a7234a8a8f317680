"""One signed-in caller of XRPC: carries the account's tokens, renews them when the server says so, and knows what its errors mean.

Errors are JSON, `{"error": "Name", "message": "words"}`; the name decides. An expired token is a 400 `ExpiredToken` (never a 401), so a request
that was answered with it was certainly not carried out and is repeated once with new tokens. New tokens come from `refreshSession`; where that
is refused, the stored app password signs in once more; only when that is refused too is the account signed out.
"""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterable, Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.networks import fields
from app.networks.client import Answer, Client, Pairs, refusal, said
from app.networks.fields import Json
from app.networks.network import SecretKeeper, Secrets
from app.runtime.errors import NetworkTrouble, Offline, Refused, SignedOut, Unsure
from app.runtime.words import Message

ANSWERED = frozenset(range(400, 500)) - {402, 408, 429}
"""Statuses whose error's name is looked at here; the rest mean what they mean everywhere."""
SPENT = frozenset({"ExpiredToken", "InvalidToken", "AuthMissing", "AuthenticationRequired"})
"""What the server says to tokens it takes no longer."""
GONE = frozenset(
    {"AccountTakedown", "AccountDeactivated", "AccountSuspended", "RepoTakendown", "RepoDeactivated", "RepoSuspended"}
)
"""The account itself is closed: no token helps."""
LACKING = frozenset({"ScopeMissing", "InsufficientScope"})
LACKING_WORDS = "token method"
"""What the server says to an app password that may not do this. New tokens would be of the same kind."""
LEEWAY = timedelta(seconds=20)
CHAT = "did:web:api.bsky.chat#bsky_chat"
"""The service that private messages are passed on to."""


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes to send as they are. `size`: how many, for a stream."""

    data: bytes | AsyncIterable[bytes]
    content_type: str
    size: int = 0

    @property
    def headers(self) -> dict[str, str]:
        length = {"Content-Length": str(self.size)} if self.size else {}
        return {"Content-Type": self.content_type, **length}


class Xrpc:
    """Calls to one account's server."""

    def __init__(self, client: Client, keeper: SecretKeeper, did: str) -> None:
        """`did`: who we are."""
        self.client = client
        self.did = did
        self._keeper = keeper
        self._fresh = ""
        """The last token that was given to us here: it counts as good until the server says otherwise, whatever our clock says."""
        self._over = False

    @property
    def may_chat(self) -> bool:
        """Whether the app password was made with access to private messages, as far as its token tells."""
        return claims(self._keeper.secrets.get("access_token", "")).get("scope") != "com.atproto.appPass"

    async def query(self, method: str, params: Pairs = (), *, proxy: str = "", accept: Collection[str] = ()) -> Answer:
        """Read. Errors whose name is in `accept` are answered, not raised."""

        async def ask(headers: Mapping[str, str]) -> Answer:
            return await self.client.get(f"/xrpc/{method}", params, headers=headers, accept=ANSWERED)

        return await self._call(ask, method, proxy, accept)

    async def procedure(
        self,
        method: str,
        body: Mapping[str, object] | None = None,
        *,
        content: Body | None = None,
        proxy: str = "",
        harmless: bool = False,
        accept: Collection[str] = (),
    ) -> Answer:
        """Write once. Raises `Unsure` when it may have been done, unless doing it twice is `harmless`."""

        async def ask(headers: Mapping[str, str]) -> Answer:
            if content is not None:
                headers = {**headers, **content.headers}
                return await self.client.send(
                    "POST", f"/xrpc/{method}", content=content.data, headers=headers, harmless=harmless, accept=ANSWERED
                )
            return await self.client.send(
                "POST", f"/xrpc/{method}", body=body or {}, headers=headers, harmless=harmless, accept=ANSWERED
            )

        return await self._call(ask, method, proxy, accept)

    async def end(self) -> None:
        """Make our tokens worthless; nothing can be called afterwards."""
        self._over = True
        await end_session(self.client, {"refreshJwt": self._keeper.secrets.get("refresh_token", "")})

    async def _call(
        self, ask: Callable[[Mapping[str, str]], Awaitable[Answer]], method: str, proxy: str, accept: Collection[str]
    ) -> Answer:
        if self._over:
            raise SignedOut(technical=f"{method}: after the end")
        named = {"atproto-proxy": proxy} if proxy else {}
        secrets = self._keeper.secrets
        self.client.hide(*secrets.values())
        if self._has_expired(secrets):
            secrets = await self._renewed(secrets)
        answer = await ask({**_bearer(secrets.get("access_token", "")), **named})
        if _is_spent(answer):
            secrets = await self._renewed(secrets)
            answer = await ask({**_bearer(secrets.get("access_token", "")), **named})
        if answer.status < 400 or error_name(answer) in accept:
            return answer
        raise trouble(answer, self.client, method)

    async def _renewed(self, spent: Secrets) -> Secrets:
        secrets = await self._keeper.renew(spent, self._exchange)
        self._fresh = secrets.get("access_token", "")
        self.client.hide(*secrets.values())
        return secrets

    def _has_expired(self, secrets: Secrets) -> bool:
        """By the server's clock, as far as it told it: ours may be wrong."""
        token = secrets.get("access_token", "")
        end = claims(token).get("exp")
        if not isinstance(end, int) or token == self._fresh:
            return False
        try:
            return self.client.clock.now() + self.client.rates.skew >= datetime.fromtimestamp(end, UTC) - LEEWAY
        except (ValueError, OverflowError, OSError):
            return False

    async def _exchange(self, secrets: Secrets) -> Secrets:
        """New tokens for old ones, or for the app password."""
        answer = await self.client.send(
            "POST",
            "/xrpc/com.atproto.server.refreshSession",
            headers=_bearer(secrets.get("refresh_token", "")),
            harmless=True,
            accept=ANSWERED,
        )
        if answer.status < 400:
            return tokens(secrets, fields.mapping(answer.data))
        if error_name(answer) in GONE or not secrets.get("app_password"):
            raise trouble(answer, self.client, "refreshSession", signing_in=True)
        again = await create_session(self.client, self.did, secrets["app_password"])
        if again.status >= 400:
            raise trouble(again, self.client, "createSession", signing_in=True)
        return tokens(secrets, fields.mapping(again.data))


async def create_session(client: Client, identifier: str, password: str) -> Answer:
    """Sign in. At most 30 times in 5 minutes, and 100 to 300 a day."""
    body = {"identifier": identifier, "password": password}
    return await client.send(
        "POST", "/xrpc/com.atproto.server.createSession", body=body, harmless=True, accept=ANSWERED
    )


async def end_session(client: Client, session: Json) -> None:
    """Sign out. Refused means that its tokens were worthless already."""
    headers = _bearer(fields.text(session, "refreshJwt"))
    await client.send("POST", "/xrpc/com.atproto.server.deleteSession", headers=headers, harmless=True, accept=ANSWERED)


def tokens(secrets: Secrets, session: Json) -> Secrets:
    """The account's secrets with the tokens of an answer."""
    fresh = {"access_token": fields.text(session, "accessJwt"), "refresh_token": fields.text(session, "refreshJwt")}
    if not all(fresh.values()):
        raise Offline(technical="session without tokens")
    return {**secrets, **fresh}


def trouble(answer: Answer, client: Client, method: str, *, signing_in: bool = False) -> NetworkTrouble:
    """What an error of the server is to us. `signing_in`: it was about the tokens themselves."""
    name, words = error_name(answer), client.clean(said(answer.data))
    technical = f"{method}: {answer.status} {name} {words}"
    if name in GONE:
        return SignedOut(Message("network.bluesky.account_closed"), technical=technical)
    if lacks_scope(answer):
        return Refused(Message("network.bluesky.no_private"), technical=technical)
    if name in SPENT or (signing_in and name):
        return SignedOut(technical=technical)
    if not name and answer.status in (400, 401, 403, 407, 511):
        # No answer of such a server: somebody else's page on the way.
        return Offline(
            Message("network.server_trouble", {"host": client.host, "status": answer.status}), technical=technical
        )
    return Refused(refusal(answer.status, words or name), technical=technical)


def error_name(answer: Answer) -> str:
    """The name of an error; empty for what worked and for what is no XRPC answer."""
    return fields.text(fields.mapping(answer.data), "error") if answer.status >= 400 else ""


def lacks_scope(answer: Answer) -> bool:
    """Whether the app password may not do this."""
    return error_name(answer) in LACKING or LACKING_WORDS in fields.text(fields.mapping(answer.data), "message")


def claims(token: str) -> Json:
    """What a token says of itself, unverified: only its end and its kind are read, and the server has the last word on both."""
    part = token.split(".")[1] if token.count(".") == 2 else ""
    try:
        return fields.mapping(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))
    except ValueError:
        return fields.NOTHING


def stored(answer: Answer, name: str) -> str:
    """A text that the answer to a write must hold. Raises `Unsure` when it does not: what was done is not known then."""
    value = fields.text(fields.mapping(answer.data), name)
    if not value:
        raise Unsure(technical=f"answered without {name}")
    return value


def _is_spent(answer: Answer) -> bool:
    return error_name(answer) in SPENT and not lacks_scope(answer)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
