"""A calendar in memory: posts of a few days, and a planning service that does what it is asked at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from app.models.calendar import CalendarPost, CalendarSpan, MarkRow, Move, PhaseRow
from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostFormat, PostState
from app.models.rhythm import Edges
from app.models.slot import SlotGrid
from tests.ui.shop import NOW, Shop
from tests.ui.stand_ins import TouchedAll

HOUR = timedelta(hours=1)


def post(number: int, title: str = "Escucha «Marea»", hours: float | None = 3, **fields: Any) -> CalendarPost:
    """`hours` from ten o'clock on Wednesday in Mexico City; None for what has no time."""
    made = CalendarPost(
        id=number,
        title=title,
        state=PostState.SCHEDULED if hours is not None else PostState.IDEA,
        shown=DeliveryState.WAITING if hours is not None else None,
        deliveries=2 if hours is not None else 0,
        out=0,
        planned_at=NOW + hours * HOUR if hours is not None else None,
        pillar="releases",
        format=PostFormat.INFORMS,
        networks=("x", "mastodon"),
        saved_at=NOW,
        accounts=(1, 2),
    )
    return replace(made, **fields)


def a_week() -> list[CalendarPost]:
    return [
        post(1, "Novedades", -24, shown=DeliveryState.OUT, out=2, clicks=43),
        post(2, "Detrás del escenario", -14, shown=DeliveryState.FAILED),
        post(3, "Escucha «Marea»", 3),
        post(4, "Vinilo azul", 27, pillar="offers", accounts=(1,), networks=("x",), campaign_id=1),
        post(5, "Firma de discos", 50, state=PostState.DRAFT, shown=None, deliveries=0),
    ]


@dataclass
class FakeCalendar:
    """Queries and planning in one; what is moved is read again at once."""

    planned: list[CalendarPost] = field(default_factory=a_week)
    ideas: list[CalendarPost] = field(
        default_factory=lambda: [post(11, "Una idea", None), post(12, "Un borrador", None, state=PostState.DRAFT)]
    )
    phases: tuple[PhaseRow, ...] = (PhaseRow(1, 1, "Marea", "blue", "teaser", date(2026, 11, 10), date(2026, 11, 19)),)
    marks: tuple[MarkRow, ...] = (MarkRow(1, "launch", "«Marea» a la venta", date(2026, 11, 20)),)
    grid: SlotGrid = field(default_factory=SlotGrid)
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    shop: Shop | None = None

    def lend(self, shop: Shop) -> None:
        """The shop's services read and write this."""
        self.shop = shop
        queries = shop.services.reads.queries
        for name in ("calendar", "to_place", "calendar_post", "campaigns", "posts_in_trouble", "post", "slots", "edges"):
            setattr(queries, name, getattr(self, name))
        shop.services.planning = self

    # ---- reading

    def calendar(self, since: datetime, until: datetime, first: date, last: date) -> CalendarSpan:
        there = sorted(
            (each for each in self.planned if each.planned_at and since <= each.planned_at < until),
            key=lambda each: each.planned_at or NOW,
        )
        marks = tuple(mark for mark in self.marks if first <= mark.on_day <= last)
        return CalendarSpan(
            tuple(there), tuple(each for each in self.phases if each.starts_on <= last and each.ends_on >= first), marks
        )

    def to_place(self) -> list[CalendarPost]:
        return list(self.ideas)

    def calendar_post(self, number: int) -> CalendarPost | None:
        return next((each for each in (*self.planned, *self.ideas) if each.id == number), None)

    def campaigns(self) -> dict[int, str]:
        return {1: "Marea"}

    def posts_in_trouble(self) -> int:
        return 1

    def slots(self) -> SlotGrid:
        return self.grid

    def edges(self, _since: datetime, _until: datetime) -> Edges:
        return Edges()

    def post(self, number: int) -> PostDraft:
        return PostDraft(id=number, parts=("Hola",))

    # ---- planning

    async def move(self, moves: Sequence[Move], zone: str) -> None:
        self.asked.append(("move", tuple(moves), zone))
        for move in moves:
            found = self.calendar_post(move.post_id)
            assert found is not None
            self.planned = [each for each in self.planned if each.id != move.post_id]
            self.ideas = [each for each in self.ideas if each.id != move.post_id]
            self.planned.append(replace(found, planned_at=move.at))
        self._tell()

    async def back_to_ideas(self, numbers: Sequence[int]) -> None:
        self.asked.append(("back_to_ideas", tuple(numbers)))
        self.planned = [each for each in self.planned if each.id not in numbers]
        self._tell()

    async def duplicate(self, copies: Sequence[Move], zone: str) -> list[int]:
        self.asked.append(("duplicate", tuple(copies), zone))
        self.planned += [
            post(100 + place, "copy", None, planned_at=each.at, state=PostState.DRAFT)
            for place, each in enumerate(copies)
        ]
        self._tell()
        return [100]

    async def drop_in(self, texts: Sequence[str], files: Sequence[Path], at: datetime | None, zone: str) -> int:
        self.asked.append(("drop_in", tuple(texts), tuple(files), at, zone))
        return 200

    def holidays(self, _years: Sequence[int], _language: str) -> dict[date, str]:
        return {date(2026, 11, 16): "Revolution Day"}

    def _tell(self) -> None:
        assert self.shop is not None
        self.shop.services.changed.emit(TouchedAll("post"))
