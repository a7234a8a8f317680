"""What a commit touched: tables and row ids. The only way in which screens and services learn that something changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ALL = None
"""In place of row ids: any row of the table may have changed."""

MOST_IDS = 2000
"""Above this many ids, re-reading everything is cheaper than naming them."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Touched rows by table. Row ids are the table's first key column where that is a number; other tables always say `ALL`."""

    tables: Mapping[str, frozenset[int] | None] = field(default_factory=dict)

    def ids(self, table: str) -> frozenset[int]:
        """Empty when none was touched, and when `all_of(table)`."""
        return self.tables.get(table) or frozenset()

    def all_of(self, table: str) -> bool:
        return table in self.tables and self.tables[table] is ALL

    def touches(self, *tables: str) -> bool:
        return any(table in self.tables for table in tables)

    def merge(self, other: Changes) -> Changes:
        merged = dict(self.tables)
        for table, ids in other.tables.items():
            merged[table] = joined(merged[table], ids) if table in merged else ids
        return Changes(merged)

    def __bool__(self) -> bool:
        return bool(self.tables)


def joined(one: frozenset[int] | None, other: Iterable[int] | None) -> frozenset[int] | None:
    """Both sets of ids as one; `ALL` where either is, or where there are too many."""
    if one is ALL or other is ALL:
        return ALL
    ids = one.union(other)
    return ALL if len(ids) > MOST_IDS else ids
