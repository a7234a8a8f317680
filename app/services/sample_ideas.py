"""The sample shop's ideas: where each came from; and its products, as its own catalogue tells them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.models.folding import fold
from app.models.idea import Origin, OriginKind
from app.models.outbox import DeliveryState
from app.models.product import ReadProduct
from app.runtime.clock import from_ms
from app.services.feed_reading import FeedFile
from app.services.sample_content import Content, Days, Item
from app.services.sample_posts import Rows

DAY_MS = 86_400_000
READ_AGO_MS = 2 * 3_600_000


def add_ideas(content: Content, days: Days, tables: Rows, post_ids: Mapping[str, int]) -> None:
    """After the posts and their figures."""
    rows = {row["id"]: row for row in tables["post"]}
    for key, told in content.ideas.get("origins", {}).items():
        row = rows.get(post_ids.get(key, 0))
        if row is not None and not row.get("origin"):
            row["origin"] = _origin(told, tables, post_ids).to_text()
    if "feed" in content.ideas:
        _feed(content.ideas["feed"], days, tables, Path(content.ideas["folder"]))


def _origin(told: Item, tables: Rows, post_ids: Mapping[str, int]) -> Origin:
    kind = OriginKind(told["kind"])
    if kind is not OriginKind.REPEAT:
        return Origin(kind, 0, told.get("count", 0), told.get("note", ""))
    number = post_ids[told["of"]]
    out = [item for item in tables["outbox"] if item.get("post_id") == number and item["state"] == DeliveryState.OUT]
    ids = {item["id"] for item in out}
    replies = [
        int(str(row["value"]))
        for row in tables["sample"]
        if row["metric"] == "replies" and row["subject_id"] in ids and row["subject"] == "post"
    ]
    day = from_ms(min(int(str(item["sent_at"])) for item in out)).date() if out else None
    return Origin(kind, number, sum(replies), day.isoformat() if day is not None else "")


def _feed(told: Item, days: Days, tables: Rows, folder: Path) -> None:
    source = folder / told["file"]
    file = FeedFile(source)
    read_at = days.now - READ_AGO_MS
    tables["product_feed"].append(
        {
            "id": 1,
            "name": told["name"],
            "kind": file.kind,
            "source": str(source),
            "columns": "{}",
            "template": told["template"],
            "read_at": read_at,
            "trouble": "",
        }
    )
    used = {key: days.now + day * DAY_MS for key, day in told["used"].items()}
    for number, product in enumerate((row for row in file.products() if isinstance(row, ReadProduct)), 1):
        tables["product"].append(
            {
                "id": number,
                "feed_id": 1,
                **product._asdict(),
                "folded": fold(f"{product.title} {product.maker}"),
                "available": int(product.available),
                "seen_at": read_at,
                "used_at": used.get(product.key),
            }
        )
    file.close()
