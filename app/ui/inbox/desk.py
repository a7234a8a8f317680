"""What lies on the desk: which list is shown, which conversation is open, and everything that is read for it. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.commands.services import Changes, Queries, Services
from app.models.account import AccountRow, Offer
from app.models.conversation import ConversationRow, View
from app.models.message import ConversationDetail
from app.ui.inbox.drafts import Draft, Unkept
from app.ui.inbox.finding import Finding, counted_searches
from app.ui.inbox.groups import Title
from app.ui.inbox.listing import Listing
from app.ui.inbox.returns import Returns
from app.ui.page import PageFace
from app.ui.windowed_model import WindowedModel

READ_AFTER_MS = 600
"""A conversation counts as read when it has been open for so long, so that running through the list writes nothing."""
USUAL_MESSAGES = 60
REST_MS = 12
"""The rest of the page follows the list's choice when the selection has rested so long: where keys come faster, the list goes first."""
ABOUT_A_CONVERSATION = ("message", "outbox", "note", "reply_draft", "customer", "identity", "post", "message_tag", "tag", "rule_mark", "rule", "agreement", "invitation", "escalation", "letter")


class Desk(QObject):
    """Reads through `services.reads` and follows commits; says what came, and never asks twice for what is under way."""

    listed = Signal()
    """Another list, another length, or other groups."""
    opened = Signal(object)
    """The row of the conversation that is open now, None for none."""
    followed = Signal()
    """All that hangs on another choice has been told."""
    detailed = Signal(object, object)
    """The open conversation's row and all of it."""
    counted = Signal(object, object)
    """Counts of the views, and of the accounts within the view."""
    searches_counted = Signal(object)
    """The saved searches in their order, each with how much of what it found is to be looked at."""
    accounts_read = Signal(object)
    leaving = Signal(int, int)
    """Rows (first, last) are about to go: said before the list looks for their successors."""

    def __init__(self, face: PageFace, parent: QObject | None = None, listing: Listing | None = None) -> None:
        """`listing` when the list was shown before the page was made."""
        super().__init__(parent)
        self._face = face
        self._services: Services = face.services
        self.listing = listing or Listing(face.services.reads, face.look, self.now, self)
        self.listing.listed.connect(self.listed)
        self.finding = Finding(face.look, face.services, self.listing, self.now, self)
        self.accounts: dict[int, AccountRow] = {}
        self.row: ConversationRow | None = None
        self.detail: ConversationDetail | None = None
        self.model: WindowedModel[ConversationRow] = self.listing.model
        self.model.rowsAboutToBeRemoved.connect(lambda _parent, first, last: self.leaving.emit(first, last))
        self._offers: dict[int, Mapping[str, tuple[Offer, Any]]] = {}
        self._limit = USUAL_MESSAGES
        self._cancel: dict[str, Callable[[], None]] = {}
        self.returns = Returns(face, self)
        self.unkept = Unkept()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setTimerType(Qt.TimerType.PreciseTimer)
        self._soon.setInterval(REST_MS)
        self._soon.timeout.connect(self._open_now)
        self.seen = QTimer(self)
        """Runs while an unread conversation is open."""
        self.seen.setSingleShot(True)
        self.seen.setInterval(READ_AFTER_MS)
        self.seen.timeout.connect(self._mark_read)

    def now(self) -> datetime:
        return self._face.clock.now()

    # ---- lists

    def settle(self) -> None:
        """Say now what would be said in a moment: somebody acts on the conversation, or this is the first frame."""
        if self._soon.isActive():
            self._soon.stop()
            self._open_now()

    def read_first(self) -> None:
        """Everything the first frame needs, at once: accounts, count and first page, as far as it is not there yet."""
        self._take_accounts(self._services.reads.now(lambda queries: queries.accounts()))
        if self.listing.model.rowCount():
            self.listed.emit()
        else:
            self.listing.read()
        self.settle()
        self.read_counts()

    def show_view(self, view: View, account_id: int | None) -> None:
        """Another view, or narrowed to another account."""
        self.finding.stop()
        self.finding.saved = None
        self.listing.show_view(view, account_id)
        self.read_counts()

    def search(self, text: str) -> None:
        """Show what is found; an empty text returns to the view."""
        if text:
            self.finding.search(text)
            return
        self.finding.stop()
        self.finding.saved = None
        if self.listing.found is not None:
            self.listing.show_view(self.view, self.account_id)
            self.read_counts()

    @property
    def view(self) -> View:
        return self.listing.view

    @property
    def account_id(self) -> int | None:
        """The account that the view is narrowed to."""
        return self.listing.account_id

    @property
    def searched(self) -> str | None:
        """What the list shows the finds of; None while it shows a view."""
        return self.listing.searched

    def group_titles(self) -> dict[int, Title]:
        return self.listing.group_titles()

    def read_counts(self) -> None:
        """The counts of the column, elsewhere; a newer question makes the older answer worthless."""
        self._drop("counts")
        view, account_id = self.view, self.account_id
        self._cancel["counts"] = self._services.reads.later(
            lambda queries: (queries.view_counts(account_id), queries.account_counts(view)), lambda found: self.counted.emit(*found)
        )
        self._drop("searches")
        now, zone = self.now(), self._face.words.zone
        self._cancel["searches"] = self._services.reads.later(
            lambda queries: counted_searches(queries, now, zone, account_id), self.searches_counted.emit
        )

    def _take_accounts(self, rows: list[AccountRow]) -> None:
        self.accounts = {row.id: row for row in rows}
        self._offers.clear()
        self.accounts_read.emit(rows)

    # ---- the open conversation

    def open(self, row: ConversationRow | None) -> None:
        """Open a conversation, or none; its row is shown at once, the rest when it is read."""
        if row is not None and self.row is not None and row.id == self.row.id:
            self.row = row
            return
        self.seen.stop()
        self._drop("detail")
        self.row, self.detail, self._limit = row, None, USUAL_MESSAGES
        self._soon.start()
        if row is not None and row.unread and not self._services.data.read_only:
            self.seen.start()

    def _open_now(self) -> None:
        """Said after the list has been painted: a key that is held down is followed by the list first of all."""
        self.opened.emit(self.row)
        self.read_detail()
        self.followed.emit()

    def read_detail(self, *, at_once: bool = False) -> None:
        """Read the open conversation anew."""
        row = self.row
        if row is None:
            return
        self._drop("detail")
        wanted, limit = row.id, self._limit

        def read(queries: Queries) -> tuple[list[ConversationRow], ConversationDetail | None]:
            return queries.conversations_by_id([wanted]), queries.conversation(wanted, limit)

        def deliver(found: tuple[list[ConversationRow], ConversationDetail | None]) -> None:
            rows, detail = found
            if self.row is None or self.row.id != wanted or not rows or detail is None:
                return
            self.row, self.detail = rows[0], self.unkept.over(detail)
            self.detailed.emit(self.row, self.detail)

        if at_once:
            deliver(self._services.reads.now(read))
        else:
            self._cancel["detail"] = self._services.reads.later(read, deliver)

    def read_now(self) -> None:
        """Somebody writes to the open conversation: it is read at once where it is still on its way, or the letters typed next would find no
        field to go to, and be taken for keys of commands.
        """
        self.settle()
        if self.detail is None:
            self.read_detail(at_once=True)

    def read_earlier(self) -> None:
        """The messages before those shown."""
        self._limit += USUAL_MESSAGES * 2
        self.read_detail()

    def save_draft(self, conversation_id: int, draft: Draft) -> None:
        """Keep what is typed; called at pauses."""
        self.returns.forget(conversation_id)
        self._face.actions.start("inbox.save_draft", self.keep_draft(conversation_id, draft))

    def keep_draft(self, conversation_id: int, draft: Draft) -> Coroutine[Any, Any, None]:
        """To be awaited. Until it is stored, and when it cannot be, it is remembered here."""
        self.unkept.put(conversation_id, draft)

        async def store() -> None:
            await self._services.inbox.save_draft(conversation_id, *draft)
            self.unkept.stored(conversation_id, draft)

        return store()

    def _mark_read(self) -> None:
        if self.row is not None and self.row.unread:
            self._face.actions.start("inbox.mark_read", self._services.inbox.mark_read(self.row.id))

    # ---- what acts are on

    def chosen(self) -> Sequence[int]:
        """What an act is on: the ticked conversations, else the open one."""
        return self.model.ticked or ((self.row.id,) if self.row is not None else ())

    def offer(self, ability: str) -> tuple[Offer, Any]:
        """Whether the open conversation's account can do something, and why not."""
        if self.row is None:
            return Offer.NOT_OFFERED, None
        account = self.accounts.get(self.row.account_id)
        if account is None:
            return Offer.NOT_OFFERED, None
        if account.id not in self._offers:
            self._offers[account.id] = self._services.accounts.offers(account)
        return self._offers[account.id].get(ability, (Offer.WORKS, None))

    # ---- following commits

    def follow(self, changes: Changes) -> None:
        """A commit touched rows."""
        if changes.touches("account"):
            self._services.reads.later(lambda queries: queries.accounts(), self._take_accounts)
        if changes.touches("conversation"):
            self.model.follow(None if changes.all_of("conversation") else changes.ids("conversation"))
        if changes.touches("conversation", "account", "saved_search", "search_hit"):
            self.read_counts()
            self.finding.follow(changes)
        if self.row is not None and (self._is_about(changes) or changes.touches(*ABOUT_A_CONVERSATION)):
            self.read_detail()
        self.returns.follow(changes)

    def _is_about(self, changes: Changes) -> bool:
        return self.row is not None and (changes.all_of("conversation") or self.row.id in changes.ids("conversation"))

    def _drop(self, what: str) -> None:
        cancel = self._cancel.pop(what, None)
        if cancel is not None:
            cancel()
