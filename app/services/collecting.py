"""Notes the figures of accounts and posts: each once a period, however often the program looks or starts. What no network told stays a gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise

from app.models.measuring import OLDEST, POST_AGES, REPLY_AGES, period_of
from app.models.message import Visibility
from app.models.outbox import OutboxKind
from app.networks.network import Figures, ReportsMetrics
from app.runtime.clock import Clock, day_start, from_ms, to_ms
from app.services.connections import Link
from app.store.database import Database
from app.store.reading import measured as reading
from app.store.reading.measured import Sent
from app.store.writing import accounts, samples

ACCOUNT_FIGURES = ("followers", "following", "posts")
POST_FIGURES = ("likes", "reposts", "replies", "quotes", "impressions", "profile_visits")
GONE = "gone"
"""Metric of a post that the network no longer has, in place of its figures: 1, and 0 should it have it again."""
TELLING = ("likes", "reposts", "replies", "quotes", GONE)
"""Where one of these was noted, a post was measured."""
AT_LEAST = timedelta(hours=1)
"""Between two readings of an account's figures, however often the program is opened."""
AT_ONCE = 100
"""Posts asked about in one look; the others have their turn at the next."""
COUNTED_BENEATH = (Visibility.PUBLIC, Visibility.UNLISTED)
"""Networks count what stands under a post where everybody may read it."""


@dataclass(slots=True)
class _Remembered:
    """What this process did for an account since it was opened."""

    account_at: datetime | None = None
    asked: dict[int, timedelta] = field(default_factory=dict)
    """Outbox items and the period of their life for which the network was asked last."""


class Collecting:
    """Used by `Sync`, account by account, in its turn."""

    def __init__(self, database: Database, clock: Clock, zone: Callable[[], tzinfo]) -> None:
        """`zone` is the shop's: its days are counted."""
        self._database = database
        self._clock = clock
        self._zone = zone
        self._accounts: dict[int, _Remembered] = {}

    async def read(self, link: Link) -> None:
        """The account's figures at each opening and each day, those of its posts by their age. Raises what the network raises."""
        known = self._accounts.setdefault(link.account_id, _Remembered())
        await self._read_account(link, known)
        if isinstance(link.connection, ReportsMetrics):
            await self._read_posts(link, link.connection, known)

    async def _read_account(self, link: Link, known: _Remembered) -> None:
        now = self._clock.now()
        opening = known.account_at is None
        if known.account_at is not None and self._day(known.account_at) == self._day(now):
            return
        last = await self._database.read(reading.account_measured, ACCOUNT_FIGURES, link.account_id)
        since = now - AT_LEAST if opening else day_start(now, self._zone())
        if last is not None and from_ms(last) >= since:  # by another process, or just before a restart
            known.account_at = from_ms(last)
            return
        profile = await link.connection.profile()
        values = dict(zip(ACCOUNT_FIGURES, (profile.followers, profile.following, profile.posts), strict=True))
        rows = [(name, "account", link.account_id, to_ms(now), value) for name, value in values.items() if value is not None]
        await self._database.write(samples.add_once, rows, {link.account_id: to_ms(since)}, bulk=True)
        await self._database.write(
            lambda session: accounts.update_profile(
                session, link.account_id, handle=profile.handle, name=profile.name, url=profile.url, avatar=profile.avatar
            )
        )
        known.account_at = now

    async def _read_posts(self, link: Link, connection: ReportsMetrics, known: _Remembered) -> None:
        now = self._clock.now()
        sent = await self._database.read(reading.sent_since, link.account_id, to_ms(now - OLDEST), TELLING)
        due = [(each, period) for each in sent if (period := self._due(each, known, now)) is not None][:AT_ONCE]
        if not due:
            return
        parts = {each.outbox_id: each.parts() for each, _ in due}
        found = await connection.figures([part for ids in parts.values() for part in ids])
        told = {figures.remote_id: figures for figures in found}
        was_gone = await self._database.read(reading.last_values, GONE, list(parts))
        rows = []
        for each, _ in due:
            figures = [told.get(part) or Figures(part) for part in parts[each.outbox_id]]
            noted = _rows(each, figures, to_ms(now))
            if noted and was_gone.get(each.outbox_id) and not figures[0].gone:  # it was only hidden
                noted.append((GONE, "post", each.outbox_id, to_ms(now), 0))
            rows += noted
        began = {each.outbox_id: each.sent_at + round(period.total_seconds() * 1000) for each, period in due}
        await self._database.write(samples.add_once, rows, began, bulk=True)
        # Also those of which the network said nothing: it is not asked again before their next period.
        known.asked.update({each.outbox_id: period for each, period in due})

    def _due(self, sent: Sent, known: _Remembered, now: datetime) -> timedelta | None:
        """The period of its life for which it has not been measured; None when it has."""
        out_at = from_ms(sent.sent_at)
        period = period_of(now - out_at, REPLY_AGES if sent.kind == OutboxKind.REPLY else POST_AGES)
        if period is None or known.asked.get(sent.outbox_id) == period:
            return None
        return period if sent.measured_at is None or from_ms(sent.measured_at) < out_at + period else None

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone()).date()


def _rows(sent: Sent, parts: Sequence[Figures], at: int) -> list[tuple[str, str, int, int, int]]:
    """What is noted of a post: the figures of its parts together. Gone is what nobody can open any more at its address."""
    if parts[0].gone:
        return [(GONE, "post", sent.outbox_id, at, 1)]
    standing = [
        (each.likes, each.reposts, each.replies, each.quotes, each.impressions, each.profile_visits) for each in parts if not each.gone
    ]
    values = dict(zip(POST_FIGURES, map(_sum, zip(*standing, strict=True)), strict=True))
    replies = values["replies"]
    if replies is not None and sent.visibility in COUNTED_BENEATH:  # how it goes on is no reply to it
        values["replies"] = max(0, replies - sum(not above.gone and not below.gone for above, below in pairwise(parts)))
    return [(name, "post", sent.outbox_id, at, value) for name, value in values.items() if value is not None]


def _sum(values: Sequence[int | None]) -> int | None:
    """None where one of them is not known: a part of it would look like a loss."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
