"""Publishing on Mastodon: pictures first, then each part once, with a key that makes the server give back what it already has."""

from __future__ import annotations

import asyncio
from datetime import datetime

from app.models.message import Visibility
from app.networks import fields
from app.networks.client import Answer
from app.networks.mastodon import api, evidence, shapes
from app.networks.mastodon.session import Session
from app.networks.outgoing import Found, Outgoing, Sent, Upload
from app.runtime.errors import Offline, Refused, Unsure, UserMistake
from app.runtime.words import Message

WORDS = {
    Visibility.PUBLIC: "public",
    Visibility.UNLISTED: "unlisted",
    Visibility.FOLLOWERS: "private",
    Visibility.DIRECT: "direct",
}
POLLS_SECONDS = (1, 2, 4, 8, 15, 15, 15, 30, 30, 30, 30)
"""Waiting for a picture to be processed: three minutes in all."""
VIDEO_PATIENCE = 4
"""So much longer than a picture a video is waited for."""
VIDEO_SECONDS = 1800.0
"""For sending one over a slow line."""
ATTACH_SECONDS = (2, 4, 8, 15, 30)
"""Mastodon may answer that a picture is ready and refuse it for a moment longer (mastodon/mastodon#21864)."""

PASSING_TROUBLE = (401, 500)
"""Of a server that tells sources, as well as of one that does not: looked for again before anybody is asked."""
MOST_PAGES = 10
FULL_PAGE = 20
"""A page with fewer than this that repeats itself is all there is: no server's pages are smaller."""


class Publishing(Session):
    """Publishes and FindsMine."""

    async def upload(self, picture: Upload) -> str:
        """The picture's or video's id once the server has finished with it."""
        answer = await self._send_media(picture, 2)
        if answer.status == 404:
            answer = await self._send_media(picture, 1)
        media_id = fields.identity(fields.mapping(answer.data))
        if not media_id:
            raise Offline(technical="upload: no id")
        for seconds in POLLS_SECONDS * (VIDEO_PATIENCE if picture.file is not None else 1):
            if answer.status not in api.PROCESSING:
                return media_id
            await self._client.clock.sleep(seconds)
            answer = await api.media(self._client, media_id)
        raise Offline(Message("network.media_slow", {"host": self._client.host}), technical=f"media {media_id} still processing")

    async def _send_media(self, picture: Upload, version: int) -> Answer:
        alt = fields.clean(picture.alt)
        if picture.file is None:
            return await api.upload_media(self._client, (picture.name, picture.data, picture.content_type), alt, version)
        try:
            film = await asyncio.to_thread(picture.file.open, "rb")
        except OSError as error:
            raise UserMistake(Message("video.unreadable", {"name": picture.name}), field="pictures") from error
        with film:
            named = (picture.name, film, picture.content_type)
            return await api.upload_media(self._client, named, alt, version, longest=VIDEO_SECONDS)

    async def publish(self, part: Outgoing) -> Sent:
        """Publish once. A refusal because a picture is not ready is certain, so it is tried again with the same key."""
        body = self._body(part)
        waits = list(ATTACH_SECONDS) if part.media_ids else []
        while True:
            try:
                answer = await api.post_status(self._client, body, part.key)
            except Refused as error:
                if not waits or not await self._may_be_processing(part, error, first=len(waits) == len(ATTACH_SECONDS)):
                    raise
                await self._client.clock.sleep(waits.pop(0))
            else:
                return self._sent(fields.mapping(answer.data))

    async def _may_be_processing(self, part: Outgoing, error: Refused, *, first: bool) -> bool:
        """The server's sentence may be in any language, so the pictures themselves are asked; and one second chance is free."""
        if "422" not in error.technical:
            return False
        if first or "finished processing" in str(error.reason.values.get("words", "")):
            return True
        return any([(await api.media(self._client, media_id)).status in api.PROCESSING for media_id in part.media_ids])

    def _body(self, part: Outgoing) -> dict[str, object]:
        body: dict[str, object] = {"status": fields.clean(part.text), "visibility": WORDS[part.visibility]}
        if part.media_ids:
            body["media_ids"] = list(part.media_ids)
        if part.reply_to:
            body["in_reply_to_id"] = part.reply_to
        if part.quote and self._quirks.quotes:
            body["quoted_status_id"] = part.quote
        if part.warning:
            body |= {"spoiler_text": fields.clean(part.warning), "sensitive": True}
        if part.language:
            body["language"] = part.language
        if part.poll is not None:
            body["poll"] = {
                "options": [fields.clean(option) for option in part.poll.options],
                "expires_in": part.poll.hours * 3600,
                "multiple": part.poll.multiple,
            }
        return body

    def _sent(self, data: fields.Json) -> Sent:
        status = shapes.status_of(data, self._home, self._quirks.visibilities)
        if status is not None:
            return Sent(status.id, status.url, status.at)
        if identity := fields.identity(data):
            return Sent(identity, fields.address(data, "url"), self._client.clock.now())
        raise Unsure(technical="POST /api/v1/statuses: answered without an id")

    async def find_mine(self, part: Outgoing, since: datetime) -> Sent | Found:
        """Look through our own statuses back to one minute before `since` (by the server's clock), and below the message answered."""
        me = await self._my_id()
        found = await self._among_ours(part, since, me)
        if found is Found.CANNOT_TELL and part.reply_to:
            return await self._below(part, since, me) or found
        return found

    async def _among_ours(self, part: Outgoing, since: datetime, me: str) -> Sent | Found:
        seen: set[str] = set()
        # Some servers (snac2) leave messages to one person out of the list: their absence proves nothing.
        doubt = part.visibility is Visibility.DIRECT and not self._quirks.lists_private
        max_id = ""
        for _ in range(MOST_PAGES):
            try:
                answer = await api.account_statuses(self._client, me, max_id=max_id)
            except Refused:
                return Found.CANNOT_TELL
            page = shapes.statuses_of(answer.data, self._home, self._quirks.visibilities)
            if not isinstance(answer.data, list) or len(page) < len(answer.data):
                return Found.CANNOT_TELL
            # Times are compared by the server's own clock, which its answer told.
            earliest = since + self._client.rates.skew - evidence.MARGIN
            fresh = [status for status in page if status.id not in seen]
            seen.update(status.id for status in fresh)
            for status in fresh:
                mine = status.author.remote_id == me and status.at >= earliest
                likeness = await self._compare(part, status) if mine else evidence.Likeness.OTHER
                if likeness is evidence.Likeness.SAME:
                    return Sent(status.id, status.url, status.at)
                doubt = doubt or likeness is not evidence.Likeness.OTHER
            if not page or any(status.at < earliest and not status.wrapped for status in page):
                return Found.CANNOT_TELL if doubt else Found.NOT_THERE
            if not fresh:
                # The server gives the same page whatever is asked: it is all there is unless it was full.
                return Found.CANNOT_TELL if doubt or len(page) >= FULL_PAGE else Found.NOT_THERE
            max_id = page[-1].id
        return Found.CANNOT_TELL

    async def _below(self, part: Outgoing, since: datetime, me: str) -> Sent | None:
        """The answers to a message hold private ones too; whether they hold all, nobody promises, so only presence counts."""
        try:
            answer = await api.context(self._client, part.reply_to)
        except Refused:
            return None
        earliest = since + self._client.rates.skew - evidence.MARGIN
        for status in shapes.statuses_of(fields.mapping(answer.data).get("descendants"), self._home, self._quirks.visibilities):
            if status.author.remote_id == me and status.at >= earliest and await self._compare(part, status) is evidence.Likeness.SAME:
                return Sent(status.id, status.url, status.at)
        return None

    async def _compare(self, part: Outgoing, status: shapes.Status) -> evidence.Likeness:
        likeness = evidence.likeness(part, status)
        if likeness in (evidence.Likeness.SHOWN_OTHERWISE, evidence.Likeness.INCOMPLETE):
            # Some servers render what was typed (snac2: HTML, Pleroma: Markdown): their source says what was sent. Another text is
            # another post, however alike; the same text proves nothing where pictures, poll or place are not ours.
            answer = await api.status_source(self._client, status.id)
            if answer.status in PASSING_TROUBLE:
                raise Offline(technical=f"source of {status.id}: {answer.status}")
            source = fields.text(fields.mapping(answer.data), "text")
            if source:
                by_source = evidence.by_source(part, source)
                return likeness if by_source is evidence.Likeness.SAME and likeness is evidence.Likeness.INCOMPLETE else by_source
        return likeness
