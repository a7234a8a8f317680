"""Reads what calls to networks have cost."""

from __future__ import annotations

import sqlite3

from app.models.spending import ItemSpent, MonthSpent

MONTH = (
    "SELECT c.item, COUNT(*), SUM(COALESCE(c.used, c.most)), SUM(c.price * COALESCE(c.used, c.most)),"
    " SUM(CASE WHEN c.used IS NULL THEN c.price * c.most ELSE 0 END)"
    " FROM charge c JOIN account a ON a.id = c.account_id WHERE a.network = ? AND c.at >= ?"
    " GROUP BY c.item ORDER BY 4 DESC, c.item"
)


def month(connection: sqlite3.Connection, network: str, since_ms: int) -> MonthSpent:
    """All accounts of a network from `since_ms` on. Calls that were refused cost nothing, and still were calls."""
    rows = connection.execute(MONTH, (network, since_ms)).fetchall()
    items = tuple(ItemSpent(item, calls, units, spent) for item, calls, units, spent, _ in rows)
    calls, spent = sum(each.calls for each in items), sum(each.spent for each in items)
    return MonthSpent(network, calls, spent, sum(row[4] for row in rows), items)
