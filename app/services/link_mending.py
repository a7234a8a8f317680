"""Short links that were deleted at the shortener before their post left: made anew, or the long one in their place, while there is time.

Asked shortly before a post leaves. An answer that cannot be had changes nothing. A text changes only while its delivery waits and no attempt
on it ever began; what a server holds, or is posted by hand, is only told about unless the link can have its own code again. Who wants no
long links wants no dead ones either: such a post waits until its link can be made again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from app.links.shortener import ShortensLinks, ShortLink
from app.models.delivery import Delivery
from app.models.outbox import DeliveryState
from app.models.post import PostDraft
from app.models.tracked_link import Shortener, TrackedLink
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import AppError, DiskTrouble, Offline
from app.runtime.words import Message, message
from app.services.link_shortener import LinkShortener
from app.services.link_texts import links_of, put_in
from app.store.database import Database
from app.store.reading import links as reading
from app.store.reading import posts as posts_reading
from app.store.reading.outbox import WAITS_FOR_LINK
from app.store.writing import links as writing

_log = logging.getLogger(__name__)

SECONDS = 8.0
"""For one question."""
JUST_MADE = timedelta(minutes=10)
"""A link younger than this is there: Bitly counts each question."""

Unfit = Callable[[Delivery], Message | None]
"""Why the texts of a delivery are too long for its account; None where they fit."""


class Mended(NamedTuple):
    """A delivery as it stands now, and what could not be mended."""

    item: Delivery
    warnings: tuple[Message, ...] = ()
    waits: Message | None = None
    """Why it must not leave yet: its link leads nowhere, and the user wants no long ones."""


class LinkMending:
    """`say` is how tracked links tell the user of their troubles, `tags` what a link of a post is marked with at the shortener."""

    def __init__(
        self,
        database: Database,
        shortener: LinkShortener,
        tags: Callable[[PostDraft], Sequence[str]],
        say: Callable[[Message], None],
        clock: Clock,
    ) -> None:
        self._database = database
        self._shortener = shortener
        self._tags = tags
        self._say = say
        self._clock = clock

    async def mend(self, item: Delivery, unfit: Unfit) -> Mended:
        """Ask after each short link of a delivery that is still to leave; raises `DiskTrouble`."""
        which = self._shortener.chosen
        if item.post_id is None or which is Shortener.NONE:
            return Mended(item, waits=waits_for_link(item))
        old_enough = self._clock.now() - JUST_MADE
        rows = [
            row
            for row in await self._database.read(reading.of_post, item.post_id)
            if row.account_id == item.account_id
            and row.short
            and row.shortener is which
            and (row.made_at is None or row.made_at <= old_enough)
            and _holds(item, row.short)
        ]
        if not rows:
            return Mended(item)
        warnings: list[Message] = []
        told, waited = waits_for_link(item), None
        gone, service = await self._gone(rows)
        for row in gone:
            item, warning = await self._put_right(item, row, service, unfit)
            warnings += [warning] if warning is not None else []
            if warning is not None and warning.id == WAITS_FOR_LINK:
                waited = warning
        if waited is not None and told is None:
            self._say(message("links.said.waits", name=self._shortener.name, reason=waited.values["reason"]))
        return Mended(item, tuple(warnings), waited)

    async def _gone(self, rows: Sequence[TrackedLink]) -> tuple[list[TrackedLink], ShortensLinks | None]:
        """Those that are certainly not there any more, and the way to the shortener, if there is one now."""
        gone = [row for row in rows if row.is_gone]
        service: ShortensLinks | None = None
        try:
            service = await self._shortener.get()
            for row in rows:
                if not row.is_gone:
                    async with asyncio.timeout(SECONDS):
                        there = await service.is_there(row.remote_id)
                    gone += [] if there else [row]
        except DiskTrouble:
            raise
        except (AppError, TimeoutError) as error:
            _log.info("links: whether they are there is not known: %s", error)
        return gone, service

    async def _put_right(
        self, item: Delivery, row: TrackedLink, service: ShortensLinks | None, unfit: Unfit
    ) -> tuple[Delivery, Message | None]:
        """The delivery as it is then, and what is to be said at it."""
        name, free = self._shortener.name, _may_change(item)
        made: ShortLink | None = None
        trouble: AppError | None = None
        try:
            made = await self._made_again(service, row, any_code=free)
        except DiskTrouble:
            raise
        except AppError as error:
            _log.info("links: %s", error)
            trouble = error
        if made is not None and made.url == row.short:
            await self._amend(row, made.remote_id)
            self._say(message("links.said.made_again", name=name))
            return item, None
        if not free or (made is None and self._shortener.insists):
            await self._amend(row, "")
            reason = None if trouble is None else trouble.message
            if self._shortener.insists and (free or item.state is DeliveryState.HELD):  # the server lets go of it
                return item, message(WAITS_FOR_LINK, link=row.short, name=name, reason=reason or "")
            if reason is None:
                return item, message("check.short_link_gone", link=row.short, name=name)
            return item, message("check.short_link_not_again", link=row.short, name=name, reason=reason)
        instead = row._replace(short="" if made is None else made.url, remote_id="" if made is None else made.remote_id)
        changed = _with(item, row.short, instead.leaves_as)
        if (too_long := unfit(changed)) is not None:
            await self._amend(row, "")
            return item, message("check.short_link_no_room", link=row.short, name=name, reason=too_long)
        now_ms = to_ms(self._clock.now())
        if not await self._database.write(writing.put_instead, row, instead, item, changed, now_ms):
            return item, None  # it left, or was changed, meanwhile
        if made is not None:
            self._say(message("links.said.made_again", name=name))
        elif trouble is not None:
            self._say(message("links.said.gone_long", name=name, reason=trouble.message))
        return changed, None

    async def _made_again(self, service: ShortensLinks | None, row: TrackedLink, *, any_code: bool) -> ShortLink | None:
        """None where it could only be had with another code, and that is of no use; raises what the shortener says."""
        name = self._shortener.name
        if service is None:
            raise Offline(message("links.error.gone", name=name))
        try:
            async with asyncio.timeout(2 * SECONDS):
                post = await self._database.read(posts_reading.post, row.post_id)
                tags = self._tags(post) if post is not None else ()
                try:
                    return await _made(service, row, tags, any_code=any_code)
                except Offline:  # making it again gives the same: a line that broke is tried once more
                    return await _made(service, row, tags, any_code=any_code)
        except TimeoutError as error:
            raise Offline(message("links.error.gone", name=name)) from error

    async def _amend(self, row: TrackedLink, remote_id: str) -> None:
        """Empty: planned again, it gets another."""
        if row.remote_id != remote_id:
            link = row._replace(remote_id=remote_id)
            await self._database.write(writing.amend, row, link, to_ms(self._clock.now()))


async def _made(service: ShortensLinks, row: TrackedLink, tags: Sequence[str], *, any_code: bool) -> ShortLink | None:
    made = await service.make_again(row.tracked, row.remote_id, tags) if row.remote_id else None
    return await service.make(row.tracked, tags) if made is None and any_code else made


def waits_for_link(item: Delivery) -> Message | None:
    """What is said at a delivery that is kept back until its link can be made again; None: it is not."""
    reason = Message.from_json(item.reason) if item.reason else None
    return reason if reason is not None and reason.id == WAITS_FOR_LINK else None


def _may_change(item: Delivery) -> bool:
    """Each attempt sends the identical record: what was once begun stays as it is."""
    return item.state is DeliveryState.WAITING and not item.held_id and item.begun_at is None and not item.progress


def _holds(item: Delivery, link: str) -> bool:
    if item.link_card is not None and item.link_card.url == link:
        return True
    return any(url == link for part in item.parts for _, url in links_of(part))


def _with(item: Delivery, link: str, instead: str) -> Delivery:
    card = item.link_card
    if card is not None and card.url == link:
        card = replace(card, url=instead)
    return replace(item, parts=tuple(put_in(part, {link: instead}) for part in item.parts), link_card=card)
