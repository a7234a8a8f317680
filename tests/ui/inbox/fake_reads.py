"""Reads made of lists: what a commit touched, what is asked of the lists, and delivering it at once or when the test says so."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.models.account import AccountRow
from app.models.agreement import AgreementRow
from app.models.conversation import VIEW_STATES, ConversationRow, View
from app.models.courtesy import Courtesy
from app.models.customer import Candidate, CustomerDetail, HistoryLine
from app.models.escalation import SheetDraft, WaitRow
from app.models.faq import FaqLink
from app.models.find import FoundRow, FoundRows, SavedSearchRow, Wanted
from app.models.folding import holds
from app.models.mailbox import MailboxRow
from app.models.manager import ManagerRow
from app.models.message import ConversationDetail, MessageKind
from app.models.order import OrderRow
from app.models.playbook import FactRow, ListFigures, PlaybookAnswer
from app.models.tag import TagCount, TaggedMessage, TagRow
from tests.ui.inbox import customers, shop

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


class FakeChanges:
    """What a commit touched."""

    def __init__(self, **tables: set[int] | None) -> None:
        self.tables = tables

    def ids(self, table: str) -> frozenset[int]:
        return frozenset(self.tables.get(table) or ())

    def all_of(self, table: str) -> bool:
        return table in self.tables and self.tables[table] is None

    def touches(self, *tables: str) -> bool:
        return any(table in self.tables for table in tables)


class FakeQueries:
    """Reads of the lists."""

    def __init__(self, world: Any) -> None:
        self._world = world

    def accounts(self) -> list[AccountRow]:
        return list(self._world.account_rows)

    def customer(self, customer_id: int, _conversation_id: int | None = None) -> CustomerDetail | None:
        return self._world.customers.details.get(customer_id)

    def same_person(self, _customer_id: int) -> list[Candidate]:
        return list(customers.SAME)

    def people(self, _text: str, _limit: int = 12) -> list[Candidate]:
        return list(customers.FOUND)

    def history(self, _customer_id: int, _limit: int) -> list[HistoryLine]:
        return customers.history()

    def orders_of(self, _customer_id: int) -> list[OrderRow]:
        return list(customers.ORDERS)

    def agreements_of(self, _customer_id: int) -> list[AgreementRow]:
        return list(self._world.agreement_rows)

    def _in(self, view: View, account_id: int | None) -> list[ConversationRow]:
        soon = self._world.clock.now() + timedelta(hours=1)
        found = [
            row
            for row in self._world.rows.values()
            if row.state in VIEW_STATES[view]
            and account_id in (None, row.account_id)
            and (view is not View.DUE_SOON or (row.answer_by is not None and row.answer_by <= soon))
        ]
        return sorted(found, key=lambda row: (row.sort_key, row.id))

    def conversation_count(self, view: View, account_id: int | None) -> int:
        return len(self._in(view, account_id))

    def view_counts(self, account_id: int | None) -> Mapping[View, int]:
        return {view: self.conversation_count(view, account_id) for view in View}

    def account_counts(self, view: View) -> Mapping[int, int]:
        return {account.id: self.conversation_count(view, account.id) for account in self.accounts()}

    def conversations(self, view: View, account_id: int | None, after: tuple[int, int] | None, limit: int = 256) -> list[ConversationRow]:
        return [row for row in self._in(view, account_id) if after is None or (row.sort_key, row.id) > after][:limit]

    def conversations_by_id(self, ids: Sequence[int]) -> list[ConversationRow]:
        return [self._world.rows[number] for number in ids if number in self._world.rows]

    def conversation_ids(self, view: View, account_id: int | None) -> Sequence[int]:
        return array("q", (row.id for row in self._in(view, account_id)))

    def find(self, wanted: Wanted, limit: int = 50, after: tuple[int, int] | None = None, effort: int = 1000) -> FoundRows:
        """By author and snippet; in steps of `found_at_once` rows, so that rare finds come later."""
        rows = sorted(self._world.rows.values(), key=lambda row: row.last_at, reverse=True)
        start = after[0] if after is not None else 0
        end = start + (self._world.found_at_once or len(rows))
        states = wanted.of("is")
        found = [
            FoundRow(row, round(row.last_at.timestamp() * 1000))
            for row in rows[start:end]
            if holds(f"{row.author} {row.snippet}", wanted.words, wanted.without) and (not states or row.state in states)
        ]
        return FoundRows(tuple(found), (end, 0) if end < len(rows) else None)

    def searched(self) -> tuple[int, datetime | None]:
        return 1234, shop.at(9, 0, 12)

    def saved_searches(self) -> list[SavedSearchRow]:
        return list(self._world.saved)

    def saved_search_counts(self, account_id: int | None) -> Mapping[int, int]:
        return dict(self._world.saved_counts)

    def saved_search_count(self, search_id: int, wanted: Wanted, account_id: int | None) -> int:
        return self._world.saved_counts.get(search_id, 0)

    def saved_search_ids(self, search_id: int, wanted: Wanted, account_id: int | None) -> Sequence[int]:
        found = [each.row for each in self.find(wanted._replace(conditions=()), 100).rows]
        return [row.id for row in found if account_id in (None, row.account_id)]

    def saved_search_passages(self, search_id: int, wanted: Wanted, ids: Sequence[int]) -> Mapping[int, str]:
        return {}

    def tags(self, *, retired: bool = False) -> list[TagRow]:
        return [row for row in self._world.tags.rows if retired or not row.retired]

    def tags_of(self, message_ids: Sequence[int]) -> Mapping[int, tuple[TagRow, ...]]:
        return {number: self._world.tags.borne[number] for number in message_ids if number in self._world.tags.borne}

    def tag_counts(self, since: datetime | None, _until: datetime) -> list[TagCount]:
        return self._world.tags.counts(since)

    def tagged(self, tag_id: int, _since: datetime | None, _until: datetime, limit: int = 200) -> list[TaggedMessage]:
        return self._world.tags.tagged(tag_id)[:limit]

    def courtesy(self, conversation_id: int, day_starts_at: datetime) -> Courtesy | None:
        row = self._world.rows.get(conversation_id)
        if row is None:
            return None
        closed = any(asked[:2] == ("closing", conversation_id) for asked in self._world.asked)
        return Courtesy(conversation_id, self._world.thanked, closed=closed, muted_at=self._world.muted.get(row.customer_id))

    def conversation(self, conversation_id: int, limit: int = 60) -> ConversationDetail | None:
        detail = self._world.details.get(conversation_id)
        if detail is None:
            return None
        text, visibility = self._world.drafts.get(conversation_id, ("", None))
        pictures, language = self._world.extras.get(conversation_id, ((), ""))
        return replace(detail, draft=text, draft_visibility=visibility, draft_pictures=pictures, draft_language=language)

    def managers(self) -> list[ManagerRow]:
        return list(self._world.escalations.managers)

    def mailboxes(self) -> list[MailboxRow]:
        return list(self._world.escalations.mailboxes)

    def waits(self) -> list[WaitRow]:
        return self._world.escalations.waits()  # type: ignore[no-any-return]

    def sheet_draft(self, conversation_id: int) -> SheetDraft | None:
        return self._world.escalations.drafts.get(conversation_id)  # type: ignore[no-any-return]

    def answers(self) -> list[PlaybookAnswer]:
        return list(self._world.answers)

    def facts(self) -> list[FactRow]:
        return list(self._world.facts)

    def answer_figures(self) -> Mapping[int, ListFigures]:
        return dict(self._world.figures)

    def wording_uses(self, answer_id: int, _conversation_id: int) -> Mapping[int, tuple[int, int]]:
        return dict(self._world.wording_uses.get(answer_id, {}))

    def faq_links(self, language: str) -> list[FaqLink]:
        links = {
            "es": FaqLink(1, "¿Cuándo abren?", "A las diez.", "https://shop.example/faq#abren", "es"),
            "en": FaqLink(1, "Is there parking?", "Behind the shop.", "https://shop.example/faq#parking", "en"),
        }
        return [links[language]] if language in links else []

    def refused_answers(self, message_id: int) -> frozenset[str]:
        return frozenset(key for key, number in self._world.suggesting.refused if number == message_id)

    def replies_since(self, conversation_id: int, since: datetime) -> int:
        detail = self._world.details[conversation_id]
        return sum(message.kind is MessageKind.OURS and message.at >= since for message in detail.messages)


@dataclass
class FakeReads:
    """`later` delivers at once, or when the test calls `deliver_all`."""

    world: Any
    waits: bool = False
    waiting: list[Callable[[], None]] = field(default_factory=list)

    def now(self, query: Callable[[Any], Any]) -> Any:
        return query(FakeQueries(self.world))

    def later(self, query: Callable[[Any], Any], deliver: Callable[[Any], None]) -> Callable[[], None]:
        live = [True]

        def hand_over() -> None:
            if live[0]:
                deliver(query(FakeQueries(self.world)))

        if self.waits:
            self.waiting.append(hand_over)
        else:
            hand_over()
        return live.clear if not live else lambda: live.__setitem__(0, False)

    def deliver_all(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()
