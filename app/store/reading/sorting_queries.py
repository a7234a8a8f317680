"""The reads of tags and rules over one connection: part of what commands/services.py asks for as `Queries`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.models.rule import Rule
from app.models.sorting import Uses
from app.models.tag import TagCount, TaggedMessage, TagRow
from app.runtime.clock import to_ms
from app.store.reading import pillars, rules, tags
from app.store.reading.list_queries import StoreListQueries


class StoreSortingQueries(StoreListQueries):
    """Tags, what bears them, and rules."""

    def tags(self, *, retired: bool = False) -> list[TagRow]:
        return tags.tags(self._connection, retired=retired)

    def tag_counts(self, since: datetime | None, until: datetime) -> list[TagCount]:
        return tags.counts(self._connection, None if since is None else to_ms(since), to_ms(until))

    def tagged(self, tag_id: int, since: datetime | None, until: datetime, limit: int = 200) -> list[TaggedMessage]:
        return tags.tagged(self._connection, tag_id, None if since is None else to_ms(since), to_ms(until), limit)

    def tags_of(self, message_ids: Sequence[int]) -> Mapping[int, tuple[TagRow, ...]]:
        return tags.of_messages(self._connection, message_ids)

    def pillar_uses(self) -> Mapping[str, Uses]:
        return pillars.uses(self._connection)

    def rules(self) -> list[Rule]:
        return rules.rules(self._connection)

    def rule(self, rule_id: int) -> Rule | None:
        return rules.rule(self._connection, rule_id)
