"""What is known of a campaign's sales, visits and costs. Reads the orders that name it, never all of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from app.models.campaign import CampaignPlan
from app.models.order import folded_mark
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import PostFormat
from app.models.sale import CampaignTold, Cost, SentPost, ShopOrder, Visits
from app.runtime.clock import from_ms
from app.store.reading import campaigns

DayOf = Callable[[int], date]
"""The shop's day of a moment in UTC milliseconds."""
FIGURES = ("clicks", "reposts", "replies", "likes")
MOST_SENT = 2_000
"""Deliveries of one campaign; the newest."""
_BUYER = (
    "CASE WHEN o.customer_id IS NOT NULL THEN 'c' || o.customer_id WHEN o.email <> '' THEN 'e' || o.email"
    " WHEN o.handle <> '' THEN 'h' || o.handle ELSE '' END"
)


def told(
    connection: sqlite3.Connection, plan: CampaignPlan, day_of: DayOf, today: date, accounts: Collection[int] = ()
) -> CampaignTold:
    """All that a report is made of; of some accounts alone, or of all."""
    assert plan.id is not None
    sent, linked = _sent(connection, plan.id, day_of)
    if accounts:
        sent = [each for each in sent if each.account_id in accounts]
    foreign = frozenset(folded_mark(slug) for slug in campaigns.slugs(connection, plan.id))
    names = (frozenset({folded_mark(plan.slug)} - {""}) | linked) - foreign
    contents = frozenset(content for each in sent for content in each.contents)
    codes = coupons(connection, plan.id)
    first, last, marked = _span(connection)
    visits, asked = _visits(connection, plan, names, contents)
    if accounts:
        visits = [each for each in visits if each.content in contents]
    return CampaignTold(
        plan,
        names,
        foreign,
        codes,
        sent,
        _orders(connection, names, contents, codes, day_of),
        None if first is None else day_of(first),
        None if last is None else day_of(last),
        marked,
        visits,
        asked,
        costs(connection, plan.id),
        today,
        bool(accounts),
    )


def costs(connection: sqlite3.Connection, campaign_id: int) -> tuple[Cost, ...]:
    """The earliest first."""
    sql = "SELECT title, amount, currency, on_day, id FROM campaign_cost WHERE campaign_id = ? AND removed_at IS NULL ORDER BY on_day, id"
    found = connection.execute(sql, (campaign_id,))
    return tuple(
        Cost(campaign_id, title, amount, currency, date.fromisoformat(day), number)
        for title, amount, currency, day, number in found
    )


def cost(connection: sqlite3.Connection, cost_id: int) -> Cost | None:
    """One that was not removed."""
    sql = "SELECT campaign_id, title, amount, currency, on_day FROM campaign_cost WHERE id = ? AND removed_at IS NULL"
    found = connection.execute(sql, (cost_id,)).fetchone()
    if found is None:
        return None
    campaign_id, title, amount, currency, day = found
    return Cost(campaign_id, title, amount, currency, date.fromisoformat(day), cost_id)


def coupons(connection: sqlite3.Connection, campaign_id: int) -> tuple[str, ...]:
    """Codes whose orders are the campaign's."""
    return tuple(
        code
        for (code,) in connection.execute(
            "SELECT code FROM campaign_coupon WHERE campaign_id = ? ORDER BY code", (campaign_id,)
        )
    )


def coupon_owners(connection: sqlite3.Connection, codes: Sequence[str]) -> dict[str, tuple[int, str]]:
    """(campaign, its name) of codes that one has; campaigns that were removed have none."""
    sql = (
        "SELECT k.code, c.id, c.name FROM campaign_coupon AS k JOIN campaign AS c ON c.id = k.campaign_id AND c.removed_at IS NULL"
        f" WHERE k.code IN ({_places(codes)})"
    )
    return {code: (number, name) for code, number, name in connection.execute(sql, tuple(codes))}


def last_asked_day(connection: sqlite3.Connection) -> date | None:
    """The last day about which the analytics server was asked."""
    found = connection.execute("SELECT max(day) FROM visit_day").fetchone()[0]
    return None if found is None else date.fromordinal(found)


def currency(connection: sqlite3.Connection) -> str:
    """The one in which the shop sold last; empty where it never said."""
    found = connection.execute(
        "SELECT currency FROM shop_order WHERE currency <> '' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return found[0] if found is not None else ""


# --- what was sent


def _sent(connection: sqlite3.Connection, campaign_id: int, day_of: DayOf) -> tuple[list[SentPost], frozenset[str]]:
    """Its deliveries that are out, and the names that their links have for the campaign."""
    sql = (
        "SELECT o.id, p.id, o.account_id, a.network, a.handle, p.title, p.parts, p.pillar, p.format, o.sent_at FROM post AS p"
        " JOIN outbox AS o ON o.post_id = p.id AND o.kind = ? AND o.state = ? JOIN account AS a ON a.id = o.account_id"
        " WHERE p.campaign_id = ? AND p.deleted_at IS NULL ORDER BY o.sent_at DESC, o.id DESC LIMIT ?"
    )
    found = connection.execute(sql, (OutboxKind.POST, DeliveryState.OUT, campaign_id, MOST_SENT)).fetchall()
    rows, names = [], set[str]()
    for number, post_id, account_id, network, handle, title, parts, pillar, kind, at in found:
        links, contents, said = _links(connection, post_id, account_id)
        names |= said
        rows.append(
            SentPost(
                number,
                post_id,
                account_id,
                network,
                handle,
                title or _first_line(parts),
                pillar,
                kind == PostFormat.PROMO,
                from_ms(at),
                day_of(at),
                links,
                contents,
                _figures(connection, number),
            )
        )
    return rows, frozenset(names)


def _links(
    connection: sqlite3.Connection, post_id: int, account_id: int
) -> tuple[tuple[str, ...], frozenset[str], set[str]]:
    """(as they left, their utm_content, their utm_campaign)."""
    sql = "SELECT tracked, short FROM tracked_link WHERE post_id = ? AND account_id = ? ORDER BY url"
    links, contents, names = [], set[str](), set[str]()
    for tracked, short in connection.execute(sql, (post_id, account_id)):
        links.append(short or tracked)
        said = marks_of(tracked)
        contents.add(said.get("utm_content", ""))
        names.add(said.get("utm_campaign", ""))
    return tuple(links), frozenset(contents - {""}), names - {""}


def marks_of(url: str) -> dict[str, str]:
    """What a link says of where its visits come from, folded as orders keep it."""
    try:
        said = parse_qsl(url.partition("?")[2].partition("#")[0], max_num_fields=100)
    except ValueError:
        return {}
    return {name.lower(): folded_mark(value) for name, value in said if name.lower().startswith("utm_")}


def _figures(connection: sqlite3.Connection, outbox_id: int) -> dict[str, int]:
    sql = "SELECT value FROM sample WHERE metric = ? AND subject = 'post' AND subject_id = ? ORDER BY at DESC LIMIT 1"
    found = {}
    for metric in FIGURES:
        value = connection.execute(sql, (metric, outbox_id)).fetchone()
        if value is not None:
            found[metric] = value[0]
    return found


# --- what was sold


def _orders(
    connection: sqlite3.Connection,
    names: Collection[str],
    contents: Collection[str],
    codes: Sequence[str],
    day_of: DayOf,
) -> list[ShopOrder]:
    """Sales that say one of these of themselves, in the order of their time."""
    numbers: set[int] = set()
    for column, wanted in (("campaign", names), ("content", contents), ("coupon", codes)):
        for some in _chunks(sorted(wanted)):
            numbers.update(
                row[0]
                for row in connection.execute(f"SELECT id FROM shop_order WHERE {column} IN ({_places(some)})", some)
            )
    if codes:
        # Orders with several coupons; few have any.
        several = connection.execute("SELECT id, coupon FROM shop_order WHERE coupon > '' AND instr(coupon, ',') > 0")
        numbers.update(number for number, coupon in several if set(coupon.split(",")) & set(codes))
    found: list[ShopOrder] = []
    for some in _chunks(sorted(numbers)):
        found += [_order(row, day_of) for row in connection.execute(f"{_ORDER} AND o.id IN ({_places(some)})", some)]
    return sorted(found, key=lambda order: (order.day or date.min, order.id))


def _of_same(time: str) -> str:
    """Whether the buyer of `o` has a sale at an earlier, or later, time; each of three ways has its own index."""
    ways = (
        "p.customer_id = o.customer_id",
        "(o.email <> '' AND p.email = o.email)",
        "(o.handle <> '' AND p.handle = o.handle)",
    )
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM shop_order AS p WHERE {way} AND p.id <> o.id AND p.sold AND {time})" for way in ways
    )


_ORDER = (
    f"SELECT o.id, o.number, o.ordered_at, o.amount, o.currency, o.campaign, o.content, o.coupon, {_BUYER},"
    f" {_of_same('p.ordered_at < o.ordered_at')}, {_of_same('p.ordered_at > o.ordered_at')} FROM shop_order AS o WHERE o.sold"
)


def _order(row: Sequence[Any], day_of: DayOf) -> ShopOrder:
    number, name, at, amount, money, campaign, content, coupon, buyer, before, again = row
    day = None if at is None else day_of(at)
    return ShopOrder(number, name, day, amount, money, campaign, content, coupon, buyer, bool(before), bool(again))


def _span(connection: sqlite3.Connection) -> tuple[int | None, int | None, bool]:
    """(first, last order of the shop, whether any says where it came from)."""
    # Each by itself: SQLite goes to an end of the index for one of them alone.
    first = connection.execute("SELECT min(ordered_at) FROM shop_order").fetchone()[0]
    last = connection.execute("SELECT max(ordered_at) FROM shop_order").fetchone()[0]
    marked = any(
        connection.execute(f"SELECT 1 FROM shop_order WHERE {column} > '' LIMIT 1").fetchone()
        for column in ("campaign", "content", "coupon")
    )
    return first, last, marked


# --- what was visited


def _visits(
    connection: sqlite3.Connection, plan: CampaignPlan, names: Collection[str], contents: Collection[str]
) -> tuple[list[Visits], frozenset[date]]:
    since = plan.starts_on.toordinal() if plan.starts_on is not None else 0
    asked = frozenset(
        date.fromordinal(day)
        for (day,) in connection.execute(
            "SELECT DISTINCT day FROM visit_day WHERE campaign = '' AND day >= ?", (since,)
        )
    )
    found: list[Visits] = []
    sql = "SELECT day, content, goal, count FROM visit_day WHERE"
    for some in _chunks(sorted(names)):
        found += _rows(connection, f"{sql} campaign IN ({_places(some)}) AND day >= ?", (*some, since))
    for some in _chunks(sorted(contents)):
        found += _rows(connection, f"{sql} content IN ({_places(some)}) AND campaign = '' AND day >= ?", (*some, since))
    return found, asked


def _rows(connection: sqlite3.Connection, sql: str, values: Sequence[object]) -> list[Visits]:
    return [
        Visits(date.fromordinal(day), content, goal, count)
        for day, content, goal, count in connection.execute(sql, values)
    ]


def _chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Few enough for one question."""
    return (values[start : start + 500] for start in range(0, len(values), 500))


def _places(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _first_line(parts: str) -> str:
    return next((line.strip() for part in json.loads(parts) for line in part.splitlines() if line.strip()), "")
