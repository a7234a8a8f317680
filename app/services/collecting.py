"""Notes the figures of accounts and posts: each once a period, however often the program looks or starts. What no network told stays a gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from app.models.measuring import OLDEST, POST_AGES, REPLY_AGES, period_of
from app.models.outbox import OutboxKind
from app.networks.network import Figures, ReportsMetrics
from app.runtime.clock import Clock, from_ms, to_ms
from app.services.connections import Link
from app.store.database import Database
from app.store.reading import measured as reading
from app.store.reading.measured import Sent
from app.store.writing import accounts, samples

ACCOUNT_FIGURES = ("followers", "following", "posts")
POST_FIGURES = ("likes", "reposts", "replies", "quotes")
GONE = "gone"
"""Metric of a post that the network no longer has, in place of its figures."""
AT_LEAST = timedelta(hours=1)
"""Between two readings of an account's figures, however often the program is opened."""
AT_ONCE = 100
"""Posts asked about in one look; the others have their turn at the next."""


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
        if known.account_at is None:
            last = await self._database.read(reading.account_measured, ACCOUNT_FIGURES, link.account_id)
            if last is not None and now - from_ms(last) < AT_LEAST:  # by another process, or just before a restart
                known.account_at = from_ms(last)
                return
        elif self._day(known.account_at) == self._day(now):
            return
        profile = await link.connection.profile()
        at = to_ms(now)
        values = dict(zip(ACCOUNT_FIGURES, (profile.followers, profile.following, profile.posts), strict=True))
        rows = [(name, "account", link.account_id, at, value) for name, value in values.items() if value is not None]
        await self._database.write(samples.add, rows, bulk=True)
        await self._database.write(
            lambda session: accounts.update_profile(
                session, link.account_id, handle=profile.handle, name=profile.name, url=profile.url, avatar=profile.avatar
            )
        )
        known.account_at = now

    async def _read_posts(self, link: Link, connection: ReportsMetrics, known: _Remembered) -> None:
        now = self._clock.now()
        sent = await self._database.read(reading.sent_since, link.account_id, to_ms(now - OLDEST), (*POST_FIGURES, GONE))
        due = [(each, period) for each in sent if (period := self._due(each, known, now)) is not None][:AT_ONCE]
        if not due:
            return
        ids = {each.remote_id: each.outbox_id for each, _ in due}
        found = await connection.figures(list(ids))
        await self._database.write(samples.add, _rows(found, ids, to_ms(now)), bulk=True)
        # Also those of which the network said nothing: it is not asked again before their next period.
        known.asked.update({each.outbox_id: period for each, period in due})

    def _due(self, sent: Sent, known: _Remembered, now: datetime) -> timedelta | None:
        """The period of its life for which it has not been measured; None when it has."""
        out_at = from_ms(sent.sent_at)
        period = period_of(now - out_at, REPLY_AGES if sent.kind == OutboxKind.REPLY else POST_AGES)
        if period is None or known.asked.get(sent.outbox_id) == period:
            return None
        return period if sent.measured_at is None or from_ms(sent.measured_at) < out_at + period else None

    def _day(self, moment: datetime) -> object:
        return moment.astimezone(self._zone()).date()


def _rows(found: Sequence[Figures], ids: dict[str, int], at: int) -> list[tuple[str, str, int, int, int]]:
    rows = []
    for figures in found:
        subject = ids.get(figures.remote_id)
        if subject is None:
            continue
        if figures.gone:
            rows.append((GONE, "post", subject, at, 1))
        values = (figures.likes, figures.reposts, figures.replies, figures.quotes)
        rows += [
            (name, "post", subject, at, value) for name, value in zip(POST_FIGURES, values, strict=True) if value is not None
        ]
    return rows
