"""The sample shop's tracked links: a shortener that answers without a net, and links of posts that went out, as they would have been made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from app.links.shortener import ShortLink, Wanted
from app.links.utm import DEFAULT_PATTERN, Facts, Pattern, slug, tagged
from app.models.outbox import DeliveryState, OutboxKind
from app.models.tracked_link import Quota, Shortener
from app.networks.sample.world import digest
from app.runtime.clock import Clock
from app.runtime.settings import FORMAT_VERSION, Links
from app.services.link_texts import links_of, put_in
from app.services.sample_posts import Rows

DOMAIN = "aurora.mx"
SERVER = f"https://{DOMAIN}"
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE = 5
TO_COME = (DeliveryState.WAITING, DeliveryState.BY_HAND)
DOUBLES = timedelta(days=2)
"""After it a link has half of the clicks it will ever have."""


class SimulatedShortener:
    """The same link for the same address, as real ones give it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def make(self, long_url: str, tags: Sequence[str] = ()) -> ShortLink:  # noqa: ARG002  (it keeps nothing)
        return short_link(long_url)

    async def is_there(self, remote_id: str) -> bool:  # noqa: ARG002  (nobody deletes any)
        return True

    async def make_again(self, long_url: str, remote_id: str, tags: Sequence[str] = ()) -> ShortLink | None:  # noqa: ARG002
        return short_link(long_url)

    async def try_it(self) -> tuple[str, Quota]:
        return DOMAIN, Quota()

    async def clicks(self, wanted: Sequence[Wanted]) -> dict[str, int]:
        return {each.remote_id: self._clicked(each) for each in wanted}

    def _clicked(self, wanted: Wanted) -> int:
        age = max((self._clock.now() - wanted.made_at) / DOUBLES, 0.0)
        whole = 20 + int(digest(wanted.remote_id)) % 240
        return max(round(whole * age / (1 + age)), wanted.last or 0)

    async def close(self) -> None:
        """Nothing is open."""


def simulated(_which: Shortener, _server: str, _domain: str, _token: str, clock: Clock) -> SimulatedShortener:
    """In the place of a way over the net."""
    return SimulatedShortener(clock)


class SimulatedToken:
    """The shortener of the sample shop asks for none; what is typed is not kept."""

    def get(self, _account_key: str) -> dict[str, str]:
        return {"token": "sample"}

    def set(self, _account_key: str, _secrets: object) -> None:
        """Nothing to keep."""

    def delete(self, _account_key: str) -> None:
        """Nothing to forget."""


def short_link(long_url: str) -> ShortLink:
    number = int(digest(long_url))
    code = ""
    for _ in range(CODE):
        number, place = divmod(number, len(LETTERS))
        code += LETTERS[place]
    return ShortLink(f"https://{DOMAIN}/{code}", code)


def add_links(tables: Rows) -> None:
    """After the posts: what each delivery's text links to, made short; what is yet to leave carries the short link."""
    pattern = Pattern.read(DEFAULT_PATTERN)
    networks = {row["id"]: str(row["network"]) for row in tables["account"]}
    campaigns = {row["id"]: slug(str(row.get("slug") or "")) or slug(str(row["name"])) for row in tables["campaign"]}
    posts = {row["id"]: row for row in tables["post"]}
    for item in tables["outbox"]:
        post = posts.get(item.get("post_id"))
        if item["kind"] != OutboxKind.POST or post is None or item["state"] == DeliveryState.LET_GO:
            continue
        campaign = campaigns.get(post.get("campaign_id"), "")
        facts = Facts(
            networks[item["account_id"]],
            "",
            campaign,
            f"p{item['post_id']}-{item['account_id']}",
            str(post.get("pillar") or ""),
        )
        instead = {}
        urls = {url for part in json.loads(str(item["parts"])) for _, url in links_of(part)}
        for url in sorted(urls):
            tracked = tagged(url, pattern, facts)
            made = short_link(tracked)
            instead[url] = made.url
            tables["tracked_link"].append(
                {
                    "post_id": item["post_id"], "account_id": item["account_id"], "url": url, "tracked": tracked, "short": made.url,
                    "shortener": Shortener.SHLINK, "remote_id": made.remote_id, "made_at": item["created_at"],
                }
            )  # fmt: skip
        if item["state"] in TO_COME:  # what is out is out, as its network has it
            item["parts"] = json.dumps(
                [put_in(part, instead) for part in json.loads(str(item["parts"]))], ensure_ascii=False
            )
    document = {"version": FORMAT_VERSION, "values": {"shortener": str(Shortener.SHLINK), "server": SERVER}}
    tables["setting"].append({"name": Links.GROUP, "value": json.dumps(document)})
