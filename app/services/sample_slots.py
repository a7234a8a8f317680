"""The sample shop's good times: a few a week for each account, with a queue for offers and one day switched off."""

from __future__ import annotations

from collections.abc import Mapping

from app.services.sample_content import Content
from app.services.sample_posts import Rows

TIMES: Mapping[str, tuple[tuple[tuple[int, ...], int, str], ...]] = {
    "x": (
        ((0, 2, 4), 10 * 60, ""),
        ((1, 3), 13 * 60, ""),
        ((5, 6), 11 * 60, ""),
        ((5,), 20 * 60 + 30, ""),
        ((6,), 16 * 60 + 30, ""),
        ((4,), 17 * 60, "offers"),
    ),
    "mastodon": (
        ((1, 3), 13 * 60, ""),
        ((2, 4), 19 * 60 + 30, ""),
        ((5, 6), 11 * 60, ""),
        ((6,), 20 * 60, ""),
    ),
    "bluesky": (
        ((0, 2, 4), 10 * 60, ""),
        ((5,), 11 * 60, ""),
        ((6,), 16 * 60 + 30, ""),
    ),
    "instagram": (
        ((3,), 13 * 60, ""),
        ((1,), 18 * 60, ""),
        ((5,), 20 * 60 + 30, ""),
        ((6,), 20 * 60, ""),
    ),
}
"""By account of the content files: weekdays (0 is Monday), minute of the day, and the pillar of the queue."""

OFF = (("instagram", 1),)


def add_slots(content: Content, tables: Rows) -> None:
    """After the accounts, whose rows stand in the order of the content files."""
    zone = content.shop["zone"]
    numbers = {account["key"]: number for number, account in enumerate(content.shop["accounts"], start=1)}
    for key, times in TIMES.items():
        for weekdays, minute, pillar in times:
            for weekday in weekdays:
                tables["slot"].append(
                    {
                        "id": len(tables["slot"]) + 1,
                        "account_id": numbers[key],
                        "weekday": weekday,
                        "minute": minute,
                        "zone": zone,
                        "pillar": pillar,
                        "enabled": True,
                    }
                )
    for key, weekday in OFF:
        tables["slot_day"].append({"account_id": numbers[key], "weekday": weekday})
