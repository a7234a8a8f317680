"""A Plausible (Stats API v2) on loopback, made from its published description: it sums, groups and pages what it was told to have counted."""

from __future__ import annotations

from tests.fakes.http_server import Reply, Request
from tests.fakes.network_server import Server

KEY = "pl-key-of-the-user-7Q"
SITE = "discosaurora.example"
Event = tuple[str, str | None, str | None, str, int]
"""(day, utm_campaign, utm_content, goal or empty for visits, count)"""


class PlausibleServer(Server):
    """`async with PlausibleServer() as server`. `replies` are given instead of the next answers, each once."""

    def __init__(self, *events: Event) -> None:
        super().__init__()
        self.events = list(events)
        self.replies: list[Reply] = []

    def listen(self) -> None:
        self.http.on("POST", "/api/v2/query", self._query)

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
