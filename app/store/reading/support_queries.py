"""The reads of the Answers and Audience tabs over one connection: what commands/support_services.py asks for as `SupportQueries`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.models.audience import Audience
from app.models.insight import DAY, Scope
from app.models.interest import Kind, Reader, Term
from app.models.span_memory import SpanMemory
from app.models.support_figures import CallMonth, CaseFacts, Support
from app.store.reading import audience, interests, support_figures
from app.store.reading.insight_queries import day_starts
from app.store.reading.list_queries import StoreListQueries


class StoreSupportQueries(StoreListQueries):
    """What answering came to, and whom it reached."""

    def support(self, scope: Scope, worked: Callable[[int, int], int], known: SpanMemory | None = None) -> Support:
        return support_figures.read(self._connection, scope, day_starts(scope.zone), worked, self._now_ms(), known or SpanMemory())

    def support_cases(self, scope: Scope, worked: Callable[[int, int], int]) -> Sequence[CaseFacts]:
        return support_figures.cases(self._connection, scope, day_starts(scope.zone), worked)

    def audience(self, scope: Scope, known: SpanMemory | None = None) -> Audience:
        return audience.read(self._connection, scope, day_starts(scope.zone), known or SpanMemory())

    def call_months(self) -> Sequence[CallMonth]:
        return support_figures.call_months(self._connection)

    def newsletter_readers(self, scope: Scope) -> Sequence[Reader]:
        return interests.readers(self._connection, scope.accounts, _span(scope))

    def interest_conversations(self, scope: Scope, kind: Kind, term: str, limit: int) -> Sequence[int]:
        return interests.conversations_of(self._connection, kind, term, scope.accounts, _span(scope), limit)

    def interests_put_away(self) -> Sequence[Term]:
        return interests.put_away(self._connection)


def _span(scope: Scope) -> tuple[int, int]:
    starts = day_starts(scope.zone)
    return starts(scope.period.first), starts(scope.period.last + DAY)
