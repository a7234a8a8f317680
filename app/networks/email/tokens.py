"""Tokens for mailboxes: got for a code, renewed before they end, revoked. Each exchange has a line of its own; no secret leaves in an error.

What is kept: `provider`, `client_id`, `client_secret` where there is one, `refresh_token`, `access_token`, `expires_at` (ms since the epoch).
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import timedelta

from app.networks import fields
from app.networks.client import Answer, Client, Pairs, said
from app.networks.email.authorities import Authority
from app.networks.network import Secrets
from app.runtime.clock import Clock, from_ms, to_ms
from app.runtime.errors import Offline, Refused, SignedOut, UserMistake
from app.runtime.words import Message

AHEAD = timedelta(minutes=2)
"""How long before its end a token is renewed: signing in to a slow server must still find it good."""
LIFETIME = 3600
"""Seconds; of a token whose answer does not say."""
APP_REFUSED = ("invalid_client", "unauthorized_client")
ENDED = ("invalid_grant", "interaction_required", "consent_required", "login_required", "invalid_token", *APP_REFUSED)
OPEN_NAMES = ("provider", "client_id", "expires_at")
"""What is no secret of all that is kept."""


class Tokens:
    """The tokens of one authority."""

    def __init__(self, authority: Authority, clock: Clock, trust: ssl.SSLContext | None = None) -> None:
        self.authority = authority
        self.clock = clock
        self._trust = trust

    def renewable(self, secrets: Secrets) -> bool:
        """Whether more can be had for them than what they hold."""
        return bool(secrets.get("refresh_token"))

    def are_due(self, secrets: Secrets) -> bool:
        """Whether the access token ends now or soon."""
        ends = secrets.get("expires_at", "")
        soon = not ends.isdigit() or from_ms(int(ends)) - AHEAD <= self.clock.now()
        return self.renewable(secrets) and (soon or not secrets.get("access_token"))

    async def for_code(self, code: str, verifier: str, address: str, app: Secrets) -> Secrets:
        """The first tokens of a sign-in. Raises `UserMistake` where the user's app is not taken, `Refused` where the code is not."""
        form = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", address)]
        answer, said_there = await self._ask([*form, ("code_verifier", verifier)], app, hidden=(code, verifier))
        found = self._tokens(answer, app)
        name = {"provider": self.authority.name}
        if found is None:
            self._blame_app(answer, app, said_there)
            if answer.status < 500:
                raise Refused(Message("network.email.code_refused", {**name, "address": address}), technical=said_there)
            raise Offline(technical=said_there)
        if not self.renewable(found):
            raise Refused(Message("network.email.no_refresh", name), technical="no refresh token")
        return found

    async def renew(self, spent: Secrets) -> Secrets:
        """New ones for those. Raises `SignedOut` where the authority lets nobody in with them any more."""
        form = [("grant_type", "refresh_token"), ("refresh_token", spent.get("refresh_token", ""))]
        answer, said_there = await self._ask(form, spent)
        found = self._tokens(answer, spent)
        if found is not None:
            return found
        error = fields.text(fields.mapping(answer.data), "error")
        if error in APP_REFUSED:
            reason = Message("network.email.app_gone", {"provider": self.authority.name})
            raise SignedOut(reason, technical=said_there)
        if answer.status == 401 or error in ENDED:
            raise SignedOut(Message(f"network.email.ended.{self.authority.id}"), technical=said_there)
        raise Offline(technical=said_there)

    async def revoke(self, secrets: Secrets) -> None:
        """Make them worthless, where the authority has a way to."""
        token = secrets.get("refresh_token") or secrets.get("access_token", "")
        if not self.authority.revoke_path or not token:
            return
        client = self._client(secrets)
        try:
            await client.send(
                "POST", self.authority.revoke_path, form=[("token", token)], harmless=True, accept=(400, 401, 403)
            )
        finally:
            await client.close()

    async def _ask(self, form: Pairs, app: Secrets, hidden: tuple[str, ...] = ()) -> tuple[Answer, str]:
        """The answer, and what it says for the log."""
        own = [("client_id", app.get("client_id", ""))]
        if secret := app.get("client_secret"):
            own.append(("client_secret", secret))
        client, path = self._client(app), self.authority.token_path
        client.hide(*hidden)
        try:
            answer = await client.send("POST", path, form=[*form, *own], harmless=True, accept=(400, 401, 403))
            return answer, f"POST {path}: {answer.status} {client.clean(said(answer.data))}".rstrip()
        finally:
            await client.close()

    def _client(self, secrets: Secrets) -> Client:
        client = Client(self.authority.server, self.clock, trust=self._trust)
        client.hide(*(value for name, value in secrets.items() if name not in OPEN_NAMES))
        return client

    def _tokens(self, answer: Answer, before: Secrets) -> Mapping[str, str] | None:
        data = fields.mapping(answer.data)
        access = fields.text(data, "access_token")
        if answer.status >= 300 or not access:
            return None
        ends = self.clock.now() + timedelta(seconds=fields.positive(data, "expires_in", LIFETIME))
        found = {**before, "provider": self.authority.id, "access_token": access, "expires_at": str(to_ms(ends))}
        if refresh := fields.text(data, "refresh_token"):  # Microsoft gives another each time, Google none
            found["refresh_token"] = refresh
        return found

    def _blame_app(self, answer: Answer, app: Secrets, said_there: str) -> None:
        """Beside the field of the user's own app, where that is what was refused."""
        data = fields.mapping(answer.data)
        error, words = fields.text(data, "error"), fields.text(data, "error_description").lower()
        if error not in APP_REFUSED and "client_secret" not in words:
            return
        raise UserMistake(
            Message("network.email.app_refused", {"provider": self.authority.name}),
            field="client_secret" if app.get("client_secret") or "client_secret" in words else "client_id",
            technical=said_there,
        )


async def refreshed(tokens: Tokens, pasted: Secrets) -> Secrets:
    """Tokens that the user brought, made good. Raises `UserMistake` where they are worth nothing."""
    if not tokens.renewable(pasted):
        return {**pasted, "provider": tokens.authority.id}
    try:
        return await tokens.renew(pasted)
    except SignedOut as trouble:
        raise UserMistake(trouble.message, field="secret", technical=trouble.technical) from trouble
