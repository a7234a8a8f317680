"""A Shlink (REST v3) and a Bitly (v4) on loopback, made from their published descriptions; the line can be cut at each step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.fakes.http_server import Cut, Reply, Request
from tests.fakes.network_server import Server

KEY = "4f1c0e2a-key-of-the-user"
TOKEN = "b1tly-t0ken-of-the-user"
PROBLEM = "https://shlink.io/api/error/"


@dataclass
class Faults:
    """What the next answers are instead; each is used up once."""

    cuts: list[Cut] = field(default_factory=list)
    """Where the line breaks: the link is made all the same."""
    replies: list[Reply] = field(default_factory=list)

    def apply(self, reply: Reply) -> Reply:
        if self.cuts:
            cut = self.cuts.pop(0)
            return Reply(reply.status, reply.data, headers=reply.headers, cut=cut)
        return reply


class ShlinkServer(Server):
    """`async with ShlinkServer() as shlink`. `links` holds what was made: code -> (long url, tags, visits of people, of robots)."""

    def __init__(self, domain: str = "aurora.mx") -> None:
        super().__init__()
        self.domain = domain
        self.links: dict[str, dict[str, Any]] = {}
        self.made = 0
        """How many ever were: a code that was deleted is not given again by itself."""
        self.faults = Faults()

    def listen(self) -> None:
        self.http.on("GET", "/rest/health", Reply(200, {"status": "pass", "version": "5.1.5", "links": {}}))
        self.http.on("POST", "/rest/v3/short-urls", self._make)
        self.http.on("GET", "/rest/v3/short-urls", self._list)
        self.http.on("GET", "/rest/v3/short-urls/*", self._one)

    def visited(self, long_url_has: str, people: int, robots: int = 0) -> None:
        for row in self.links.values():
            if long_url_has in row["longUrl"]:
                row["visitsSummary"] = {"total": people + robots, "nonBots": people, "bots": robots}

    def _refused(self, request: Request) -> Reply | None:
        if self.faults.replies:
            return self.faults.replies.pop(0)
        if request.headers.get("x-api-key") != KEY:
            return problem(
                401,
                "invalid-api-key",
                f"Provided API key {request.headers.get('x-api-key')} does not exist or is invalid.",
            )
        return None

    def _make(self, request: Request) -> Reply:
        if (refused := self._refused(request)) is not None:
            return refused
        body = request.json
        same = (
            row
            for row in self.links.values()
            if (row["longUrl"], row["tags"], row["domain"])
            == (body["longUrl"], body.get("tags", []), body.get("domain"))
            and body.get("customSlug", row["shortCode"]) == row["shortCode"]
        )
        row = next(same, None) if body.get("findIfExists") else None
        if row is None:
            code = body.get("customSlug", f"sc{self.made:03d}")
            if code in self.links:
                return problem(400, "non-unique-slug", f'Provided slug "{code}" is already in use.')
            self.made += 1
            domain = body.get("domain")
            row = self.links[code] = {
                "shortCode": code, "shortUrl": f"https://{domain or self.domain}/{code}", "longUrl": body["longUrl"], "tags": body.get("tags", []),
                "domain": domain, "title": None, "dateCreated": "2026-11-18T16:00:00+00:00",
                "visitsSummary": {"total": 0, "nonBots": 0, "bots": 0},
            }  # fmt: skip
        return self.faults.apply(Reply(200, row))

    def _list(self, request: Request) -> Reply:
        if (refused := self._refused(request)) is not None:
            return refused
        tags = request.every("tags[]")
        rows = [row for row in self.links.values() if set(tags) <= set(row["tags"])]
        page, size = int(request.first("page")), int(request.first("itemsPerPage"))
        some = rows[(page - 1) * size : page * size]
        pages = -(-len(rows) // size)
        told = {
            "currentPage": page,
            "pagesCount": pages,
            "itemsPerPage": size,
            "itemsInCurrentPage": len(some),
            "totalItems": len(rows),
        }
        return self.faults.apply(Reply(200, {"shortUrls": {"data": some, "pagination": told}}))

    def _one(self, request: Request) -> Reply:
        if (refused := self._refused(request)) is not None:
            return refused
        row = self.links.get(request.path.rpartition("/")[2])
        if row is None:
            return problem(404, "short-url-not-found", "No URL found")
        return self.faults.apply(Reply(200, row))


def problem(status: int, kind: str, detail: str) -> Reply:
    """As RFC 7807 has it."""
    return Reply(status, {"type": f"{PROBLEM}{kind}", "title": kind, "detail": detail, "status": status})


class BitlyServer(Server):
    """The same long address gives the same link; `left` is what the plan still makes."""

    def __init__(self) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        """Long address -> id."""
        self.clicks: dict[str, list[tuple[datetime, int]]] = {}
        self.left = 100
        self.made = 0
        self.faults = Faults()

    def listen(self) -> None:
        self.http.on("POST", "/v4/shorten", self._make)
        self.http.on("GET", "/v4/groups", self._groups)
        self.http.on("GET", "/v4/organizations/o1/plan_limits", self._limits)
        self.http.on("GET", "/v4/bitlinks/*", self._clicks)

    def _refused(self, request: Request) -> Reply | None:
        if self.faults.replies:
            return self.faults.replies.pop(0)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Reply(
                403, {"message": "FORBIDDEN", "description": "You are currently forbidden to access this resource."}
            )
        return None

    def _make(self, request: Request) -> Reply:
        if (refused := self._refused(request)) is not None:
            return refused
        body = request.json
        domain, long_url = body.get("domain", "bit.ly"), body["long_url"]
        status = 200
        if long_url not in self.links:
            if not self.left:
                return Reply(429, {"message": "MONTHLY_RATE_LIMIT_EXCEEDED", "description": "no more this month"})
            self.left -= 1
            status = 201
            self.links[long_url] = f"{domain}/4abc{self.made:03d}"
            self.made += 1
        number = self.links[long_url]
        return self.faults.apply(
            Reply(status, {"id": number, "link": f"https://{number}", "long_url": long_url, "archived": False})
        )

    def _groups(self, request: Request) -> Reply:
        return self._refused(request) or Reply(
            200, {"groups": [{"guid": "g1", "organization_guid": "o1", "is_active": True}]}
        )

    def _limits(self, request: Request) -> Reply:
        return self._refused(request) or Reply(
            200, {"plan_limits": [{"name": "encodes", "limit": 100, "count": 100 - self.left}]}
        )

    def _clicks(self, request: Request) -> Reply:
        if (refused := self._refused(request)) is not None:
            return refused
        number = request.path.removeprefix("/v4/bitlinks/").removesuffix("/clicks")
        if number not in self.links.values():
            return Reply(404, {"message": "NOT_FOUND", "description": "What you are looking for cannot be found."})
        if not request.path.endswith("/clicks"):
            return self.faults.apply(Reply(200, {"id": number, "link": f"https://{number}", "archived": False}))
        days = [
            {"date": at.strftime("%Y-%m-%dT%H:%M:%S%z"), "clicks": count} for at, count in self.clicks.get(number, [])
        ]
        return self.faults.apply(Reply(200, {"link_clicks": days, "unit": "day", "units": -1}))
