"""Failures of the simulated server that can be switched on: what each one is, whom it strikes, and the error it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.runtime.errors import NetworkTrouble, Offline, PaymentNeeded, RateLimited, Refused, SignedOut, Unsure
from app.runtime.words import message


class FailureKind(StrEnum):
    """What goes wrong."""

    OFFLINE = "offline"
    """The server cannot be reached; nothing is stored."""
    TIME_OUT = "time_out"
    """The request is lost on its way; whoever wrote cannot know that nothing was stored."""
    RATE_LIMITED = "rate_limited"
    SIGNED_OUT = "signed_out"
    SERVER_ERROR = "server_error"
    """Status 500; nothing is stored, and the answer does not say so."""
    PAYMENT = "payment"
    """The server wants money first; nothing is stored."""
    REFUSED = "refused"
    """The server says no, for good."""
    NOT_FOR_PROGRAMS = "not_for_programs"
    """The server takes it from people alone."""
    ANSWER_LOST = "answer_lost"
    """The server does as asked, and its answer never arrives."""


class Verb(StrEnum):
    """What is asked of the server; a failure may strike one of them only."""

    PROFILE = "profile"
    LIMITS = "limits"
    UPLOAD = "upload"
    PUBLISH = "publish"
    FIND = "find"
    HEAR = "hear"
    FIGURES = "figures"
    LIKE = "like"
    BOOST = "boost"
    REVOKE = "revoke"
    DELETE = "delete"
    SEARCH = "search"
    HOLD = "hold"
    HELD = "held"
    """Listing, moving and taking back what the server keeps until its time."""


ONCE_ONLY = frozenset({Verb.PUBLISH, Verb.HOLD})
"""Asking this twice matters, so an answer that does not come leaves one unsure. Everything else may be repeated without harm."""

DEFAULT_WAIT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure that is switched on."""

    id: str
    kind: FailureKind
    account: str = ""
    """`network:remote id`; empty strikes every account."""
    verb: str = ""
    """A `Verb`; empty strikes all of them."""
    lasting: bool = False
    """Until mended; otherwise it strikes once."""
    seconds: int = DEFAULT_WAIT_SECONDS
    """How much patience a rate limit asks for."""

    def strikes(self, account: str, verb: Verb) -> bool:
        return self.account in ("", account) and self.verb in ("", verb)

    def error(self, verb: Verb, now: datetime) -> NetworkTrouble:
        """What the program's client makes of it."""
        technical = f"sample server: {self.kind} at {verb}"
        if self.kind is FailureKind.RATE_LIMITED:
            return RateLimited(now + timedelta(seconds=self.seconds), technical=technical)
        if self.kind is FailureKind.SIGNED_OUT:
            return SignedOut(technical=technical)
        if self.kind is FailureKind.PAYMENT:
            return PaymentNeeded(technical=technical)
        if self.kind is FailureKind.REFUSED:
            return Refused(message("sample.refused.rules"), technical=technical)
        if self.kind is FailureKind.NOT_FOR_PROGRAMS:
            return Refused(message("sample.refused.programs"), technical=technical, by_hand=True)
        if self.kind is FailureKind.OFFLINE or verb not in ONCE_ONLY:
            return Offline(technical=technical)
        return Unsure(technical=technical)
