"""Finds while somebody types: asks elsewhere, answer by answer, drops what was asked before, and hands the list what was found.

The first answer comes after a bounded amount of work (store/finding.py) and is shown at once; where a condition is rare, further answers
follow with more work each, until there is enough to look at or nothing left. Nothing here runs on the screen's thread but merging.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.commands.find_words import vocabulary
from app.commands.services import Changes, Queries, Services
from app.models.conversation import ConversationRow
from app.models.find import FoundRow, FoundRows, SavedSearchRow, Vocabulary, Wanted, localized, parse, plain_words
from app.models.folding import term
from app.models.spike import Spike
from app.ui.inbox.listing import Listing
from app.ui.inbox.sources import TYPED, FoundSource
from app.ui.look import Look

FIRST = 50
MOST = 300
"""More than this is not listed at once: who wants older ones says before when."""
EFFORT = 1000
"""Rows that the first answer may look at; each further one twice as many, up to `MOST_EFFORT`."""
MOST_EFFORT = 16_000
MOST_OFFERS = 3
SAVED = "saved:"
SPIKE = "spike:"


class Offer(NamedTuple):
    """A wider search that finds something: which words, and why they are wider (`word`, `account`, `time`)."""

    text: str
    kind: str
    all_accounts: bool = False


class Outcome(NamedTuple):
    """How a search stands."""

    text: str
    wanted: Wanted
    many: int
    done: bool
    more: bool = False
    """There is more than is listed."""
    searched: int = 0
    """Messages there are; told when nothing was found."""
    since: datetime | None = None
    offers: tuple[Offer, ...] = ()


class Finding(QObject):
    """One search at a time."""

    found = Signal(object)
    """An `Outcome`: after the first answer, and when the search is through."""

    def __init__(
        self,
        look: Look,
        services: Services,
        listing: Listing,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._services = services
        self._listing = listing
        self._now = now
        self._cancel: Callable[[], None] | None = None
        self._round = 0
        self._rows: dict[int, FoundRow] = {}
        self.outcome: Outcome | None = None
        self.saved: SavedSearchRow | None = None
        """The saved search whose list is shown."""

    # ---- words

    @property
    def vocabulary(self) -> Vocabulary:
        return vocabulary(self._look.words)

    def parse(self, text: str) -> Wanted:
        """What words with operators, in the screen's language or in English, ask for."""
        return parse(text, self._now(), self._look.words.zone, self.vocabulary)

    def shown(self, words: str) -> str:
        """Kept words as they are typed in the language of the screen."""
        return localized(words, self.vocabulary)

    @property
    def marked(self) -> tuple[str, ...]:
        """The terms that are marked where they stand."""
        found = self._listing.found
        if found is None:
            return ()
        if found.key.startswith(SPIKE):
            return tuple(term(word) for word in found.key.removeprefix(SPIKE).split() if term(word))
        if self.saved is not None and found.key.startswith(SAVED):
            return self.parse(self.saved.words).words
        return self.outcome.wanted.words if self.outcome is not None else ()

    # ---- asking

    def search(self, text: str) -> None:
        """Look for words; an empty text ends it, and what is still under way is dropped."""
        self.stop()
        if not text:
            return
        wanted = self.parse(text)
        self.saved = None
        self._rows = {}
        self._ask(text, wanted, None, EFFORT)

    def stop(self) -> None:
        """Nothing is looked for any more; what is listed stays."""
        self._round += 1
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        self.outcome = None

    def show_saved(self, search: SavedSearchRow) -> None:
        """The list of a saved search."""
        self.stop()
        self.saved = search
        wanted, account_id = self.parse(search.words), self._listing.account_id

        def passages(queries: Queries, ids: Sequence[int]) -> Mapping[int, str]:
            return queries.saved_search_passages(search.id, wanted, ids)

        def read(queries: Queries) -> tuple[FoundSource, Sequence[ConversationRow]]:
            ids = queries.saved_search_ids(search.id, wanted, account_id)
            source = FoundSource(
                f"{SAVED}{search.id}",
                ids,
                self._listing.name_of,
                title=search.name,
                read_passages=passages if wanted.words else None,
            )
            return source, source.page(queries, None, FIRST)

        def deliver(found: tuple[FoundSource, Sequence[ConversationRow]]) -> None:
            self._listing.show_found(*found)

        self._later(read, deliver)

    def show_spike(self, spike: Spike) -> None:
        """The conversations that a spike is made of."""
        self.stop()
        self.saved = None
        title = self._look.text("find.spike_title", topic=spike.topic)
        ids = list(spike.conversations)

        def deliver(rows: list[ConversationRow]) -> None:
            source = FoundSource(f"{SPIKE}{spike.topic}", ids, self._listing.name_of, title=title)
            self._listing.show_found(source, rows)

        self._later(lambda queries: queries.conversations_by_id(ids[:FIRST]), deliver)

    def follow(self, changes: Changes) -> None:
        """Something was stored or moved: the list of a saved search is read anew where its rows may be others."""
        found = self._listing.found
        if self.saved is None or found is None or found.key != f"{SAVED}{self.saved.id}":
            return
        passing = not self.parse(self.saved.words).passing().is_nothing
        if changes.touches("search_hit") or (passing and changes.touches("conversation")):
            self.show_saved(self.saved)

    # ---- inside

    def _later(self, read: Callable[[Queries], object], deliver: Callable[..., None]) -> None:
        asked_in = self._round

        def hear(answer: object) -> None:
            if asked_in == self._round:
                deliver(answer)

        self._cancel = self._services.reads.later(read, hear)

    def _ask(self, text: str, wanted: Wanted, after: tuple[int, int] | None, effort: int) -> None:
        def read(queries: Queries) -> FoundRows:
            return queries.find(wanted, FIRST, after, effort)

        self._later(read, lambda part: self._take(text, wanted, part, effort))

    def _take(self, text: str, wanted: Wanted, part: FoundRows, effort: int) -> None:
        account_id = self._listing.account_id
        fresh = [
            found
            for found in part.rows
            if found.row.id not in self._rows and account_id in (None, found.row.account_id)
        ]
        self._rows.update((found.row.id, found) for found in fresh)
        through = part.resume is None or len(self._rows) >= MOST
        first = self.outcome is None
        if first or through or (fresh and len(self._rows) <= FIRST):
            self.outcome = Outcome(text, wanted, len(self._rows), through, through and part.resume is not None)
            self._show(text)
            if not through or self._rows:
                self.found.emit(self.outcome)
            else:
                self._widen(text, wanted)
        if not through:
            self._ask(text, wanted, part.resume, min(effort * 2, MOST_EFFORT))

    def _show(self, text: str) -> None:
        ordered = sorted(self._rows.values(), key=lambda found: (-found.at_ms, -found.row.id))
        passages = {found.row.id: found.row.snippet for found in ordered}
        source = FoundSource(
            f"{TYPED}{text}", [found.row.id for found in ordered], self._listing.name_of, passages=passages
        )
        self._listing.show_found(source, [found.row for found in ordered])

    def _widen(self, text: str, wanted: Wanted) -> None:
        """Nothing was found: how much was searched, and what finds something."""
        account_id = self._listing.account_id
        offers = [(offer, self.parse(offer.text)) for offer in self._wider(text, wanted)]

        def read(queries: Queries) -> tuple[tuple[int, datetime | None], list[Offer]]:
            useful = []
            for offer, wider in offers:
                rows = queries.find(wider, FIRST).rows
                if any(offer.all_accounts or account_id in (None, found.row.account_id) for found in rows):
                    useful.append(offer)
            return queries.searched(), useful[:MOST_OFFERS]

        def deliver(answer: tuple[tuple[int, datetime | None], list[Offer]]) -> None:
            (many, since), useful = answer
            self.outcome = Outcome(text, wanted, 0, done=True, searched=many, since=since, offers=tuple(useful))
            self.found.emit(self.outcome)

        self._later(read, deliver)

    def _wider(self, text: str, wanted: Wanted) -> list[Offer]:
        offers = []
        if self._listing.account_id is not None:
            offers.append(Offer(text, "account", all_accounts=True))
        words = plain_words(text)
        if wanted._replace(words=()) != Wanted():
            bare = " ".join(f'"{word}"' if " " in word else word for word in words)
            if bare:
                offers.append(Offer(bare, "time"))
        if len(words) > 1 or any(" " in word for word in words):
            parts = [part for word in words for part in word.split()]
            offers += [Offer(part, "word") for part in sorted(dict.fromkeys(parts), key=len, reverse=True)]
        return offers


def counted_searches(
    queries: Queries, now: datetime, zone: tzinfo, account_id: int | None
) -> list[tuple[SavedSearchRow, int]]:
    """The saved searches with how much of each is to be looked at; asked on a worker thread, which needs no words: they are kept in English."""
    kept = queries.saved_search_counts(account_id)
    counted = []
    for search in queries.saved_searches():
        wanted = parse(search.words, now, zone)
        plain = wanted.passing().is_nothing
        counted.append(
            (search, kept.get(search.id, 0) if plain else queries.saved_search_count(search.id, wanted, account_id))
        )
    return counted
