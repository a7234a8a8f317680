"""Media on their way to a network: made fit and uploaded before their post is due, used while they last, uploaded anew when they do not."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.media.pictures import read
from app.media.videos import facts_of, is_video
from app.models.delivery import Delivery
from app.models.message import Visibility
from app.networks.network import Card, Publishes
from app.networks.outgoing import Upload
from app.runtime.clock import Clock, from_ms, to_ms
from app.runtime.errors import AppError, Offline, RateLimited, Unsure
from app.services.connections import Connections, Link
from app.store.database import Database, Session
from app.store.reading import outbox as reading
from app.store.writing import outbox

AHEAD = timedelta(minutes=10)
"""How long before its time a post's media are uploaded, where the network keeps them for so long."""
AGAIN = timedelta(minutes=2)
"""After an upload ahead of time that failed; at its time it is tried anyway."""


@dataclass(frozen=True, slots=True)
class Media:
    """What a network answered for a delivery's media, in order, and for the picture of its link's card."""

    ids: tuple[str, ...] = ()
    thumb: str = ""
    ahead: bool = False
    """Uploaded some time ago: the server may have thrown it away."""


class Uploading:
    """An upload without a post is nothing anybody sees: it may be repeated, and its failures are never unsure."""

    def __init__(self, database: Database, connections: Connections, clock: Clock, media: Path) -> None:
        """`media` is the profile's media folder, to which paths are relative."""
        self._database = database
        self._connections = connections
        self._clock = clock
        self._media = media
        self._not_before: dict[int, datetime] = {}

    async def ready(self, item: Delivery, link: Link, publisher: Publishes, *, anew: bool = False) -> Media:
        """The media of a delivery that is about to leave: those uploaded ahead while they last, else (or `anew`) uploaded now."""
        kept = None if anew else kept_of(item, link.card, self._clock.now())
        if kept is not None:
            return kept
        media = await self._upload(item, link, publisher)
        if anew:  # or the next attempt would begin with what is gone again
            await self._keep(item, media)
        return media

    async def ahead(self) -> None:
        """Upload what will be needed soon. Failures are no news: it is tried again, at the latest when the post is due."""
        now = self._clock.now()
        for item in await self._database.read(reading.to_upload, to_ms(now), to_ms(now + AHEAD)):
            if self._not_before.get(item.id, now) > now:
                continue
            self._not_before[item.id] = now + AGAIN
            try:
                await self._upload_ahead(item)
            except RateLimited as trouble:
                self._not_before[item.id] = trouble.until
            except AppError:  # told when it is due, or by the checks before
                continue

    async def next_moment(self) -> datetime | None:
        """When there is next something to upload ahead."""
        now = self._clock.now()
        soon = await self._database.read(reading.to_upload, to_ms(now), to_ms(now + timedelta(days=1)))
        moments = [max(item.due_at - AHEAD, self._not_before.get(item.id, now)) for item in soon]
        return min((moment for moment in moments if moment is not None), default=None)

    async def _upload_ahead(self, item: Delivery) -> None:
        link = await self._connections.get(item.account_id)
        if timedelta(minutes=link.card.uploads_keep_minutes) < 2 * AHEAD or not isinstance(link.connection, Publishes):
            self._not_before[item.id] = item.due_at
            return
        await self._keep(item, await self._upload(item, link, link.connection))

    async def _keep(self, item: Delivery, media: Media) -> None:
        """Unless other media have taken their place meanwhile."""
        text = json.dumps({"at": to_ms(self._clock.now()), "media": media.ids, "thumb": media.thumb})

        def keep(session: Session) -> None:
            now = outbox.delivery(session, item.id)
            if now is not None and now.pictures == item.pictures and now.link_card == item.link_card:
                outbox.keep_uploads(session, item.id, text)

        await self._database.write(keep)

    async def _upload(self, item: Delivery, link: Link, publisher: Publishes) -> Media:
        try:
            private = item.visibility is Visibility.DIRECT
            ids = [await publisher.upload(await self._made_fit(picture.path, picture.alt, link, private=private)) for picture in item.pictures]
            thumb = ""
            if item.link_card is not None and item.link_card.picture and link.limits.link_card:
                thumb = await publisher.upload(await self._made_fit(item.link_card.picture, "", link))
        except Unsure as trouble:
            raise Offline(trouble.message, technical=trouble.technical) from trouble
        return Media(tuple(ids), thumb)

    async def _made_fit(self, path: str, alt: str, link: Link, *, private: bool = False) -> Upload:
        """In a thread: pictures are decoded, turned upright, made smaller and written without anything but the picture."""
        file = self._media / path
        if is_video(file):
            facts = await asyncio.to_thread(facts_of, file)
            return Upload(b"", facts.content_type, file.name, alt, facts.width, facts.height, file, private)
        made = await asyncio.to_thread(read, file, link.limits)
        return Upload(made.data, made.content_type, file.name, alt, made.width, made.height, private=private)


def kept_of(item: Delivery, card: Card, now: datetime) -> Media | None:
    """What was uploaded ahead and is still at the server, as far as the network's card promises; None when it is not."""
    if not item.uploads:
        return None
    kept = json.loads(item.uploads)
    lasts_until = from_ms(kept["at"]) + timedelta(minutes=card.uploads_keep_minutes)
    if now >= lasts_until or len(kept["media"]) != len(item.pictures):
        return None
    return Media(tuple(kept["media"]), kept["thumb"], ahead=True)
