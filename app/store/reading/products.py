"""Products of the shop's feeds: found as one types, and offered so that what was not featured for long comes first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from app.models.folding import fold
from app.models.product import FeedKind, FeedRow, ProductColumn, ProductRow
from app.runtime.clock import from_ms
from app.store.search import match_expression

MOST_FOUND = 2000
"""Of what words find, so many are put in order: those that came last."""
_CHUNK = 400
_FEED = (
    "SELECT f.id, f.name, f.kind, f.source, f.columns, f.template, f.read_at, f.trouble,"
    " (SELECT count(*) FROM product p WHERE p.feed_id = f.id) FROM product_feed f WHERE f.removed_at IS NULL"
)
_PRODUCT = (
    "SELECT p.id, p.feed_id, p.title, p.maker, p.kind, p.url, p.picture, p.price, p.available, p.seen_at < coalesce(f.read_at, 0),"
    " p.used_at, p.description FROM {table} JOIN product_feed AS f ON f.id = p.feed_id AND f.removed_at IS NULL"
)


def feeds(connection: sqlite3.Connection) -> list[FeedRow]:
    """Those that were not removed, in the order in which they came."""
    return [_feed(row) for row in connection.execute(f"{_FEED} ORDER BY f.id")]


def feed(connection: sqlite3.Connection, feed_id: int) -> FeedRow | None:
    """None where it is not there, or was removed."""
    found = connection.execute(f"{_FEED} AND f.id = ?", (feed_id,)).fetchone()
    return _feed(found) if found else None


def products(connection: sqlite3.Connection, typed: str, feed_id: int | None, limit: int) -> list[ProductRow]:
    """What fits the words typed (all, where none were): what may be sold first, of it what was never featured or longest ago."""
    words = fold(typed).replace('"', " ").split()[:8]
    asked = match_expression([word for word in words if any(c.isalnum() for c in word)])
    if asked:
        inner = (
            "(SELECT rowid AS key FROM product_search WHERE product_search MATCH ? ORDER BY rowid DESC LIMIT ?) AS s"
        )
        sql = _PRODUCT.format(table=f"{inner} JOIN product AS p ON p.id = s.key")
        found = [_product(row) for row in connection.execute(sql, (asked, MOST_FOUND))]
        found = [each for each in found if feed_id is None or each.feed_id == feed_id]
        found.sort(key=_offered)
        return found[:limit]
    never, used = [], []
    standing = "SELECT id FROM product_feed WHERE removed_at IS NULL"
    for each in [feed_id] if feed_id is not None else [row[0] for row in connection.execute(standing)]:
        sql = _PRODUCT.format(table="product AS p")
        # From the newest on until there are enough: by the index of keys, all would be sorted first.
        fresh = f"{sql} WHERE +p.feed_id = ? AND +p.used_at IS NULL ORDER BY p.id DESC LIMIT ?"
        never += [_product(row) for row in connection.execute(fresh, (each, limit))]
        again = f"{sql} WHERE p.feed_id = ? AND p.used_at IS NOT NULL ORDER BY p.used_at LIMIT ?"
        used += [_product(row) for row in connection.execute(again, (each, limit))]
    return sorted([*never, *used], key=_offered)[:limit]


def by_ids(connection: sqlite3.Connection, ids: Sequence[int]) -> list[ProductRow]:
    """These, in this order, without those that are not there."""
    found: dict[int, ProductRow] = {}
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        sql = f"{_PRODUCT.format(table='product AS p')} WHERE p.id IN ({', '.join('?' * len(some))})"
        found.update({row[0]: _product(row) for row in connection.execute(sql, tuple(some))})
    return [found[number] for number in ids if number in found]


def gone(connection: sqlite3.Connection, feed_id: int) -> int:
    """How many the last whole reading no longer had."""
    sql = "SELECT count(*) FROM product p JOIN product_feed f ON f.id = p.feed_id WHERE f.id = ? AND p.seen_at < f.read_at"
    return int(connection.execute(sql, (feed_id,)).fetchone()[0])


def _offered(product: ProductRow) -> tuple[object, ...]:
    used = product.used_at.timestamp() if product.used_at is not None else 0.0
    return product.gone, not product.available, used, -product.id


def _feed(row: tuple[Any, ...]) -> FeedRow:
    number, name, kind, source, columns, template, read_at, trouble, many = row
    named = {ProductColumn(key): title for key, title in json.loads(columns).items()}
    return FeedRow(
        number,
        name,
        FeedKind(kind),
        source,
        template,
        None if read_at is None else from_ms(read_at),
        trouble,
        many,
        named,
    )


def _product(row: tuple[Any, ...]) -> ProductRow:
    number, feed_id, title, maker, kind, url, picture, price, available, is_gone, used_at, description = row
    used = None if used_at is None else from_ms(used_at)
    return ProductRow(
        number, feed_id, title, maker, kind, url, picture, price, bool(available), bool(is_gone), used, description
    )
