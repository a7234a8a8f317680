"""Shlink, REST v3, on the user's own server: short links and the visits of people to them; robots are left out.

Source: shlinkio/shlink v5.1.5 docs/swagger. `findIfExists` gives the link of the same address and tags again, so that making one twice is
harmless. A link's id here is its short code, with its domain before it where that is not the server's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from app.links.shortener import Line, NoShortLink, ShortLink, Told, Wanted, gone, refused, retold, usable, wrong_token
from app.models.tracked_link import Quota
from app.runtime.errors import Misconfiguration, Misconfigured, NetworkTrouble, Refused
from app.runtime.words import message

NAME = "Shlink"
OURS = "tertulia"
"""The tag of our links: all their visits come with one list."""
CODE_LENGTH = 5
PAGE = 100
MOST_PAGES = 50
PREFIX = "https://shlink.io/api/error/"
REASONED = (400, 401, 403, 404, 422)


class Shlink:
    """`line` is blind to the key, which goes into a header of its own; `domain` is one of the server's, or empty for its default."""

    def __init__(self, line: Line, key: str, domain: str = "") -> None:
        self._line = line
        self._headers = {"X-Api-Key": key}
        self._domain = domain

    async def make(self, long_url: str, tags: Sequence[str] = ()) -> ShortLink:
        return await self._make(long_url, tags, self._domain)

    async def is_there(self, remote_id: str) -> bool:
        return await self._of(remote_id) is not None

    async def make_again(self, long_url: str, remote_id: str, tags: Sequence[str] = ()) -> ShortLink | None:
        """With `customSlug`, which together with `findIfExists` gives a link of that code and address again."""
        domain, _, code = remote_id.rpartition("/")
        try:
            return await self._make(long_url, tags, domain, code)
        except Refused:  # the code is another link's by now, or the key may not choose one
            return None

    async def _make(self, long_url: str, tags: Sequence[str], domain: str, code: str = "") -> ShortLink:
        body: dict[str, object] = {"longUrl": long_url, "tags": [OURS, *tags], "findIfExists": True}
        if domain:
            body["domain"] = domain
        if code:
            body["customSlug"] = code
        try:
            answer = await self._line.send(
                "POST", "/rest/v3/short-urls", body=body, headers=self._headers, harmless=True, accept=REASONED
            )
        except NetworkTrouble as error:
            retold(NAME, error)
        self._judge("POST /rest/v3/short-urls", answer)
        made = _link(answer.data)
        if made is None:
            raise gone(NAME, "POST /rest/v3/short-urls: no link in the answer")
        return made

    async def try_it(self) -> tuple[str, Quota]:
        health = await self._get("/rest/health")
        if not isinstance(health, dict) or "status" not in health:
            raise self._not_shlink("GET /rest/health")
        page = _object(await self._get("/rest/v3/short-urls", (("page", "1"), ("itemsPerPage", "1"))), "shortUrls")
        if not isinstance(page.get("data"), list):
            raise self._not_shlink("GET /rest/v3/short-urls")
        first = _link(page["data"][0]) if page["data"] else None
        known = urlsplit(first.url).netloc if first is not None else urlsplit(f"//{self._line.host}").netloc
        return self._domain or known, Quota()

    async def clicks(self, wanted: Sequence[Wanted]) -> dict[str, int]:
        """One list for all; what is not in it (the tag was taken off) is asked for by itself."""
        left = {each.remote_id for each in wanted}
        found: dict[str, int] = {}
        page, pages = 1, 1
        while left and page <= min(pages, MOST_PAGES):
            params = (
                ("page", str(page)),
                ("itemsPerPage", str(PAGE)),
                ("tags[]", OURS),
                ("orderBy", "dateCreated-DESC"),
            )
            told = _object(await self._get("/rest/v3/short-urls", params), "shortUrls")
            rows = told.get("data")
            for row in rows if isinstance(rows, list) else ():
                link, count = _link(row), _visits(row)
                if link is not None and count is not None and link.remote_id in left:
                    found[link.remote_id] = count
                    left.discard(link.remote_id)
            count = _object(told, "pagination").get("pagesCount")
            pages = count if isinstance(count, int) else 1
            page += 1
        for remote_id in sorted(left):
            if (count := _visits(await self._of(remote_id))) is not None:
                found[remote_id] = count
        return found

    async def close(self) -> None:
        await self._line.close()

    async def _of(self, remote_id: str) -> Any:
        """What it tells of one link; None where there is none."""
        domain, _, code = remote_id.rpartition("/")
        path = f"/rest/v3/short-urls/{quote(code, safe='')}"
        return await self._get(path, (("domain", domain),) if domain else (), missing=True)

    async def _get(self, path: str, params: Sequence[tuple[str, str]] = (), *, missing: bool = False) -> Any:
        try:
            answer = await self._line.get(
                path, params, headers=self._headers if path != "/rest/health" else {}, accept=REASONED
            )
        except NetworkTrouble as error:
            retold(NAME, error)
        if answer.status == 404 and missing and self._kind(answer) == "short-url-not-found":
            return None
        self._judge(f"GET {path}", answer)
        return answer.data

    def _judge(self, what: str, answer: Told) -> None:
        if answer.status < 400:
            return
        kind = self._kind(answer)
        data = answer.data if isinstance(answer.data, dict) else {}
        technical = f"{what}: {answer.status} {self._line.clean(kind)}".strip()
        if answer.status == 401 or kind in ("invalid-api-key", "missing-authentication"):
            raise wrong_token(NAME, technical)
        if answer.status == 404 and not kind:
            raise self._not_shlink(what)
        raise refused(NAME, self._line.clean(str(data.get("detail") or data.get("title") or "")), technical)

    def _kind(self, answer: Told) -> str:
        """The last part of the problem's type."""
        kind = answer.data.get("type") if isinstance(answer.data, dict) else None
        return kind.removeprefix(PREFIX).lower().replace("_", "-") if isinstance(kind, str) else ""

    def _not_shlink(self, what: str) -> Misconfigured:
        said = message("links.error.not_such", name=NAME, host=self._line.host)
        return Misconfigured(Misconfiguration.NOT_SUCH_A_SERVER, self._line.host, said, "links.settings", what)


def _object(data: Any, name: str) -> dict[str, Any]:
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _link(row: Any) -> ShortLink | None:
    if not isinstance(row, dict) or not isinstance(code := row.get("shortCode"), str) or not code:
        return None
    domain = row.get("domain")
    try:
        return ShortLink(
            usable(row.get("shortUrl")), f"{domain}/{code}" if isinstance(domain, str) and domain else code
        )
    except NoShortLink:
        return None


def _visits(row: Any) -> int | None:
    """Visits of people: without those that Shlink takes for robots."""
    count = _object(row, "visitsSummary").get("nonBots")
    return count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None
