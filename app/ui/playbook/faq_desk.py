"""The FAQ on the screen: its entries, the one that is open with what stands behind it, and what is written in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.commands.services import Queries
from app.models.account import AccountRow
from app.models.faq import FaqBehind, FaqFilter, FaqListing, FaqMessage, FaqRow, FaqState, FaqWords
from app.ui.page import PageFace, Unkept
from app.ui.playbook.drafting import next_of
from app.ui.playbook.faq_search import FaqSearch

PAUSE_MS = 400
TABLES = ("faq_entry", "faq_asked", "faq_use", "account", "answer")
PERIODS = (28, 90, 365)


class Read(NamedTuple):
    """All that the list is made of."""

    listing: FaqListing = FaqListing()
    accounts: Sequence[AccountRow] = ()


class FaqDesk(QObject):
    """`edit` changes the open entry, which is kept 400 ms later; `settle` makes one act of all that was written in it."""

    listed = Signal()
    opened = Signal()
    """Another entry is open, or none."""
    edited = Signal()
    """The open entry has other words, or another language of it is shown."""
    looked = Signal()
    """What stands behind the open entry is there."""

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.chosen = FaqFilter()
        self.shows_hidden = False
        self.now = Read()
        self.loaded = False
        self.entry_id: int | None = None
        self.words = FaqWords()
        self.begun: tuple[FaqState, FaqWords] = (FaqState.ASKED, FaqWords())
        """How the open entry stood when it was opened or settled."""
        self.language = ""
        self.behind: FaqBehind | None = None
        self.compared = False
        """Words and best answer of `behind` are there."""
        self._kept = FaqWords()
        self._cancel: Callable[[], None] | None = None
        self._looking: int = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep_now)
        self.search = FaqSearch(face, lambda: self.chosen.days)
        self.search.ended.connect(self.read)

    # ---- reading

    @property
    def rows(self) -> list[FaqRow]:
        """Those that are shown, in order."""
        return [row for row in self.now.listing.rows if self.shows_hidden or row.state is not FaqState.HIDDEN]

    @property
    def row(self) -> FaqRow | None:
        """The open one as it is stored."""
        return next((row for row in self.now.listing.rows if row.id == self.entry_id), None)

    def choose(self, chosen: FaqFilter) -> None:
        """Count other messages."""
        self.chosen = chosen
        self.read()
        self.search.look_if_due()

    def show_hidden(self, shown: bool) -> None:
        self.shows_hidden = shown
        self._show(self.now)

    def read(self) -> None:
        """Ask for everything; a newer question makes an older answer worthless."""
        if self._cancel is not None:
            self._cancel()
        chosen = self.chosen

        def read(queries: Queries) -> Read:
            return Read(queries.faq(chosen), tuple(queries.accounts()))

        self._cancel = self._face.services.reads.later(read, self._show)

    def _show(self, now: Read) -> None:
        self._cancel = None
        before = [row.id for row in self.rows]
        self.now, self.loaded = now, True
        self.listed.emit()
        ids = [row.id for row in self.rows]
        if self.entry_id not in ids:
            place = before.index(self.entry_id) if self.entry_id in before else 0
            self._open(ids[min(place, len(ids) - 1)] if ids else None)
        else:
            self._follow()
            self._ask_behind()

    def _follow(self) -> None:
        """The open entry may have changed below: taken over, unless something else is being written."""
        row = self.row
        if row is None or self._pause.isActive():
            return
        stored = row.words
        if stored not in (self._kept, self.words.tidied()):
            self.words = self._kept = stored
            self.begun = (row.state, stored)
        elif self.words.tidied() == self.begun[1]:
            self.begun = (row.state, stored)
        self._choose_language()
        self.edited.emit()

    def open(self, entry_id: int) -> None:
        if entry_id != self.entry_id:
            self._open(entry_id)

    def _open(self, entry_id: int | None) -> None:
        self.settle()
        self.entry_id, self.behind, self.compared = entry_id, None, False
        row = self.row
        words = row.words if row is not None else FaqWords()
        self.words = self._kept = words
        self.begun = (row.state if row is not None else FaqState.ASKED, words)
        self._choose_language()
        self.opened.emit()
        self._ask_behind()

    def _choose_language(self) -> None:
        there = self.words.languages
        if self.language not in there:
            own = self._face.words.language
            self.language = own if own in there else next(iter(there), own)

    def _ask_behind(self) -> None:
        """First the messages, then what takes some comparing."""
        self._looking += 1
        number, turn, chosen = self.entry_id, self._looking, self.chosen
        if number is None:
            return

        def show(messages: Sequence[FaqMessage]) -> None:
            if turn == self._looking:
                self.behind = (self.behind or FaqBehind())._replace(messages=messages)
                self.looked.emit()

        self._face.services.reads.later(lambda queries: queries.faq_messages(number, chosen), show)
        self._face.actions.start("faq: behind", self._look_behind(number, turn))

    async def _look_behind(self, entry_id: int, turn: int) -> None:
        behind = await self._face.services.faq.behind(entry_id, self.chosen)
        if turn == self._looking:
            self.behind = behind
            self.compared = True
            self.looked.emit()

    # ---- writing

    @property
    def unsaved(self) -> bool:
        """Something is written that is no act yet."""
        return self.entry_id is not None and self.words.tidied() != self.begun[1].tidied()

    def show_language(self, language: str) -> None:
        self.language = language
        self.edited.emit()

    def step_language(self, step: int) -> None:
        self.show_language(next_of(self.words.languages or (self.language,), self.language, step))

    def add_language(self, language: str) -> None:
        self.language = language
        self.words = self.words._replace(question={**self.words.question, language: ""})
        self.edited.emit()

    def ask(self, text: str) -> None:
        """The question in the shown language."""
        self._edit(self.words._replace(question={**self.words.question, self.language: text}))

    def answer(self, text: str) -> None:
        """The answer in the shown language."""
        self._edit(self.words._replace(answer={**self.words.answer, self.language: text}))

    def _edit(self, words: FaqWords) -> None:
        if words != self.words and self.entry_id is not None and not self._face.services.data.read_only:
            self.words = words
            self._pause.start()
            self.edited.emit()

    def keep_now(self) -> None:
        """Keep what is written, without waiting any longer."""
        self._pause.stop()
        words = self.words.tidied()
        if self.entry_id is not None and words != self._kept.tidied():
            self._kept = words
            self._face.actions.start("faq: keep", self._face.services.faq.keep(self.entry_id, words))

    def settle(self) -> bool:
        """Make one act of what was written; whether there was anything."""
        self._pause.stop()
        if not self.unsaved or self.entry_id is None or self._face.services.data.read_only:
            return False
        before, words = self.begun, self.words.tidied()
        self._kept, self.begun = words, (FaqState.DRAFT if before[0] is FaqState.ASKED else before[0], words)
        self._face.actions.start("faq: write", self._face.services.faq.write(self.entry_id, words, before))
        self.edited.emit()
        return True

    def unkept(self) -> Unkept:
        """For the window, which asks before it closes."""
        number, words = self.entry_id, self.words.tidied()
        if number is None or words == self._kept.tidied():
            return Unkept()
        texts = [text for each in words for text in each.values()]
        return Unkept(texts, [lambda: self._face.services.faq.keep(number, words)])

    def retire(self) -> None:
        """Others take its place: nothing comes to it any more."""
        if self._cancel is not None:
            self._cancel()
        self._pause.stop()
        self._looking += 1
        self.search.retire()
        self.deleteLater()
