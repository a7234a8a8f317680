"""Chooses what stands in the list and beside it when there is nothing to show, and how far a first reading has come."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.conversation import View
from app.runtime.settings import Reading
from app.ui.durations import every_text
from app.ui.inbox.blanks import Blank, Proposed
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.list_pane import ListPane
from app.ui.inbox.nothing_found import NothingFound
from app.ui.inbox.views import COMMANDS, ICONS
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.skeleton import Skeleton

LOOK = "sync.now"
ADD_ACCOUNT = "accounts.add"
SKELETON_AFTER_MS = 300


class Fillers(QObject):
    """`settle` after anything changed; each empty state is made when first needed."""

    def __init__(self, face: PageFace, desk: Desk, rows: ListPane, conversation: ConversationPane, blank: Blank) -> None:
        super().__init__(rows)
        self._face = face
        self._desk = desk
        self._list = rows
        self._conversation = conversation
        self._blank = blank
        self._reading: dict[int, tuple[int, int]] = {}
        self._paused: dict[int, tuple[int, int]] = {}
        """First readings that were stopped, by account: (messages stored, estimate of all)."""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SKELETON_AFTER_MS)
        self._patience.timeout.connect(self._wait_no_more)
        self._waited = False
        self._counts: Mapping[View, int] = {}
        sync, settings = face.services.sync, face.services.settings
        hears = [sync.progress.connect(self._progress), sync.paused.connect(self._stopped), settings.changed.connect(self._settings_changed)]
        for disconnect in hears:
            self.destroyed.connect(lambda _object=None, disconnect=disconnect: disconnect())
        desk.listed.connect(self.settle)
        desk.model.counted.connect(lambda _count: self.settle())
        desk.counted.connect(self._counted)
        desk.accounts_read.connect(lambda _rows: self.settle())

    @property
    def kind(self) -> str:
        """What the list shows: "rows", or why there are none."""
        desk = self._desk
        if desk.model.rowCount():
            return "rows"
        if desk.searched is not None:
            return "search"
        if desk.listing.found is not None:
            return "saved"
        if not desk.accounts:
            return "no_account"
        if self._reading:
            return "reading"
        return "answered" if desk.view in (View.NEEDS_ANSWER, View.DUE_SOON) and desk.account_id is None else "view"

    def settle(self) -> None:
        """Show what there is, or why there is nothing."""
        kind = self.kind
        if kind == "rows":
            self._list.show_rows()
        elif kind == "reading":
            if self._waited:
                self._list.show_instead("reading", self._make_skeleton)
            else:
                self._list.show_instead("reading.soon", QWidget)
        else:
            shown = self._list.show_instead(f"{kind}.{self._desk.view}" if kind == "view" else kind, lambda: self._make(kind))
            if isinstance(shown, EmptyState):
                self._say(shown, kind)
        self._show_reading()
        if self._desk.row is None:
            self._fill_blank(kind)

    def focus(self) -> QWidget | None:
        """Where the keyboard belongs while there are no rows; None when there are."""
        if self.kind in ("rows", "reading"):
            return None
        shown = self._list.stack.currentWidget()
        buttons = shown.findChildren(Button) if shown is not None else []
        return buttons[0] if buttons else None

    def retranslate(self) -> None:
        """The language changed: all words anew."""
        for widget in self._list.empty.values():
            self._list.stack.removeWidget(widget)
            widget.deleteLater()
        self._list.empty.clear()
        self.settle()

    # ---- inside

    def _make(self, kind: str) -> QWidget:
        icon = {"saved": "bookmark-simple", "no_account": "user-plus"}.get(kind, ICONS[self._desk.view])
        if kind == "search":
            return NothingFound(self._face, self._desk, self._list)
        shown = EmptyState(self._face.look, icon=icon, cup=kind == "answered")
        face = self._face
        if kind == "answered":
            keys = face.actions.keys(LOOK)
            key = keys[0] if keys else None
            shown.add_button(Button(face.look, face.text("inbox.look_now"), icon="arrows-clockwise", key=key, clicked=lambda: face.actions.run(LOOK)))
        elif kind == "no_account":
            shown.add_button(Button(face.look, face.text("inbox.add_account"), icon="plus", kind="primary", clicked=self._add_account))
        return shown

    def _make_skeleton(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Skeleton(self._face.look, 6))
        column.addStretch(1)
        return whole

    def _say(self, shown: EmptyState, kind: str) -> None:
        text, desk = self._face.text, self._desk
        if isinstance(shown, NothingFound):
            shown.tell()
        elif kind == "saved":
            shown.show_words(text("find.nothing_in_search"), text("find.nothing_in_search_detail"))
        elif kind == "view":
            shown.show_words(text(f"inbox.empty.{desk.view}"), text("inbox.empty.account") if desk.account_id is not None else "")
        else:
            shown.show_words(text(f"inbox.empty.{kind}"), text(f"inbox.empty.{kind}_detail", every=self._every()))

    def _every(self) -> str:
        return every_text(self._face.look, self._face.services.settings.get(Reading).minutes)

    def _add_account(self) -> None:
        if self._face.actions.applies(ADD_ACCOUNT):
            self._face.actions.run(ADD_ACCOUNT)
        else:
            self._face.window.show_page("settings", section="accounts")

    def _settings_changed(self, keys: frozenset[str]) -> None:
        if f"{Reading.GROUP}.minutes" in keys:
            self.settle()

    def _counted(self, views: Mapping[View, int], _accounts: Mapping[int, int]) -> None:
        self._counts = views
        if self._desk.row is None:
            self._fill_blank(self.kind)

    def _fill_blank(self, kind: str) -> None:
        text = self._face.text
        if kind != "answered":
            self._blank.show_words(text("inbox.choose_one") if kind == "rows" else "")
            return
        proposals: list[Proposed] = []
        for view in (View.ESCALATED, View.SNOOZED, View.PRAISE):
            keys = self._face.actions.keys(COMMANDS[view])[:1] if view in COMMANDS else ()
            count = self._counts.get(view, 0)
            if count:
                title, detail = text(f"inbox.next.{view}", n=count), text(f"inbox.next.{view}_detail")
                go = partial(self._face.window.show_page, "inbox", view=str(view))
                proposals.append((ICONS[view], title, detail, keys, go))
        proposals.append(("coffee", text("inbox.next.stop"), text("inbox.next.stop_detail", every=self._every()), (), None))
        self._blank.show_proposals(text("inbox.next"), tuple(proposals))

    def _progress(self, account_id: int, read: int, estimate: int | None) -> None:
        if estimate is None:
            self._reading.pop(account_id, None)
        else:
            self._paused.pop(account_id, None)
            self._reading[account_id] = (read, estimate)
        if not self._reading:
            self._waited = False
            self._patience.stop()
        elif not self._waited and not self._patience.isActive():
            self._patience.start()
        self.settle()

    def _stopped(self, account_id: int, read: int, estimate: int) -> None:
        self._paused[account_id] = (read, estimate)
        self.settle()

    def _wait_no_more(self) -> None:
        """It takes long enough for shapes of rows; sooner they would only flash."""
        self._waited = True
        self.settle()

    def _show_reading(self) -> None:
        readings = self._reading or self._paused
        if not readings:
            self._list.hide_reading()
            return
        read, estimate = (sum(numbers) for numbers in zip(*readings.values(), strict=True))
        show = self._list.reading.show_progress if self._reading else self._list.reading.show_paused
        show(read, max(read, estimate))
