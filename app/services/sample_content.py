"""The sample shop's content files as plain data, and the moments their relative days and minutes mean today."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.runtime.clock import from_wall, to_ms
from app.runtime.errors import Damaged
from app.runtime.settings import MINUTES_A_DAY
from app.runtime.words import message

Item = Mapping[str, Any]

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS


@dataclass(frozen=True, slots=True)
class Content:
    """What the files hold, as they hold it."""

    shop: Item
    people: tuple[Item, ...]
    conversations: tuple[Item, ...]
    posts: tuple[Item, ...]
    campaigns: tuple[Item, ...]
    marks: tuple[Item, ...]
    visitors: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Occasion -> language -> what a customer may say while the program runs."""
    promises: tuple[Item, ...] = ()
    orders: tuple[Item, ...] = ()
    searches: tuple[Item, ...] = ()
    overheard: tuple[Item, ...] = ()
    """Said about the shop, not to it."""
    faq: tuple[Item, ...] = ()
    agreements: tuple[Item, ...] = ()
    ideas: Item = field(default_factory=dict)
    """Where ideas came from, and the list of products."""
    questions: Item = field(default_factory=dict)
    """What was replied to which posts; which may go again, and what comes again by itself."""
    support: Item = field(default_factory=dict)
    """What the call centre counted."""
    sales: Item = field(default_factory=dict)
    """What its links sold, and what campaigns cost."""


def read_content(folder: Path) -> Content:
    """Raises `Damaged` when a file is missing or broken: the program is not completely installed."""
    campaigns = _read(folder / "campaigns.json")
    return Content(
        shop=_read(folder / "shop.json"),
        people=tuple(_read(folder / "people.json")),
        conversations=tuple(_read(folder / "conversations.json")),
        posts=tuple(_read(folder / "posts.json")),
        campaigns=tuple(campaigns["campaigns"]),
        marks=tuple(campaigns["marks"]),
        promises=tuple(_read(folder / "promises.json")),
        orders=tuple(_read(folder / "orders.json")),
        searches=tuple(_read(folder / "searches.json")),
        overheard=tuple(_read(folder / "overheard.json")),
        faq=tuple(_read(folder / "faq.json")),
        agreements=tuple(_read(folder / "agreements.json")),
        questions=_read(folder / "questions.json"),
        support=_read(folder / "support.json"),
        sales=_read(folder / "sales.json"),
        ideas={**_read(folder / "ideas.json"), "folder": str(folder)},
        visitors={name: lines for name, lines in _read(folder / "visitors.json").items() if name != "version"},
    )


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Damaged(message("sample.content_missing", file=path.name), technical=str(error)) from error


def server_of(account: Item) -> str:
    """Address of the server of one of our accounts; empty where the network has only one."""
    return f"https://{account['server']}" if account.get("server") else ""


def opening_minutes(shop: Item) -> tuple[int, int]:
    """Between which minutes of a day the shop's doors are open: from its first hour to its last."""
    hours = shop.get("public_hours")
    if not hours:
        return 0, MINUTES_A_DAY
    first, last = (int(text[:2]) * 60 + int(text[3:]) for text in (hours[0][0], hours[-1][1]))
    return first, last


class Days:
    """Turns `day` and `minute`, `minutes_ago` and `minutes_ahead` of the files into UTC milliseconds."""

    def __init__(self, now: datetime, zone: ZoneInfo, opens: int = 0, closes: int = MINUTES_A_DAY) -> None:
        """`opens` and `closes` are minutes of the local day between which the shop posts."""
        self.now = to_ms(now)
        self.zone = zone
        self.today = now.astimezone(zone).date()
        self._local = now.astimezone(zone)
        self._opens = opens
        self._closes = closes

    def moment(self, item: Item) -> int | None:
        """None for what has no time. Something said or sent on an earlier day is never in the future."""
        if "minutes_ago" in item:
            return self.now - int(item["minutes_ago"]) * MINUTE_MS
        if "minutes_ahead" in item:
            return self.now + int(item["minutes_ahead"]) * MINUTE_MS
        if "day" not in item:
            return None
        wall = datetime.combine(self.day(item["day"]), time()) + timedelta(minutes=item.get("minute", 0))
        return to_ms(from_wall(wall, self.zone).at)

    def posted(self, item: Item) -> int | None:
        """Like `moment`, but of what the shop sends: minutes from now are counted over its opening hours alone, whoever looks at night."""
        if "minutes_ago" not in item and "minutes_ahead" not in item:
            return self.moment(item)
        minutes = item["minutes_ahead"] if "minutes_ahead" in item else -item["minutes_ago"]
        open_for = self._closes - self._opens
        passed = min(max(self._local.hour * 60 + self._local.minute - self._opens, 0), open_for)
        offset, minute = divmod(passed + int(minutes), open_for)
        return self.moment({"day": offset, "minute": self._opens + minute})

    def yearly(self, month_and_day: str) -> date:
        """The occurrence of a yearly day ("11-22") that is nearest to today."""
        years = (self.today.year - 1, self.today.year, self.today.year + 1)
        return min(
            (date.fromisoformat(f"{year}-{month_and_day}") for year in years), key=lambda day: abs(day - self.today)
        )

    def day(self, offset: int) -> date:
        """The local day so many days from today."""
        return self.today + timedelta(days=offset)
