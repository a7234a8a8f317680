"""What the Answers and Audience tabs ask of queries and services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from app.models.audience import Audience
from app.models.insight import Scope
from app.models.interest import Kind, Reader, Term
from app.models.span_memory import SpanMemory
from app.models.support_figures import CallMonth, CaseFacts, Support


class SupportQueries(Protocol):
    """Plain reads."""

    def support(self, scope: Scope, worked: Callable[[int, int], int], known: SpanMemory | None = None) -> Support:
        """What answering came to. `worked` counts working time (milliseconds) between two moments (UTC milliseconds); `known` remembers spans
        that were read, until the caller has it forget them: when something changed.
        """

    def support_cases(self, scope: Scope, worked: Callable[[int, int], int]) -> Sequence[CaseFacts]:
        """The cases that began in the period, in order of time: what is behind the figures."""

    def audience(self, scope: Scope, known: SpanMemory | None = None) -> Audience:
        """Growth, who writes, influence, interests; `known` as for `support`."""

    def call_months(self) -> Sequence[CallMonth]:
        """What the call centre counted, the newest month first."""

    def newsletter_readers(self, scope: Scope) -> Sequence[Reader]:
        """Who wrote in the period, wants the newsletter and has an e-mail address, with what they spoke of."""

    def interest_conversations(self, scope: Scope, kind: Kind, term: str, limit: int) -> Sequence[int]:
        """In which something was spoken of in the period, the newest first."""

    def interests_put_away(self) -> Sequence[Term]:
        """Names that are no interest."""


class CallCentreService(Protocol):
    """The call centre's figures, beside which ours stand."""

    async def save(self, months: Sequence[CallMonth]) -> None:
        """One transaction, to be taken back; a month with neither figure is forgotten. Raises UserMistake for what cannot be."""

    async def read_file(self, path: Path) -> tuple[Sequence[CallMonth], int]:
        """(months of a CSV, rows that could not be read); stores nothing. Raises UserMistake where the file is none."""


class InterestsService(Protocol):
    """Which messages speak of what is sold."""

    async def put_away(self, term: Term, *, hidden: bool = True) -> None:
        """It is a common word and no interest, or is one again; can be taken back."""
