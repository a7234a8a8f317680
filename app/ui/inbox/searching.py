"""Searching as the page offers it: the field's proposals and its strip, what is marked, and the way from hit to hit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont

from app.commands.level import Level
from app.models.tag import TagRow
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.find_field import FindField, FindStrip
from app.ui.inbox.find_proposals import Proposal, proposals
from app.ui.inbox.finding import Outcome
from app.ui.inbox.found_marks import marks_in_lines
from app.ui.inbox.list_pane import ListPane
from app.ui.inbox.rows import Mark
from app.ui.inbox.saved_searches import SavedSearches
from app.ui.inbox.spiking import SpikeWatch
from app.ui.inbox.views import ViewsColumn
from app.ui.page import PageFace
from app.ui.safe_text import one_line
from app.ui.tag_names import tag_name

SAVE = "inbox.save_search"
MENU = ("inbox.edit_search", "inbox.search_up", "inbox.search_down", "inbox.remove_search")
WARN: Level = "warn"


class Searching(QObject):
    """Between the field, the list and the conversation; `table` has what commands ask, of saved searches and spikes too."""

    def __init__(
        self, face: PageFace, desk: Desk, rows: ListPane, conversation: ConversationPane, views: ViewsColumn
    ) -> None:
        super().__init__(views)
        self._face = face
        self._desk = desk
        self._list = rows
        self._conversation = conversation
        self._views = views
        self._tags: list[str] = []
        self._strip: FindStrip | None = None
        self.saved = SavedSearches(face, desk, rows, views)
        self.saved.none_kept.connect(self._say_none_kept)
        self.spikes = SpikeWatch(face, desk, rows, views)
        self.table: Mapping[str, Callable[..., Any]] = {
            **self.saved.table,
            "hit": self._hit,
            "show_spike": self.spikes.open,
        }
        rows.search_with(self._make_field)
        desk.finding.found.connect(self._found)
        desk.listed.connect(self._listed)

    # ---- the page's side

    def begin(self) -> None:
        """The page is shown for the first time."""
        self.spikes.tell()

    def facts(self) -> frozenset[str]:
        """What commands want to know."""
        found = set()
        if self._desk.searched and not self._desk.finding.parse(self._desk.searched).is_nothing:
            found.add("search")
        if self._desk.finding.saved is not None:
            found.add("saved_search")
        if self._conversation.messages.hits():
            found.add("hits")
        if self._face.services.spikes.current is not None:
            found.add("spike")
        return frozenset(found)

    def escape(self) -> bool:
        """Proposals are put away first."""
        field = self._list.field if self._list.searching else None
        return isinstance(field, FindField) and field.put_away()

    def opened(self, target: Mapping[str, object]) -> None:
        """Another page, or a key, wants one of the lists of found conversations."""
        if target.get("searches"):
            self.saved.show_next()
        if target.get("spike"):
            self.spikes.open()

    def retranslate(self) -> None:
        """The language changed."""
        if self._strip is not None:
            self._strip.retranslate()
            self._strip.show_words("", may_save=False)
        self.spikes.tell()

    # ---- typing

    def _make_field(self) -> FindField:
        field = FindField(self._face.look, self._propose)
        field.left_down.connect(lambda: self._list.rows.setFocus(Qt.FocusReason.OtherFocusReason))
        self._face.services.reads.later(lambda queries: queries.tags(), self._take_tags)
        return field

    def _take_tags(self, tags: Sequence[TagRow]) -> None:
        self._tags = [tag_name(self._face.look, tag) for tag in tags]

    def _propose(self, text: str, cursor: int, asked: bool) -> Sequence[Proposal]:
        accounts = [one_line(row.handle or row.name) for row in self._desk.accounts.values()]
        handles = [handle if accounts.count(handle) == 1 else "" for handle in accounts]
        networks = [row.network for row in self._desk.accounts.values()]
        names = [*filter(None, dict.fromkeys(handles)), *dict.fromkeys(networks)]
        return proposals(text, cursor, self._face.words, accounts=names, tags=self._tags, asked=asked)

    def _found(self, outcome: Outcome) -> None:
        """An answer came: what was not understood, and whether the search can be kept."""
        said = [self._face.text(trouble) for trouble in outcome.wanted.troubles]
        if outcome.more:
            said.append(self._face.text("find.more", n=outcome.many))
        count = self._face.text("find.many", n=outcome.many) if outcome.many else ""
        may_save = not outcome.wanted.is_nothing and not self._face.services.data.read_only
        self._find_strip().show_words(" ".join(said), count, may_save=may_save)
        self._face.actions.refresh()

    def _say_none_kept(self) -> None:
        self._find_strip().show_words(self._face.text("find.none_saved"), may_save=False)

    def _find_strip(self) -> FindStrip:
        if self._strip is None:
            keys = self._face.actions.keys(SAVE)
            self._strip = FindStrip(self._face.look, lambda: self._face.actions.run(SAVE), keys[0] if keys else None)
            self._list.put_strip(self._strip)
        return self._strip

    def _listed(self) -> None:
        """Another list: what is marked in it and in the conversation beside it."""
        wanted = self._desk.finding.marked
        if self._desk.searched is None and self._strip is not None:
            self._strip.hide()

        def marking(snippet: str, lines: list[str], font: QFont) -> Sequence[Mark]:
            return marks_in_lines(snippet, lines, font, wanted)

        before = self._list.painter.marking
        self._list.painter.marking = marking if wanted else None
        if wanted or before is not None:
            self._list.painter.forget()
            self._list.rows.viewport().update()
        self._conversation.messages.mark(wanted)
        self._face.actions.refresh()

    # ---- hits

    def _hit(self, step: int) -> None:
        place, many = self._conversation.messages.next_hit(step)
        if many:
            self._conversation.messages.setAccessibleDescription(self._face.text("find.hit", place=place, n=many))
