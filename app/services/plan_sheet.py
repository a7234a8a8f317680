"""The plan as CSV for spreadsheets: a row a post, times in the shop's zone, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import tzinfo

from app.models.plan import Place, Plan, PlannedPost, PlanWords
from app.models.stance import stance
from app.services.tags import BOM, harmless

COLUMNS = (
    "day", "time", "offset", "state", "title", "text", "networks", "accounts", "own_texts", "pillar", "format", "campaign", "link", "clicks",
)  # fmt: skip
"""Of the table, in order; `clicks` is empty where nothing is known."""


def sheet_of(plan: Plan, words: PlanWords, zone: tzinfo) -> bytes:
    """The whole file: UTF-8 with BOM, lines end as RFC 4180 wants."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([harmless(words.labels[name]) for name in COLUMNS])
    for post in plan.posts:
        writer.writerow([harmless(cell) for cell in _cells(post, words, zone)])
    return BOM + buffer.getvalue().encode("utf-8", "replace")


def _cells(post: PlannedPost, words: PlanWords, zone: tzinfo) -> list[str]:
    local = post.at.astimezone(zone)
    return [
        local.strftime("%Y-%m-%d"),
        local.strftime("%H:%M"),
        f"UTC{local:%z}",
        words.states[stance(post.row)],
        post.row.title or words.labels["untitled"],
        post.text,
        ", ".join(words.network(each) for each in post.row.networks),
        ", ".join(place.handle for place in post.places),
        "\n\n".join(_own(place, words) for place in post.places if place.text),
        words.pillars.get(post.row.pillar, ""),
        words.formats.get(post.row.format, ""),
        post.campaign,
        post.link,
        "" if post.row.clicks is None else str(post.row.clicks),
    ]


def _own(place: Place, words: PlanWords) -> str:
    return f"{words.network(place.network)} {place.handle}: {place.text}"
