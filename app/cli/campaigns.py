"""Campaigns without a window: what each brought until now, what it cost, and the coupons whose orders are its."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, date, datetime

from app.cli.output import Output
from app.models.sale import Brought, CampaignReport, Cost
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.sales import Sales
from app.store.database import Database
from app.store.reading import campaigns
from app.store.reading import sales as reading
from app.store.reading.queries import StoreQueries

ACTS = ("list", "report", "costs", "cost", "uncost", "coupons")


async def campaign(database: Database, sales: Sales, args: Namespace, out: Output, local: datetime) -> int:
    """`local`: now, by the shop's clock."""
    if args.act == "list":
        for row in await database.read(campaigns.rows):
            plan = row.plan
            out.item(
                {
                    "id": plan.id,
                    "name": plan.name,
                    "slug": plan.slug,
                    "from": _day(plan.starts_on),
                    "to": _day(plan.ends_on),
                }
            )
    elif args.act == "uncost":
        await sales.remove_cost(args.id)
        out.item({"cost": args.id}, message("cli.campaign.cost_gone"))
    else:
        if await database.read(campaigns.campaign, args.id) is None:
            raise UserMistake(message("cli.campaign.none", id=args.id), field="id")
        await _of_one(database, sales, args, out, local)
    return 0


async def _of_one(database: Database, sales: Sales, args: Namespace, out: Output, local: datetime) -> None:
    if args.act == "report":
        zone = local.tzinfo or UTC

        def read(queries: StoreQueries) -> CampaignReport | None:
            return queries.campaign_report(args.id, zone, local.date(), tuple(args.account))

        report = await database.read(lambda connection: read(StoreQueries(connection, sales.clock)))
        assert report is not None
        _tell(report, out)
    elif args.act == "costs":
        for each in await database.read(reading.costs, args.id):
            out.item(cost_values(each))
    elif args.act == "cost":
        currency = await database.read(reading.currency)
        number = await sales.save_cost(args.id, args.title, args.amount, args.day or local.date(), None, currency)
        out.item({"cost": number}, message("cli.campaign.cost_kept", id=number))
    elif args.codes or args.none:
        kept = await sales.set_coupons(args.id, ",".join(args.codes))
        out.item({"coupons": list(kept)}, message("cli.campaign.coupons_kept", n=len(kept)))
    else:
        out.item({"coupons": list(await database.read(reading.coupons, args.id))})


def _tell(report: CampaignReport, out: Output) -> None:
    """A line for the whole, then one for each phase, post and link."""
    whole = {
        "campaign": report.plan.id,
        "name": report.plan.name,
        **brought_values(report.total),
        "cost": money_values(report.cost),
        "cost_of_sale": None if report.cost_of_sale is None else money_values((report.cost_of_sale,)),
        "earned": report.earned,
        "orders_until": _day(report.orders_until),
        "missing": sorted(report.missing),
    }
    out.item({"of": "campaign", **whole})
    for part in report.phases:
        phase = part.phase
        days: dict[str, str | None] = {"kind": None, "from": None, "to": None}
        if phase is not None:
            days = {"kind": str(phase.kind), "from": _day(phase.starts_on), "to": _day(phase.ends_on)}
        out.item({"of": "phase", **days, **brought_values(part.brought)})
    for post in report.posts:
        out.item(
            {
                "of": "post",
                "post": post.post_id,
                "title": post.title,
                "on": _day(post.sent_on),
                **brought_values(post.brought),
            }
        )
    for link in report.links:
        said = {"post": link.post_id, "network": link.network, "handle": link.handle, "links": list(link.links)}
        out.item({"of": "link", **said, **brought_values(link.brought)})


def brought_values(brought: Brought) -> dict[str, object]:
    """None: not counted by anybody."""
    sold = brought.sold
    return {
        "posts": brought.posts,
        "clicks": brought.clicks,
        "reposts": brought.reposts,
        "replies": brought.replies,
        "visits": brought.visits,
        "goals": brought.goals,
        "orders": None if sold is None else sold.orders,
        "sold": None if sold is None else money_values(sold.money),
    }


def money_values(amounts: tuple[tuple[str, int], ...]) -> dict[str, float]:
    """Units of each currency."""
    return {currency: hundredths / 100 for currency, hundredths in amounts}


def cost_values(cost: Cost) -> dict[str, object]:
    return {
        "id": cost.id,
        "title": cost.title,
        "amount": cost.amount / 100,
        "currency": cost.currency,
        "on": _day(cost.on_day),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
