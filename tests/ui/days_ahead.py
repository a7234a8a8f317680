"""What a store of stand-ins answers about the days ahead, tips and the guided hour."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.models.calendar import CalendarSpan
from app.models.conversation import ConversationRow
from app.models.hour_guide import Work
from app.models.rhythm import NO_EDGES, Edges
from app.models.tip import Tip
from app.models.today import Brief


@dataclass(kw_only=True)
class DaysAhead:
    """Nothing planned, nothing advised, and work for each step of the hour, unless a test says otherwise."""

    today: Brief
    span: CalendarSpan = field(default_factory=CalendarSpan)
    advised: tuple[Tip, ...] = ()
    to_do: Work = field(default_factory=lambda: Work(late=1, waiting=14, decide=2))

    def calendar(self, *_span: object) -> CalendarSpan:
        return self.span

    def edges(self, *_span: object) -> Edges:
        return NO_EDGES

    def tips(self, *_asked: object) -> list[Tip]:
        return list(self.advised)

    def known_waiting(self) -> int:
        return 6

    def work(self, _now: datetime) -> tuple[int, ...]:
        return self.to_do[:3]

    def conversations(self, *_of: object) -> list[ConversationRow]:
        return list(self.today.first)
