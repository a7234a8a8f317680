"""What a server's headers say about how many requests it still takes, and until when; keeps the bookkeeping of one client to itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from app.runtime.clock import Clock
from app.runtime.errors import RateLimited

UNKNOWN_WAIT = timedelta(seconds=60)
"""After a 429 that does not say how long."""
LONGEST_WAIT = timedelta(hours=25)
SHORTEST_WAIT = timedelta(seconds=1)
SHARED_FROM = 100
"""A limit as large as this is the account's whole allowance; smaller ones belong to one kind of request."""
KEPT_SHARE = 15
"""Reads leave one fifteenth of the whole allowance to what must go out."""


class Rates:
    """Remembers which kinds of requests the server wants no more of for now."""

    def __init__(self, clock: Clock, kind: Callable[[str, str], str] | None = None, *, shared: bool = True) -> None:
        """`kind`: how this server groups requests, from method and path. `shared`: whether a large limit is the account's whole one."""
        self._clock = clock
        self._kind = kind or kind_of
        self._shared = shared
        self._closed: dict[str, datetime] = {}
        self.limited_until = clock.now()
        """When the last 429 ends."""
        self.skew = timedelta(0)
        """How far the server's clock is ahead of ours, by its last answer."""
        self.asked = 0
        self._told: dict[str, tuple[int, datetime]] = {}
        """Kind of request: how many more the server takes, until when."""

    def check(self, method: str, path: str) -> None:
        """Raises `RateLimited` rather than asking when the server has already said no."""
        now = self._clock.now()
        for kind in (self._kind(method, path), method):
            until = self._closed.get(kind)
            if until is not None and until > now:
                raise RateLimited(until, technical=f"{kind}: not asked")

    def note(self, method: str, path: str, status: int, headers: Mapping[str, str]) -> None:
        """Read the headers of an answer."""
        now = self._clock.now()
        self.asked += 1
        sent_at = server_time(headers)
        self.skew = sent_at - now if sent_at else self.skew
        until = self._reset(headers, now, sent_at)
        day = self._day_is_spent(headers, now, sent_at)
        kind = self._kind(method, path)
        if status == 429:
            self.limited_until = self._closed[kind] = day or until or now + UNKNOWN_WAIT
            return
        self._closed.pop(kind, None)
        if day is not None:
            self._closed[kind] = day
            return
        left, limit = number(headers, "remaining"), number(headers, "limit")
        if until is None or left is None:
            return
        self._told[kind] = left, until
        if left <= 0:
            self._closed[kind] = until
        elif self._shared and method == "GET" and limit is not None and limit >= SHARED_FROM and left <= limit // KEPT_SHARE:
            self._closed["GET"] = until

    def scarcest(self) -> tuple[int, datetime] | None:
        """How many requests are left of the kind of which the fewest are, and until when; None where the server does not tell."""
        now = self._clock.now()
        self._told = {kind: told for kind, told in self._told.items() if told[1] > now}
        return min(self._told.values(), default=None)

    def _reset(self, headers: Mapping[str, str], now: datetime, sent_at: datetime | None) -> datetime | None:
        """When more is allowed, on our own clock: the server's may be wrong, so only the distance from its own time counts."""
        wait = _retry_after(headers.get("retry-after", ""), sent_at or now)
        if wait is None:
            moment = moment_of(headers.get("x-ratelimit-reset") or headers.get("x-rate-limit-reset") or headers.get("ratelimit-reset") or "")
            wait = moment - (sent_at or now) if moment else None
        return None if wait is None else now + min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)


    def _day_is_spent(self, headers: Mapping[str, str], now: datetime, sent_at: datetime | None) -> datetime | None:
        """When a whole day's allowance begins anew, where the server says that it is used up (X, seen in practice)."""
        ends = []
        for whose in ("x-app-limit-24hour", "x-user-limit-24hour"):
            moment = moment_of(headers.get(f"{whose}-reset", ""))
            if headers.get(f"{whose}-remaining", "").strip() == "0" and moment is not None:
                ends.append(now + min(max(moment - (sent_at or now), SHORTEST_WAIT), LONGEST_WAIT))
        return max(ends, default=None)


def kind_of(method: str, path: str) -> str:
    """Servers count by kind of request: method and the first words of the path, without ids."""
    return f"{method} {'/'.join(path.strip('/').split('/')[:3])}"


def number(headers: Mapping[str, str], name: str) -> int | None:
    """`X-RateLimit-Remaining: 299`, also in the spellings `x-rate-limit-` and `ratelimit-`."""
    for prefix in ("x-ratelimit-", "x-rate-limit-", "ratelimit-"):
        value = headers.get(prefix + name, "").strip()
        if value.isascii() and value.isdigit() and len(value) < 10:
            return int(value)
    return None


def moment_of(value: str) -> datetime | None:
    """A time as servers write it into a header: ISO 8601 (Mastodon), unix seconds (X, GoToSocial), or as in `Date`."""
    value = value.strip()
    try:
        if value.replace(".", "", 1).isdigit():
            return datetime.fromtimestamp(float(value), UTC)
        moment = datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError):
        return _http_date(value)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def server_time(headers: Mapping[str, str]) -> datetime | None:
    """The server's own time when it answered."""
    return _http_date(headers.get("date", ""))


def _retry_after(value: str, sent_at: datetime) -> timedelta | None:
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return timedelta(seconds=int(value))
    moment = _http_date(value)
    return moment - sent_at if moment else None


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
