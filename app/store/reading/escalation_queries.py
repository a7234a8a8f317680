"""The reads of escalations over one connection: what commands/escalation_services.py asks for as `EscalationQueries`."""

from __future__ import annotations

from app.models.escalation import EscalationRow, SheetDraft, WaitRow
from app.store.reading import escalations
from app.store.reading.list_queries import StoreListQueries


class StoreEscalationQueries(StoreListQueries):
    """Part of `StoreQueries`."""

    def open_escalations(self, customer_id: int) -> list[EscalationRow]:
        return escalations.of_customer(self._connection, customer_id)

    def waits(self) -> list[WaitRow]:
        return escalations.waits(self._connection)

    def sheet_draft(self, conversation_id: int) -> SheetDraft | None:
        return escalations.draft(self._connection, conversation_id)
