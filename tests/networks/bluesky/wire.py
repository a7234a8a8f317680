"""What the servers of tests write: errors, hashes of content, dates."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from tests.fakes.http_server import Reply


def error(status: int, name: str, words: str) -> Reply:
    """An error as XRPC writes it."""
    return Reply(status, {"error": name, "message": words})


def content_hash(value: dict[str, Any]) -> str:
    """Stands for a CID: the same for the same content."""
    digest = hashlib.sha256(
        json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    ).digest()
    return "bafyrei" + base64.b32encode(digest).decode().lower().rstrip("=")


def blobs_in(value: Any) -> list[dict[str, Any]]:
    """All blobs that a record refers to."""
    if isinstance(value, dict):
        return [value] if value.get("$type") == "blob" else [blob for each in value.values() for blob in blobs_in(each)]
    return [blob for each in value for blob in blobs_in(each)] if isinstance(value, list) else []


def owner(uri: str) -> str:
    return uri.removeprefix("at://").partition("/")[0]


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:23] + "Z"
