"""Publishing on Bluesky: each part has a key of its own before it is sent, and is written only where nothing is yet.

`putRecord` with `swapRecord: null` creates, or changes nothing. An identical record again is answered like the first time, a different one at
the same key is refused (`InvalidSwap`): so a part may be sent any number of times and stands there once. What is at a key is read back from the
account's own server, which knows its records at once.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import datetime

from app.language.entities import find
from app.media.pictures import fit
from app.models.message import Visibility
from app.networks import fields
from app.networks.bluesky import api
from app.networks.bluesky.chat import Chat
from app.networks.bluesky.facets import facets_of
from app.networks.bluesky.keys import Place, date_of, place_of
from app.networks.bluesky.media import Kept, Media, media_of, media_with
from app.networks.bluesky.records import Draft
from app.networks.bluesky.refs import CHAT, POST, Ref, ref_of, web_place
from app.networks.bluesky.session import gone
from app.networks.bluesky.shapes import Post
from app.networks.bluesky.video import Videos
from app.networks.bluesky.xrpc import Xrpc, error_name, stored
from app.networks.client import Answer, refusal, said
from app.networks.network import Counting, Facts, PostThere
from app.networks.outgoing import Found, Outgoing, Sent, Upload
from app.runtime.errors import Offline, Refused
from app.runtime.words import Message

PLACES = 3
"""Keys that are tried should strangers' records sit at the first ones."""
SMALLER = 0.9
"""Of what the server takes, when a picture must be made smaller."""
SMALLEST_BYTES = 200_000
_TOO_LARGE = re.compile(r"too (?:large|big)|larger than|maximum size", re.IGNORECASE)
_KILOBYTES = re.compile(r"maximum(?: size is)?:? ?([\d.]+) ?(KB|MB)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Room:
    """What a server takes for one picture, smaller than we were told."""

    image_bytes: int
    image_pixels: int = 4_000_000
    image_types: tuple[str, ...] = ("image/jpeg", "image/png", "image/webp")


class Publishing(Chat):
    """Publishes, FindsMine and LooksUp."""

    def __init__(self, xrpc: Xrpc, facts: Facts, videos: Videos) -> None:
        super().__init__(xrpc, facts)
        self._videos = videos
        self._kept = Kept()

    async def close(self) -> None:
        """Let go of the sockets."""
        await self._videos.close()
        await super().close()

    async def upload(self, picture: Upload) -> str:
        """Its blob with description and aspect ratio, as a text. Videos go through the video service."""
        if picture.file is not None:
            return (await self._videos.upload(picture)).text
        return (await self._upload(picture)).text

    async def _upload(self, picture: Upload) -> Media:
        answer = await api.upload_blob(self._xrpc, picture.data, picture.content_type)
        blob = fields.inner(answer.data, "blob")
        if not blob:
            raise Offline(technical="uploadBlob: no blob")
        media = media_with(blob, picture)
        self._kept.keep(media, picture)
        return media

    # --- sending

    async def publish(self, part: Outgoing) -> Sent:
        """Publish once. A part without `begun` gets a key of this moment: nobody can look for it later."""
        if part.reply_to.startswith(CHAT):
            return await self._say_privately(part)
        if part.visibility in (Visibility.FOLLOWERS, Visibility.DIRECT):
            raise Refused(Message("network.bluesky.all_public"), technical=f"visibility {part.visibility}")
        begun = part.begun or self._client.clock.now()
        draft = await self._draft(part)
        for again in range(PLACES):
            place = place_of(part.key, begun, part.number, again)
            draft = replace(draft, date=date_of(begun, part.number, place.mark, self._client.clock.now()))
            answer = await self._put(place, draft)
            if error_name(answer) != "InvalidSwap":
                self._kept.drop(draft.media)
                ref = Ref(stored(answer, "uri"), stored(answer, "cid"))
                return Sent(ref.remote_id, ref.url, fields.moment(draft.record(), "createdAt") or begun)
            # Something else is there: ours, changed since by another program; or, hardly ever, another post's.
            there = await self._own_record(place.key)
            if there is None:  # deleted meanwhile: it was said all the same, and is not said twice
                ref = Ref(f"at://{self._me}/{POST}/{place.key}")
                return Sent(ref.remote_id, ref.url, begun)
            if _is(there, part, place):
                return Sent(there.ref.remote_id, there.ref.url, there.at)
        raise Refused(Message("network.bluesky.key_taken"), technical=f"{PLACES} keys taken")

    async def _put(self, place: Place, draft: Draft) -> Answer:
        """Write the record; what the server does not take in a picture is mended, each thing once."""
        smaller = again = 0
        while True:
            answer = await api.put_post(self._xrpc, place.key, draft.record())
            name, words = error_name(answer), said(answer.data)
            if answer.status < 400 or name == "InvalidSwap":
                return answer
            if (name == "BlobNotFound" or "find blob" in words) and again < 1:
                again += 1
                await self._upload_again(draft)
            elif (name == "BlobTooLarge" or _TOO_LARGE.search(words)) and (draft.media or draft.card) and smaller < 2:
                smaller += 1
                draft = await self._smaller(draft, words)
            else:
                words = self._client.clean(words or name)
                raise Refused(refusal(answer.status, words), technical=f"putRecord: {answer.status} {name} {words}")

    async def _upload_again(self, draft: Draft) -> None:
        """The server throws uploads away that no post refers to for some minutes."""
        card = [media_of(draft.card.thumb)] if draft.card is not None and draft.card.thumb else []
        for each in (*draft.media, *card):
            upload = self._kept.find(each)
            if upload is None:
                raise Offline(
                    Message("network.bluesky.picture_lost"), technical="an upload is gone and its bytes are not at hand"
                )
            await self._upload(upload)

    async def _smaller(self, draft: Draft, words: str) -> Draft:
        """The same pictures in fewer bytes: some servers take less than the network's limit. A link's card does without its picture."""
        if not draft.media and draft.card is not None:
            return replace(draft, card=replace(draft.card, thumb=""))
        told = _KILOBYTES.search(words)
        most = float(told[1]) * {"KB": 1024, "MB": 1_048_576}.get((told[2] or "").upper(), 1) if told else 0.0
        made = [await self._smaller_picture(each, most) for each in draft.media]
        return replace(draft, media=tuple(made))

    async def _smaller_picture(self, media: Media, most: float) -> Media:
        upload = self._kept.find(media)
        if upload is None or media.video:
            raise Refused(Message("network.refused.too_large"), technical="putRecord: a picture is too large")
        if most and len(upload.data) <= most:
            return media
        room = _Room(max(SMALLEST_BYTES, int((most or len(upload.data)) * SMALLER)))
        made = await asyncio.to_thread(fit, upload.data, upload.name, room)
        return await self._upload(
            replace(upload, data=made.data, content_type=made.content_type, width=made.width, height=made.height)
        )

    # --- what is written

    async def _draft(self, part: Outgoing) -> Draft:
        """The post without its date. Whatever must be asked for is asked here, before anything is written."""
        text = fields.clean(part.text)
        entities = find(text, Counting.BLUESKY)
        dids = {
            name: did
            for name in dict.fromkeys(span.value for span in entities.mentions)
            if (did := await self._did_of(name))
        }
        parent, root = await self._above(part)
        return Draft(
            text=text,
            date="",
            facets=tuple(facets_of(text, entities, dids)),
            language=part.language,
            parent=parent,
            root=root,
            quoted=await self._quoted(part),
            media=tuple(media_of(each) for each in part.media_ids),
            card=part.link_card,
        )

    async def _did_of(self, handle: str) -> str:
        """Who is called so; empty when nobody is."""
        answer = await api.resolve_handle(self._xrpc, handle.lower())
        return fields.text(fields.mapping(answer.data), "did") if answer.status == 200 else ""

    async def _above(self, part: Outgoing) -> tuple[Ref | None, Ref | None]:
        """What it answers, and the first post of that thread."""
        if not part.reply_to:
            return None, None
        parent = ref_of(part.reply_to)
        if parent is None:
            raise gone(f"reply to {part.reply_to[:80]}")
        ours = parent.did == self._me and parent.collection == POST
        if ours and parent.cid and part.number > 0 and part.root == part.reply_to:
            return parent, parent
        # What it answers says itself which thread it stands in. Our own server knows our posts before the network does.
        post = await self._own_record(parent.key) if ours else await self._post(parent)
        if post is None:
            raise gone(f"reply to {parent.uri}")
        if post.closed:
            raise Refused(Message("network.bluesky.replies_closed"), technical=f"{parent.uri}: replyDisabled")
        return post.ref, post.root or post.ref

    async def post_at(self, address: str) -> PostThere | None:
        """LooksUp: by the page that bsky.app shows of it, or by its own address (`at://`)."""
        post = await self._post_named(address)
        if post is None:
            return None
        refusal = Message("network.bluesky.quotes_closed") if post.unquotable else None
        url = address if address.startswith("https://") else post.ref.url
        return PostThere(post.ref.remote_id, url, post.author.handle, post.text, refusal)

    async def _post_named(self, name: str) -> Post | None:
        """A post by its remote id, its address or the page of it on the web."""
        ref = ref_of(name)
        if ref is None and (place := web_place(name)) is not None:
            did = place[0] if place[0].startswith("did:") else await self._did_of(place[0])
            ref = Ref(f"at://{did}/{POST}/{place[1]}") if did else None
        return await self._post(ref) if ref is not None and ref.collection == POST else None

    async def _quoted(self, part: Outgoing) -> Ref | None:
        """The post it quotes; its page's address will do."""
        if not part.quote:
            return None
        post = await self._post_named(part.quote)
        if post is None:
            raise gone(f"quote of {part.quote[:80]}")
        if post.unquotable:
            raise Refused(Message("network.bluesky.quotes_closed"), technical=f"{post.ref.uri}: embeddingDisabled")
        return post.ref

    # --- what is there

    async def find_mine(self, part: Outgoing, since: datetime) -> Sent | Found:
        """Look at the part's own key. Where it is not, sending it again puts it there and nowhere else."""
        if part.reply_to.startswith(CHAT):
            return await self._find_private(part, since)
        if part.begun is None:
            return Found.CANNOT_TELL
        for again in range(PLACES):
            place = place_of(part.key, part.begun, part.number, again)
            there = await self._own_record(place.key)
            if there is None:
                return Found.REPEATABLE
            if _is(there, part, place):
                return Sent(there.ref.remote_id, there.ref.url, there.at)
        return Found.CANNOT_TELL


def _is(there: Post, part: Outgoing, place: Place) -> bool:
    """Whether the record at a part's key is that part: by the mark in its date, which an edit leaves alone, or by its words."""
    return there.mark == place.mark or there.body == fields.clean(part.text)
