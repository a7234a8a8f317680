"""One call to X: paid for before it is made, authorised in either of X's ways, renewed once where the token has ended, and judged.

Keeps to itself how a request is signed and how tokens are exchanged.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.networks import fields
from app.networks.client import Answer, Client, Pairs, Unreached, said
from app.networks.network import Purse, SecretKeeper, Secrets
from app.networks.rates import Rates
from app.networks.x import oauth1
from app.networks.x.troubles import FAILURES, REFUSALS, Failed, told, trouble_of
from app.runtime.clock import Clock, from_ms, to_ms
from app.runtime.errors import AppError, Misconfigured, Offline, PaymentNeeded, RateLimited, Refused, SignedOut

_log = logging.getLogger(__name__)

TOKEN_PATH = "/2/oauth2/token"  # noqa: S105 (an address)
REVOKE_PATH = "/2/oauth2/revoke"
AHEAD = timedelta(seconds=60)
"""How long before its end an access token is renewed."""
LIFETIME = 7200
"""Seconds; of an access token whose answer does not say."""
ENDED = ("invalid_request", "invalid_grant", "invalid_client", "unauthorized_client", "invalid_token")
OAUTH1 = ("api_key", "api_key_secret", "access_token", "access_token_secret")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a call may cost: at most so many units of an item of the price list, and how many the answer shows to have been charged."""

    item: str
    most: int = 1
    resources: Callable[[Answer], Iterable[str]] | None = None
    """Names of what was read, for calls billed by the piece; None: billed by the call."""


class Wire:
    """The way to X for one account."""

    def __init__(self, client: Client, keeper: SecretKeeper, purse: Purse | None = None) -> None:
        self.client = client
        self.keeper = keeper
        self._purse = purse
        self._day = ""
        self._read_today: set[str] = set()
        client.hide(*_confidential(keeper.secrets))

    @property
    def clock(self) -> Clock:
        return self.client.clock

    async def get(self, path: str, params: Pairs = (), *costs: Cost, accept: Sequence[int] = ()) -> Answer:
        """Read once; what X refuses is raised, but for statuses in `accept`."""
        known = (*REFUSALS, *FAILURES)

        async def exchange(headers: Mapping[str, str]) -> Answer:
            return await self.client.get(path, params, headers=headers, accept=known, attempts=1)

        return await self._paid(costs, lambda: self._authorized("GET", path, params, exchange, accept))

    async def send(
        self,
        method: str,
        path: str,
        *costs: Cost,
        body: Mapping[str, object] | None = None,
        form: Pairs = (),
        file: tuple[str, bytes, str] | None = None,
        harmless: bool = False,
        accept: Sequence[int] = (),
    ) -> Answer:
        """Write once. Raises `Unsure` as the client does; `harmless`: doing it twice is."""

        async def exchange(headers: Mapping[str, str]) -> Answer:
            return await self.client.send(
                method,
                path,
                body=body,
                form=form,
                file=file,
                file_field="media",
                headers=headers,
                harmless=harmless,
                accept=REFUSALS,
            )

        return await self._paid(costs, lambda: self._authorized(method, path, (), exchange, accept))

    async def revoke(self) -> None:
        """Make the tokens worthless; with OAuth 1.0a only their owner can."""
        secrets = self.keeper.secrets
        for name in ("refresh_token", "access_token"):
            if token := secrets.get(name):
                form = [("token", token), ("token_type_hint", name), ("client_id", secrets.get("client_id", ""))]
                await self.client.send("POST", REVOKE_PATH, form=form, harmless=True, accept=(400, 401, 403, 404))

    # --- paying

    async def _paid(self, costs: Sequence[Cost], call: Callable[[], Awaitable[Answer]]) -> Answer:
        """What is refused, or never left, is not billed (X, pricing); an answer that got lost may be, and stays set aside in full."""
        reserved = await self._reserve([cost for cost in costs if cost.most > 0])
        try:
            answer = await call()
        except (Refused, SignedOut, RateLimited, PaymentNeeded, Misconfigured, Unreached, Failed):
            await self._settle([(reservation, 0) for _, reservation in reserved])
            raise
        await self._settle([(reservation, self._charged(cost, answer)) for cost, reservation in reserved])
        return answer

    async def _reserve(self, costs: Sequence[Cost]) -> list[tuple[Cost, int]]:
        if self._purse is None:
            return []
        reserved: list[tuple[Cost, int]] = []
        try:
            for cost in costs:
                reserved.append((cost, await self._purse.reserve(cost.item, cost.most)))
        except AppError:
            await self._settle([(reservation, 0) for _, reservation in reserved])
            raise
        return reserved

    async def _settle(self, charged: Sequence[tuple[int, int]]) -> None:
        """Never hides the network's answer: what is not settled counts in full."""
        for reservation, used in charged:
            try:
                assert self._purse is not None
                await self._purse.settle(reservation, used)
            except AppError as error:
                _log.warning("reservation %s stays in full: %s", reservation, error)

    def _charged(self, cost: Cost, answer: Answer) -> int:
        """X bills a piece once in a day of UTC, however often it is read (pricing page, "Deduplication")."""
        if answer.status >= 300:
            return 0
        if cost.resources is None:
            return cost.most
        today = self.clock.now().strftime("%Y-%m-%d")
        if today != self._day:
            self._day, self._read_today = today, set()
        read = {f"{cost.item} {each}" for each in cost.resources(answer)} - self._read_today
        self._read_today |= read
        return min(len(read), cost.most)

    # --- who asks

    async def _authorized(
        self,
        method: str,
        path: str,
        params: Pairs,
        exchange: Callable[[Mapping[str, str]], Awaitable[Answer]],
        accept: Sequence[int],
    ) -> Answer:
        secrets = await self._fresh()
        try:
            return self._judged(await exchange(self._headers(secrets, method, path, params)), method, path, accept)
        except SignedOut:
            if not secrets.get("refresh_token"):
                raise
        # 401: nothing was done, so it may be asked again with a new token.
        secrets = await self._renewed(secrets)
        return self._judged(await exchange(self._headers(secrets, method, path, params)), method, path, accept)

    def _judged(self, answer: Answer, method: str, path: str, accept: Sequence[int]) -> Answer:
        if answer.status < 300 or answer.status in accept:
            return answer
        words = self.client.clean(told(answer.status, answer.data).words)
        raise trouble_of(answer, f"{method} {path}", words, self.client.rates.limited_until)

    def _headers(self, secrets: Secrets, method: str, path: str, params: Pairs) -> Mapping[str, str]:
        if secrets.get("access_token_secret"):
            keys = oauth1.Keys(*(secrets.get(name, "") for name in OAUTH1))
            # The server's clock counts: a signature of another time is refused.
            at = self.clock.now() + self.client.rates.skew
            return {"Authorization": oauth1.authorization(keys, method, self.client.server + path, params, at)}
        return {"Authorization": f"Bearer {secrets.get('access_token', '')}"}

    async def _fresh(self) -> Secrets:
        secrets = self.keeper.secrets
        ends = secrets.get("expires_at", "")
        if secrets.get("refresh_token") and ends.isdigit() and from_ms(int(ends)) - AHEAD <= self.clock.now():
            return await self._renewed(secrets)
        return secrets

    async def _renewed(self, spent: Secrets) -> Secrets:
        secrets = await self.keeper.renew(spent, self._exchange)
        self.client.hide(*_confidential(secrets))
        return secrets

    async def _exchange(self, spent: Secrets) -> Secrets:
        """A refresh token works once: the new pair is kept by whoever called before it is used."""
        form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", spent.get("refresh_token", "")),
            ("client_id", spent.get("client_id", "")),
        ]
        return await exchange(self.client, form, spent)


async def exchange(client: Client, form: Pairs, before: Secrets) -> Secrets:
    """Tokens for a code or a refresh token. `before`: what else is kept with them. Raises `SignedOut` where X takes it no longer."""
    answer = await client.send("POST", TOKEN_PATH, form=form, harmless=True, accept=(400, 401, 403))
    data = fields.mapping(answer.data)
    access = fields.text(data, "access_token")
    if answer.status < 300 and access:
        seconds = fields.positive(data, "expires_in", LIFETIME)
        secrets = {
            **before,
            "access_token": access,
            "expires_at": str(to_ms(client.clock.now() + timedelta(seconds=seconds))),
        }
        if refresh := fields.text(data, "refresh_token"):
            secrets["refresh_token"] = refresh
        return secrets
    technical = f"POST {TOKEN_PATH}: {answer.status} {client.clean(said(answer.data))}".rstrip()
    if answer.status == 401 or fields.text(data, "error") in ENDED:
        raise SignedOut(technical=technical)
    raise Offline(technical=technical)


def _confidential(secrets: Secrets) -> list[str]:
    return [value for name, value in secrets.items() if name not in ("client_id", "expires_at")]


def rates(clock: Clock) -> Rates:
    """X counts each kind of call by itself."""
    return Rates(clock, kind_of, shared=False)


def kind_of(method: str, path: str) -> str:
    """`GET 2/users/tweets`: the path without its ids."""
    return f"{method} {'/'.join(word for word in path.strip('/').split('/') if not word.isdigit() or word == '2')}"


def data_of(answer: Answer) -> fields.Json:
    """The object that an answer is about."""
    return fields.inner(answer.data, "data")


def rows_of(answer: Answer) -> list[fields.Json]:
    """The objects of a list; X leaves `data` out where there are none."""
    found: Any = fields.mapping(answer.data).get("data")
    return fields.items(found)
