"""The reads of screens and commands in one object: what commands/services.py asks for as `Queries`, over one connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from app.models.account import AccountRow
from app.models.agreement import AgreementRow
from app.models.conversation import View
from app.models.courtesy import Courtesy
from app.models.customer import Candidate, CustomerDetail, HistoryLine
from app.models.kept_text import KeptText
from app.models.message import ConversationDetail
from app.models.order import OrderRow
from app.models.outbox import Keeper, OutboxRow
from app.models.post import PostDraft, PostRow
from app.models.promise import PromiseRow
from app.models.today import Brief
from app.runtime.clock import to_ms
from app.store.reading import (
    accounts,
    agreements,
    conversations,
    courtesy,
    customers,
    leases,
    messages,
    orders,
    outbox,
    posts,
    promises,
    today,
)
from app.store.reading.calendar_queries import StoreCalendarQueries
from app.store.reading.campaign_queries import StoreCampaignQueries
from app.store.reading.drafting_queries import StoreDraftingQueries
from app.store.reading.escalation_queries import StoreEscalationQueries
from app.store.reading.faq_queries import StoreFaqQueries
from app.store.reading.idea_queries import StoreIdeaQueries
from app.store.reading.insight_queries import StoreInsightQueries
from app.store.reading.kept_texts import kept_texts
from app.store.reading.list_queries import StoreListQueries
from app.store.reading.mail_queries import StoreMailQueries
from app.store.reading.playbook_queries import StorePlaybookQueries
from app.store.reading.sale_queries import StoreSaleQueries
from app.store.reading.search_queries import SearchQueries
from app.store.reading.sorting_queries import StoreSortingQueries
from app.store.reading.support_queries import StoreSupportQueries
from app.store.reading.today_queries import StoreTodayQueries

PUBLISHING_SERVICE = "publishing service"
"""Lease of a process that sends without a window (`tertulia publish`)."""

Kept = TypeVar("Kept", OutboxRow, PostRow)


class StoreQueries(SearchQueries, StoreSortingQueries, StorePlaybookQueries, StoreFaqQueries, StoreMailQueries, StoreEscalationQueries, StoreCalendarQueries, StoreDraftingQueries, StoreCampaignQueries, StoreIdeaQueries, StoreInsightQueries, StoreSupportQueries, StoreSaleQueries, StoreTodayQueries, StoreListQueries):
    """Those of a list, and all others."""

    def accounts(self) -> list[AccountRow]:
        return accounts.accounts(self._connection)

    def view_counts(self, account_id: int | None) -> Mapping[View, int]:
        return conversations.view_counts(self._connection, account_id, self._now_ms())

    def account_counts(self, view: View) -> Mapping[int, int]:
        return conversations.account_counts(self._connection, view, self._now_ms())

    def conversation(self, conversation_id: int, limit: int = 60) -> ConversationDetail | None:
        return messages.conversation(self._connection, conversation_id, limit)

    def courtesy(self, conversation_id: int, day_starts_at: datetime) -> Courtesy | None:
        return courtesy.courtesy(self._connection, conversation_id, to_ms(day_starts_at))

    def replies_since(self, conversation_id: int, since: datetime) -> int:
        return messages.replies_since(self._connection, conversation_id, to_ms(since))

    def customer(self, customer_id: int, conversation_id: int | None = None) -> CustomerDetail | None:
        return customers.detail(self._connection, customer_id, conversation_id)

    def same_person(self, customer_id: int) -> list[Candidate]:
        return customers.suggestions(self._connection, customer_id)

    def people(self, text: str, limit: int = 12) -> list[Candidate]:
        return customers.people(self._connection, text, limit)

    def history(self, customer_id: int, limit: int) -> list[HistoryLine]:
        return customers.history(self._connection, customer_id, limit)

    def orders_of(self, customer_id: int) -> list[OrderRow]:
        return orders.of_customer(self._connection, customer_id)

    def agreements_of(self, customer_id: int) -> list[AgreementRow]:
        return agreements.of_customer(self._connection, customer_id)

    def newest_agreements(self, limit: int) -> list[AgreementRow]:
        return agreements.newest(self._connection, limit)

    def promises_due(self, until: datetime, limit: int = 50) -> list[PromiseRow]:
        return promises.due(self._connection, to_ms(until), limit)

    def order_counts(self) -> tuple[int, int]:
        return orders.count(self._connection)

    def post(self, post_id: int) -> PostDraft | None:
        return posts.post(self._connection, post_id)

    def post_row(self, post_id: int) -> PostRow | None:
        row = posts.row(self._connection, post_id)
        return self._kept([row])[0] if row is not None else None

    def posts(self, since: datetime | None, until: datetime | None) -> list[PostRow]:
        return self._kept(posts.posts(self._connection, since, until))

    def outbox(
        self, *, post_id: int | None = None, conversation_id: int | None = None, unfinished: bool = True
    ) -> list[OutboxRow]:
        return self._kept(outbox.items(self._connection, post_id=post_id, conversation_id=conversation_id, unfinished=unfinished))

    def kept_texts(self, most: int = 12) -> list[KeptText]:
        return kept_texts(self._connection, most)

    def brief(self, now: datetime, day_starts_at: datetime, day_ends_at: datetime) -> Brief:
        brief = today.brief(self._connection, now, day_starts_at, day_ends_at)
        return replace(brief, going_out=tuple(self._kept(brief.going_out)), coming=tuple(self._kept(brief.coming)))

    def service_runs(self) -> bool:
        """Whether a publishing service sends for this profile now."""
        return leases.until(self._connection, PUBLISHING_SERVICE) > self._now_ms()

    def _kept(self, rows: Sequence[Kept]) -> list[Kept]:
        """What depends on this computer is sent by the publishing service where one runs."""
        if not any(row.keeper is Keeper.COMPUTER for row in rows) or not self.service_runs():
            return list(rows)
        return [replace(row, keeper=Keeper.SERVICE) if row.keeper is Keeper.COMPUTER else row for row in rows]
