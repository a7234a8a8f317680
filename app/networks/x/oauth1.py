"""Signs requests as OAuth 1.0a asks (RFC 5849, HMAC-SHA1), for the four keys of a user's own developer app; keeps the arithmetic to itself.

Only what X needs: the parameters of the query are signed, bodies are JSON or multipart and are not (RFC 5849, 3.4.1.3.1).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlsplit

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Keys:
    """Both pairs, named as X's console names them."""

    api_key: str
    api_key_secret: str
    access_token: str
    access_token_secret: str


def authorization(keys: Keys, method: str, url: str, params: Pairs, at: datetime, nonce: str = "") -> str:
    """The `Authorization` header of one request, good once. `url` is without a query, `params` is all of it, not yet encoded."""
    own = [
        ("oauth_consumer_key", keys.api_key),
        ("oauth_nonce", nonce or secrets.token_hex(16)),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", str(int(at.timestamp()))),
        ("oauth_token", keys.access_token),
        ("oauth_version", "1.0"),
    ]
    base = base_text(method, url, [*params, *own])
    own.append(("oauth_signature", signature(base, keys.api_key_secret, keys.access_token_secret)))
    return "OAuth " + ", ".join(f'{name}="{encoded(value)}"' for name, value in sorted(own))


def base_text(method: str, url: str, params: Pairs) -> str:
    """RFC 5849, 3.4.1: what is signed."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    usual = {"http": 80, "https": 443}.get(parts.scheme.lower())
    where = host if parts.port in (None, usual) else f"{host}:{parts.port}"
    address = f"{parts.scheme.lower()}://{where}{parts.path or '/'}"
    pairs = sorted((encoded(name), encoded(value)) for name, value in params)
    return "&".join((method.upper(), encoded(address), encoded("&".join(f"{name}={value}" for name, value in pairs))))


def signature(base: str, consumer_secret: str, token_secret: str) -> str:
    """RFC 5849, 3.4.2."""
    key = f"{encoded(consumer_secret)}&{encoded(token_secret)}"
    # SHA-1 is what X offers; as an HMAC it stands.
    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode("ascii")


def encoded(text: str) -> str:
    """RFC 5849, 3.6: everything but unreserved letters."""
    return quote(text, safe="-._~")
