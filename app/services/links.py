"""Tracked links of posts: with UTM parameters by the user's pattern, short where a shortener is set up; one a post and account, made once.

Made when a post is planned, before its deliveries are owed: what is owed holds the finished text. A link that is there is used again, also
after a crash between the shortener's answer and our own commit, for shorteners give the same link for the same address. A shortener that
fails holds nothing back: the link leaves with its parameters alone, and that is said; unless the user wants such a post not to be planned.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from app.links.shortener import SETTINGS, ShortensLinks
from app.links.utm import Facts, Pattern, WrongPattern, tagged
from app.models.delivery import Delivery
from app.models.image_set import for_account
from app.models.post import PostDraft
from app.models.tracked_link import LinkFace, Shortener, TrackedLink, Trial
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import AppError, NetworkTrouble, Offline, UserMistake
from app.runtime.signals import Signal
from app.runtime.words import Message, message
from app.services.calendar import Leaving, parts_for
from app.services.link_mending import LinkMending, Mended, Unfit
from app.services.link_plans import LinkPlans, Rows
from app.services.link_shortener import LinkShortener
from app.services.link_texts import host_of, links_of, put_in
from app.store.database import Database
from app.store.reading import links as reading
from app.store.writing import links as writing

_log = logging.getLogger(__name__)

SECONDS = 12.0
"""For all links of one post together: the user waits."""
ATTEMPTS = 2
AT_ONCE = 4
"""Bitly takes five connections."""
EXAMPLE = "https://example.com/offers"


class TrackedLinks:
    """`leaves` and `faces` are asked at each key; `make` takes seconds."""

    def __init__(self, database: Database, shortener: LinkShortener, plans: LinkPlans, clock: Clock) -> None:
        self.said: Signal[Message] = Signal("links.said")
        """A link could not be made short, and leaves as it is."""
        self.trouble: Message | None = None
        """Why the last one could not; None since one could."""
        self._database = database
        self._shortener = shortener
        self._plans = plans
        self._clock = clock
        self._mending = LinkMending(database, shortener, plans.tags, self.said.emit, clock)

    # --- what the composer asks at each key

    def leaves(self, draft: PostDraft, account_id: int, text: str) -> str:
        """A text of the draft as it leaves on that account; a link that is yet to be made short has a stand-in of its length."""
        if "." not in text or not draft.track_clicks:
            return text
        return put_in(text, self._plans.plan(draft, account_id, (text,)).instead, self._plans.never())

    def expected(self, draft: PostDraft, account_id: int, parts: Sequence[str]) -> tuple[str, ...]:
        """The same for the parts of a thread."""
        return tuple(self.leaves(draft, account_id, part) for part in parts)

    def faces(self, draft: PostDraft) -> tuple[LinkFace, ...]:
        """Every link of the draft on each of its accounts, as it leaves."""
        return tuple(
            face
            for account_id in draft.accounts
            for face in self._plans.plan(draft, account_id, _parts(draft, account_id)).faces
        )

    # --- what settings ask

    @property
    def shortener_name(self) -> str:
        """Empty without one."""
        return self._shortener.name

    def example(self, pattern: str) -> str:
        """A link with what this pattern adds; nothing is added by one that cannot be used."""
        facts = Facts("mastodon", "our-shop", "spring-2027", "p12-2", "offers", self._plans.today())
        try:
            return tagged(EXAMPLE, Pattern.read(pattern), facts)
        except WrongPattern:
            return EXAMPLE

    def complaint(self, pattern: str) -> tuple[Message | None, Message | None]:
        """(what is wrong with a pattern, what to think of): the first cannot be kept."""
        try:
            read = Pattern.read(pattern)
        except WrongPattern as wrong:
            return message(f"links.pattern.{wrong.reason}", what=wrong.what), None
        return None, None if read.tells_posts_apart else message("links.pattern.not_apart")

    async def has_token(self) -> bool:
        return await self._shortener.has_token()

    async def set_token(self, token: str) -> None:
        await self._shortener.set_token(token)

    async def try_it(self) -> Trial:
        trial = await self._shortener.try_it()
        if trial.trouble is None:
            self.trouble = None
        return trial

    def tag(self, url: str, account_id: int) -> str:
        """A link for a reply: with where it came from, without a post."""
        if host_of(url) in self._plans.never():
            return url
        return tagged(url, self._plans.pattern(), self._plans.parameters_of_reply(account_id))

    # --- making them

    def wants(self, draft: PostDraft) -> bool:
        """Whether any link of the draft is to be made: then it must have an id."""
        if not draft.track_clicks:
            return False
        never = self._plans.never()
        return any(
            True for account_id in draft.accounts for part in _parts(draft, account_id) for _ in links_of(part, never)
        )

    async def make(self, draft: PostDraft) -> dict[int, Leaving]:
        """The texts of each account as they leave; what is missing is made and kept first.

        Raises `DiskTrouble`, and `UserMistake` where a link could not be made short and the user wants no post with a long one.
        """
        if not self.wants(draft):
            return {number: Leaving(_parts(draft, number), draft.link_card) for number in draft.accounts}
        assert draft.id is not None
        post_id = draft.id
        rows = {(row.account_id, row.url): row for row in await self._database.read(reading.of_post, post_id)}
        left = await self._database.read(reading.left, post_id)
        missing = [
            TrackedLink(post_id, number, url, tracked)
            for number in draft.accounts
            if number not in left
            for url, tracked in self._plans.tagged(draft, number, _parts(draft, number)).items()
            if tracked != url and not self._done(rows.get((number, url)), tracked)
        ]
        if missing:
            made = await self._shortened(missing, draft)
            await self._database.write(writing.keep, made, to_ms(self._clock.now()))
            if self._shortener.insists and self.trouble is not None and not all(row.short for row in made):
                raise UserMistake(message("links.error.not_planned", reason=self.trouble), next_step=SETTINGS)
            rows.update({(row.account_id, row.url): row for row in made})
        return {number: self._leaving(draft, number, rows) for number in draft.accounts}

    async def mend(self, item: Delivery, unfit: Unfit) -> Mended:
        """Whether its short links are still there, and what was done where they are not; see services/link_mending.py."""
        return await self._mending.mend(item, unfit)

    def _leaving(self, draft: PostDraft, account_id: int, rows: Rows) -> Leaving:
        parts = _parts(draft, account_id)
        never = self._plans.never()
        # Each part by itself, exactly as the composer showed it.
        plans = [self._plans.plan(draft, account_id, (part,), rows, made=True).instead for part in parts]
        texts = tuple(put_in(part, plan, never) for part, plan in zip(parts, plans, strict=True))
        card = draft.link_card
        if card is not None:
            card = replace(card, url=next((plan[card.url] for plan in plans if card.url in plan), card.url))
        return Leaving(texts, card)

    def _done(self, row: TrackedLink | None, tracked: str) -> bool:
        if row is None or row.tracked != tracked:
            return False
        return self._shortener.chosen is Shortener.NONE or (
            bool(row.short) and not row.is_gone and row.shortener == self._shortener.chosen
        )

    async def _shortened(self, wanted: Sequence[TrackedLink], draft: PostDraft) -> list[TrackedLink]:
        """Each with its short link, as far as the shortener gives one in time."""
        which = self._shortener.chosen
        if which is Shortener.NONE:
            return list(wanted)
        made: dict[int, TrackedLink] = {}
        trouble: AppError | None = None
        try:
            async with asyncio.timeout(SECONDS):
                service = await self._shortener.get()
                room, tags = asyncio.Semaphore(AT_ONCE), self._plans.tags(draft)

                async def one(place: int) -> None:
                    async with room:
                        made[place] = await _made(service, wanted[place], which, tags)

                done = await asyncio.gather(*map(one, range(len(wanted))), return_exceptions=True)
                bugs = [each for each in done if isinstance(each, BaseException) and not isinstance(each, AppError)]
                if bugs:
                    raise bugs[0]
                trouble = next((each for each in done if isinstance(each, AppError)), None)
        except TimeoutError:
            trouble = Offline(message("links.error.gone", name=self._shortener.name))
        except AppError as error:
            trouble = error
        self.trouble = None
        if trouble is not None:
            self._failed(trouble)
        return [made.get(place, link._replace(shortener=which)) for place, link in enumerate(wanted)]

    def _failed(self, error: AppError) -> None:
        _log.info("links: %s", error)
        self.trouble = error.message
        if not self._shortener.insists:  # else planning it says so
            self.said.emit(message("links.said.not_short", reason=error.message))

    async def close(self) -> None:
        self._plans.close()
        await self._shortener.close()


def _parts(draft: PostDraft, account_id: int) -> tuple[str, ...]:
    return parts_for(for_account(draft, account_id), account_id)


async def _made(service: ShortensLinks, link: TrackedLink, which: Shortener, tags: Sequence[str]) -> TrackedLink:
    """A line that broke is tried once more: making the same link again gives the same."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            short = await service.make(link.tracked, tags)
        except Offline:
            if attempt == ATTEMPTS:
                raise
        else:
            return link._replace(short=short.url, shortener=which, remote_id=short.remote_id)
    raise NetworkTrouble
