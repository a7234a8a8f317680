"""The sample shop's sales out of its links: visits and purchases that its invented web analytics and shop would have counted, costs, coupons.

All of it follows from the posts and their links, so that every start shows the same.
"""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import parse_qsl

from app.models.outbox import DeliveryState
from app.networks.sample.world import digest
from app.services.sample_content import Content, Days, Item
from app.services.sample_posts import Rows

DAYS_BACK = 100
LASTS = 5
"""Days on which a post still brings visits."""
FIRST_NUMBER = 30_001
BUYERS = 70


def add_sales(content: Content, days: Days, tables: Rows) -> None:
    """After posts, links and orders."""
    sales = content.sales
    if not sales:
        return
    campaigns = {str(row["slug"]): row["id"] for row in tables["campaign"]}
    for slug, costs in sales["costs"].items():
        for offset, title, amount in costs:
            spent_on = days.day(offset).isoformat()
            row = {
                "campaign_id": campaigns[slug],
                "title": title,
                "amount": amount,
                "currency": sales["currency"],
                "on_day": spent_on,
                "made_at": days.now,
            }
            tables["campaign_cost"].append(row)
        tables["campaign_coupon"].append({"code": sales["coupons"][slug], "campaign_id": campaigns[slug]})
    counts: dict[tuple[int, str, str, str], int] = {}
    for back in range(DAYS_BACK + 1):
        day = days.today - timedelta(days=back)
        counts[day.toordinal(), "", "", ""] = 120 + _some(f"direct {back}", 140)
    sent = {
        (row.get("post_id"), row["account_id"]): row.get("sent_at")
        for row in tables["outbox"]
        if row["state"] == DeliveryState.OUT
    }
    number = FIRST_NUMBER
    for link in tables["tracked_link"]:
        at = sent.get((link["post_id"], link["account_id"]))
        marks = dict(parse_qsl(str(link["tracked"]).partition("?")[2]))
        if isinstance(at, int) and marks.get("utm_campaign"):
            number = _add_visits(sales, days, tables, at, marks, counts, number)
    tables["visit_day"] += [
        {"day": day, "campaign": campaign, "content": content, "goal": goal, "count": count}
        for (day, campaign, content, goal), count in counts.items()
    ]


def _add_visits(
    sales: Item,
    days: Days,
    tables: Rows,
    at: int,
    marks: dict[str, str],
    counts: dict[tuple[int, str, str, str], int],
    number: int,
) -> int:
    """Of one link, fewer each day; some of them buy."""
    campaign, content = marks["utm_campaign"], marks.get("utm_content", "")
    for later in range(LASTS):
        moment = at + later * 86_400_000 + _some(f"{content} {later} minute", 480) * 60_000
        if moment >= days.now:
            break
        day = date.fromordinal(days.today.toordinal() - (days.now - moment) // 86_400_000)
        visits = (18 + _some(f"{content} visits", 40)) >> later
        bought = (visits + _some(f"{content} {later} bought", 14)) // 16
        key = day.toordinal(), campaign, content
        counts[*key, ""] = counts.get((*key, ""), 0) + visits
        for place in range(bought):
            product, price = sales["products"][_some(f"{content} {later} {place}", len(sales["products"]))]
            with_coupon = _some(f"{content} {later} {place} coupon", 3) == 0
            tables["shop_order"].append(
                {
                    "id": max((int(str(row["id"])) for row in tables["shop_order"][-1:]), default=0) + 1,
                    "number": f"B-{number}",
                    "email": f"pedido{_some(f'{content} {later} {place} buyer', BUYERS)}@correo.example",
                    "products": product,
                    "amount": price,
                    "currency": sales["currency"],
                    "state": "entregado",
                    "ordered_at": moment,
                    "source": marks.get("utm_source", ""),
                    "campaign": campaign,
                    "content": content,
                    "coupon": sales["coupons"].get(campaign, "") if with_coupon else "",
                    "imported_at": days.now,
                }
            )
            number += 1
        if bought:
            counts[*key, sales["goal"]] = counts.get((*key, sales["goal"]), 0) + bought
    return number


def _some(name: str, below: int) -> int:
    """The same number for the same name, wherever it runs."""
    return int(digest(name)) % below
