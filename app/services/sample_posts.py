"""The sample shop's accounts, posts and figures: as rows of the data file, and the same as the simulated server knows them."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random

from app.models.account import AccountState
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import PostState
from app.networks.network import Facts
from app.networks.sample.growth import impressions_of
from app.networks.sample.server import ACCOUNT_FACT
from app.networks.sample.state import ServedAccount, ServedPost, account_key
from app.networks.sample.world import address, digest
from app.runtime.clock import from_wall, to_ms
from app.runtime.words import Message, message
from app.services.sample_content import DAY_MS, HOUR_MS, MINUTE_MS, Content, Days, Item, server_of
from app.services.server_facts import facts_text

HISTORY_DAYS = 180
MEASURED_AT_HOURS = (1, 6, 24, 72, 168, 672)
"""Ages at which the figures of a post were noted."""
HALF_LIFE_HOURS = 9.0
LOOKED_AGO_MS = MINUTE_MS
"""How long ago the figures were last looked at."""
NETWORK_NAMES = {"x": "X", "mastodon": "Mastodon", "bluesky": "Bluesky", "instagram": "Instagram"}
WEEKDAY_WEIGHTS = (0.9, 0.9, 1.0, 1.05, 1.3, 1.2, 0.8)
"""New followers come on Fridays and Saturdays, when people look for music."""

Rows = dict[str, list[dict[str, object]]]


class PostsOfSample:
    """Builds rows into `tables`; afterwards `served_*`, `doubtful` and the maps are complete."""

    def __init__(self, content: Content, days: Days, tables: Rows) -> None:
        self.served_accounts: list[ServedAccount] = []
        self.served_posts: list[ServedPost] = []
        self.doubtful: list[str] = []
        """Keys of deliveries that only the user can settle."""
        self.account_ids: dict[str, int] = {}
        """Account key of the content files -> row."""
        self.post_ids: dict[str, int] = {}
        self.deliveries: dict[tuple[str, int], dict[str, object]] = {}
        """(post key, account row) -> row of the outbox."""
        self._content = content
        self._days = days
        self._tables = tables
        self._accounts: dict[int, Item] = {}
        self._by_network: dict[str, list[int]] = defaultdict(list)
        self._campaign_ids: dict[str, int] = {}

    def build(self) -> None:
        for account in self._content.shop["accounts"]:
            self._account(account)
        self._calendar()
        for post in self._content.posts:
            self._post(post)

    def account(self, account_id: int) -> Item:
        """The account of the content files behind a row."""
        return self._accounts[account_id]

    def served_key(self, account_id: int) -> str:
        account = self._accounts[account_id]
        return account_key(account["network"], account["remote_id"])

    # --- accounts

    def _account(self, account: Item) -> None:
        number = len(self._accounts) + 1
        self._accounts[number] = account
        self.account_ids[account["key"]] = number
        self._by_network[account["network"]].append(number)
        by_hand = bool(account["by_hand"])
        handle, server = account["handle"], server_of(account)
        facts = Facts(software="sample", version="1", values={ACCOUNT_FACT: account["remote_id"]})
        self._tables["account"].append(
            {
                "id": number,
                "network": account["network"],
                "server": server,
                "handle": handle,
                "name": account["name"],
                "remote_id": account["remote_id"],
                "url": address(account["network"], handle),
                "state": AccountState.BY_HAND if by_hand else AccountState.READY,
                "state_since": self._days.now - HISTORY_DAYS * DAY_MS,
                "checked_at": None if by_hand else self._days.now - LOOKED_AGO_MS,
                "facts": "{}" if by_hand else facts_text(facts),
                "position": number,
            }
        )
        start, now = account["followers_start"], account["followers_now"]
        if not by_hand:
            a_day = (now - start) / HISTORY_DAYS
            served = ServedAccount(
                account["network"], account["remote_id"], handle, account["name"], now, a_day, self._days.now
            )
            self.served_accounts.append(served)
        for at, value in _growth(start, now, account["key"], self._days):
            self._sample("followers", "account", number, at, value)

    def _sample(self, metric: str, subject: str, subject_id: int, at: int, value: int) -> None:
        self._tables["sample"].append(
            {"metric": metric, "subject": subject, "subject_id": subject_id, "at": at, "value": value}
        )

    # --- the calendar

    def _calendar(self) -> None:
        for number, campaign in enumerate(self._content.campaigns, start=1):
            self._campaign_ids[campaign["key"]] = number
            self._tables["campaign"].append(
                {
                    "id": number,
                    "name": campaign["name"],
                    "goal": json.dumps(campaign["goal"]),
                    "hue": campaign["hue"],
                }
            )
            for phase in campaign["phases"]:
                self._tables["phase"].append(
                    {
                        "id": len(self._tables["phase"]) + 1,
                        "campaign_id": number,
                        "kind": phase["kind"],
                        "starts_on": self._days.day(phase["from"]).isoformat(),
                        "ends_on": self._days.day(phase["to"]).isoformat(),
                    }
                )
        for number, mark in enumerate(self._content.marks, start=1):
            on_day = self._days.yearly(mark["yearly"]) if "yearly" in mark else self._days.day(mark["day"])
            row = {"id": number, "kind": mark["kind"], "title": mark["title"], "on_day": on_day.isoformat()}
            self._tables["mark"].append(row)

    # --- posts

    def _post(self, post: Item) -> None:
        number = len(self.post_ids) + 1
        self.post_ids[post["key"]] = number
        planned = self._days.posted(post)
        state = PostState(post["state"]) if post["state"] in list(PostState) else PostState.SCHEDULED
        made = min(planned or self._days.now, self._days.now) - 2 * DAY_MS
        self._tables["post"].append(
            {
                "id": number,
                "title": post["title"],
                "parts": _texts(post["text"]),
                "state": state,
                "format": post["format"],
                "pillar": post["pillar"],
                "campaign_id": self._campaign_ids[post["campaign"]] if post.get("campaign") else None,
                "poll": _poll(post),
                "language": post.get("language", "es"),
                "planned_at": planned,
                "zone": str(self._days.zone) if planned is not None else "",
                "created_at": made,
                "saved_at": made,
            }
        )
        for position, medium in enumerate(post["media"]):
            self._tables["post_picture"].append(
                {"post_id": number, "position": position, "path": picture_name(medium["picture"]), "alt": medium["alt"]}
            )
        for network, text in post["variants"].items():
            for account_id in self._by_network[network][:1]:
                self._tables["variant"].append({"post_id": number, "account_id": account_id, "parts": _texts(text)})
                if planned is not None and state is PostState.SCHEDULED:
                    self._delivery(post, number, account_id, text, planned)

    def _delivery(self, post: Item, post_id: int, account_id: int, text: str, planned: int) -> None:
        account = self._accounts[account_id]
        network = account["network"]
        key = f"sample-{post['key']}-{account['key']}"
        state, reason = self._standing(post, account, planned)
        out = state is DeliveryState.OUT
        remote_id = digest("post", key) if out else ""
        url = address(network, account["handle"], remote_id) if out else ""
        delivery: dict[str, object] = {
            "id": len(self._tables["outbox"]) + 1,
            "account_id": account_id,
            "kind": OutboxKind.POST,
            "state": state,
            "key": key,
            "post_id": post_id,
            "parts": _texts(text),
            "pictures": _pictures(post),
            "poll": _poll(post) if network in post.get("poll", {}).get("networks", ()) else "",
            "language": post.get("language", "es"),
            "due_at": planned,
            "progress": json.dumps([{"id": remote_id, "url": url}]) if out else "[]",
            "attempts": 1 if state is DeliveryState.FAILED else 0,
            "first_claimed_at": planned if state is DeliveryState.UNSURE else None,
            "reason": reason.to_json() if reason else "",
            "remote_id": remote_id,
            "url": url,
            "sent_at": planned if out else None,
            "created_at": min(planned, self._days.now) - DAY_MS,
        }
        self._tables["outbox"].append(delivery)
        self.deliveries[post["key"], account_id] = delivery
        figures = post.get("figures", {}).get(network, {})
        if out:
            shown = impressions_of(network, figures.get("likes", 0), figures.get("reposts", 0)) if figures else None
            self._figures(delivery, figures if shown is None else {**figures, "impressions": shown})
            if not account["by_hand"]:
                self.served_posts.append(self._served(account_id, key, remote_id, text, planned, figures))
        if state is DeliveryState.UNSURE:
            self.doubtful.append(part_key(key))

    def _standing(self, post: Item, account: Item, planned: int) -> tuple[DeliveryState, Message | None]:
        """Where a delivery stands, and why it did not go out."""
        names = {"network": NETWORK_NAMES[account["network"]], "handle": account["handle"]}
        if account["network"] in post.get("failed_on", ()):
            if post["reason"] == "timeout":
                return DeliveryState.UNSURE, message("outbox.unsure.cannot_tell", network=names["network"])
            return DeliveryState.FAILED, message("sample.signed_out", **names)
        if planned <= self._days.now:
            return DeliveryState.OUT, None
        return (DeliveryState.BY_HAND if account["by_hand"] else DeliveryState.WAITING), None

    def _served(self, account_id: int, key: str, remote_id: str, text: str, at: int, figures: Item) -> ServedPost:
        counts = (figures.get("likes", 0), figures.get("reposts", 0), figures.get("replies", 0), 0)
        return ServedPost(
            account=self.served_key(account_id),
            id=remote_id,
            key=part_key(key),
            text=text,
            at=at,
            figures=counts,
            measured_at=self._days.now,
        )

    def _figures(self, delivery: dict[str, object], figures: Item) -> None:
        sent, number = delivery["sent_at"], delivery["id"]
        assert isinstance(sent, int)
        assert isinstance(number, int)
        age = max(self._days.now - LOOKED_AGO_MS - sent, 0)
        ages = [hours * HOUR_MS for hours in MEASURED_AT_HOURS if hours * HOUR_MS < age]
        for metric, last in figures.items():
            for passed in (*ages, age):
                value = round(last * _share(passed) / _share(age)) if age else last
                self._sample(metric, "post", number, sent + passed, value)


def part_key(outbox_key: str) -> str:
    """The key under which publishing sends the first part of an outbox item."""
    return f"{outbox_key}-0"


def picture_name(picture: str) -> str:
    """File of a picture of the content files inside the profile's media folder."""
    return f"sample-{picture}.png"


def _texts(text: str) -> str:
    return json.dumps([text], ensure_ascii=False)


def _poll(post: Item) -> str:
    poll = post.get("poll")
    if not poll:
        return ""
    hours = max(1, poll["minutes"] // 60)
    return json.dumps({"options": poll["options"], "hours": hours, "multiple": False}, ensure_ascii=False)


def _pictures(post: Item) -> str:
    pictures = [{"path": picture_name(medium["picture"]), "alt": medium["alt"]} for medium in post["media"]]
    return json.dumps(pictures, ensure_ascii=False)


def _share(age_ms: int) -> float:
    """What part of its figures a post has at an age; the simulated server counts alike."""
    return 1.0 - math.pow(0.5, age_ms / HOUR_MS / HALF_LIFE_HOURS)


def _growth(start: int, now: int, seed: str, days: Days) -> Iterator[tuple[int, int]]:
    """(time, followers) once a morning over the history, and now: smooth, with the rhythm of the week."""
    chance = Random(f"followers:{seed}")  # noqa: S311 (a sample, not a secret)
    offsets = range(-HISTORY_DAYS, 0)
    weights = []
    for offset in offsets:
        season = 1.0 + 0.35 * math.sin(offset / 29.0)
        weights.append(WEEKDAY_WEIGHTS[days.day(offset).weekday()] * season * chance.uniform(0.7, 1.3))
    total, gained = sum(weights), 0.0
    for offset, weight in zip(offsets, weights, strict=True):
        morning = from_wall(datetime.combine(days.day(offset), time()) + timedelta(hours=5), days.zone).at
        yield to_ms(morning), start + round((now - start) * gained / total)
        gained += weight
    yield days.now - LOOKED_AGO_MS, now
