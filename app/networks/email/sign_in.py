"""Signing a mailbox in through the browser with the user's own app: the authority's page, a redirect to this computer, PKCE, tokens."""

from __future__ import annotations

from urllib.parse import urlencode

from app.networks import sign_in
from app.networks.email.tokens import Tokens
from app.networks.network import OpenBrowser, Secrets, SignInRequest
from app.runtime.errors import UserMistake
from app.runtime.words import Message

LONGEST = 300
"""Characters of a client's id or secret; Google's have about 70."""


async def sign_in_browser(
    tokens: Tokens, request: SignInRequest, client_secret: str, open_browser: OpenBrowser
) -> Secrets:
    """Show the authority's page and wait until the user has allowed it, at most five minutes; may be cancelled.

    `request.handle`: the address, which that page proposes. Who signed in there is shown by the mail servers alone.
    """
    authority = tokens.authority
    app = {"client_id": _checked(request.client_id, "client_id", authority.name)}
    if authority.wants_secret:
        app["client_secret"] = _checked(client_secret, "client_secret", authority.name)
    state, pair = sign_in.new_state(), sign_in.pkce()
    async with sign_in.redirect(state, request, name=authority.name_of_this_computer, path="") as back:
        query = {
            "response_type": "code",
            "client_id": app["client_id"],
            "redirect_uri": back.address,
            "scope": authority.scope,
            "state": state,
            "code_challenge": pair.challenge,
            "code_challenge_method": "S256",
            "login_hint": request.handle,
            **dict(authority.further),
        }
        await open_browser(f"{authority.authorize}?{urlencode(query)}")
        return await tokens.for_code(await back.code(), pair.verifier, back.address, app)


def _checked(text: str, field: str, provider: str) -> str:
    """An id or a secret as it may go into a request."""
    value = text.strip()
    if not value or not value.isascii() or not value.isprintable() or " " in value or len(value) > LONGEST:
        raise UserMistake(Message(f"network.email.{field}_missing", {"provider": provider}), field=field)
    return value
