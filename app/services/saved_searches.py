"""Saved searches: kept, changed, removed with undo; followed through what comes in, and asked for at networks that can be searched.

What a network finds for a search is stored in the transaction that moves the search's cursor. It was not said to us, so it owes no answer: it
is listed with its search, unread, and moves to no other list, unless the user chose that it needs answers. The posts of people who speak to
us come by the usual reading, which takes over what a search had found before.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta, tzinfo

from app.models.arrival import Arrival
from app.models.find import OPERATORS, SavedSearchRow, Wanted, operator_of, parse, pieces
from app.models.folding import holds
from app.models.judgement import Judge, as_it_comes
from app.models.spending import SearchPrice
from app.networks.network import Searches
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import Refused, UserMistake
from app.runtime.tasks import Tasks
from app.runtime.words import message
from app.services.arriving import arrival
from app.services.connections import Link
from app.services.undo import Act, Undo
from app.store import finding
from app.store.changes import Changes
from app.store.database import Database, Session
from app.store.reading import accounts as accounts_reading
from app.store.reading import saved_searches as reading
from app.store.reading import settings as settings_reading
from app.store.writing import saved_searches as writing
from app.store.writing import settings
from app.store.writing.threads import Promise

_log = logging.getLogger(__name__)

LOOKED = "saved_searches.looked"
"""The setting that holds the id of the last message that the searches have looked at."""
BATCH = 200
MOST_KEPT = 20_000
"""Conversations that a new search finds in the past."""
AT_ONCE = 2000
"""Hits stored in one transaction."""
EVERY = timedelta(minutes=10)
"""How often a network is asked for a search."""
EVERY_PAID = timedelta(hours=1)
"""The same where each post found costs money."""
REFUSED_FOR = timedelta(days=1)
"""A server that takes no searches is asked again after so long."""

PriceOf = Callable[[str, timedelta], SearchPrice | None]
"""What asking a network so often costs at most; None where it is free."""


class SavedSearches:
    """`look` is called by the reading of each account; `follow` runs whenever messages were stored."""

    def __init__(
        self,
        database: Database,
        undo: Undo,
        clock: Clock,
        zone: Callable[[], tzinfo],
        promise: Promise,
        judge: Judge = as_it_comes,
        price: PriceOf = lambda _network, _every: None,
        abilities: Callable[[str], Collection[str]] = lambda _network: (),
    ) -> None:
        """`abilities` answers what a network offers to programs."""
        self._database = database
        self._undo = undo
        self._clock = clock
        self._zone = zone
        self._promise = promise
        self._judge = judge
        self._price = price
        self._abilities = abilities
        self._following = False
        self._again = False

    # --- what the user does

    async def save(self, name: str, words: str, accounts: Sequence[int] = (), *, asks: bool = False) -> int:
        """A new search behind the others, with all it finds in the past; answers its id. `words` has English operators."""
        search = self._checked(SavedSearchRow(0, name, words, tuple(accounts), asks))
        now = to_ms(self._clock.now())

        def add(session: Session, hits: Sequence[writing.Hit], last: int) -> int:
            number = writing.add(session, search, now)
            writing.add_hits(session, number, hits)
            if settings.stored(session, LOOKED) is None:
                settings.save(session, LOOKED, str(last))
            return number

        last = await self._database.read(reading.last_message)
        hits = await self._past(search)
        number = await self._database.write(add, hits[:AT_ONCE], last)
        await self._add_hits(number, hits[AT_ONCE:])

        async def back() -> None:
            await self._database.write(writing.remove, number, to_ms(self._clock.now()))

        async def forth() -> None:
            await self._database.write(writing.restore, number)

        self._undo.did(Act(message("undone.search_saved", name=search.name), back, forth))
        return number

    async def change(self, search: SavedSearchRow) -> None:
        """Another name, other words or accounts. Other words begin anew with what they find in the past."""
        search = self._checked(search)
        before = await self._change(search)

        async def back() -> None:
            await self._change(before)

        async def forth() -> None:
            await self._change(search)

        self._undo.did(Act(message("undone.search_changed", name=search.name), back, forth))

    async def remove(self, search_id: int) -> None:
        """What it found stays where it is."""
        names = {search.id: search.name for search in await self._database.read(reading.searches)}
        await self._database.write(writing.remove, search_id, to_ms(self._clock.now()))

        async def back() -> None:
            await self._database.write(writing.restore, search_id)

        async def forth() -> None:
            await self._database.write(writing.remove, search_id, to_ms(self._clock.now()))

        self._undo.did(Act(message("undone.search_removed", name=names.get(search_id, "")), back, forth))

    async def order(self, search_ids: Sequence[int]) -> None:
        """The order of the list."""
        before = await self._database.write(writing.order, search_ids)

        async def back() -> None:
            await self._database.write(writing.order, before)

        async def forth() -> None:
            await self._database.write(writing.order, search_ids)

        self._undo.did(Act(message("undone.searches_ordered"), back, forth))

    def can_ask(self, network: str) -> bool:
        """Whether a network lets programs search it."""
        return "search" in self._abilities(network)

    def prices(self, networks: Sequence[str]) -> list[SearchPrice]:
        """What it costs at most to look for one search at these networks; nothing for those that are free."""
        found = (self._price(network, EVERY_PAID) for network in dict.fromkeys(networks))
        return [price for price in found if price is not None]

    def _checked(self, search: SavedSearchRow) -> SavedSearchRow:
        named = search._replace(name=" ".join(search.name.split()), words=search.words.strip())
        if not named.name:
            raise UserMistake(message("find.name_missing"), field="name")
        if self._wanted(named).is_nothing:
            raise UserMistake(message("find.words_missing"), field="words")
        if named.accounts and not network_words(named.words):
            raise UserMistake(message("find.words_missing_there"), field="words")
        return named

    async def _change(self, search: SavedSearchRow) -> SavedSearchRow:
        before = await self._database.write(writing.change, search)
        if search.words != before.words:
            await self._add_hits(search.id, await self._past(search))
        return before

    async def _past(self, search: SavedSearchRow) -> list[writing.Hit]:
        lasting = self._wanted(search).lasting()
        if lasting.is_nothing:
            return []
        found = await self._database.read(finding.everything, lasting, to_ms(self._clock.now()), MOST_KEPT)
        return [(hit.conversation_id, hit.at_ms) for hit in found]

    async def _add_hits(self, search_id: int, hits: Sequence[writing.Hit]) -> None:
        for start in range(0, len(hits), AT_ONCE):
            await self._database.write(writing.add_hits, search_id, hits[start : start + AT_ONCE])

    def _wanted(self, search: SavedSearchRow) -> Wanted:
        return parse(search.words, self._clock.now(), self._zone())

    # --- what comes in

    def watch(self, tasks: Tasks) -> None:
        """Follow what was stored while nobody did, and whatever is stored from now on, by whichever way."""

        def follow() -> None:
            if self._following:
                self._again = True
                return
            self._following = True
            tasks.spawn("saved searches: new messages", self._follow_all(), owner=self)

        def hear(changes: Changes) -> None:
            if changes.touches("message"):
                follow()

        self._database.changed.connect(hear)
        follow()

    async def _follow_all(self) -> None:
        try:
            self._again = True
            while self._again:
                self._again = False
                await self.follow()
        finally:
            self._following = False

    async def follow(self) -> None:
        """Look at the messages stored since the last time."""
        searches = await self._database.read(reading.searches)
        if not searches:
            return
        wanted = {search.id: self._wanted(search).lasting() for search in searches}
        looked = int(await self._database.read(settings_reading.value, LOOKED) or 0)
        while True:
            batch = await self._database.read(reading.new_messages, looked, BATCH)
            if not batch:
                return
            found: dict[int, list[writing.Hit]] = {}
            for number, lasting in wanted.items():
                said = (
                    []
                    if lasting.is_nothing
                    else [each for each in batch if holds(each.text, lasting.words, lasting.without)]
                )
                fit = (
                    await self._database.read(reading.fitting, lasting, said, to_ms(self._clock.now())) if said else []
                )
                found[number] = [(each.conversation_id, each.at_ms) for each in fit]
            looked = batch[-1].id
            await self._database.write(_keep_looked, found, looked)

    async def look(self, link: Link, stopped: Callable[[], bool] = lambda: False) -> int:
        """Ask an account's network for each search that wants it and whose time has come; answers how many posts were new."""
        if not isinstance(link.connection, Searches) or "search" not in link.card.abilities:
            return 0
        new = 0
        every = EVERY_PAID if link.card.costs else EVERY
        for search in await self._database.read(reading.searches):
            stream = stream_of(search.id)
            if link.account_id not in search.accounts or stopped():
                continue
            cursor, asked_ms = await self._database.read(reading.looked_at, link.account_id, stream)
            if to_ms(self._clock.now()) - asked_ms < every / timedelta(milliseconds=1):
                continue
            try:
                new += await self._ask(link, link.connection, search, stream, cursor)
            except Refused as trouble:
                _log.info("search %s is refused to account %s: %s", search.id, link.account_id, trouble)
                later = to_ms(self._clock.now() + REFUSED_FOR - every)
                await self._database.write(writing.looked, link.account_id, stream, later)
        return new

    async def _ask(self, link: Link, connection: Searches, search: SavedSearchRow, stream: str, cursor: str) -> int:
        own = {
            account.remote_id
            for account in await self._database.read(accounts_reading.accounts)
            if account.network == link.card.id
        }
        unwanted = self._wanted(search).without
        new = 0
        # Before the answer: who stops the program now has been charged, and is not charged again at once.
        await self._database.write(writing.looked, link.account_id, stream, to_ms(self._clock.now()))
        async for page in connection.search(network_words(search.words), cursor):
            found = [arrival(item) for item in page.messages if not item.ours and item.author.remote_id not in own]
            kept: list[Arrival] = [one for one in found if holds(one.text, (), unwanted)]
            now = to_ms(self._clock.now())
            new += await self._database.write(
                writing.keep_found, search, link.account_id, kept, stream, page.cursor, now, self._promise, self._judge
            )
        return new


def stream_of(search_id: int) -> str:
    """The name of a search's cursor at each account."""
    return f"search:{search_id}"


def network_words(words: str) -> str:
    """What a network is asked for: words and phrases; conditions are ours."""
    kept = []
    for piece in pieces(words):
        if piece.minus or (piece.name and operator_of(piece.name) in OPERATORS):
            continue
        text = f"{piece.name}:{piece.value}" if piece.name else piece.value
        kept.append(f'"{text}"' if piece.quoted else text)
    return " ".join(kept).strip()


def _keep_looked(session: Session, found: Mapping[int, Sequence[writing.Hit]], looked: int) -> None:
    for number, hits in found.items():
        if hits:
            writing.add_hits(session, number, hits)
    settings.save(session, LOOKED, str(looked))
