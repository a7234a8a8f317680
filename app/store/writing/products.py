"""Products of feeds: stored by the thousand, brought up to date by each reading, and when an idea was made of one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, update

from app.models.folding import fold
from app.models.product import FeedKind, ProductColumn, ReadProduct
from app.models.tables.post import Product, ProductFeed
from app.store.notes import execute, note

_TOLD = ("title", "folded", "maker", "kind", "description", "url", "picture", "price", "available", "seen_at")
_COLUMNS = ("feed_id", "key", *_TOLD)
_KEEP = (
    f"INSERT INTO product ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
    f" ON CONFLICT (feed_id, key) DO UPDATE SET {', '.join(f'{each} = excluded.{each}' for each in _TOLD)}"
)


def add_feed(
    session: Session, name: str, kind: FeedKind, source: str, columns: Mapping[ProductColumn, str], template: str
) -> int:
    """Answers its id."""
    named = json.dumps({str(column): title for column, title in columns.items()}, ensure_ascii=False)
    feed = ProductFeed(name=name, kind=kind, source=source, columns=named, template=template)
    session.add(feed)
    session.flush()
    return feed.id or 0


def save_template(session: Session, feed_id: int, template: str) -> None:
    session.get_one(ProductFeed, feed_id).template = template


def set_removed(session: Session, feed_id: int, now_ms: int | None) -> None:
    """None brings it back."""
    session.get_one(ProductFeed, feed_id).removed_at = now_ms


def keep(session: Session, feed_id: int, read: Sequence[ReadProduct], seen_ms: int) -> int:
    """Stores products under the reading that saw them; answers how many were not known."""
    # Straight to the driver, and told as a whole: a reading goes through millions.
    connection = session.connection()
    before = _count(session, feed_id, read)
    rows = [
        (feed_id, each.key, each.title, fold(f"{each.title} {each.maker}"), *each[2:8], int(each.available), seen_ms)
        for each in read
    ]
    connection.exec_driver_sql(_KEEP, rows)
    note(session, Product, None)
    return len({each.key for each in read}) - before


def read_through(session: Session, feed_id: int, kind: FeedKind, seen_ms: int) -> None:
    """A reading came to the end: what it did not see is gone."""
    feed = session.get_one(ProductFeed, feed_id)
    feed.kind, feed.read_at, feed.trouble = kind, seen_ms, ""


def set_trouble(session: Session, feed_id: int, trouble: str) -> None:
    session.get_one(ProductFeed, feed_id).trouble = trouble


def used(session: Session, product_ids: Sequence[int], now_ms: int | None) -> None:
    """An idea was made of them."""
    for start in range(0, len(product_ids), 400):
        some = product_ids[start : start + 400]
        execute(session, update(Product).where(col(Product.id).in_(some)).values(used_at=now_ms))


def _count(session: Session, feed_id: int, read: Sequence[ReadProduct]) -> int:
    """How many of them are known."""
    cursor = session.connection().connection.cursor()
    known = 0
    keys = list({each.key for each in read})
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        sql = f"SELECT count(*) FROM product WHERE feed_id = ? AND key IN ({', '.join('?' * len(some))})"
        known += cursor.execute(sql, (feed_id, *some)).fetchone()[0]
    return known
