"""Addresses of servers as users type them, made into ones that can be spoken with; plain http with this very computer alone."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from app.runtime.errors import UserMistake
from app.runtime.words import Message

_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9]|[0-9a-f:]*:[0-9a-f:]*")


def address_of(typed: str) -> str:
    """`https://host[:port]` from what a user types: a host, an address, or `@user@host`. Raises `UserMistake`.

    Plain http is spoken with this very computer alone.
    """
    text = typed.strip().rstrip("/")
    scheme, separator, rest = text.partition("://")
    if not separator:
        scheme, rest = "", text
    host = rest.partition("/")[0].rpartition("@")[2].strip().lower()
    try:
        parts = urlsplit(f"//{host}")
        name, port = parts.hostname or "", parts.port
        name = name if name.isascii() else name.encode("idna").decode("ascii")
    except ValueError as error:
        raise _unreadable(typed) from error
    if scheme not in ("", "http", "https") or not (is_here(name) or _NAME.fullmatch(name)):
        raise _unreadable(typed)
    shown = f"[{name}]" if ":" in name else name
    plain = is_here(name) and scheme != "https"
    return f"{'http' if plain else 'https'}://{shown}{f':{port}' if port else ''}"


def origin_of(address: str) -> str:
    """`https://host[:port]` of a web address; empty when it is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""


def is_here(name: str) -> bool:
    """Whether a host is this very computer."""
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _unreadable(typed: str) -> UserMistake:
    return UserMistake(Message("network.sign_in.server_unreadable", {"typed": typed.strip()[:80]}), field="server")
