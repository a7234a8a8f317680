"""Plausible on the user's own server: visits and goals by day, campaign and content of links; knows its refusals.

Source: plausible.io/docs/stats-api (v2, one call: POST /api/v2/query), the same on the self-hosted Community Edition. A key may ask 600
times an hour. A visit without a parameter is told as "(not set)". Asking changes nothing there, so a broken line is merely asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from app.links.shortener import Line, Told
from app.models.order import folded_mark
from app.models.visit import VisitCount
from app.runtime.errors import (
    Misconfiguration,
    Misconfigured,
    NetworkTrouble,
    Offline,
    PaymentNeeded,
    RateLimited,
    Refused,
    SignedOut,
)
from app.runtime.words import Message, message

NAME = "Plausible"
SETTINGS = "analytics.settings"
"""The command that leads to where it is set up."""
PATH = "/api/v2/query"
NOT_SET = ("(not set)", "(none)")
PAGE = 10_000
MOST_PAGES = 20
PATIENCE = timedelta(hours=1)
"""Its limit is by the hour, and no header says when it ends."""
REASONED = (400, 401, 402, 403, 404, 422, 429)
LONGEST_WORDS = 200
_WORDS = ("time:day", "visit:utm_campaign", "visit:utm_content")


class Plausible:
    """`line` carries the key; `site` is the site's name there."""

    def __init__(self, line: Line, site: str, now: Callable[[], datetime]) -> None:
        self._line = line
        self._site = site
        self._now = now

    async def counts(self, first: date, last: date) -> list[VisitCount]:
        """Visits and goals of these days of the site, both included. Raises `NetworkTrouble`."""
        visits = await self._query("visits", _WORDS, first, last)
        goals = await self._query("events", (*_WORDS, "event:goal"), first, last)
        return [*(_count(row, 3) for row in visits), *(_count(row, 4) for row in goals)]

    async def close(self) -> None:
        await self._line.close()

    async def _query(
        self, metric: str, dimensions: Sequence[str], first: date, last: date
    ) -> list[tuple[list[str], int]]:
        found: list[tuple[list[str], int]] = []
        for page in range(MOST_PAGES):
            body: dict[str, object] = {
                "site_id": self._site,
                "metrics": [metric],
                "date_range": [first.isoformat(), last.isoformat()],
                "dimensions": list(dimensions),
                "pagination": {"limit": PAGE, "offset": page * PAGE},
            }
            try:
                answer = await self._line.send("POST", PATH, body=body, harmless=True, accept=REASONED)
            except NetworkTrouble as error:
                raise self._retold(error) from error
            rows = self._judged(answer)
            found += [read for row in rows if (read := _row(row, len(dimensions))) is not None]
            if len(rows) < PAGE:
                return found
        raise self._refused(f"more than {MOST_PAGES * PAGE} rows", "")

    def _judged(self, answer: Told) -> list[Any]:
        """The rows of an answer; raises what a refusal means."""
        data = answer.data if isinstance(answer.data, dict) else {}
        if answer.status < 400:
            rows = data.get("results")
            if not isinstance(rows, list):
                raise self._not_such("no results in the answer")
            return rows
        words = self._line.clean(str(data.get("error") or ""))[:LONGEST_WORDS]
        technical = f"POST {PATH}: {answer.status} {words}".strip()
        if answer.status in (401, 403):
            # One answer for a wrong key and for a site that the key does not know.
            raise SignedOut(message("analytics.error.key", site=self._site), SETTINGS, technical)
        if answer.status == 402:
            raise PaymentNeeded(message("analytics.error.plan"), SETTINGS, technical)
        if answer.status == 404:
            raise self._not_such(technical)
        if answer.status == 429:
            until = self._now() + PATIENCE
            raise RateLimited(until, message("analytics.error.rate", until=until), SETTINGS, technical)
        raise self._refused(technical, words)

    def _retold(self, error: NetworkTrouble) -> NetworkTrouble:
        match error:
            case Misconfigured() if error.cause is Misconfiguration.CERTIFICATE:
                return error
            case Misconfigured():
                return self._not_such(error.technical)
            case Offline():
                return Offline(message("analytics.error.gone", host=self._line.host), SETTINGS, error.technical)
            case _:
                return error

    def _not_such(self, technical: str) -> Misconfigured:
        said = message("analytics.error.not_such", host=self._line.host)
        return Misconfigured(Misconfiguration.NOT_SUCH_A_SERVER, self._line.host, said, SETTINGS, technical)

    def _refused(self, technical: str, words: str) -> Refused:
        values: dict[str, Any] = {"words": words or technical}
        return Refused(
            Message("analytics.error.refused", values), Message("analytics.error.refused", values), SETTINGS, technical
        )


def _row(row: Any, dimensions: int) -> tuple[list[str], int] | None:
    """(words, count); None for what is none."""
    if not isinstance(row, dict):
        return None
    words, metrics = row.get("dimensions"), row.get("metrics")
    if not isinstance(words, list) or len(words) != dimensions or not isinstance(metrics, list) or not metrics:
        return None
    count = metrics[0]
    if not isinstance(count, int) or isinstance(count, bool) or count < 0 or _day(words[0]) is None:
        return None
    return [str(each) if each is not None else "" for each in words], count


def _count(row: tuple[list[str], int], length: int) -> VisitCount:
    words, count = row
    day = _day(words[0])
    assert day is not None
    campaign, content = ("" if each in NOT_SET else folded_mark(each) for each in words[1:3])
    return VisitCount(day, campaign, content, words[3][:LONGEST_WORDS] if length == 4 else "", count)


def _day(text: object) -> date | None:
    """`2026-11-18`, also where a time follows it."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
