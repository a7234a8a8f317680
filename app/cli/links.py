"""Tracked links without a window: those that went out, with the clicks counted last."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime, timedelta

from app.cli.output import Output
from app.models.tracked_link import ClickRow
from app.runtime.clock import to_ms
from app.runtime.words import message
from app.services.link_clicks import LinkClicks
from app.store.database import Database
from app.store.reading import links as reading


async def list_links(database: Database, clicks: LinkClicks, args: Namespace, out: Output, now: datetime) -> int:
    """The newest first. `--count` asks the shortener before; where it does not answer that is said, and the numbers are the last ones."""
    code = 0
    if args.count and not await clicks.count(asked=True) and clicks.trouble is not None:
        out.say(clicks.trouble)
        code = 1
    since = to_ms(now - timedelta(days=args.days)) if args.days else 0
    rows = await database.read(reading.out, since, args.limit)
    for row in rows:
        out.item(click_values(row))
    if not rows:
        out.say(message("cli.links_none"))
    return code


def click_values(row: ClickRow) -> dict[str, object]:
    """`clicks` is of all links of that post on that account; None where nothing was counted."""
    return {
        "outbox": row.outbox_id,
        "post": row.post_id,
        "account": row.account_id,
        "network": row.network,
        "handle": row.handle,
        "url": row.url,
        "short": row.leaves_as,
        "shortener": str(row.shortener),
        "sent_at": row.sent_at,
        "clicks": row.clicks,
        "counted_at": row.counted_at,
    }
