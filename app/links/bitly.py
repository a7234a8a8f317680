"""Bitly, API v4: short links and their clicks; knows its refusals and which of its links it gives again.

Sources: dev.bitly.com (v4) and the published OpenAPI of its SDK. The same long address in the same group is always answered with the same
link, so that making one twice is harmless. Bitly sends no rate headers and filters no robots; what its plans allow is asked of
`/organizations/{guid}/plan_limits`, whose shape is not written down: what cannot be read there stays unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from app.links.shortener import (
    Line,
    NoShortLink,
    ShortLink,
    Told,
    Wanted,
    gone,
    plan_needed,
    quota_used,
    refused,
    retold,
    too_often,
    usable,
    wrong_token,
)
from app.models.tracked_link import Quota
from app.runtime.errors import NetworkTrouble

NAME = "Bitly"
SERVER = "https://api-ssl.bitly.com"
DOMAIN = "bit.ly"
CODE_LENGTH = 7
REASONED = (400, 402, 403, 404, 417, 422, 429)
PATIENCE = timedelta(minutes=1)
"""After a rate limit: limits are by the minute and by the hour, and none says when it ends."""
HISTORY_DAYS = 30
"""What the smallest paid plan remembers; a link that is older is counted on from what was counted last."""


class Bitly:
    """`line` carries the token. `domain` is the user's own, or empty for bit.ly."""

    def __init__(self, line: Line, now: Callable[[], datetime], domain: str = "") -> None:
        self._line = line
        self._now = now
        self._domain = domain

    async def make(self, long_url: str, tags: Sequence[str] = ()) -> ShortLink:  # noqa: ARG002  (tags need another call)
        body: dict[str, object] = {"long_url": long_url}
        if self._domain:
            body["domain"] = self._domain
        try:
            answer = await self._line.send("POST", "/v4/shorten", body=body, harmless=True, accept=REASONED)
        except NetworkTrouble as error:
            retold(NAME, error)
        self._judge("POST /v4/shorten", answer)
        data = answer.data if isinstance(answer.data, dict) else {}
        try:
            link, number = usable(data.get("link")), data.get("id")
        except NoShortLink as error:
            raise gone(NAME, "POST /v4/shorten: no link in the answer") from error
        return ShortLink(link, number if isinstance(number, str) and number else link.partition("://")[2])

    async def is_there(self, remote_id: str) -> bool:
        """An archived link still leads on, and is there."""
        return await self._get(f"/v4/bitlinks/{quote(remote_id, safe='/')}", missing=True) is not None

    async def make_again(self, long_url: str, remote_id: str, tags: Sequence[str] = ()) -> ShortLink | None:  # noqa: ARG002
        """Codes of one's own are not in every plan."""
        return None

    async def try_it(self) -> tuple[str, Quota]:
        groups = await self._get("/v4/groups")
        found = groups.get("groups")
        first = found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else {}
        organization = first.get("organization_guid")
        return self._domain or DOMAIN, await self._quota(organization) if isinstance(organization, str) else Quota()

    async def _quota(self, organization: str) -> Quota:
        try:
            told = await self._get(f"/v4/organizations/{quote(organization, safe='')}/plan_limits")
        except NetworkTrouble:
            return Quota()
        rows = told.get("plan_limits")
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and row.get("name") == "encodes":
                return Quota(_count(row.get("count")), _count(row.get("limit")))
        return Quota()

    async def clicks(self, wanted: Sequence[Wanted]) -> dict[str, int]:
        found: dict[str, int] = {}
        for each in wanted:
            path = f"/v4/bitlinks/{quote(each.remote_id, safe='/')}/clicks"
            series = await self._get(path, (("unit", "day"), ("units", "-1")), missing=True)
            if series is not None:
                found[each.remote_id] = self._counted(each, series)
        return found

    def _counted(self, wanted: Wanted, series: dict[str, Any]) -> int:
        """All of them while the plan remembers all; afterwards what came since the last count is added, and it never falls."""
        rows = series.get("link_clicks")
        days = (
            [(_moment(row.get("date")), _count(row.get("clicks")) or 0) for row in rows if isinstance(row, dict)]
            if isinstance(rows, list)
            else []
        )
        whole = sum(clicks for _, clicks in days)
        if wanted.last is None or wanted.last_at is None:
            return whole
        if self._now() - wanted.made_at <= timedelta(days=HISTORY_DAYS):
            return max(whole, wanted.last)
        last_day = wanted.last_at.astimezone(UTC).date()
        return wanted.last + sum(clicks for moment, clicks in days if moment is not None and moment.date() > last_day)

    async def close(self) -> None:
        await self._line.close()

    async def _get(self, path: str, params: Sequence[tuple[str, str]] = (), *, missing: bool = False) -> Any:
        """The answer's object; None for what is not there, if that is `missing`."""
        try:
            answer = await self._line.get(path, params, accept=REASONED)
        except NetworkTrouble as error:
            retold(NAME, error)
        if missing and answer.status == 404 and _not_found(answer.data):
            return None
        self._judge(f"GET {path}", answer)
        return answer.data if isinstance(answer.data, dict) else {}

    def _judge(self, what: str, answer: Told) -> None:
        """Raises what a refusal means. A 403 is a wrong token, a limit or a plan: Bitly says which in its message or in one header."""
        if answer.status < 400:
            return
        data = answer.data if isinstance(answer.data, dict) else {}
        code = str(data.get("message") or "").upper()
        reason = answer.headers.get("X-Ratelimit-Reason", "")
        words = self._line.clean(str(data.get("description") or data.get("message") or ""))
        technical = f"{what}: {answer.status} {self._line.clean(f'{code} {reason}'.strip())}".strip()
        now = self._now()
        if "MONTHLY" in code or "MONTH" in reason.upper() or "QUOTA" in code:
            raise quota_used(NAME, _next_month(now), technical)
        if answer.status == 429 or reason or "RATE_LIMIT" in code:
            raise too_often(NAME, now + PATIENCE, technical)
        if answer.status == 402 or "UPGRADE" in code or "PLAN" in code:
            raise plan_needed(NAME, technical)
        if answer.status == 403:
            raise wrong_token(NAME, technical)
        raise refused(NAME, words, technical)


def _not_found(data: object) -> bool:
    """Bitly's own 404, not that of whoever stands in the way."""
    return isinstance(data, dict) and "NOT_FOUND" in str(data.get("message")).upper()


def _next_month(now: datetime) -> datetime:
    """Quotas begin anew on the first, by UTC."""
    day = now.astimezone(UTC)
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return datetime(year, month, 1, tzinfo=UTC)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _moment(text: object) -> datetime | None:
    """`2026-11-18T00:00:00+0000`."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
