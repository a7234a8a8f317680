"""A Plausible (Stats API v2) on loopback, made from its published description: it sums, groups and pages what it was told to have counted."""

from __future__ import annotations

from types import TracebackType

from tests.fakes.http_server import HttpServer, Reply, Request

KEY = "pl-key-of-the-user-7Q"
SITE = "discosaurora.example"
Event = tuple[str, str | None, str | None, str, int]
"""(day, utm_campaign, utm_content, goal or empty for visits, count)"""


class PlausibleServer:
    """`async with PlausibleServer() as server`. `replies` are given instead of the next answers, each once."""

    def __init__(self, *events: Event) -> None:
        self.http = HttpServer()
        self.events = list(events)
        self.replies: list[Reply] = []
        self.http.on("POST", "/api/v2/query", self._query)

    async def __aenter__(self) -> PlausibleServer:
        await self.http.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.stop()

    @property
    def url(self) -> str:
        return self.http.url

    def _query(self, request: Request) -> Reply:
        if self.replies:
            return self.replies.pop(0)
        asked = request.json
        if request.headers.get("authorization") != f"Bearer {KEY}" or asked.get("site_id") != SITE:
            said = f"Invalid API key or site ID. Your key: {request.headers.get('authorization')}"
            return Reply(401, {"error": said})
        first, last = asked["date_range"]
        goals = "event:goal" in asked["dimensions"]
        if asked["metrics"] != (["events"] if goals else ["visits"]):
            return Reply(400, {"error": "Invalid metrics"})
        sums: dict[tuple[str, ...], int] = {}
        for day, campaign, content, goal, count in self.events:
            if first <= day <= last and bool(goal) == goals:
                key = (day, campaign or "(not set)", content or "(not set)", *([goal] if goals else []))
                sums[key] = sums.get(key, 0) + count
        page = asked["pagination"]
        rows = [{"dimensions": list(key), "metrics": [count]} for key, count in sorted(sums.items())]
        some = rows[page["offset"] : page["offset"] + page["limit"]]
        return Reply(200, {"results": some, "meta": {}, "query": asked})
