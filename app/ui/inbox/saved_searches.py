"""Saved searches on the page: their lists and counts, their menu, and the sheet that keeps or changes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from app.models.account import AccountState
from app.models.find import SavedSearchRow, canonical
from app.runtime.errors import UserMistake
from app.ui.inbox.desk import Desk
from app.ui.inbox.finding import SAVED
from app.ui.inbox.list_pane import ListPane
from app.ui.inbox.search_sheet import SearchSheet
from app.ui.inbox.views import ViewsColumn
from app.ui.page import PageFace
from app.ui.safe_text import one_line

MENU = ("inbox.edit_search", "inbox.search_up", "inbox.search_down", "inbox.remove_search")


class SavedSearches(QObject):
    """`table` has what commands ask."""

    none_kept = Signal()
    """Somebody wants a saved search, and there is none."""

    def __init__(self, face: PageFace, desk: Desk, rows: ListPane, views: ViewsColumn) -> None:
        super().__init__(views)
        self._face = face
        self._desk = desk
        self._list = rows
        self._views = views
        self._searches: list[SavedSearchRow] = []
        self.sheet: SearchSheet | None = None
        self.table: Mapping[str, Callable[..., Any]] = {
            "save_search": self._save_search,
            "edit_search": self._edit_search,
            "saved_search": self._saved_search,
            "searches_moved": self._moved,
            "leave_search": self._leave,
        }
        desk.searches_counted.connect(self._counted)
        views.search_chosen.connect(self.show_search)
        views.search_menu_asked.connect(self._menu)

    def show_search(self, number: int) -> None:
        """The list of a saved search."""
        search = next((one for one in self._searches if one.id == number), None)
        if search is not None:
            self._list.end_search()
            self._desk.finding.show_saved(search)
            self._list.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_next(self) -> None:
        """The first saved search, or the one after that which is shown; without any, the search field."""
        searches = self._searches or self._face.services.reads.now(lambda queries: queries.saved_searches())
        self._searches = list(searches)
        if not searches:
            self._list.begin_search()
            self.none_kept.emit()
            return
        here = self._desk.finding.saved
        ids = [search.id for search in searches]
        place = ids.index(here.id) + 1 if here is not None and here.id in ids else 0
        self.show_search(ids[place % len(ids)])

    @property
    def shown_id(self) -> int | None:
        """The saved search whose list is shown."""
        found = self._desk.listing.found
        return int(found.key.removeprefix(SAVED)) if found is not None and found.key.startswith(SAVED) else None

    def _counted(self, counted: Sequence[tuple[SavedSearchRow, int]]) -> None:
        self._searches = [search for search, _ in counted]
        self._views.show_searches(counted)
        here = self._desk.finding.saved
        now = next((search for search in self._searches if here is not None and search.id == here.id), None)
        if here is not None and now is not None and now != here:
            self._desk.finding.show_saved(now)
        elif here is not None and now is None and self.shown_id is not None:
            self._leave()

    def _menu(self, number: int, at: QPoint) -> None:
        self.show_search(number)
        menu = QMenu(self._views)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in MENU:
            menu.addAction(self._face.actions.action(command))
        menu.popup(at)

    def _saved_search(self) -> tuple[int, str]:
        search = self._desk.finding.saved
        return (search.id, one_line(search.name)) if search is not None else (0, "")

    def _moved(self, step: int) -> tuple[int, ...]:
        """The order with this search one place further; empty where it is at the end already."""
        search, ids = self._desk.finding.saved, [one.id for one in self._searches]
        if search is None or search.id not in ids:
            return ()
        here = ids.index(search.id)
        there = here + step
        if not 0 <= there < len(ids):
            return ()
        ids[here], ids[there] = ids[there], ids[here]
        return tuple(ids)

    def _leave(self) -> None:
        if not self._list.end_search():
            self._desk.search("")

    def _save_search(self) -> None:
        words = self._desk.searched or ""
        self._open_sheet(SavedSearchRow(0, "", words))

    def _edit_search(self) -> None:
        search = self._desk.finding.saved
        if search is not None:
            self._open_sheet(search._replace(words=self._desk.finding.shown(search.words)))

    def _open_sheet(self, search: SavedSearchRow) -> None:
        service = self._face.services.searches
        searchable = [
            account
            for account in self._desk.accounts.values()
            if account.state is AccountState.READY and service.can_ask(account.network)
        ]
        sheet = SearchSheet(
            self._face.look,
            self._views.window(),
            search,
            searchable,
            service.prices,
            lambda kept: self._keep(sheet, kept),
        )
        self.sheet = sheet
        self._face.window.open_sheet(sheet)

    def _keep(self, sheet: SearchSheet, search: SavedSearchRow) -> None:
        kept = search._replace(words=canonical(search.words, self._desk.finding.vocabulary))
        self._face.actions.start("find.save", self._store(sheet, kept))

    async def _store(self, sheet: SearchSheet, search: SavedSearchRow) -> None:
        service = self._face.services.searches
        try:
            if search.id:
                await service.change(search)
            else:
                search = search._replace(
                    id=await service.save(search.name, search.words, search.accounts, asks=search.asks)
                )
        except UserMistake as mistake:
            sheet.complain(mistake.field or "name", self._face.text(mistake.message))
            return
        sheet.close_now()
        self._list.end_search()
        self._desk.finding.show_saved(search)
