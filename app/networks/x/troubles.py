"""What X's errors mean: by type and words of the answer, since one status stands for many things. Asks nobody.

Sources: X's response codes and errors page, the OpenAPI document, and bodies seen in public issue threads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.networks import fields
from app.networks.client import Answer, refusal, said
from app.runtime.errors import NetworkTrouble, Offline, PaymentNeeded, RateLimited, Refused, SignedOut
from app.runtime.words import Message

REFUSALS = (400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 422, 429, 431, 451)
"""Statuses after which nothing was stored, and nothing is billed."""
FAILURES = (500, 502, 503, 504)
TOO_LARGE = (413, 431)


class Failed(Offline):
    """The server answered that it could not. Such a call is not billed."""


class Duplicate(Refused):
    """X has a post with the same text; it does not say which (plhery/node-twitter-api-v2#469)."""


class Gone(Refused):
    """It is not there, or not for us."""


@dataclass(frozen=True, slots=True)
class Told:
    """An error as the server told it."""

    status: int
    kind: str
    """Last word of its type: `client-forbidden`, `usage-capped`..."""
    words: str
    all_words: str
    """Everything it says, in small letters."""


def told(status: int, data: Any) -> Told:
    """Both shapes: one problem, or a list of errors."""
    problem = fields.mapping(data)
    inner = fields.items(problem.get("errors"))
    first = inner[0] if inner else fields.NOTHING
    words = said(first) or said(problem)
    kind = (fields.text(problem, "type") or fields.text(first, "type")).rpartition("/")[2]
    every = [
        fields.text(each, name)
        for each in (problem, *inner)
        for name in ("title", "detail", "message", "reason", "error", "type")
    ]
    return Told(status, kind, words, " ".join(every).lower())


def trouble_of(answer: Answer, what: str, words: str, limited_until: datetime) -> NetworkTrouble:
    """The error of an answer that is none. `words`: the server's, cleaned of secrets. `what` is for the log."""
    found = told(answer.status, answer.data)
    technical = f"{what}: {answer.status} {words}".rstrip()
    status = answer.status
    if status in FAILURES:
        constant = (
            Message("network.x.overloaded")
            if status == 503
            else Message("network.server_trouble", {"host": "X", "status": status})
        )
        return Failed(constant, technical=technical)
    if status == 402 or found.kind == "credits-depleted":
        return PaymentNeeded(Message("network.x.no_credit"), technical=technical)
    if found.kind == "usage-capped" or (status == 429 and "usage cap" in found.all_words):
        return PaymentNeeded(Message("network.x.usage_capped"), technical=technical)
    if status == 429:
        return RateLimited(limited_until, technical=technical)
    if status == 401 or "unsupported authentication" in found.all_words:
        return SignedOut(technical=technical)
    if status == 403:
        return _forbidden(answer, found, words, technical)
    if status in (404, 410) or found.kind in ("resource-not-found", "resource-unavailable"):
        return Gone(refusal(404, words), technical=technical)
    if "duplicate content" in found.all_words:
        return Duplicate(Message("network.x.duplicate"), technical=technical)
    return Refused(refusal(status, words), technical=technical)


def _forbidden(answer: Answer, found: Told, words: str, technical: str) -> NetworkTrouble:
    every = found.all_words
    if not isinstance(answer.data, dict):
        # Some machine on the way, not X: nothing was stored.
        return Failed(Message("network.server_trouble", {"host": "X", "status": 403}), technical=technical)
    if "duplicate content" in every or "a duplicate" in every:
        return Duplicate(Message("network.x.duplicate"), technical=technical)
    if "otherwise engaged" in every or "this conversation" in every:
        return Refused(Message("network.x.reply_by_hand"), technical=technical, by_hand=True)
    if "quot" in every and ("not allowed" in every or "not permitted" in every):
        return Refused(Message("network.x.quote_by_hand"), technical=technical, by_hand=True)
    if "cashtag" in every:
        return Refused(Message("network.x.cashtags"), technical=technical)
    if "client-not-enrolled" in every or found.kind == "client-forbidden":
        return Refused(Message("network.x.not_enrolled"), technical=technical)
    if "oauth1 app permissions" in every or "access level" in every:
        return Refused(Message("network.x.app_permissions"), technical=technical)
    if "permitted to" in every:
        return Refused(Message("network.x.not_permitted"), technical=technical)
    return Refused(refusal(403, words), technical=technical)
