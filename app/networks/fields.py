"""Reads fields out of decoded JSON without trusting its shape: a server may leave out, rename or mistype anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Json = Mapping[str, Any]

NOTHING: Json = {}


def mapping(value: object) -> Json:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else NOTHING


def inner(value: object, *path: str) -> Json:
    """The object at the end of a path of names, or an empty one."""
    for name in path:
        value = mapping(value).get(name)
    return mapping(value)


def items(value: object) -> list[Json]:
    """The objects in a list; whatever else is in it is left out."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(value: Json, name: str) -> str:
    """A text, empty when missing; half characters, which no database takes, are replaced, and zeros removed."""
    found = value.get(name)
    return clean(found) if isinstance(found, str) else ""


def clean(words: str) -> str:
    """Text that can be stored and shown: no lone surrogates, no zero characters."""
    if not words.isascii():
        words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return words.replace("\0", "")


def identity(value: Json, name: str = "id") -> str:
    """An id as text: most servers send text, some a number."""
    found = value.get(name)
    if isinstance(found, str):
        return clean(found)
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else ""


def number(value: Json, name: str) -> int | None:
    """A whole number, or None."""
    found = value.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def positive(value: Json, name: str, otherwise: int) -> int:
    """A number above zero, or `otherwise`."""
    found = number(value, name)
    return found if found is not None and found > 0 else otherwise


def flag(value: Json, name: str) -> bool:
    return value.get(name) is True


def moment(value: Json, name: str) -> datetime | None:
    """An ISO 8601 time as aware UTC, or None."""
    found = value.get(name)
    try:
        read = datetime.fromisoformat(found) if isinstance(found, str) else None
        if read is None:
            return None
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def address(value: Json, name: str) -> str:
    """A web address, or nothing: what is shown as a link is never `javascript:` or a file."""
    found = text(value, name)
    return found if found.startswith(("https://", "http://")) else ""
